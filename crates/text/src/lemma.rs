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

/// Mends a lemma that is no word ("accus", "suppli", "hary") or that spelling forbids ("fir" of "fired": a verb "fir"
/// would double its r) where undoing the ending otherwise gives a word.
///
/// The rules are chosen by classes that the training data fill unevenly, and a rare word may be given its neighbour's
/// rule. `is_word` knows whole words, by the encoder's vocabulary.
pub fn mend(lemma: String, lower: &str, upos: Upos, is_word: impl Fn(&str) -> bool) -> String {
    if !lower.is_ascii() || !lemma.is_ascii() {
        return lemma;
    }
    match upos {
        Upos::Verb | Upos::Aux => mend_verb(lemma, lower, is_word),
        Upos::Noun if !is_word(&lemma) && lemma != lower => mend_noun(lemma, lower, is_word),
        Upos::Adj if !is_word(&lemma) && lemma != lower => {
            let stem = ["est", "er"].iter().find_map(|e| lower.strip_suffix(e));
            stem.and_then(|stem| undone(stem).into_iter().find(|w| is_word(w))).unwrap_or(lemma)
        }
        _ => lemma,
    }
}

fn mend_verb(lemma: String, lower: &str, is_word: impl Fn(&str) -> bool) -> String {
    let Some(stem) = ["ied", "ed", "ing", "ies", "es", "s"].iter().find_map(|e| lower.strip_suffix(e)) else {
        return lemma;
    };
    let is_past = lower.ends_with("ed") || lower.ends_with("ing");
    let misspelt = is_past && (doubles(&lemma) && lower.strip_prefix(lemma.as_str()) == Some("ed"))
        || lower.ends_with("ied") && lower.len() > 5 && lemma.ends_with("ie");
    if lower.len() < 5 || stem.len() < 2 || (is_word(&lemma) && lemma != lower && !misspelt) {
        return lemma;
    }
    // "implied", "wounded" kept as they stand are words, too, but no lemmas of verbs
    let candidates = if lower.ends_with("ied") || lower.ends_with("ies") {
        vec![format!("{stem}y"), format!("{stem}ie")]
    } else {
        let mut candidates = undone(stem);
        candidates.retain(|c| !(is_past && doubles(c) && c == stem));
        candidates
    };
    if let Some(found) = candidates.iter().find(|c| is_word(c)) {
        return found.clone();
    }
    if lemma == lower {
        return lemma;
    }
    by_spelling(stem, lower).unwrap_or(lemma)
}

fn mend_noun(lemma: String, lower: &str, is_word: impl Fn(&str) -> bool) -> String {
    let mut candidates = vec![format!("{lemma}e"), format!("{}y", lemma.trim_end_matches(['i', 'e']))];
    candidates.extend(["es", "s"].iter().filter_map(|e| lower.strip_suffix(e)).map(str::to_owned));
    candidates.into_iter().find(|c| is_word(c)).unwrap_or(lemma)
}

/// What a stem without its ending may come from: itself, with an e, with one of two equal letters, with a y for an i.
fn undone(stem: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let [.., a, b] = stem.as_bytes()
        && a == b
    {
        let (whole, single) = (stem.to_owned(), stem[..stem.len() - 1].to_owned());
        // "killed", "passed" against "robbed", "planned"
        found.extend(if b"lsfz".contains(b) { [whole, single] } else { [single, whole] });
    } else if stem.ends_with("er") {
        // "severed": more verbs in -er than in -ere
        found.extend([stem.to_owned(), format!("{stem}e")]);
    } else {
        found.extend([format!("{stem}e"), stem.to_owned()]);
    }
    found.extend(stem.strip_suffix('i').map(|s| format!("{s}y")));
    found
}

/// Whether a word of one syllable ends so that English doubles the last letter before -ed and -ing.
fn doubles(word: &str) -> bool {
    let is_vowel = |c: u8| b"aeiou".contains(&c);
    let [.., vowel, last] = word.as_bytes() else { return false };
    let groups = word.as_bytes().chunk_by(|a, b| is_vowel(*a) == is_vowel(*b)).filter(|g| is_vowel(g[0]));
    is_vowel(*vowel)
        && !is_vowel(*last)
        && !b"wxy".contains(last)
        && groups.clone().count() == 1
        && groups.clone().all(|g| g.len() == 1)
}

/// A verb that no list knows, by the look of its stem.
fn by_spelling(stem: &str, lower: &str) -> Option<String> {
    let is_vowel = |c: u8| b"aeiouy".contains(&c);
    let [.., before, a, b] = *stem.as_bytes() else { return None };
    if lower.ends_with("ied") {
        return Some(format!("{stem}y"));
    }
    if a == b && !b"sf".contains(&b) {
        return Some(stem[..stem.len() - 1].to_owned());
    }
    // "retaliated", "mobilised"; "averted", "reaffirmed"
    let silent = ["at", "iz", "is", "uc", "ag", "ur", "iv", "ov", "ut", "yz", "ys"].iter().any(|e| stem.ends_with(e));
    if silent && !(b"eo".contains(&before) && is_vowel(a)) {
        return Some(format!("{stem}e"));
    }
    (!is_vowel(a) && !is_vowel(b) && !b"cgsvz".contains(&b)).then(|| stem.to_owned())
}

#[cfg(test)]
mod tests {
    use model::Upos;

    use super::{LemmaRule, mend};

    #[test]
    fn lemmas_that_are_no_words_are_mended() {
        let known = "accuse supply plan seize deny kill blame fire fir carry carrie sever severe sue fuel hard wound wounded \
                     imply implied rape rap die stop attack plane";
        let is_word = |w: &str| known.split_whitespace().any(|k| k == w);
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
        check("fir", "fired", "fire");
        check("rap", "raped", "rape");
        check("carrie", "carried", "carry");
        check("sue", "sued", "sue");
        check("die", "died", "die");
        check("stop", "stopped", "stop");
        check("planne", "planned", "plan");
        check("plane", "planed", "plane");
        check("expell", "expelled", "expel");
        check("fuelle", "fuelled", "fuel");
        check("reaffirme", "reaffirmed", "reaffirm");
        check("averte", "averted", "avert");
        check("retaliat", "retaliated", "retaliate");
        check("implied", "implied", "imply");
        check("wounded", "wounded", "wound");
        assert_eq!(mend("hary".into(), "harder", Upos::Adj, is_word), "hard");
        assert_eq!(mend("countrie".into(), "countries", Upos::Noun, |w| w == "country"), "country");
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
