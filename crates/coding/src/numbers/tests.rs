//! Examples from the table beside the data, and properties.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

fn show(found: &[Quantity]) -> String {
    if found.is_empty() {
        return "-".to_owned();
    }
    let end = |v: Option<f64>| v.map_or("_".to_owned(), |v| v.to_string());
    let mut shown = Vec::new();
    for q in found {
        let mut one = format!("{}..{}", end(q.low), end(q.high));
        if let Some(best) = q.best {
            let _ = write!(one, "={best}");
        }
        shown.push(one);
    }
    shown.join(" ")
}

#[test]
fn the_table_of_examples_holds() {
    let mut wrong = Vec::new();
    for row in read::rows(include_str!("examples.tsv")) {
        let (text, expected) = (row[0], row[1]);
        let found = show(&in_range(text, 0..text.len()));
        if found != expected {
            wrong.push(format!("{text}: expected {expected}, found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Tokens at blanks, with the tags given after a slash.
fn tagged(marked: &str) -> (String, Sentence) {
    let mut text = String::new();
    let mut places = Vec::new();
    for word in marked.split(' ') {
        let (form, tag) = word.rsplit_once('/').unwrap();
        if !text.is_empty() {
            text.push(' ');
        }
        places.push((text.len(), form.to_owned(), tag.to_owned()));
        text.push_str(form);
    }
    let tokens = places
        .iter()
        .map(|(start, form, tag)| model::Token {
            span: Span::new(&text, *start, start + form.len()).unwrap(),
            lemma: form.to_lowercase(),
            upos: tag.parse().unwrap(),
            feats: model::Feats::new("_"),
            head: model::Head::Root,
            deprel: model::Deprel::Dep,
            space_after: true,
        })
        .collect();
    let span = Span::new(&text, 0, text.len()).unwrap();
    (text, Sentence { span, tokens, names: Vec::new(), causality: None })
}

#[test]
fn a_noun_knows_its_number() {
    let check = |marked: &str, noun: &str, expected: &str| {
        let (text, sentence) = tagged(marked);
        let index = sentence.tokens.iter().position(|t| t.span.of(&text) == noun).unwrap();
        let found: Vec<Quantity> = quantity_at(&text, &sentence, index).into_iter().collect();
        assert_eq!(show(&found), expected, "{marked}");
    };
    check("At/ADP least/ADJ 46/NUM Afghan/ADJ people/NOUN died/VERB", "people", "46.._");
    check("dozens/NOUN of/ADP the/DET soldiers/NOUN", "soldiers", "24..99");
    check("a/DET 46-year-old/ADJ man/NOUN", "man", "1..1");
    check("the/DET soldiers/NOUN", "soldiers", "-");
    check("six/NUM men/NOUN hit/VERB a/DET post/NOUN", "post", "1..1");
    check("six/NUM men/NOUN hit/VERB posts/NOUN", "posts", "-");
    check("killed/VERB 12/NUM", "12", "12..12");
    check("no/DET casualties/NOUN", "casualties", "0..0");
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,60}") {
        for q in in_range(&text, 0..text.len()) {
            prop_assert!(text.get(q.span.start()..q.span.end()).is_some());
            if let (Some(low), Some(high)) = (q.low, q.high) { prop_assert!(low <= high, "{low} {high}"); }
        }
    }

    #[test]
    fn any_string_of_number_words_is_read_without_harm(
        words in prop::collection::vec(prop::sample::select(vec![
            "two", "hundred", "thousand", "and", "-", "a", "dozen", "dozens", "of", "20", "1.5", "million", "to",
            "at least", "between", "more than", "some", "or", "hundreds", "é", ",",
        ]), 0..14),
    ) {
        let text = words.join(" ");
        for q in in_range(&text, 0..text.len()) {
            if let (Some(low), Some(high)) = (q.low, q.high) { prop_assert!(low <= high, "{text}: {low} {high}"); }
        }
    }
}
