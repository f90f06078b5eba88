//! The gravest incidents: when, where, who to whom, who says how many, who denies it, how it stands and why.

use model::Incident;
use model::record::{PartyRecord, PlaceRecord};

use super::notes::Notes;
use super::{Given, Happening, Situation, sentence};
use crate::grounds::counted;
use crate::paper::{Block, Words};

/// Most counts of an incident.
const TOLLS: usize = 8;

impl Situation {
    pub(super) fn happened(&self, notes: &mut Notes) -> Vec<Block> {
        if self.incidents.is_empty() {
            return vec![sentence("No incident that is hostile or cost lives was told of in this period.")];
        }
        let mut blocks = Vec::new();
        for (at, happening) in self.incidents.iter().enumerate() {
            blocks.push(Block::Heading { level: 3, words: format!("{}. {}", at + 1, self.names.of(&happening.words)) });
            blocks.push(Block::Facts(self.facts(happening, notes)));
        }
        let more = self.all_incidents.saturating_sub(self.incidents.len());
        if more > 0 {
            let left = counted(more, "less grave incident");
            blocks.push(sentence(&format!("{left} of the period left out here; “annalist incidents” lists them.")));
        }
        blocks
    }

    fn facts(&self, happening: &Happening, notes: &mut Notes) -> Vec<(&'static str, Words)> {
        let incident = &happening.incident;
        let first = notes.cite_all(happening.claims.iter().take(1));
        let at = incident.places.first().map_or("no place is told".to_owned(), |at| self.names.of(&place(at)));
        let mut facts = vec![
            ("When, where", Words::of(format!("{}; {at}", when(happening))).noted(first.clone())),
            ("Who to whom", Words::of(self.who_to_whom(incident)).noted(first.clone())),
        ];
        if let Some(tolls) = self.tolls(happening, notes) {
            facts.push(("Tolls", tolls));
        }
        if !happening.denied.is_empty() {
            facts.push(("Denied by", self.denials(happening, notes)));
        }
        let why = self.names.of(&incident.grounds);
        let carried = if incident.publishers.is_empty() {
            String::new()
        } else {
            format!(" Carried by {}.", incident.publishers.join(", "))
        };
        let standing =
            Words::default().strong(incident.standing.as_str()).and(format!(": {why}{carried}")).noted(first);
        facts.push(("Standing", standing));
        facts
    }

    fn who_to_whom(&self, incident: &Incident) -> String {
        let actor = self.side(&incident.actor);
        match (actor, self.side(&incident.recipient)) {
            (Some(actor), Some(recipient)) => format!("{actor}, to {recipient}"),
            (Some(actor), None) if incident.actor.len() > 1 => format!("{actor}, between them"),
            (Some(actor), None) => format!("{actor}; to whom is not told"),
            (None, Some(recipient)) => format!("nobody is named as doing it; to {recipient}"),
            (None, None) => "nobody is named".to_owned(),
        }
    }

    /// Parties by name, with the words of the text where these say more.
    fn side(&self, parties: &[PartyRecord]) -> Option<String> {
        let mut names: Vec<String> = Vec::new();
        for party in parties {
            let mention = party.mention.as_deref();
            let known = party.id.as_ref().and_then(|id| self.names.parties.get(id.as_str())).map(String::as_str);
            let name = match (known.or(party.name.as_deref()), mention) {
                // "it", of Pakistan, says nothing more than Pakistan.
                (Some(name), Some(mention)) if mention.split_whitespace().count() > 1 && !mention.contains(name) => {
                    format!("{name} (“{mention}”)")
                }
                (Some(name), _) => name.to_owned(),
                (None, Some(mention)) => format!("“{mention}”"),
                (None, None) => continue,
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// Who says how many.
    pub(super) fn tolls(&self, happening: &Happening, notes: &mut Notes) -> Option<Words> {
        let mut words = Words::default();
        let shown = happening.tolls.len().min(TOLLS);
        for (at, given) in happening.tolls.iter().take(shown).enumerate() {
            let end = if at + 1 == shown { "" } else { ";" };
            words = words
                .and(if at == 0 { "" } else { " " })
                .strong(number(given))
                .and(format!(", according to {}{end}", self.names.of(&given.claimant)))
                .noted(notes.cite_all(&given.claims));
        }
        if happening.tolls.len() > shown {
            words = words.and(format!("; and {}", counted(happening.tolls.len() - shown, "count")));
        }
        (!words.is_empty() && shown > 0).then_some(words)
    }

    fn denials(&self, happening: &Happening, notes: &mut Notes) -> Words {
        let mut words = Words::default();
        for (at, (by, claim)) in happening.denied.iter().take(TOLLS).enumerate() {
            words = words.and(if at == 0 { "" } else { ", " }).and(self.names.of(by)).noted([notes.cite(claim)]);
        }
        words
    }
}

/// A count in words: "20 to 25 killed (civilian)".
pub(super) fn number(given: &Given) -> String {
    let whole = |value: f64| crate::series::number(value);
    let range = match (given.low, given.high) {
        (Some(low), Some(high)) if (high - low).abs() < 0.5 => whole(low),
        (Some(low), Some(high)) => format!("{} to {}", whole(low), whole(high)),
        (Some(low), None) => format!("{} or more", whole(low)),
        (None, Some(high)) => format!("at most {}", whole(high)),
        (None, None) => "some".to_owned(),
    };
    let of = given.category.as_deref().filter(|c| *c != "unknown" && *c != "mixed");
    let of = of.map_or(String::new(), |category| format!(" ({})", category.replace('_', " ")));
    format!("{range} {}{of}", given.kind)
}

/// When it was, as far as it is told.
pub(super) fn when(happening: &Happening) -> String {
    let incident = &happening.incident;
    let plain = |when: model::When| super::names::Names::default().of(&when.to_string());
    match (incident.from, incident.to) {
        (Some(from), Some(to)) if from == to => plain(from),
        (Some(from), Some(to)) if from.date() == to.date() => {
            format!("{}, between {} and {}", from.date(), clock(from), clock(to))
        }
        (Some(from), Some(to)) => format!("{} to {}", plain(from), plain(to)),
        (Some(day), None) | (None, Some(day)) => plain(day),
        (None, None) => {
            happening.told.map_or("no day is told".to_owned(), |day| format!("no day is told; first reported {day}"))
        }
    }
}

fn clock(when: model::When) -> String {
    let plain = super::names::Names::default().of(&when.to_string());
    plain.split_once(' ').map_or(plain.clone(), |(_, clock)| clock.to_owned())
}

/// A place with what it lies in.
fn place(place: &PlaceRecord) -> String {
    let name = place.name.as_deref().or(place.mention.as_deref());
    let around =
        [place.admin2.as_deref(), place.admin1.as_deref(), place.country.as_ref().map(model::CountryCode::as_str)];
    let mut parts: Vec<&str> = name.into_iter().collect();
    for part in around.into_iter().flatten() {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    if parts.is_empty() { "no place is named".to_owned() } else { parts.join(", ") }
}
