//! Words of a phrase, and patterns of words as a person writes them in a lexicon.
//!
//! A pattern is a row of words: `clos* … crossing/border`. A word stands for itself and its regular plural (`raid`, raids),
//! `clos*` for every word that begins so, `/` parts alternatives, `…` lets up to five words stand between. Words are
//! compared without case; hyphens part words (`cease fire` finds "cease-fire"), a possessive 's is no word.

use std::ops::Range;

/// Words that a `…` may pass over: enough for "closing the Torkham, Chaman and Kharlachi crossings", too few for another
/// clause.
const GAP: usize = 5;

/// What is wrong with a lexicon.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {file}: {why}")]
pub struct LexiconError {
    /// The file.
    pub file: String,
    /// What is wrong with it, with the entry's name.
    pub why: String,
}

/// A word of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// In lower case.
    pub text: String,
    /// Bytes of the phrase.
    pub at: Range<usize>,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether a possessive 's follows.
    pub owns: bool,
    /// Whether a comma, colon, stop or dash follows.
    pub breaks: bool,
}

/// The words of a phrase, in order.
pub(crate) fn words(phrase: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut start = None;
    for (at, c) in phrase.char_indices().chain(std::iter::once((phrase.len(), ' '))) {
        if c.is_alphanumeric() {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            push(phrase, from..at, &mut found);
        }
        if matches!(c, ',' | ';' | ':' | '.' | '—' | '–' | '(' | ')')
            && let Some(last) = found.last_mut()
        {
            last.breaks = true;
        }
    }
    found
}

fn push(phrase: &str, at: Range<usize>, found: &mut Vec<Word>) {
    let text = &phrase[at.clone()];
    let after_apostrophe = phrase[..at.start].ends_with(['\'', '’']);
    if after_apostrophe
        && text.eq_ignore_ascii_case("s")
        && let Some(last) = found.last_mut()
    {
        last.owns = true;
        return;
    }
    // "Afghans' stance": the apostrophe alone.
    let owns = text.ends_with('s') && phrase[at.end..].starts_with(['\'', '’']);
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    found.push(Word { text: text.to_lowercase(), at, capital, owns, breaks: false });
}

/// A noun without its regular plural; other words as they are.
pub(crate) fn singular(word: &str) -> String {
    let stem = |cut: usize, end: &str| format!("{}{end}", &word[..word.len() - cut]);
    if word.len() < 4 || !word.is_ascii() {
        word.to_owned()
    } else if word.ends_with("ies") && word.len() > 4 {
        stem(3, "y")
    } else if ["sses", "shes", "ches", "xes", "zes"].iter().any(|end| word.ends_with(end)) {
        stem(2, "")
    } else if word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        stem(1, "")
    } else {
        word.to_owned()
    }
}

/// A row of words to be found.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug)]
enum Piece {
    One(Vec<Form>),
    Gap,
}

#[derive(Clone, Debug)]
struct Form {
    text: String,
    open: bool,
}

impl Form {
    fn fits(&self, word: &str) -> bool {
        if self.open { word.starts_with(&self.text) } else { word == self.text || singular(word) == self.text }
    }
}

impl Pattern {
    /// Reads one pattern.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        for piece in text.split_whitespace() {
            if piece == "…" || piece == "..." {
                pieces.push(Piece::Gap);
                continue;
            }
            let forms = piece.split('/').map(|form| {
                let (text, open) = form.strip_suffix('*').map_or((form, false), |stem| (stem, true));
                let sound = !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() && !c.is_uppercase());
                sound.then(|| Form { text: text.to_owned(), open })
            });
            match forms.collect() {
                Some(forms) => pieces.push(Piece::One(forms)),
                None => {
                    return Err(format!("`{text}`: `{piece}` is no word in lower case, with `*` at its end at most"));
                }
            }
        }
        if !matches!((pieces.first(), pieces.last()), (Some(Piece::One(_)), Some(Piece::One(_)))) {
            return Err(format!("`{text}` must begin and end with a word"));
        }
        Ok(Self { pieces })
    }

    /// How many words it asks for: the more, the closer it says what is meant.
    pub(crate) fn length(&self) -> usize {
        self.pieces.iter().filter(|p| matches!(p, Piece::One(_))).count()
    }

    /// Every place where it stands, by where it begins; of two with one beginning the shorter.
    pub(crate) fn find(&self, words: &[Word]) -> Vec<Range<usize>> {
        let ends = (0..words.len()).filter_map(|at| Some(at..ends(&self.pieces, words, at)?));
        ends.collect()
    }
}

/// Where pieces end that stand from a word on.
fn ends(pieces: &[Piece], words: &[Word], at: usize) -> Option<usize> {
    match pieces.split_first() {
        None => Some(at),
        Some((Piece::One(forms), rest)) => {
            let word = words.get(at)?;
            if forms.iter().any(|f| f.fits(&word.text)) { ends(rest, words, at + 1) } else { None }
        }
        Some((Piece::Gap, rest)) => (0..=GAP).find_map(|skip| ends(rest, words, at + skip)),
    }
}

/// Patterns of one entry; the error names the entry.
pub(crate) fn patterns(file: &str, entry: &str, texts: &[String]) -> Result<Vec<Pattern>, LexiconError> {
    let read = |text: &String| {
        Pattern::parse(text).map_err(|why| LexiconError { file: file.to_owned(), why: format!("{entry}: {why}") })
    };
    texts.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(pattern: &str, phrase: &str) -> Vec<String> {
        let words = words(phrase);
        let found = Pattern::parse(pattern).unwrap().find(&words);
        found.into_iter().map(|r| phrase[words[r.start].at.start..words[r.end - 1].at.end].to_owned()).collect()
    }

    #[test]
    fn patterns_find_what_a_person_means_by_them() {
        assert_eq!(finds("raid", "Two raids and a raider"), ["raids"]);
        assert_eq!(
            finds("clos* … crossing/border", "the closing of all three border crossings"),
            ["closing of all three border"]
        );
        assert_eq!(finds("clos* … crossing", "closed the Torkham crossing"), ["closed the Torkham crossing"]);
        assert_eq!(finds("cease fire", "a cease-fire"), ["cease-fire"]);
        assert_eq!(finds("positions", "their positions"), ["positions"]);
        assert!(finds("positions", "Kabul’s position").is_empty());
        assert!(finds("clos* … crossing", "closed the office that he had kept near one crossing").is_empty());
        for wrong in ["", "… crossing", "Clos*", "clos**", "a//b"] {
            assert!(Pattern::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn possessives_and_breaks_are_marked() {
        let words = words("Kabul’s stance, the Afghans' resolve");
        assert_eq!(
            words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>(),
            ["kabul", "stance", "the", "afghans", "resolve"]
        );
        assert!(words[0].owns && words[0].capital && words[1].breaks && words[3].owns && !words[4].owns);
    }
}
