//! Holds this crate to what the training side sees (`model/golden.json`, written with the model): word pieces,
//! shapes, lemma rules, and the network's scores as another runtime computes them. Quantised weights that a runtime
//! reads in another way than they were written give wrong scores without any error: this shows it.

use serde_json::Value;

use crate::lemma::LemmaRule;
use crate::pieces::WordPieces;
use crate::shape::shape;
use crate::{TextModel, Worker, network};

fn golden() -> Value {
    serde_json::from_str(include_str!("../model/golden.json")).unwrap()
}

fn rows(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

fn integers(value: &Value) -> Vec<u32> {
    rows(value).iter().map(|v| u32::try_from(v.as_u64().unwrap()).unwrap()).collect()
}

fn floats(value: &Value) -> Vec<f32> {
    #[expect(clippy::cast_possible_truncation, reason = "scores of two decimals")]
    rows(value).iter().map(|v| v.as_f64().unwrap() as f32).collect()
}

#[test]
fn words_are_cut_as_in_training() {
    let pieces = WordPieces::new(include_str!("../model/vocab.txt"));
    for row in rows(&golden()["words"]) {
        let word = row["word"].as_str().unwrap();
        let mut found = Vec::new();
        pieces.split(word, &mut found);
        assert_eq!(found, integers(&row["pieces"]), "pieces of {word:?}");
        assert_eq!(u64::from(shape(word, false)), row["shape"].as_u64().unwrap(), "shape of {word:?}");
    }
}

#[test]
fn lemma_rules_are_those_of_training() {
    for row in rows(&golden()["lemmas"]) {
        let (word, rule) = (row["word"].as_str().unwrap(), row["rule"].as_str().unwrap());
        let found = LemmaRule::parse(rule).unwrap().apply(word);
        assert_eq!(found, row["lemma"].as_str().unwrap(), "{rule} on {word}");
    }
}

#[test]
fn scores_are_those_of_another_runtime() {
    let (model, worker) = (TextModel::embedded().unwrap(), Worker::new());
    for row in rows(&golden()["sentences"]) {
        let words: Vec<&str> = rows(&row["words"]).iter().map(|w| w.as_str().unwrap()).collect();
        let encoded = model.encode(words.iter().copied());
        let input = encoded.input(0..words.len(), |i| shape(words[i], i == 0));
        assert_eq!(input.pieces, integers(&row["pieces"]), "{words:?}");
        assert_eq!(input.shapes, integers(&row["shapes"]), "{words:?}");
        let scores = &worker.within(|| model.network.run(&[input], model.root)).unwrap()[0];
        let columns = words.len() + 1;
        let width = model.labels.upos.len() + model.labels.feats.len() + model.labels.lemma.len();
        for (i, word) in words.iter().enumerate() {
            let heads = floats(&rows(&row["head_scores"])[i]);
            compare("head", word, &heads, &scores.arcs[(i + 1) * columns..(i + 2) * columns]);
            let names = floats(&rows(&row["names"])[i]);
            compare("name", word, &names, &scores.ner[(i + 1) * names.len()..(i + 2) * names.len()]);
            let tags = &scores.tags[(i + 1) * width..][..model.labels.upos.len()];
            let wanted = rows(&row["upos"])[i].as_str().unwrap();
            let wanted = model.labels.upos.iter().position(|u| u.as_str() == wanted).unwrap();
            // The same tag, or one that is as good but for the rounding: processors add floats in different orders.
            let lost = tags[network::best(tags)] - tags[wanted];
            assert!(lost < APART * spread(tags), "the tag of {word:?} is another, worse by {lost}");
        }
    }
}

#[test]
fn causes_are_those_of_training() {
    let golden: Value = serde_json::from_str(include_str!("../model/causes.golden.json")).unwrap();
    let (model, worker) = (TextModel::embedded().unwrap(), Worker::new());
    let number = |value: &Value| floats(&serde_json::json!([value]))[0];
    for row in rows(&golden) {
        let words: Vec<&str> = rows(&row["words"]).iter().map(|w| w.as_str().unwrap()).collect();
        let (_, sentence) = model.annotate_pretokenised(&words, &worker).unwrap();
        let found = sentence.causality.unwrap();
        // Training runs the head in full precision.
        let close =
            |what: &str, a: f32, b: f32| assert!((a - b).abs() < 0.1, "{what} of {words:?}: {a}, in training {b}");
        close("probability", found.probability, number(&row["probability"]));
        for wanted in rows(&row["relations"]) {
            let signal = usize::try_from(wanted["signal"].as_u64().unwrap()).unwrap();
            let relation = found.relations.iter().find(|r| r.signal == signal).unwrap();
            close("signal", relation.probability, number(&wanted["probability"]));
            let fit = number(&wanted["fit"]);
            close("fit", relation.fit, fit);
            // Where no sides stand out, a rounding may choose others.
            if fit > 0.2 {
                let range =
                    |r: &std::ops::Range<usize>| vec![u32::try_from(r.start).unwrap(), u32::try_from(r.end).unwrap()];
                assert_eq!(range(&relation.cause), integers(&wanted["cause"]), "cause in {words:?}");
                assert_eq!(range(&relation.effect), integers(&wanted["effect"]), "effect in {words:?}");
            }
        }
    }
}

/// How far two rows of scores may be apart, as a share of how far the wanted row spreads. Activations are rounded to
/// 8 bits, and values that two runtimes compute a hair apart fall on either side now and then: by sentence the
/// rows differed by 0 to 4 % of their spread when this was set, less than either differs from full precision (5 %).
const APART: f32 = 0.12;

fn compare(what: &str, word: &str, wanted: &[f32], found: &[f32]) {
    let spread = spread(wanted);
    let apart = wanted.iter().zip(found).map(|(a, b)| (a - b).abs()).sum::<f32>() / wanted.len() as f32;
    assert!(apart < APART * spread, "{what} scores of {word:?} differ by {apart} where they spread by {spread}");
    // the same choice, or one that the other runtime held to be as good but for the rounding
    let lost = wanted[network::best(wanted)] - wanted[network::best(found)];
    assert!(lost < 2.0 * APART * spread, "the best {what} of {word:?} is another, worse by {lost} in {spread}");
}

/// The standard deviation of a row of scores.
fn spread(scores: &[f32]) -> f32 {
    let count = scores.len() as f32;
    let mean = scores.iter().sum::<f32>() / count;
    (scores.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / count).sqrt()
}
