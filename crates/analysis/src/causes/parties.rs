//! Which parties a phrase names, and whose voice a claim is.
//!
//! A phrase of a claim carries no parties of its own: they are those whose mentions stand in it, as any claim of the same
//! report has them, else as every other report has the name. Nobody is recognised here who was not recognised there. A speaker whom no catalogue knows is one person
//! within a report where a name ends like a longer one ("Brandt", "Ilse Brandt"); "the analyst" of two reports is two.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use model::record::{ClaimRecord, PartyRecord};
use model::{DocumentId, Span};
use serde::Serialize;

use super::pattern::{Word, words};
use crate::Told;
use crate::incidents::account::label;

/// The roots of some parties.
pub(crate) fn roots(parties: &[PartyRecord]) -> BTreeSet<String> {
    parties.iter().filter_map(PartyRecord::whole).map(str::to_owned).collect()
}

/// Where parties are mentioned, by report.
pub(crate) struct Mentions<'a> {
    by_document: HashMap<&'a DocumentId, Vec<&'a PartyRecord>>,
    /// Proper names that stand for one party wherever they are recognised.
    everywhere: BTreeMap<Vec<String>, &'a str>,
}

impl<'a> Mentions<'a> {
    /// The mentions of the reports in which claims of a kind stand.
    pub(crate) fn of(told: &[Told<'a>], kind: &str) -> Self {
        let mut by_document: HashMap<&DocumentId, Vec<&PartyRecord>> =
            told.iter().filter(|t| t.claim.kind == kind).map(|t| (&t.claim.document, Vec::new())).collect();
        let mut roots: BTreeMap<Vec<String>, BTreeSet<&str>> = BTreeMap::new();
        for t in told {
            for party in parties(t.claim) {
                let (Some(root), Some(mention)) = (party.whole(), party.mention.as_deref()) else { continue };
                if let Some(mentions) = by_document.get_mut(&t.claim.document) {
                    mentions.push(party);
                }
                if let Some(name) = proper_words(mention) {
                    roots.entry(name).or_default().insert(root);
                }
            }
        }
        let one = |(name, roots): (Vec<String>, BTreeSet<&'a str>)| {
            if roots.len() == 1 { roots.first().map(|root| (name, *root)) } else { None }
        };
        Self { by_document, everywhere: roots.into_iter().filter_map(one).collect() }
    }

    /// The parties that a phrase names, each with the words that name it, in order. `phrase` is where its words stand.
    pub(crate) fn within(&self, document: &DocumentId, phrase: Span, words: &[Word]) -> Vec<(Range<usize>, String)> {
        let mut found: BTreeSet<(usize, usize, String)> = BTreeSet::new();
        for party in self.by_document.get(document).into_iter().flatten() {
            let Some(root) = party.whole() else { continue };
            let here = party.span.filter(|s| s.start() >= phrase.start() && s.end() <= phrase.end());
            let stretch = match here {
                Some(span) => {
                    let (from, to) = (span.start() - phrase.start(), span.end() - phrase.start());
                    covered(words, from, to)
                }
                None => party.mention.as_deref().and_then(proper_words).and_then(|name| named(words, &name)),
            };
            found.extend(stretch.map(|s| (s.start, s.end, root.to_owned())));
        }
        // A name that the report's own claims do not have is whom every other report means by it.
        for (from, length) in (0..words.len()).flat_map(|from| (1..=NAME).map(move |length| (from, length))) {
            let Some(stretch) = words.get(from..from + length).filter(|s| s.iter().all(|w| w.capital)) else {
                continue;
            };
            let known = found.iter().any(|(start, end, _)| from < *end && from + length > *start);
            let name: Vec<String> = stretch.iter().map(|w| w.text.clone()).collect();
            if let Some(root) = self.everywhere.get(&name).filter(|_| !known) {
                found.insert((from, from + length, (*root).to_owned()));
            }
        }
        found.into_iter().map(|(from, to, root)| (from..to, root)).collect()
    }
}

/// Every party of a claim, whatever its role.
fn parties(claim: &ClaimRecord) -> impl Iterator<Item = &PartyRecord> {
    let sides = claim.actor.iter().chain(&claim.recipient).chain(&claim.via).chain(&claim.asserter);
    sides
        .chain(claim.attribution.iter().filter_map(|a| a.party.as_ref()))
        .chain(claim.effects.iter().filter_map(|e| e.party.as_ref()))
}

fn covered(words: &[Word], from: usize, to: usize) -> Option<Range<usize>> {
    let inside: Vec<usize> = (0..words.len()).filter(|&i| words[i].at.start >= from && words[i].at.end <= to).collect();
    Some(*inside.first()?..inside.last()? + 1)
}

/// Most words of a name that is looked for.
const NAME: usize = 4;

/// The words of a proper name; a description ("the group") names nobody outside its own place.
fn proper_words(mention: &str) -> Option<Vec<String>> {
    let all = words(mention);
    let name = if all.first().is_some_and(|w| w.text == "the") { &all[1..] } else { &all[..] };
    let proper = !name.is_empty() && name.len() <= NAME && name.iter().all(|w| w.capital);
    // One common word with the capital of its sentence ("Militants", "They") is no name.
    let alone = name.len() == 1 && is_common(&name[0].text);
    (proper && !alone).then(|| name.iter().map(|w| w.text.clone()).collect())
}

fn named(phrase: &[Word], name: &[String]) -> Option<Range<usize>> {
    let at = phrase.windows(name.len()).position(|w| w.iter().zip(name).all(|(a, b)| a.capital && a.text == *b))?;
    Some(at..at + name.len())
}

/// Somebody who judges: the asserter, else the publication.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(into = "String")]
pub struct Voice {
    /// As it is shown: an id of the catalogue, a name, a description, a publication.
    pub name: String,
    /// What makes it one voice: descriptions are told apart by their report.
    key: String,
}

impl From<Voice> for String {
    fn from(voice: Voice) -> String {
        voice.name
    }
}

/// The names of speakers whom no catalogue knows, by report.
pub(crate) struct Voices<'a> {
    names: BTreeMap<&'a DocumentId, BTreeSet<String>>,
}

impl<'a> Voices<'a> {
    /// Speakers of some claims.
    pub(crate) fn of(told: &[Told<'a>]) -> Self {
        let mut names: BTreeMap<&DocumentId, BTreeSet<String>> = BTreeMap::new();
        for t in told {
            for party in t.claim.asserter.iter().filter(|p| p.id.is_none()) {
                names.entry(&t.claim.document).or_default().extend(proper(party));
            }
        }
        Self { names }
    }

    /// Whose voice a claim is.
    pub(crate) fn voice(&self, told: &Told) -> Voice {
        let document = &told.claim.document;
        let name = label(told);
        let Some(party) = &told.claim.asserter else {
            let key = if told.is_own_voice() { format!("publication {name}") } else { format!("unnamed {document}") };
            return Voice { name, key };
        };
        if party.id.is_some() {
            return Voice { key: name.clone(), name };
        }
        let Some(own) = proper(party) else {
            return Voice { key: format!("{} {document}", name.to_lowercase()), name };
        };
        let longer = |other: &&String| other.ends_with(&own) && other[..other.len() - own.len()].ends_with(' ');
        let mut fuller = self.names.get(document).into_iter().flatten().filter(longer);
        let full = match (fuller.next(), fuller.next()) {
            (Some(only), None) => only.clone(),
            _ => own,
        };
        Voice { key: full.to_lowercase(), name: full }
    }
}

/// The proper name at the end of what somebody is called: "Retired brigadier Farhan Qadri" is Farhan Qadri.
fn proper(party: &PartyRecord) -> Option<String> {
    let called = party.name.as_deref().or(party.mention.as_deref())?;
    let all = words(called);
    let from =
        all.iter().rposition(|w| !w.capital || matches!(w.text.as_str(), "the" | "a" | "an")).map_or(0, |i| i + 1);
    // "Officials in Chaman", "a member of the Front": the name is not the speaker's.
    let before = all[..from].iter().rev().map(|w| w.text.as_str()).find(|w| *w != "the");
    if before.is_some_and(|w| ["in", "of", "from", "at", "for", "to", "near", "with", "and", "by"].contains(&w)) {
        return None;
    }
    let name: Vec<&str> = all[from..].iter().map(|w| &called[w.at.clone()]).collect();
    // One word that opens a sentence ("Officials", "She") may be no name.
    let known = name.len() > 1 || name.len() == 1 && (from > 0 || !is_common(&name[0].to_lowercase()));
    known.then(|| name.join(" "))
}

/// Words that stand for a speaker at the beginning of a sentence and name nobody.
fn is_common(word: &str) -> bool {
    const PRONOUNS: [&str; 8] = ["he", "she", "they", "it", "we", "i", "both", "some"];
    PRONOUNS.contains(&word) || word.ends_with('s') && word.len() > 5
}
