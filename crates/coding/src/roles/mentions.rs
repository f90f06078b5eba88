//! Whom a sentence names: all its phrases that name parties, and the persons whom it introduces with an office.
//!
//! Resolves no pronoun and keeps nothing between sentences.

use model::{Deprel, NameKind, Party, Upos};

use super::Scene;
use crate::references::PartyMention;
use crate::syntax;

/// Persons whom a sentence introduces by full name with an office that the catalogue knows, by surname.
pub fn introduced(scene: &Scene<'_>) -> Vec<(String, Party)> {
    let sentence = scene.sentence;
    let mut found = Vec::new();
    for name in &sentence.names {
        if name.kind != NameKind::Person || name.tokens.len() < 2 {
            continue;
        }
        let head = name.tokens.clone().find(|&i| syntax::head(sentence, i).is_none_or(|h| !name.tokens.contains(&h)));
        let last = &sentence.tokens[name.tokens.end - 1];
        if let Some(party) = head.and_then(|h| scene.party(h)).filter(|p| p.id.is_some()) {
            found.push((last.span.of(scene.text).to_owned(), party));
        }
    }
    found
}

/// Every phrase of a sentence that names parties, in order of their heads.
pub fn mentions(scene: &Scene<'_>, number: usize) -> Vec<PartyMention> {
    let sentence = scene.sentence;
    let within = [Deprel::Compound, Deprel::Flat, Deprel::Fixed, Deprel::FlatForeign, Deprel::Goeswith, Deprel::Appos];
    (0..sentence.tokens.len())
        .filter(|&i| matches!(sentence.tokens[i].upos, Upos::Noun | Upos::Propn))
        .filter(|&i| !within.contains(&sentence.tokens[i].deprel))
        .filter_map(|token| {
            let parties = scene.parties(token);
            let in_name = sentence.names.iter().find(|n| n.tokens.contains(&token));
            let is_person = in_name.is_some_and(|n| n.kind == NameKind::Person);
            (!parties.is_empty()).then_some(PartyMention { sentence: number, token, parties, is_person })
        })
        .collect()
}
