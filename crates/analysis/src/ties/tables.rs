//! The tables under `data/ties`, built in: the sign of each type of tie, the tone of each type of event, and words for what
//! is closed and opened. A table that does not hold together is a broken build, which the tests below catch.

use std::sync::LazyLock;

use model::{EventType, TieType};
use serde::Serialize;

/// Whether two parties stand together or against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// Together.
    Positive,
    /// Against each other.
    Negative,
    /// The tie says neither.
    Neutral,
}

/// What a type of tie says of how its ends stand to one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TieKind {
    /// Its sign.
    pub sign: Sign,
    /// Whether it holds in both directions.
    pub symmetric: bool,
    /// A sector that makes it neutral where its second end has it: two members of one organisation are no friends for that.
    neutral_with: Option<&'static str>,
    /// A sentence with `{a}` and `{b}` for its ends.
    words: &'static str,
}

impl TieKind {
    /// What is known of a type.
    pub fn of(code: TieType) -> &'static TieKind {
        static TABLE: LazyLock<Vec<(TieType, TieKind)>> = LazyLock::new(|| {
            rows(
                include_str!("../../../../data/ties/signs.tsv"),
                ["type", "sign", "symmetric", "neutral_with", "words"],
            )
            .map(|[code, sign, symmetric, neutral_with, words]| {
                let kind = TieKind {
                    sign: match sign {
                        "+" => Sign::Positive,
                        "-" => Sign::Negative,
                        "0" => Sign::Neutral,
                        other => panic!("signs.tsv: `{other}` is no sign; they are + - 0"),
                    },
                    symmetric: match symmetric {
                        "yes" => true,
                        "no" => false,
                        other => panic!("signs.tsv: `{other}` is neither yes nor no"),
                    },
                    neutral_with: (!neutral_with.is_empty()).then_some(neutral_with),
                    words,
                };
                (code.parse().expect("signs.tsv: a type of tie"), kind)
            })
            .collect()
        });
        let row = TABLE.iter().find(|(known, _)| *known == code);
        &row.expect("signs.tsv has every type of tie").1
    }

    /// Its sign between two parties, of which the second has these sectors.
    pub(super) fn sign_with(&self, sectors: &[String]) -> Sign {
        let neutral = self.neutral_with.is_some_and(|sector| sectors.iter().any(|s| s == sector));
        if neutral { Sign::Neutral } else { self.sign }
    }

    /// The tie in words.
    pub(super) fn say(&self, a: &str, b: &str) -> String {
        self.words.replace("{a}", a).replace("{b}", b)
    }
}

/// How friendly a type of event is: 1 in words, 2 in deeds, hostile ones below zero (PLOVER's quad categories).
pub fn tone(code: EventType) -> i32 {
    static TABLE: LazyLock<Vec<(EventType, i32)>> = LazyLock::new(|| {
        rows(include_str!("../../../../data/ties/tones.tsv"), ["type", "quad", "tone"])
            .map(|[code, _, tone]| {
                (code.parse().expect("tones.tsv: a type of event"), tone.parse().expect("tones.tsv: a whole number"))
            })
            .collect()
    });
    TABLE.iter().find(|(known, _)| *known == code).expect("tones.tsv has every type of event").1
}

/// Whether words say that something is over: "no longer", "ended".
pub(super) fn speaks_of_an_end(text: &str) -> bool {
    static TABLE: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        rows(include_str!("../../../../data/ties/ends.tsv"), ["words"]).map(|[words]| words).collect()
    });
    let words = words_of(text);
    TABLE.iter().any(|of| stands(&words, of, |word, part| word == part))
}

/// What a word of `objects.tsv` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordClass {
    /// What people and goods pass through.
    Way,
    /// What passes.
    Goods,
    /// What is granted and withheld by decree.
    Measure,
    /// A noun or participle for closing and opening.
    Turn,
    /// What tells of costs.
    Cost,
}

/// The words of these classes that stand in a text, each once, in the order of the table.
pub(super) fn words_in(text: &str, classes: &[WordClass]) -> Vec<&'static str> {
    static TABLE: LazyLock<Vec<(&'static str, WordClass)>> = LazyLock::new(|| {
        rows(include_str!("../../../../data/ties/objects.tsv"), ["word", "class"])
            .map(|[word, class]| {
                let class = match class {
                    "way" => WordClass::Way,
                    "goods" => WordClass::Goods,
                    "measure" => WordClass::Measure,
                    "turn" => WordClass::Turn,
                    "cost" => WordClass::Cost,
                    other => panic!("objects.tsv: `{other}` is no class; they are way goods measure turn cost"),
                };
                (word, class)
            })
            .collect()
    });
    let words = words_of(text);
    let is = |word: &str, part: &str| matches!(word.strip_prefix(part), Some("" | "s" | "es"));
    let mut found: Vec<&str> = Vec::new();
    for (word, class) in TABLE.iter() {
        if classes.contains(class) && !found.contains(word) && stands(&words, word, is) {
            found.push(word);
        }
    }
    found
}

fn words_of(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// Whether these words stand in a row.
fn stands(words: &[String], of: &str, is: impl Fn(&str, &str) -> bool) -> bool {
    let parts: Vec<&str> = of.split(' ').collect();
    words.windows(parts.len()).any(|w| w.iter().zip(&parts).all(|(word, part)| is(word, part)))
}

/// The rows of a table: tabs between, a header of these columns, `#` for remarks.
fn rows<const N: usize>(text: &'static str, columns: [&str; N]) -> impl Iterator<Item = [&'static str; N]> {
    let mut lines = text.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
    let header = lines.next().unwrap_or_default();
    assert!(header.split('\t').eq(columns), "the header must be {columns:?}, and is `{header}`");
    lines.map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        cells.try_into().unwrap_or_else(|cells: Vec<&str>| panic!("{} cells, not {N}: `{line}`", cells.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_a_sign_and_every_event_a_tone() {
        for code in TieType::ALL {
            let kind = TieKind::of(*code);
            let said = kind.say("A", "B");
            assert!(said.starts_with("A ") && said.contains(" B") || said.contains("A and B"), "{said}");
        }
        for code in EventType::ALL {
            assert!([-2, -1, 1, 2].contains(&tone(*code)), "{code}");
        }
        assert_eq!(TieKind::of(TieType::Harbours).sign, Sign::Positive);
        assert_eq!(TieKind::of(TieType::HostileTo).sign, Sign::Negative);
        assert_eq!(TieKind::of(TieType::DependsOn).sign, Sign::Neutral);
        assert!(TieKind::of(TieType::AtOddsWith).symmetric && !TieKind::of(TieType::Arms).symmetric);
    }

    #[test]
    fn no_row_stands_twice() {
        for table in [
            include_str!("../../../../data/ties/signs.tsv"),
            include_str!("../../../../data/ties/tones.tsv"),
            include_str!("../../../../data/ties/objects.tsv"),
            include_str!("../../../../data/ties/ends.tsv"),
        ] {
            let mut lines: Vec<&str> = table.lines().collect();
            lines.sort_unstable();
            assert!(lines.windows(2).all(|pair| pair[0] != pair[1]), "a line stands twice");
        }
    }

    #[test]
    fn words_are_found_in_the_plural_and_not_inside_others() {
        let ways = [WordClass::Way, WordClass::Goods];
        assert_eq!(words_in("It closed the Torkham and Chaman crossings.", &ways), ["crossing"]);
        assert_eq!(words_in("Exports of rare earths fell.", &ways), ["export", "rare earth"]);
        assert!(words_in("Reporters supported the transition.", &ways).is_empty());
        assert!(speaks_of_an_end("It no longer shelters them."), "over");
        assert!(!speaks_of_an_end("It had never financed them, and the weekend was long."), "never was");
        assert_eq!(words_in("Prices rose by four per cent", &[WordClass::Cost]), ["price", "per cent"]);
    }
}
