//! The whole stage on odd texts; and that labels depend on nothing but the sentence.

use std::sync::LazyLock;

use model::{Annotated, Head, NameKind, ProblemKind, Upos};
use proptest::prelude::*;
use text::{TextModel, Worker};

static MODEL: LazyLock<TextModel> = LazyLock::new(|| TextModel::embedded().expect("the embedded model loads"));

fn annotate(text: &str) -> Annotated {
    MODEL.annotate(text, &Worker::new()).expect("any text can be annotated")
}

/// What must hold of any annotation: words in order, clean, covering all but blanks; trees of one root.
fn check(text: &str) -> Annotated {
    let annotated = annotate(text);
    let mut at = 0;
    for sentence in &annotated.sentences {
        assert!(!sentence.tokens.is_empty());
        assert_eq!(sentence.tokens.iter().filter(|t| t.head == Head::Root).count(), 1, "{text:?}");
        for (i, token) in sentence.tokens.iter().enumerate() {
            assert!(token.span.start() >= at && !token.span.is_empty());
            let gap = &text[at..token.span.start()];
            assert!(gap.chars().all(|c| !c.is_alphanumeric() && !c.is_ascii_punctuation()), "lost {gap:?}");
            assert!(sentence.span.contains(token.span));
            at = token.span.end();
            let mut steps = 0;
            let mut up = Head::Token(i);
            while let Head::Token(head) = up {
                up = sentence.tokens[head].head;
                steps += 1;
                assert!(steps <= sentence.tokens.len(), "a cycle in {text:?}");
            }
        }
        let mut last = 0;
        for name in &sentence.names {
            assert!(name.tokens.start >= last && name.tokens.end > name.tokens.start);
            assert_eq!(name.span.start(), sentence.tokens[name.tokens.start].span.start());
            last = name.tokens.end;
        }
        let causality = sentence.causality.as_ref().expect("every sentence is read for causes");
        assert!((0.0..=1.0).contains(&causality.probability));
        let mut last = None;
        for relation in &causality.relations {
            assert!(last < Some(relation.signal) && relation.signal < sentence.tokens.len());
            for side in [&relation.cause, &relation.effect] {
                assert!(!side.is_empty() && side.end <= sentence.tokens.len());
            }
            assert!(relation.cause.end <= relation.effect.start || relation.effect.end <= relation.cause.start);
            last = Some(relation.signal);
        }
    }
    assert!(text[at..].chars().all(|c| !c.is_alphanumeric()));
    let printed = text::conllu::write(&annotated, text, "x");
    assert!(printed.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).all(|l| l.split('\t').count() == 10));
    annotated
}

#[test]
fn a_plain_sentence() {
    let text = "Jets struck a camp near Khost on Monday, an official in Islamabad said. Kabul denied it.";
    let annotated = check(text);
    assert_eq!(annotated.sentences.len(), 2);
    let first = &annotated.sentences[0];
    let struck = first.tokens.iter().find(|t| t.span.of(text) == "struck").unwrap();
    assert_eq!((struck.lemma.as_str(), struck.upos), ("strike", Upos::Verb));
    let places: Vec<&str> = first.names.iter().filter(|n| n.kind == NameKind::Place).map(|n| n.span.of(text)).collect();
    assert!(places.contains(&"Islamabad"), "{places:?}");
    assert!(annotated.problems.is_empty());
}

#[test]
fn a_sentence_of_three_thousand_words_is_split() {
    let text = "and the men of the north, who came by night, ".repeat(300);
    let annotated = check(&text);
    assert_eq!(annotated.problems.len(), 1);
    assert_eq!(annotated.problems[0].kind, ProblemKind::LongSentence);
    assert!(annotated.sentences.iter().all(|s| s.tokens.len() <= text::MOST_WORDS));
    check(&"word ".repeat(3000));
    check(&"antidisestablishmentarianism-".repeat(100));
}

#[test]
fn odd_texts() {
    check("");
    check(" \n\t\u{feff} ");
    check("Province | Killed | Hurt\nKhost | 7 | 12\nKunar | 3 | 1\n\nNangarhar\t4\t9\nPaktika\t1\t0");
    check("He said \"ہم جواب دیں گے۔\" and left the room in Peshawar.");
    check("Breaking 🔥🔥 👩‍👩‍👧 #Kabul 🇵🇰🇦🇫 @reporter !!! 1️⃣ ok");
    check("Ka\u{200b}bul\u{200b} fell.\u{2060} Zero\u{200d}width \u{200e}marks\u{200f}.\u{ad}");
    check("Two dead as blast rocks Quetta\n\nARMY: NO COMMENT\n\nCeasefire holds for third day");
    check("PAKISTAN SAYS 12 SOLDIERS KILLED IN KURRAM ATTACK. TTP CLAIMS RESPONSIBILITY.");
    check("e\u{301}\u{301}\u{301} \u{301} a\u{0}b \u{7f}");
    check(&"x".repeat(20_000));
    check(&"\u{301}".repeat(3_000));
    check(&".".repeat(5_000));
    check(&"\"".repeat(700));
}

#[test]
fn labels_depend_on_the_sentence_alone() {
    let sentences = [
        "Jets struck a camp near Khost on Monday, an official in Islamabad said.",
        "No.",
        "The foreign ministry in Kabul summoned Pakistan's envoy, who denied that any civilian had been hurt in Paktika.",
        "Why now?",
        "The raids sparked protests in the capital because dozens of people had been killed.",
    ];
    let alone: Vec<_> = sentences.iter().map(|s| annotate(s).sentences.remove(0)).collect();
    let plain = |s: &model::Sentence| -> Vec<_> {
        s.tokens.iter().map(|t| (t.lemma.clone(), t.upos, t.feats.clone(), t.head, t.deprel)).collect()
    };
    for order in [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 4, 0, 3, 1]] {
        let text = order.map(|i| sentences[i]).join("\n\n");
        let together = annotate(&text);
        for (sentence, i) in together.sentences.iter().zip(order) {
            assert_eq!(plain(sentence), plain(&alone[i]));
            assert_eq!(sentence.names.len(), alone[i].names.len());
            // To the last bit: the tagger's floats as well.
            assert_eq!(sentence.causality, alone[i].causality);
        }
    }
    // two threads at once, each with a worker of its own, sharing the model
    let text = sentences.join("\n\n");
    let expected = annotate(&text);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(|| [annotate(&text), annotate(&text)])).collect();
        for thread in threads {
            for found in thread.join().unwrap() {
                assert_eq!(found, expected);
            }
        }
    });
}

#[test]
fn given_words_keep_their_tree_whole() {
    let words: Vec<&str> = "and then he left , "
        .repeat(60)
        .split_whitespace()
        .map(|w| ["and", "then", "he", "left", ","].into_iter().find(|x| *x == w).unwrap())
        .collect();
    let (text, sentence) = MODEL.annotate_pretokenised(&words, &Worker::new()).unwrap();
    assert_eq!(sentence.tokens.len(), words.len());
    assert_eq!(sentence.tokens.iter().filter(|t| t.head == Head::Root).count(), 1);
    assert!(sentence.tokens.iter().zip(&words).all(|(t, w)| t.span.of(&text) == *w));
    assert!(MODEL.annotate_pretokenised(&[], &Worker::new()).unwrap().1.tokens.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]
    #[test]
    fn any_text_is_annotated(text in "(\\PC|[ \n\r\t.,!?'\"’”()a-zA-Z0-9-]|[A-Z][a-z]{2,5} ){0,60}") {
        check(&text);
    }
}
