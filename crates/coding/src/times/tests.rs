//! Examples from the table beside this file, and properties.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

fn whole(text: &str) -> Sentence {
    let span = Span::new(text, 0, text.len()).unwrap();
    Sentence { span, tokens: Vec::new(), names: Vec::new(), causality: None }
}

fn show(phrases: &[TimePhrase]) -> String {
    let end = |w: Option<When>| w.map_or("_".to_owned(), |w| w.to_string());
    let mut shown = Vec::new();
    for p in phrases {
        let granularity = format!("{:?}", p.time.granularity).to_lowercase();
        let mut one = format!(
            "{}={}..{} {granularity}",
            p.time.mention.as_deref().unwrap_or(""),
            end(p.time.from),
            end(p.time.to)
        );
        if let Some(hours) = p.duration_hours.filter(|_| p.kind == PhraseKind::Duration) {
            let _ = write!(one, " {hours}");
        }
        shown.push(one);
    }
    if shown.is_empty() { "-".to_owned() } else { shown.join(";") }
}

#[test]
fn the_table_of_examples_holds() {
    let anchor = "2025-10-19".parse().unwrap();
    let mut wrong = Vec::new();
    for line in include_str!("examples.tsv").lines().filter(|l| !l.starts_with('#')) {
        let (text, expected) = line.split_once('\t').unwrap();
        let found = show(&find(text, &whole(text), Some(anchor)));
        if found != expected {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn without_a_day_of_writing_only_full_dates_resolve() {
    for (text, expected) in [
        ("on December 28, 2024", "December 28, 2024=2024-12-28..2024-12-28 day"),
        ("on December 28", "December 28=_.._ unknown"),
        ("on Wednesday", "Wednesday=_.._ unknown"),
        ("yesterday", "yesterday=_.._ unknown"),
        ("last week", "last week=_.._ unknown"),
    ] {
        assert_eq!(show(&find(text, &whole(text), None)), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,60}") {
        for anchor in [None, Some(When::Day(Date::constant(2025, 10, 19)))] {
            for p in find(&text, &whole(&text), anchor) {
                let span = p.time.span.unwrap();
                prop_assert!(text.get(span.start()..span.end()).is_some());
            }
        }
    }

    #[test]
    fn any_string_of_time_words_is_read_without_harm(
        words in prop::collection::vec(prop::sample::select(vec![
            "the", "last", "next", "two", "99999", "years", "ago", "October", "31", "February", "30", ",", "2024", "-", "of",
            "third", "quarter", "Friday", "night", "6", "p", ".", "m", ":", "30", "between", "and", "since", "century", "s", "1990",
            "from", "to", "fiscal", "'", "earlier", "month", "9999999999999", "/", "03", "summer", "every", "a", "week",
        ]), 0..14),
        glued in any::<bool>(),
    ) {
        let text = words.join(if glued { "" } else { " " });
        for anchor in [None, Some(When::Day(Date::MIN)), Some(When::Day(Date::MAX)), Some(When::Day(Date::constant(2024, 2, 29)))] {
            for p in find(&text, &whole(&text), anchor) {
                if let (Some(from), Some(to)) = (p.time.from, p.time.to)
                    && p.kind == PhraseKind::Date
                    && p.time.granularity != Granularity::Range
                {
                    prop_assert!(from.date() <= to.date(), "{text}: {from} {to}");
                }
            }
        }
    }
}
