//! Examples from the table beside this file, and properties.

use model::{Deprel, Feats, Head, Name, NameKind, Sentence, Token, Upos};
use proptest::prelude::*;

use super::*;
use crate::gazetteer::Gazetteer;

/// A sentence from words parted by blanks; `[X]` marks a name of a place.
fn sentence(marked: &str) -> (String, Sentence) {
    let mut text = String::new();
    let mut tokens = Vec::new();
    let mut names = Vec::new();
    let mut open = None;
    for word in marked.split(' ').filter(|w| !w.is_empty()) {
        let begins = word.starts_with('[');
        let ends = word.ends_with(']');
        let form = word.trim_matches(['[', ']']);
        if !text.is_empty() && !matches!(form, "," | "." | "'s") {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(form);
        if begins {
            open = Some(tokens.len());
        }
        let capital = form.chars().next().is_some_and(char::is_uppercase);
        let proper = capital && !["The", "They", "Troops", "Nothing", "He", "A"].contains(&form);
        tokens.push((start, text.len(), if proper { Upos::Propn } else { Upos::Noun }));
        if ends && let Some(first) = open.take() {
            names.push((first, tokens.len()));
        }
    }
    let span = |start, end| Span::new(&text, start, end).unwrap();
    let made: Vec<Token> = tokens
        .iter()
        .map(|&(start, end, upos)| Token {
            span: span(start, end),
            lemma: text[start..end].to_lowercase(),
            upos,
            feats: Feats::new("_"),
            head: Head::Root,
            deprel: Deprel::Dep,
            space_after: true,
        })
        .collect();
    let names = names
        .into_iter()
        .map(|(a, b)| Name { span: made[a].span.cover(made[b - 1].span), tokens: a..b, kind: NameKind::Place })
        .collect();
    let whole = span(0, text.len());
    (text, Sentence { span: whole, tokens: made, names, causality: None })
}

#[test]
fn the_table_of_examples_holds() {
    let gazetteer = Gazetteer::embedded();
    let mut wrong = Vec::new();
    for line in include_str!("examples.tsv").lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let mut columns = line.split('\t');
        let (marked, names, first) = (columns.next().unwrap(), columns.next().unwrap(), columns.next().unwrap());
        let (text, sentence) = sentence(marked);
        let found = mentions(&text, &sentence);
        let shown: Vec<String> = found
            .iter()
            .map(|m| {
                std::iter::once(m.name.as_str())
                    .chain(m.within.iter().map(String::as_str))
                    .collect::<Vec<_>>()
                    .join(">")
            })
            .collect();
        let shown = if shown.is_empty() { "-".to_owned() } else { shown.join(";") };
        let story = StoryPlaces::new(gazetteer, &found);
        let place = found.first().map(|m| story.resolve(m));
        let described = place.map_or("-".to_owned(), |p| {
            let dash = || "-".to_owned();
            [
                p.name.clone().unwrap_or_else(dash),
                p.admin1.clone().unwrap_or_else(dash),
                p.country.map_or_else(dash, |c| c.as_str().to_owned()),
                p.precision.map_or_else(dash, |c| c.as_str().to_owned()),
            ]
            .join("/")
        });
        if shown != names || described != first {
            wrong.push(format!("{marked}\n  expected {names} {first}\n  found    {shown} {described}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn offsets_move_the_place_and_widen_it() {
    let (text, sentence) = sentence("The post lies 10 km ( 6 miles ) north of [Chaman] .");
    let found = mentions(&text, &sentence);
    assert_eq!(found[0].relation, Relation::Offset { km: 10.0, bearing: Some(0.0) });
    let place = StoryPlaces::new(Gazetteer::embedded(), &found).resolve(&found[0]);
    assert!((place.lat.unwrap() - 31.01).abs() < 0.02 && place.radius_km.unwrap() > 5.0, "{place:?}");
}

#[test]
fn disputed_places_name_who_administers_and_who_claims() {
    let (text, sentence) = sentence("Gunmen fired in [Baramulla] , [Kashmir] and in [Crimea] .");
    let found = mentions(&text, &sentence);
    let story = StoryPlaces::new(Gazetteer::embedded(), &found);
    let first = story.resolve(&found[0]);
    assert_eq!(first.administered_by.map(|c| c.to_string()).as_deref(), Some("IND"), "{first:?}");
    let last = story.resolve(found.last().unwrap());
    assert_eq!(
        (last.country.map(|c| c.to_string()).as_deref(), last.administered_by.map(|c| c.to_string()).as_deref()),
        (Some("UKR"), Some("RUS"))
    );
}

proptest! {
    #[test]
    fn any_words_are_read_without_harm(
        words in prop::collection::vec(prop::sample::select(vec![
            "Kabul", "[Paktika]", "district", "of", ",", "'s", "the", "border", "between", "and", "Pakistan", "10", "km",
            "north", "[Ghazni", "X]", "Ünlü", "-", "(", ")", "miles", "crossing", "near", "is", "—", "Afghan-Pakistani",
        ]), 1..16),
    ) {
        let (text, sentence) = sentence(&words.join(" "));
        let found = mentions(&text, &sentence);
        let story = StoryPlaces::new(Gazetteer::embedded(), &found);
        for mention in &found {
            prop_assert!(mention.tokens.end <= sentence.tokens.len());
            prop_assert!(text.get(mention.span.start()..mention.span.end()).is_some());
            let place = story.resolve(mention);
            prop_assert!(place.mention.is_some());
            prop_assert_eq!(place.lat.is_some(), place.lon.is_some());
        }
    }
}
