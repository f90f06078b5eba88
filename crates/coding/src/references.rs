//! Words that stand for a party named before: pronouns, "the group", "the two sides", "the latter".
//!
//! Given the annotated document and the parties that its phrases name, [`resolve`] says which later words stand for
//! which of them. It answers only where that is safe; what two parties fit is left empty. The filled party keeps the
//! words and span of the reference and takes the id of the party referred to. It decides no roles, and knows no party
//! that no words of the document name.

mod gender;
mod parties;
mod persons;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use model::{Annotated, NameKind, Party, Span, Upos};

use crate::catalogue::{Catalogue, CatalogueError, Context};
pub(crate) use parties::is_collective;

/// A phrase of the document that names parties.
#[derive(Clone, Debug, PartialEq)]
pub struct PartyMention {
    /// Number of its sentence.
    pub sentence: usize,
    /// Its head.
    pub token: usize,
    /// What it names: one party as a rule.
    pub parties: Vec<Party>,
    /// Whether a person is named, who stands for a party.
    pub is_person: bool,
}

/// What was resolved, by the place of the referring word.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct References {
    of_word: HashMap<usize, Vec<Party>>,
}

impl References {
    /// The parties for which the word at this place stands; none where that is unsure.
    pub fn of(&self, word: Span) -> &[Party] {
        self.of_word.get(&word.start()).map_or(&[], Vec::as_slice)
    }

    /// How many words were resolved.
    pub fn len(&self) -> usize {
        self.of_word.len()
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.of_word.is_empty()
    }
}

/// The tables that this reads, for the coder's hash.
pub(crate) const TABLES: [&str; 2] = [parties::TABLE, gender::FIRST_NAMES];

/// Checks that the tables that come along can be read.
pub(crate) fn check() -> Result<(), CatalogueError> {
    parties::kinds(parties::TABLE)?;
    gender::names(gender::FIRST_NAMES)?;
    Ok(())
}

/// Resolves what can be resolved in a document. `mentions` stand in order of appearance.
pub fn resolve(
    text: &str,
    annotated: &Annotated,
    mentions: &[PartyMention],
    catalogue: &Catalogue,
    context: &Context,
) -> References {
    let sentences = &annotated.sentences;
    let mut found = References::default();
    let names = person_names(annotated, &[]);
    let mut people = persons::gather(text, sentences, &names);
    for (pronoun, person) in persons::resolve(text, sentences, &mut people) {
        let party = people[person]
            .mentions
            .iter()
            .filter_map(|m| mentions.iter().find(|n| (n.sentence, n.token) == (m.sentence, m.token)))
            .find_map(|m| m.parties.first().filter(|p| p.id.is_some()));
        if let Some(party) = party {
            found.of_word.insert(pronoun.span.start(), vec![party.clone()]);
        }
    }
    let mut thread = parties::Thread { text, sentences, catalogue, context, mentions: Vec::new(), all: mentions };
    let mut waiting = mentions.iter().peekable();
    for (number, sentence) in sentences.iter().enumerate() {
        for (index, token) in sentence.tokens.iter().enumerate() {
            let mut own = None;
            while let Some(mention) = waiting.next_if(|m| (m.sentence, m.token) <= (number, index)) {
                if (mention.sentence, mention.token) == (number, index) {
                    own = Some(mention);
                }
                if !mention.parties.is_empty() {
                    thread.mentions.push(mention.clone());
                }
            }
            let refers =
                matches!(token.upos, Upos::Pron | Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj | Upos::Det);
            let is_known = own.is_some_and(|m| m.parties.iter().any(|p| p.id.is_some()));
            if !refers || is_known {
                continue;
            }
            let antecedents = thread.antecedents(number, index);
            if !antecedents.is_empty() {
                let mention =
                    PartyMention { sentence: number, token: index, parties: antecedents.clone(), is_person: false };
                thread.mentions.push(mention);
                found.of_word.insert(token.span.start(), antecedents);
            }
        }
    }
    found
}

/// For every pronoun of a person that can be resolved, the places where that person is named. `given` are names that
/// the tagger may have missed. For evaluation.
pub fn pronouns(text: &str, annotated: &Annotated, given: &[Span]) -> Vec<(Span, Vec<Span>)> {
    let names = person_names(annotated, given);
    let mut people = persons::gather(text, &annotated.sentences, &names);
    persons::resolve(text, &annotated.sentences, &mut people)
        .into_iter()
        .map(|(pronoun, person)| (pronoun.span, people[person].mentions.iter().map(|m| m.span).collect()))
        .collect()
}

/// Names of persons in order, as sentence and tokens.
fn person_names(annotated: &Annotated, given: &[Span]) -> Vec<persons::NameAt> {
    let mut out: Vec<persons::NameAt> = Vec::new();
    for (number, sentence) in annotated.sentences.iter().enumerate() {
        for name in sentence.names.iter().filter(|n| n.kind == NameKind::Person) {
            if !given.iter().any(|g| g.overlaps(name.span)) {
                out.push((number, name.tokens.clone()));
            }
        }
        for span in given {
            let inside = |i: &usize| sentence.tokens[*i].span.overlaps(*span);
            let tokens: Vec<usize> = (0..sentence.tokens.len()).filter(inside).collect();
            if let (Some(&first), Some(&last)) = (tokens.first(), tokens.last()) {
                out.push((number, first..last + 1));
            }
        }
    }
    out.sort_by_key(|(number, tokens)| (*number, tokens.start));
    out
}
