//! Every name and word of the catalogue, found in running text: longest match from left to right, on whole words,
//! under rules of case. A hash of folded words does it in one pass over the words of a sentence; no automaton over
//! letters is needed, since matches begin and end with words anyway.

use std::collections::{HashMap, HashSet};

use model::CountryCode;

use super::words::{Gap, Word, words};

/// How a polity is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// By its name, capital or metonym: stands for it alone.
    Name,
    /// By its adjective or a person's demonym: `Afghan`.
    Adjective,
    /// By its people: `Afghans`.
    People,
}

/// What a name or word leads to; indices into the catalogue's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A state, by index of entry, with the entry for which the name stands (`Pentagon` the armed forces).
    Polity { state: u32, stands_for: u32, form: Form },
    /// A named party.
    Party(u32),
    /// A role or body word; whether in the plural.
    Agent { row: u32, plural: bool },
    /// An office holder, by number of the person.
    Leader(u32),
    /// A province or city.
    Place(CountryCode),
}

/// Where an alias may be taken for its party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Anywhere.
    Everywhere,
    /// `FC @PAK`: only where this country is in play.
    Within(CountryCode),
    /// `Taliban @!PAK`: not where this country is in play and the party's own is not.
    NotWithin(CountryCode),
}

/// A name or word with what it leads to.
#[derive(Clone, Debug)]
pub(super) struct Alias {
    /// The name as listed.
    listed: String,
    /// Its words, for the rules of case.
    written: Vec<String>,
    pub target: Target,
    pub scope: Scope,
}

/// A match of words `from..to` of a text.
#[derive(Clone, Debug)]
pub(super) struct Match {
    pub from: usize,
    pub to: usize,
    /// Everything that these words may be.
    pub aliases: Vec<usize>,
}

/// The index.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    aliases: Vec<Alias>,
    by_key: HashMap<String, Vec<usize>>,
    /// The longest alias that starts with a word.
    longest: HashMap<String, usize>,
    /// Words that may stand in lower case within a name (`Afghan army` for `Afghan Army`): the role and body words.
    common: HashSet<String>,
}

/// Acronyms that are words when a whole sentence is set in capitals.
const WORDS_TOO: &[&str] = &["is", "us", "who", "it", "tip", "car", "mit", "raw", "ice", "mend", "tak", "fact", "pa"];

impl Index {
    /// Adds a name or word; what has no letter or digit is passed over.
    pub fn add(&mut self, name: &str, target: Target, scope: Scope) {
        let listed = words(name);
        let Some(first) = listed.first() else { return };
        let key = listed.iter().map(|w| w.key.as_str()).collect::<Vec<_>>().join(" ");
        let longest = self.longest.entry(first.key.clone()).or_default();
        *longest = (*longest).max(listed.len());
        if matches!(target, Target::Agent { .. }) && listed.len() == 1 {
            self.common.insert(key.clone());
        }
        let known = self.by_key.entry(key).or_default();
        if !known.iter().any(|&i| self.aliases[i].target == target && self.aliases[i].scope == scope) {
            known.push(self.aliases.len());
            let written = listed.into_iter().map(|w| w.written).collect();
            self.aliases.push(Alias { listed: name.to_owned(), written, target, scope });
        }
    }

    /// The alias with this number.
    pub fn alias(&self, number: usize) -> &Alias {
        &self.aliases[number]
    }

    /// Names that lead to an entry by themselves.
    pub fn names_of(&self, entry: usize) -> impl Iterator<Item = &str> {
        let leads = move |alias: &&Alias| match alias.target {
            Target::Party(to) | Target::Polity { stands_for: to, .. } => to as usize == entry,
            _ => false,
        };
        self.aliases.iter().filter(leads).map(|alias| alias.listed.as_str())
    }

    /// Entries with a name that holds all these folded words.
    pub fn holding(&self, keys: &[&str]) -> Vec<usize> {
        let holds = |alias: &&Alias| keys.iter().all(|key| alias.written.iter().any(|w| super::words::fold(w) == *key));
        let parties = self.aliases.iter().filter_map(|alias| match alias.target {
            Target::Party(to) | Target::Polity { stands_for: to, .. } => Some((alias, to as usize)),
            _ => None,
        });
        if keys.is_empty() {
            return Vec::new();
        }
        parties.filter(|(alias, _)| holds(alias)).map(|(_, to)| to).collect()
    }

    /// Everything to which exactly these words lead.
    pub fn exactly(&self, name: &str) -> impl Iterator<Item = &Alias> {
        let key = words(name).iter().map(|w| w.key.as_str()).collect::<Vec<_>>().join(" ");
        self.by_key.get(&key).into_iter().flatten().map(|&i| &self.aliases[i])
    }

    /// Keys with all that they lead to, for checks of the data.
    #[cfg(test)]
    pub fn keys(&self) -> impl Iterator<Item = (&str, impl Iterator<Item = &Alias>)> {
        self.by_key.iter().map(|(key, list)| (key.as_str(), list.iter().map(|&i| &self.aliases[i])))
    }

    /// All longest matches from left to right that satisfy `keep`.
    pub fn scan(&self, text: &[Word], keep: impl Fn(&Alias) -> bool) -> Vec<Match> {
        let shouted = text.len() > 4 && text.iter().all(|w| !w.written.chars().any(char::is_lowercase));
        let mut out = Vec::new();
        let mut from = 0;
        let mut key = String::new();
        'words: while from < text.len() {
            let reach = self.longest.get(&text[from].key).copied().unwrap_or(0);
            let mut limit = from + 1;
            while limit < text.len() && limit - from < reach && text[limit].gap != Gap::Break {
                limit += 1;
            }
            for to in (from + 1..=limit.min(from + reach)).rev() {
                key.clear();
                for word in &text[from..to] {
                    if !key.is_empty() {
                        key.push(' ');
                    }
                    key.push_str(&word.key);
                }
                let Some(known) = self.by_key.get(&key) else { continue };
                let fits = |&i: &usize| {
                    let alias = &self.aliases[i];
                    keep(alias) && self.case_fits(alias, &text[from..to], shouted)
                };
                let aliases: Vec<usize> = known.iter().copied().filter(fits).collect();
                if !aliases.is_empty() {
                    out.push(Match { from, to, aliases });
                    from = to;
                    continue 'words;
                }
            }
            from += 1;
        }
        out
    }

    /// Whether words in the text have the capitals that a name wants.
    fn case_fits(&self, alias: &Alias, text: &[Word], shouted: bool) -> bool {
        if matches!(alias.target, Target::Agent { .. }) {
            return true;
        }
        let mut capitals = 0;
        let single = alias.written.len() == 1;
        for (listed, word) in alias.written.iter().zip(text) {
            let letters = listed.chars().filter(|c| c.is_alphabetic()).count();
            let uppers = listed.chars().filter(|c| c.is_uppercase()).count();
            if uppers == 0 {
                capitals += usize::from(letters == 0);
                continue;
            }
            if shouted {
                if single && uppers == letters && WORDS_TOO.contains(&word.key.as_str()) {
                    return false;
                }
                capitals += 1;
            } else if uppers > 1 && uppers == letters && !word.key.is_empty() {
                // An acronym stands as listed; British papers print the longer ones as `Nato`, `Unama`.
                let as_listed = word.written.chars().all(|c| !c.is_lowercase());
                let as_name = letters >= 4 && word.is_capitalised();
                if !as_listed && !as_name {
                    return false;
                }
                capitals += 1;
            } else if uppers > 1 && letters <= 6 {
                // `LeT`, `JuA`, `AfD`: as listed or all in capitals, lest `Let` be a party.
                if word.written != *listed && word.written.chars().any(char::is_lowercase) {
                    return false;
                }
                capitals += 1;
            } else if word.is_capitalised() {
                capitals += 1;
            } else if single || !(self.common.contains(&word.key) || is_article(&word.key)) {
                return false;
            }
        }
        capitals > 0 || !alias.written.iter().any(|w| w.chars().any(char::is_uppercase))
    }
}

/// Particles that open a name and are often set in lower case.
fn is_article(key: &str) -> bool {
    matches!(key, "al" | "el" | "the" | "los" | "ul" | "e" | "i" | "de" | "ash" | "ad" | "hayat" | "bin")
}
