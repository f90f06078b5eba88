//! Which incident somebody speaks of who says that a ceasefire was broken.
//!
//! An accusation often is all that one claim tells ("A broke the truce on Friday"), while others tell of the strike and name
//! nobody. They are joined by party, time and place, and only where one incident alone fits.

use std::collections::BTreeSet;

use jiff::tz::Offset;
use model::{Incident, Text, When};

use super::hostile::Hostile;
use super::moment::DAY;
use super::records::Records;
use super::saying::Saying;

/// The incident that an accusation is about: its own if that is told in other words than those of breaking a ceasefire, else the one hostile incident by the accused
/// (or by nobody named, on another's soil) of that time and place.
pub(super) fn strike<'h, 'a>(
    accusation: &Saying,
    own: Option<&Incident>,
    hostile: &'h [Hostile<'a>],
    records: &Records,
    zone: Offset,
) -> Option<&'h Hostile<'a>> {
    let held = own.and_then(|i| hostile.iter().find(|h| h.incident.id == i.id));
    if let Some(held) = held.filter(|h| records.tells_more(h.incident)) {
        return Some(held);
    }
    let span = accusation.at.map(|m| m.span(zone));
    let near = |h: &&&Hostile| {
        let by_accused = h.between.as_ref().is_some_and(|(actors, _)| !actors.is_disjoint(&accusation.actors));
        let by_nobody = h.fronts.unnamed && h.fronts.soil.is_disjoint(&accusation.actors) && !h.fronts.soil.is_empty();
        let in_time = match span {
            // A night is of two days.
            Some(s) => h.span.from < s.to.max(s.from) + DAY / 2 && s.from - DAY / 2 < h.span.to.max(h.span.from + 1),
            None => records.share_report(accusation, h.incident),
        };
        (by_accused || by_nobody)
            && in_time
            && places_meet(accusation, h.incident)
            && Some(&h.incident.id) != own.map(|i| &i.id)
    };
    let mut found = hostile.iter().collect::<Vec<_>>();
    found.retain(|h| near(&h));
    if found.len() > 1 {
        // Of several, the one that the same report tells.
        found.retain(|h| records.share_report(accusation, h.incident));
    }
    if let [one] = found[..] { Some(one) } else { held }
}

/// Whether the places named on both sides can be one; what names none goes anywhere.
fn places_meet(accusation: &Saying, incident: &Incident) -> bool {
    let places = &accusation.told.claim.places;
    if places.is_empty() || incident.places.is_empty() {
        return true;
    }
    places.iter().any(|p| {
        incident.places.iter().any(|q| {
            let within = |a: &Option<Text>, b: &Option<Text>| a.is_none() || b.is_none() || a == b;
            p.country == q.country && within(&p.admin1, &q.admin1) && within(&p.admin2, &q.admin2)
        })
    })
}

/// Two accusations of one accused, of one day or of no day told apart.
pub(super) fn is_same_accusation(a: &Saying, b: &Saying, zone: Offset) -> bool {
    let in_time = match (a.at, b.at) {
        (Some(a), Some(b)) => a.span(zone).overlaps(b.span(zone)),
        (None, None) => a.published().map(When::date) == b.published().map(When::date),
        _ => a.document() == b.document(),
    };
    a.actors == b.actors && in_time && places_meet_claims(a, b)
}

fn places_meet_claims(a: &Saying, b: &Saying) -> bool {
    let admin1 =
        |s: &Saying| -> BTreeSet<Text> { s.told.claim.places.iter().filter_map(|p| p.admin1.clone()).collect() };
    let (a, b) = (admin1(a), admin1(b));
    a.is_empty() || b.is_empty() || !a.is_disjoint(&b)
}
