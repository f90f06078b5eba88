//! A claim of a happening in the form in which it is weighed: small, and without text.
//!
//! A claim tells of a happening if it is an event that is said to have occurred, to be going on, not to have occurred or to
//! have been called off; a denial keeps the status of what it denies and so belongs to what it denies. Content that is only
//! planned, promised, threatened, demanded, possible or hypothetical is refused. Rows of data sets are claims like others.

use jiff::civil::Date;
use model::record::{ClaimRecord, PartyRecord, PlaceRecord};
use model::toll::{self, Total};
use model::{Attitude, ClaimId, CountryCode, DocumentId, EffectKind, EventType, Precision, Rel, Status, When};

use super::weights::DAYS_BEFORE_REPORT;
use super::words::{Words, fingerprint, plain_name};

/// Claims of happenings, each in compact form, and the strings that they share.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    pub(super) words: Words,
    pub(super) happenings: Vec<Happening>,
}

impl Corpus {
    /// Takes in a claim, with the document of which its own is a near-copy; `false` if it tells of no happening.
    /// Publishers play no part in what is one happening (they do in what it stands on, see `account`). A claim that comes
    /// twice (because a person amended it) counts as it came last.
    pub fn add(&mut self, claim: &ClaimRecord, copy_of: Option<&DocumentId>) -> bool {
        let happening = Happening::of(claim, copy_of, &mut self.words);
        let told = happening.is_some();
        self.happenings.extend(happening);
        told
    }

    /// How many claims were taken in.
    pub fn len(&self) -> usize {
        self.happenings.len()
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.happenings.is_empty()
    }

    /// The claim's compact form, if it tells of a happening; by a search through all.
    pub fn find(&self, claim: &ClaimId) -> Option<&Happening> {
        self.happenings.iter().rev().find(|h| h.claim == *claim)
    }

    /// Positions in the order of claim ids, each claim once: the order in which everything is weighed, so that no index
    /// of arrival ever decides.
    pub(super) fn in_order(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.happenings.len()).map(index).collect();
        let id = |i: u32| &self.happenings[i as usize].claim;
        order.sort_unstable_by(|&a, &b| id(a).cmp(id(b)).then(b.cmp(&a)));
        order.dedup_by(|later, kept| id(*later) == id(*kept));
        order
    }
}

/// A position as it is kept.
pub(super) fn index(position: usize) -> u32 {
    u32::try_from(position).expect("fewer than four thousand million claims")
}

/// How exactly a time is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grain {
    /// A day.
    Day,
    /// Ten days or fewer.
    Week,
    /// A month or so.
    Month,
    /// More.
    Long,
    /// Nothing is said but the day of the report.
    Undated,
}

/// A party, as far as it is compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PartyKey {
    pub path: u32,
    pub acts: u32,
    pub root: u32,
    pub acts_root: u32,
    pub name: u32,
    /// The name is a proper one ("Bernard Kerik"), not a description ("46 people").
    pub proper: bool,
    /// Home polity, by country code; 0 for none.
    pub home: u32,
}

/// A place, as far as it is compared. Coordinates to a metre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PlaceKey {
    /// Degrees; `None` where there are none.
    pub at: Option<(f32, f32)>,
    pub radius_km: f32,
    pub settlement: bool,
    /// The gazetteer's id; 0 for none.
    pub geonames: u32,
    pub name: u32,
    pub admin2: u32,
    pub admin1: u32,
    /// Country, who administers, one who claims; 0 for none.
    pub countries: [u32; 3],
}

/// A number of people, of one kind and category.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TollKey {
    pub kind: EffectKind,
    /// 0 for the total, else one more than the category.
    pub category: u8,
    pub running: bool,
    pub low: f32,
    pub high: f32,
}

/// One claim of a happening, compact.
#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    pub(super) claim: ClaimId,
    pub(super) document: u32,
    /// The document of which this one is a near-copy, else itself.
    pub(super) original: u32,
    /// The words of the evidence, as one number.
    pub(super) evidence: u32,
    /// Data set and release of a row; 0 for a text.
    pub(super) release: u32,
    /// Data set and key of a row.
    pub(super) key: u32,
    /// Days since 1970; `None` where not even the report is dated.
    pub(super) days: Option<(i32, i32)>,
    pub(super) published: Option<i32>,
    pub(super) grain: Grain,
    pub(super) event: EventType,
    /// Who says so, by root or name; 0 for a publication's own voice.
    pub(super) asserter: u32,
    /// Both sides, in no order.
    pub(super) mutual: bool,
    pub(super) modes: Box<[u32]>,
    pub(super) actor: Box<[PartyKey]>,
    pub(super) recipient: Box<[PartyKey]>,
    pub(super) places: Box<[PlaceKey]>,
    pub(super) tolls: Box<[TollKey]>,
    /// Kinds of effect named, a bit each.
    pub(super) kinds: u16,
    pub(super) words: Box<[u32]>,
    pub(super) same: Box<[ClaimId]>,
    pub(super) replies_to: Box<[ClaimId]>,
    /// Whether its asserter says that it happened or, in plain words, that it did not; `None` for denials and doubts.
    pub(super) happened: Option<bool>,
}

impl Happening {
    /// The claim.
    pub fn claim(&self) -> &ClaimId {
        &self.claim
    }

    /// The statuses of claims that tell of a happening.
    pub const STATUSES: [Status; 4] = [Status::Occurred, Status::Ongoing, Status::DidNotOccur, Status::Cancelled];

    /// Whether a claim tells of a happening at all.
    pub fn is_told_by(claim: &ClaimRecord) -> bool {
        claim.kind == "event"
            && Self::STATUSES.contains(&claim.status)
            && claim.code.as_deref().is_some_and(|code| code.parse::<EventType>().is_ok())
    }

    fn of(claim: &ClaimRecord, copy_of: Option<&DocumentId>, words: &mut Words) -> Option<Self> {
        if !Self::is_told_by(claim) {
            return None;
        }
        let event = claim.code.as_deref()?.parse().ok()?;
        let document = words.id(claim.document.as_str());
        let published = claim.published.map(|w| day(w.date()));
        let (days, grain) = days_of(claim, published);
        let (release, key) = claim.row.as_ref().map_or((0, 0), |row| {
            let release = format!("{}@{}", row.dataset, row.release.as_deref().unwrap_or_default());
            (words.id(&release), words.id(&format!("{}#{}", row.dataset, row.key)))
        });
        let mut modes: Vec<u32> = claim.modes.iter().map(|m| words.id(m)).collect();
        modes.sort_unstable();
        let parties =
            |side: &[PartyRecord], words: &mut Words| side.iter().filter_map(|p| party(p, words)).collect::<Box<[_]>>();
        let mut recipient = parties(&claim.recipient, words);
        if recipient.is_empty() && !claim.reciprocal {
            // Whose people it befell is whom it was done to.
            recipient = claim.effects.iter().filter_map(|e| party(e.party.as_ref()?, words)).collect();
        }
        let linked = |rel: Rel| claim.links.iter().filter(move |l| l.rel == rel).filter_map(|l| l.claim.clone());
        let told = matches!(claim.attitude, Attitude::Asserts | Attitude::Confirms | Attitude::Alleges);
        Some(Self {
            claim: claim.id.clone(),
            document,
            original: copy_of.map_or(document, |d| words.id(d.as_str())),
            evidence: fingerprint(&claim.evidence.text),
            release,
            key,
            days,
            published,
            grain,
            event,
            asserter: claim
                .asserter
                .as_ref()
                .and_then(|p| party(p, words))
                .map_or(0, |p| p.root.max(p.name * u32::from(p.root == 0))),
            mutual: claim.reciprocal || claim.direction.as_deref() == Some("none"),
            modes: modes.into(),
            actor: parties(&claim.actor, words),
            recipient,
            places: claim.places.iter().map(|p| place(p, words)).collect(),
            tolls: toll_keys(claim),
            kinds: claim.effects.iter().fold(0, |bits, e| bits | 1 << (e.kind as u16)),
            words: if release == 0 { bag(&claim.evidence.text) } else { Box::default() },
            same: linked(Rel::SameHappening).collect(),
            replies_to: linked(Rel::RepliesTo).collect(),
            happened: told.then_some(matches!(claim.status, Status::Occurred | Status::Ongoing)),
        })
    }

    /// Roots of all parties, as ids and as those as which they act.
    pub(super) fn roots(&self) -> Vec<u32> {
        let mut roots: Vec<u32> =
            self.actor.iter().chain(&self.recipient).flat_map(|p| [p.root, p.acts_root]).filter(|&r| r != 0).collect();
        roots.sort_unstable();
        roots.dedup();
        roots
    }
}

/// Days since 1970-01-01.
pub(super) fn day(date: Date) -> i32 {
    date.since(Date::constant(1970, 1, 1)).map_or(0, |span| span.get_days())
}

/// The stretch of days, and how exactly it is known. Something undated lies in the month before its report.
fn days_of(claim: &ClaimRecord, published: Option<i32>) -> (Option<(i32, i32)>, Grain) {
    // What has happened lies before its report, also where only the year is given.
    let past = |(from, to): (i32, i32)| match published {
        Some(published) if claim.row.is_none() && from <= published => (from, to.min(published)),
        _ => (from, to),
    };
    let stated = claim.time.as_ref().and_then(|time| {
        let of = |w: Option<When>| w.map(|w| day(w.date()));
        match (of(time.from), of(time.to)) {
            (Some(from), Some(to)) => Some((from, to.max(from))),
            // "Since May" goes on until it is said; "until May" began no earlier than can be known.
            (Some(from), None) => Some((from, published.unwrap_or(from).max(from))),
            (None, Some(to)) => Some((to - DAYS_BEFORE_REPORT, to)),
            (None, None) => None,
        }
    });
    match (stated, published) {
        (Some(stated), _) => {
            let (from, to) = past(stated);
            let grain = match to - from {
                0 => Grain::Day,
                1..=10 => Grain::Week,
                11..=31 => Grain::Month,
                _ => Grain::Long,
            };
            (Some((from, to)), grain)
        }
        (None, Some(published)) => (Some((published - DAYS_BEFORE_REPORT, published)), Grain::Undated),
        (None, None) => (None, Grain::Undated),
    }
}

fn party(party: &PartyRecord, words: &mut Words) -> Option<PartyKey> {
    let path = party.id.as_ref().map_or(0, |id| words.path(id.as_str()));
    let root = party.id.as_ref().map_or(0, |id| words.path(id.root()));
    let acts = party.acts_as.as_ref().map_or(0, |id| words.path(id.as_str()));
    let acts_root = party.acts_as.as_ref().map_or(0, |id| words.path(id.root()));
    let name = party.name.as_deref().or(party.mention.as_deref());
    let name = name.map_or(0, |n| words.id(&plain_name(n)));
    let capital = |w: &str| w.chars().next().is_some_and(char::is_uppercase);
    let proper = party.mention.as_deref().is_some_and(|m| m.split_whitespace().all(capital));
    let home = party.country.map_or(0, |c| words.id(c.as_str()));
    (path != 0 || acts != 0 || name != 0).then_some(PartyKey { path, acts, root, acts_root, name, proper, home })
}

#[expect(clippy::cast_possible_truncation, reason = "a metre is exact enough")]
fn place(place: &PlaceRecord, words: &mut Words) -> PlaceKey {
    let mut name = |n: Option<&str>| n.map_or(0, |n| words.id(&plain_name(n)));
    let at = place.lat.zip(place.lon).map(|(lat, lon)| (lat as f32, lon as f32));
    // Radii where the gazetteer gives none: a town, a district, a province of middling size.
    let usual_km = match place.precision {
        Some(Precision::Point) => 1.0,
        Some(Precision::Settlement) => 5.0,
        Some(Precision::Admin2) => 40.0,
        Some(Precision::Admin1) => 150.0,
        Some(Precision::Border) => 50.0,
        Some(Precision::Country) => 600.0,
        Some(Precision::Region) => 1_000.0,
        None => 10.0,
    };
    let settlement = matches!(place.precision, Some(Precision::Point | Precision::Settlement));
    let key = PlaceKey {
        at,
        radius_km: place.radius_km.unwrap_or(usual_km) as f32,
        settlement,
        geonames: place.ids.geonames.unwrap_or(0),
        name: if settlement { name(place.name.as_deref().or(place.mention.as_deref())) } else { 0 },
        admin2: name(place.admin2.as_deref()),
        admin1: name(place.admin1.as_deref()),
        countries: [0; 3],
    };
    let mut country = |c: Option<&CountryCode>| c.map_or(0, |c| words.id(c.as_str()));
    let countries =
        [country(place.country.as_ref()), country(place.administered_by.as_ref()), country(place.claimed_by.first())];
    PlaceKey { countries, ..key }
}

#[expect(clippy::cast_possible_truncation, reason = "tolls are small numbers")]
fn toll_keys(claim: &ClaimRecord) -> Box<[TollKey]> {
    let key = |kind, category, range: Total| TollKey {
        kind,
        category,
        running: range.running,
        low: range.low.unwrap_or(0.0) as f32,
        high: range.high.map_or(f32::INFINITY, |h| h as f32),
    };
    let mut keys = Vec::new();
    for kind in
        [EffectKind::Killed, EffectKind::Injured, EffectKind::Captured, EffectKind::Abducted, EffectKind::Displaced]
    {
        keys.extend(toll::total(&claim.effects, kind).map(|range| key(kind, 0, range)));
    }
    for category in model::Category::ALL {
        let part = toll::of_category(&claim.effects, EffectKind::Killed, *category);
        keys.extend(part.map(|range| key(EffectKind::Killed, *category as u8 + 1, range)));
    }
    keys.into()
}

/// The words of content, each once, as numbers in order.
fn bag(text: &str) -> Box<[u32]> {
    let mut words: Vec<u32> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() > 3 || w.chars().any(|c| c.is_ascii_digit()))
        .map(|w| fingerprint(&w.to_lowercase()))
        .collect();
    words.sort_unstable();
    words.dedup();
    words.truncate(32);
    words.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_fit() {
        assert!(size_of::<Happening>() <= 216, "{}", size_of::<Happening>());
    }
}
