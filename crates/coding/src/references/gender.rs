//! Whether a person is spoken of as he or she: by titles, words of kin and trade beside the name, and given names.
//! Unknown where nothing says so; the given names are a list of our own (`data/parties/first_names.tsv`).

use std::collections::HashMap;
use std::sync::LazyLock;

use model::{Sentence, Upos};

use crate::catalogue::{CatalogueError, rows};

/// As which a person is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    He,
    She,
}

/// The given names that come along.
pub(super) const FIRST_NAMES: &str = include_str!("../../../../data/parties/first_names.tsv");

static NAMES: LazyLock<HashMap<&'static str, Gender>> = LazyLock::new(|| names(FIRST_NAMES).unwrap_or_default());

/// Given names by gender. A table without its header, or with another gender, is refused.
pub(super) fn names(table: &str) -> Result<HashMap<&str, Gender>, CatalogueError> {
    let mut found = HashMap::new();
    for row in rows("first_names.tsv", table, &["gender", "names"], &[])? {
        let gender = match row.cells[0] {
            "m" => Gender::He,
            "f" => Gender::She,
            other => return Err(row.wrong(format!("`{other}` is no gender of a given name: m, f"))),
        };
        found.extend(row.list(1).map(|name| (name, gender)));
    }
    Ok(found)
}

const HE: &[&str] = &[
    "mr",
    "sir",
    "lord",
    "king",
    "prince",
    "duke",
    "earl",
    "baron",
    "count",
    "father",
    "brother",
    "son",
    "husband",
    "uncle",
    "nephew",
    "grandfather",
    "grandson",
    "boyfriend",
    "actor",
    "businessman",
    "chairman",
    "spokesman",
    "congressman",
    "policeman",
    "gunman",
    "imam",
    "mullah",
    "maulana",
    "emperor",
    "widower",
    "monk",
    "ayatollah",
    "bishop",
    "pope",
    "cardinal",
    "sheikh",
    "man",
    "boy",
    "fisherman",
    "stepfather",
    "statesman",
    "sultan",
    "emir",
];
const SHE: &[&str] = &[
    "mrs",
    "ms",
    "miss",
    "lady",
    "queen",
    "princess",
    "duchess",
    "countess",
    "baroness",
    "dame",
    "mother",
    "sister",
    "daughter",
    "wife",
    "aunt",
    "niece",
    "grandmother",
    "granddaughter",
    "girlfriend",
    "actress",
    "businesswoman",
    "chairwoman",
    "spokeswoman",
    "congresswoman",
    "policewoman",
    "empress",
    "widow",
    "nun",
    "woman",
    "girl",
    "madame",
    "mme",
    "señora",
    "begum",
    "first lady",
    "stepmother",
    "heroine",
    "waitress",
    "hostess",
];

/// By a title or a word of kin or trade.
pub(super) fn of_title(word: &str) -> Option<Gender> {
    let word = word.trim_end_matches('.').to_lowercase();
    if HE.contains(&word.as_str()) {
        Some(Gender::He)
    } else if SHE.contains(&word.as_str()) {
        Some(Gender::She)
    } else {
        None
    }
}

/// By a given name.
pub(super) fn of_given_name(name: &str) -> Option<Gender> {
    let name = name.split('-').next().unwrap_or(name);
    NAMES.get(name).copied().or_else(|| {
        // All in capitals, as some wires print.
        let mut letters = name.chars();
        let folded: String = letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect();
        name.chars().all(char::is_uppercase).then(|| NAMES.get(folded.as_str()).copied()).flatten()
    })
}

/// By what a pronoun is.
pub(super) fn of_pronoun(word: &str) -> Option<Gender> {
    match word {
        "he" | "him" | "his" | "himself" => Some(Gender::He),
        "she" | "her" | "hers" | "herself" => Some(Gender::She),
        _ => None,
    }
}

/// By the words of the noun phrase around a name: a title in front, a noun of kin as its head or apposition.
pub(super) fn of_phrase(text: &str, sentence: &Sentence, tokens: &std::ops::Range<usize>) -> Option<Gender> {
    let word = |i: usize| sentence.tokens[i].span.of(text);
    let title = |i: usize| of_title(word(i));
    if tokens.start > 0
        && let Some(gender) = title(tokens.start - 1)
    {
        return Some(gender);
    }
    if let Some(gender) = tokens.clone().next().and_then(title).filter(|_| tokens.len() > 1) {
        return Some(gender);
    }
    let head = tokens.clone().find(|&i| match sentence.tokens[i].head {
        model::Head::Root => true,
        model::Head::Token(h) => !tokens.contains(&h),
    })?;
    // "Jane Roe, a businesswoman", "Jane Roe is an actress".
    for (i, token) in sentence.children(head) {
        if token.deprel == model::Deprel::Appos
            && token.upos == Upos::Noun
            && let Some(gender) = title(i)
        {
            return Some(gender);
        }
    }
    if let model::Head::Token(above) = sentence.tokens[head].head
        && sentence.tokens[above].upos == Upos::Noun
        && (sentence.tokens[head].deprel == model::Deprel::Appos
            || (sentence.tokens[head].deprel == model::Deprel::Nsubj
                && sentence.children(above).any(|(_, t)| t.deprel == model::Deprel::Cop)))
    {
        return title(above);
    }
    None
}
