//! What kind of thing a word names, where that decides who fills a role: weapons, deeds, people around a person, light
//! verbs.
//!
//! The words are data (`data/lexicons/roles.tsv`); here stand only the questions. Nothing here looks at a sentence's
//! tree.

use std::sync::LazyLock;

use model::{Token, Upos};

use crate::word_classes::WordClasses;

/// The data file.
pub(crate) const LEXICON: &str = include_str!("../../../../data/lexicons/roles.tsv");

static WORDS: LazyLock<WordClasses> = LazyLock::new(|| WordClasses::parse(LEXICON));

/// Verbs that lend an event noun their subject: "launched a raid".
pub(crate) fn is_light(lemma: &str) -> bool {
    WORDS.has("light", lemma)
}

/// Verbs whose subject would have done what their object tells: "cancelled a visit".
pub(super) fn cancels(lemma: &str) -> bool {
    WORDS.has("cancels", lemma)
}

/// Verbs whose subject suffers what their object tells: "faced attacks".
pub(super) fn suffers(lemma: &str) -> bool {
    WORDS.has("suffers", lemma)
}

/// Verbs whose passive names who did what their subject tells: "was claimed by the group".
pub(super) fn owns(lemma: &str) -> bool {
    WORDS.has("owns", lemma)
}

/// Verbs of those who fire, drop or plant something: "a bomb planted by the group".
pub(super) fn sends_off(lemma: &str) -> bool {
    WORDS.has("sends-off", lemma)
}

/// Things that are often owned by, or meant for, people of a kind: "public statues".
pub(super) fn is_thing(token: &Token) -> bool {
    token.upos == Upos::Noun && WORDS.has("thing", &token.lemma.to_lowercase())
}

/// People and things around a person that do not act for him: "Trump supporters".
pub(super) fn is_of_a_circle(token: &Token) -> bool {
    WORDS.has("circle", &token.lemma.to_lowercase())
}

/// Nouns that set somebody over against others: "a critic of the president".
pub(super) fn is_relation(lemma: &str) -> bool {
    WORDS.has("relation", lemma)
}

/// What is launched at a recipient and is none: "launched missiles".
pub(super) fn is_weapon(token: &Token) -> bool {
    WORDS.has("weapon", &token.lemma.to_lowercase())
}

/// What is fired, dropped or planted: "a mine", "warheads".
pub(super) fn is_projectile(lemma: &str) -> bool {
    WORDS.has("projectile", &lemma.to_lowercase())
}

/// Deeds of violence, by their last letters or by name: who stands after their "of" suffers them ("the shelling of
/// Kyiv").
pub(super) fn is_deed(lemma: &str) -> bool {
    lemma.ends_with("ing") || lemma.ends_with("ment") || WORDS.has("deed", lemma)
}

/// What says how many, not who: "at least 30" of "at least 30 fighters".
pub(super) fn is_amount(token: &Token) -> bool {
    matches!(token.upos, Upos::Num | Upos::Adv | Upos::Adp) || WORDS.has("amount", &token.lemma)
}

/// Who does or is something, by the word's ending: "tourist"; or by name: "guest"; a "tanker" is none.
pub(super) fn is_person_word(lemma: &str) -> bool {
    let ends = ["er", "or", "ist", "ian", "man", "woman", "ee", "ive", "logue"];
    !WORDS.has("no-person", lemma) && ends.iter().any(|e| lemma.ends_with(e)) || WORDS.has("person", lemma)
}

/// Numbers of people who march: "thousands", "mothers", but not "a woman".
pub(super) fn is_crowd(token: &Token) -> bool {
    let one = token.feats.has("Number", "Sing");
    match token.lemma.to_lowercase().as_str() {
        "thousand" | "hundred" | "dozen" | "ten" | "crowd" | "people" | "score" => true,
        "woman" | "mother" | "youth" => !one,
        _ => false,
    }
}

/// Pronouns that stand for parties.
pub(super) fn is_personal(lemma: &str) -> bool {
    matches!(lemma, "he" | "she" | "they" | "it" | "we" | "both" | "each")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_that_is_described_has_words() {
        let described = LEXICON.lines().filter_map(|l| l.strip_prefix("# ")?.split_once(": "));
        let classes: Vec<&str> = described.map(|(class, _)| class).filter(|c| !c.contains(' ')).collect();
        assert!(classes.len() > 10, "only {} classes are described", classes.len());
        for class in &classes {
            assert!(WORDS.size(class) > 3, "few words of class {class}");
        }
        let listed = LEXICON.lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(listed, classes.len(), "a class without a comment, or told twice");
    }

    #[test]
    fn words_are_of_the_class_that_they_name() {
        assert!(is_light("launch") && !is_light("condemn"));
        assert!(is_projectile("Missile") && !is_projectile("statement"));
        assert!(is_deed("bombing") && is_deed("raid") && !is_deed("army"));
        assert!(is_person_word("tourist") && is_person_word("MEP") && !is_person_word("tanker"));
    }
}
