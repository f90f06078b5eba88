//! Parties and incidents in a few words, for lists and labels.

use model::record::PartyRecord;
use model::{Incident, PartyId};
use present::deeds;

/// Most parties that a phrase names of a side.
const NAMED: usize = 2;

/// What a party is called: its name, else the words for it, else its id.
pub fn named(party: &PartyRecord) -> String {
    let name = party.name.as_deref().or(party.mention.as_deref());
    name.or(party.id.as_ref().map(PartyId::as_str)).unwrap_or("somebody").to_owned()
}

/// An incident in one short phrase, which needs no verb to agree with anybody: "Attack by Pakistan on TTP in Barmal (aerial)".
pub fn incident(incident: &Incident) -> String {
    let unknown = incident.code.to_lowercase();
    let (deed, towards) = deeds::one(&incident.code).unwrap_or((unknown.as_str(), "towards"));
    let (actor, recipient) = (side(&incident.actor), side(&incident.recipient));
    let mut phrase = match (actor, recipient) {
        // A happening of both sides has all of them as actors.
        (Some(actor), None) if incident.actor.len() > 1 => format!("{deed}: {actor}"),
        (Some(actor), None) => format!("{deed} by {actor}"),
        (Some(actor), Some(recipient)) => format!("{deed} by {actor} {towards} {recipient}"),
        (None, Some(recipient)) => format!("{deed} {towards} {recipient}"),
        (None, None) => deed.to_owned(),
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

/// What a party is called inside a phrase: a description without the capital that it had as the first word of its sentence.
fn within(party: &PartyRecord) -> String {
    let name = named(party);
    if party.proper_name().is_some() || party.id.is_some() {
        return name;
    }
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn side(parties: &[PartyRecord]) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for name in parties.iter().map(within) {
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
