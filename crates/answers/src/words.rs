//! Parties and incidents in a few words, for lists and labels.

use model::record::PartyRecord;
use model::{Incident, PartyId};

/// Most parties that a phrase names of a side.
const NAMED: usize = 2;

/// What a party is called: its name, else the words for it, else its id.
pub fn named(party: &PartyRecord) -> String {
    let name = party.name.as_deref().or(party.mention.as_deref());
    name.or(party.id.as_ref().map(PartyId::as_str)).unwrap_or("somebody").to_owned()
}

/// What is done, with a subject, and what it is called without one (PLOVER manual 2021, "Event categories").
const DEEDS: [(&str, &str, &str); 16] = [
    ("AGREE", "agrees with", "agreement"),
    ("CONSULT", "consults with", "talks"),
    ("SUPPORT", "supports", "support"),
    ("CONCEDE", "yields to", "concession"),
    ("COOPERATE", "cooperates with", "cooperation"),
    ("AID", "aids", "aid"),
    ("RETREAT", "withdraws before", "withdrawal"),
    ("REQUEST", "makes demands of", "demand"),
    ("ACCUSE", "accuses", "accusation"),
    ("REJECT", "rejects what is asked by", "rejection"),
    ("THREATEN", "threatens", "threat"),
    ("PROTEST", "protests against", "protest"),
    ("SANCTION", "sanctions", "sanction"),
    ("MOBILIZE", "mobilizes against", "mobilization"),
    ("COERCE", "coerces", "coercion"),
    ("ASSAULT", "attacks", "attack"),
];

/// An incident in one short phrase: "Pakistan attacks TTP in Barmal (aerial)"; "attack on Pakistan's army in Bannu" where
/// nobody is named who did it.
pub fn incident(incident: &Incident) -> String {
    let unknown = incident.code.to_lowercase();
    let (_, verb, noun) = DEEDS.into_iter().find(|(code, ..)| *code == incident.code).unwrap_or((
        &incident.code,
        unknown.as_str(),
        unknown.as_str(),
    ));
    let (actor, recipient) = (side(&incident.actor), side(&incident.recipient));
    let mut phrase = match (actor, recipient) {
        // A happening of both sides has all of them as actors.
        (Some(actor), None) if incident.actor.len() > 1 => format!("{noun}: {actor}"),
        (Some(actor), None) => format!("{noun} by {actor}"),
        (Some(actor), Some(recipient)) => format!("{actor} {verb} {recipient}"),
        (None, Some(recipient)) => format!("{noun} on {recipient}"),
        (None, None) => noun.to_owned(),
    };
    if let Some(place) = incident.places.first().and_then(|p| p.name.as_deref().or(p.mention.as_deref())) {
        phrase.push_str(" in ");
        phrase.push_str(place);
    }
    if let Some(mode) = incident.modes.first().filter(|_| incident.modes.len() == 1) {
        phrase.extend([" (", mode.as_str(), ")"]);
    }
    let mut letters = phrase.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn side(parties: &[PartyRecord]) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for name in parties.iter().map(named) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let all = names.join(if more > 0 { ", " } else { " and " });
    match more {
        _ if names.is_empty() => None,
        0 => Some(all),
        n => Some(format!("{all} and {n} more")),
    }
}
