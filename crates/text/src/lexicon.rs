//! The word lists under `data/` that the rules for words and sentences read.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use model::Upos;

/// When a sentence may end after an abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abbreviation {
    /// Belongs to what follows: no sentence ends here.
    Before,
    /// An abbreviation only where a number follows.
    Number,
    /// A month or weekday.
    Month,
    /// A sentence ends here if a word that often starts one follows.
    After,
}

/// All lists.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Abbreviations, without their full stop.
    pub abbreviations: HashMap<&'static str, Abbreviation>,
    /// Contractions in lower case, with the byte offsets at which they part.
    pub contractions: HashMap<String, Vec<usize>>,
    /// Prefixes kept before a hyphen, in lower case.
    pub prefixes: HashSet<&'static str>,
    /// Units split from the number before them.
    pub units: HashSet<&'static str>,
    /// Last parts of addresses and file names.
    pub endings: HashSet<&'static str>,
    /// Emoticons, the longest first.
    pub emoticons: Vec<&'static str>,
    /// Words that often start a sentence, capitalised.
    pub starters: HashSet<&'static str>,
    /// Dictionary forms of irregular forms, by lower-case form and part of speech.
    pub irregular: HashMap<(&'static str, Upos), &'static str>,
}

/// The lists, read once.
pub static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    for (form, kind) in pairs(include_str!("../data/abbreviations.tsv")) {
        let kind = match kind {
            "before" => Abbreviation::Before,
            "number" => Abbreviation::Number,
            "month" => Abbreviation::Month,
            _ => Abbreviation::After,
        };
        lexicon.abbreviations.insert(form, kind);
    }
    for line in lines(include_str!("../data/contractions.tsv")) {
        let mut offsets = Vec::new();
        let mut word = String::new();
        for part in line.split('|') {
            if !word.is_empty() {
                offsets.push(word.len());
            }
            word.push_str(part);
        }
        lexicon.contractions.insert(word, offsets);
    }
    for (kind, form) in pairs(include_str!("../data/word_parts.tsv")) {
        match kind {
            "prefix" => drop(lexicon.prefixes.insert(form)),
            "unit" => drop(lexicon.units.insert(form)),
            "domain" | "file" => drop(lexicon.endings.insert(form)),
            _ => lexicon.emoticons.push(form),
        }
    }
    lexicon.emoticons.sort_by_key(|e| std::cmp::Reverse(e.len()));
    lexicon.starters = lines(include_str!("../data/sentence_starters.tsv")).collect();
    for (form, rest) in pairs(include_str!("../data/irregular.tsv")) {
        let Some((upos, lemma)) = rest.split_once('\t') else { continue };
        let Ok(upos) = upos.parse();
        lexicon.irregular.insert((form, upos), lemma);
    }
    lexicon
});

/// Lines after the comments and the header.
fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|l| !l.starts_with("# ") && !l.is_empty()).skip(1)
}

fn pairs(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    lines(text).filter_map(|l| l.split_once('\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_its_entries() {
        assert_eq!(LEXICON.abbreviations["Gen"], Abbreviation::Before);
        assert_eq!(LEXICON.contractions["cannot"], [3]);
        assert!(LEXICON.prefixes.contains("anti") && LEXICON.units.contains("pm") && LEXICON.endings.contains("com"));
        assert!(LEXICON.starters.contains("The") && !LEXICON.starters.contains("form"));
        assert_eq!(LEXICON.irregular[&("struck", Upos::Verb)], "strike");
        for (form, kind) in pairs(include_str!("../data/abbreviations.tsv")) {
            assert!(["before", "number", "month", "after"].contains(&kind), "{form}: {kind}");
        }
    }
}
