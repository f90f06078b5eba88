//! Dictionary forms from the edit rules that the model chooses among.
//!
//! A rule is what `lemma_rule` in `training/data.py` makes: `=whole lemma`, or how many characters to cut
//! from the end of the lower-cased word and what to add (`1+y`), `^` keeping the word's own case.

use model::Upos;

/// One parsed rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LemmaRule {
    /// The lemma itself, whatever the word.
    Whole(Box<str>),
    /// Cut so many characters from the end, then add these.
    Edit {
        /// Keep the word's case instead of lower-casing it.
        keep_case: bool,
        /// Characters to cut.
        cut: usize,
        /// What to add.
        add: Box<str>,
    },
}

impl LemmaRule {
    /// Reads a rule; `None` where it is malformed.
    pub fn parse(rule: &str) -> Option<Self> {
        if let Some(whole) = rule.strip_prefix('=') {
            return Some(Self::Whole(whole.into()));
        }
        let (keep_case, rule) = rule.strip_prefix('^').map_or((false, rule), |rest| (true, rest));
        let digits = rule.find(|c: char| !c.is_ascii_digit()).unwrap_or(rule.len());
        let add = rule[digits..].strip_prefix('+').unwrap_or(&rule[digits..]);
        Some(Self::Edit { keep_case, cut: rule[..digits].parse().ok()?, add: add.into() })
    }

    /// The lemma of `word`.
    pub fn apply(&self, word: &str) -> String {
        match self {
            Self::Whole(lemma) => lemma.to_string(),
            Self::Edit { keep_case, cut, add } => {
                let mut base = if *keep_case { word.to_owned() } else { word.to_lowercase() };
                if *cut > 0 {
                    let count = base.chars().count();
                    if *cut >= count {
                        return base;
                    }
                    let keep = base.char_indices().nth(count - cut).map_or(base.len(), |(i, _)| i);
                    base.truncate(keep);
                }
                base + add
            }
        }
    }
}

/// Mends a verb's or noun's lemma that is no word ("accus", "suppli") where undoing the ending otherwise gives one.
///
/// The rules are chosen by classes that the training data fill unevenly, and a rare verb may be given its neighbour's
/// rule. `is_word` knows whole words, by the encoder's vocabulary.
pub fn mend(lemma: String, lower: &str, upos: Upos, is_word: impl Fn(&str) -> bool) -> String {
    if !matches!(upos, Upos::Verb | Upos::Noun | Upos::Aux) || is_word(&lemma) || lemma == lower || !lemma.is_ascii() {
        return lemma;
    }
    let stem = lemma.trim_end_matches(['i', 'e']);
    let mut candidates = vec![format!("{lemma}e"), format!("{stem}y")];
    // "plann" of "planned"
    if let [.., a, b] = lemma.as_bytes()
        && a == b
    {
        candidates.push(lemma[..lemma.len() - 1].to_owned());
    }
    // "kille" of "killing", and whatever the bare endings leave
    candidates.extend(lemma.strip_suffix('e').map(str::to_owned));
    candidates
        .extend(["ing", "ed", "es", "s"].iter().filter_map(|ending| lower.strip_suffix(ending)).map(str::to_owned));
    let fits = |candidate: &String| {
        let common = candidate.bytes().zip(lower.bytes()).take_while(|(a, b)| a == b).count();
        common + 1 >= candidate.len() && is_word(candidate)
    };
    candidates.into_iter().find(fits).unwrap_or(lemma)
}

#[cfg(test)]
mod tests {
    use model::Upos;

    use super::{LemmaRule, mend};

    #[test]
    fn lemmas_that_are_no_words_are_mended() {
        let is_word = |w: &str| ["accuse", "supply", "plan", "seize", "deny", "kill", "blame"].contains(&w);
        let check = |lemma: &str, form: &str, expected: &str| {
            assert_eq!(mend(lemma.to_owned(), form, Upos::Verb, is_word), expected);
        };
        check("accus", "accused", "accuse");
        check("blam", "blaming", "blame");
        check("suppli", "supplied", "supply");
        check("denie", "denied", "deny");
        check("plann", "planned", "plan");
        check("kill", "killed", "kill");
        check("kille", "killing", "kill");
        check("zork", "zorked", "zork");
    }

    fn check(rule: &str, word: &str, lemma: &str) {
        assert_eq!(LemmaRule::parse(rule).unwrap().apply(word), lemma, "{rule} on {word}");
    }

    #[test]
    fn rules_rebuild_lemmas() {
        check("0", "Said", "said");
        check("^0", "Kabul", "Kabul");
        check("3+y", "countries", "country");
        check("=be", "were", "be");
        check("^1+", "Afghans", "Afghan");
        check("4+", "and", "and");
        check("0+n", "A", "an");
        check("1+", "cafés", "café");
        assert_eq!(LemmaRule::parse("x"), None);
    }
}
