//! Rows of others' event data sets to claims, and claims back to rows.
//!
//! [`Crosswalk::claim`] makes one claim of one row: the data set asserts that the event occurred, and the row is the
//! evidence. [`write_row`] goes the other way. What each code means in PLOVER stands in tables under `data/crosswalks`,
//! with a table of what is lost in each direction ([`losses`]); a file for each data set says which cell means what.
//!
//! **Confidence** is 1 for every imported claim: it says how surely a claim repeats its evidence, and a row is repeated
//! by rule. How far a data set is right about the world is measured nowhere here; whoever doubts a machine-coded set
//! can tell its claims by their asserter.
//!
//! What this refuses to do: guess a direction from the order of actors where the set says that order means nothing,
//! give private persons an id, code again what the set has coded, write rows that their terms keep back.

mod acled;
mod cells;
mod codes;
mod gdelt;
mod ged;
mod icews;
mod losses;
mod mentions;
mod names;
mod polecat;
mod states;
#[cfg(test)]
mod tests;
mod write;

use model::record::{
    AttributionRecord, ClaimRecord, EffectRecord, PartyRecord, PlaceIdsRecord, PlaceRecord, RowRecord, TextAt,
    TimeRecord,
};
use model::{
    Attitude, Category, ClaimId, Dataset, DocumentId, EffectKind, Granularity, PartyId, Precision, Row, RowFault,
    RunId, Span, Status, Text, When,
};

pub use losses::{Loss, losses};
pub use mentions::{MentionSummary, Mentions};
pub use write::{NotWritten, write_row};

use crate::catalogue::Catalogue;
use names::Names;
use states::States;

/// The importer and its version, as claims name it.
pub const CODER: &str = "import/1";

/// The tables of rules; their hash is part of the run.
const RULES: [&str; 5] = [
    include_str!("../../../data/crosswalks/cameo.tsv"),
    include_str!("../../../data/crosswalks/cameo_roles.tsv"),
    include_str!("../../../data/crosswalks/acled.tsv"),
    include_str!("../../../data/crosswalks/icews_sectors.tsv"),
    include_str!("../../../data/crosswalks/countries.tsv"),
];

/// The run of an importer of this data set with this catalogue.
pub fn run(dataset: Dataset, catalogue: &Catalogue) -> RunId {
    let fingerprint = catalogue.fingerprint();
    let parts = [CODER.as_bytes(), dataset.as_str().as_bytes(), fingerprint.as_bytes()];
    RunId::of(parts.into_iter().chain(RULES.map(str::as_bytes)))
}

/// Makes claims of the rows of one data set. Names are resolved once and remembered, so that one is made for each
/// thread and kept.
pub struct Crosswalk<'c> {
    dataset: Dataset,
    release: Option<Text>,
    published: Option<When>,
    run: RunId,
    asserter: PartyRecord,
    names: Names<'c>,
    states: States,
    codes: &'static codes::Codes,
    /// Room for keys that are put together.
    room: String,
}

/// Where a row stands.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// The document that holds it.
    pub document: &'a DocumentId,
    /// The id that the document's source gave it.
    pub source_id: &'a Text,
    /// The file.
    pub file: &'a Text,
    /// The row in the document's text.
    pub span: Span,
}

/// What a row says, before it is a claim.
#[derive(Debug)]
struct Said {
    key: Text,
    code: &'static str,
    modes: Vec<Text>,
    contexts: Vec<Text>,
    /// Whether the row says who did it to whom.
    is_directed: bool,
    actor: Vec<PartyRecord>,
    recipient: Vec<PartyRecord>,
    place: Option<PlaceRecord>,
    time: Option<TimeRecord>,
    effects: Vec<EffectRecord>,
    /// Where the row itself says when it was published.
    published: Option<When>,
    clarity: Option<u8>,
}

impl<'c> Crosswalk<'c> {
    /// A crosswalk for a data set in this release; `published` is the day of the release.
    pub fn new(dataset: Dataset, release: Option<&str>, published: Option<When>, catalogue: &'c Catalogue) -> Self {
        let (id, name) = match dataset {
            Dataset::Ged => ("UCDP_GED", dataset.name()),
            Dataset::Gdelt | Dataset::GdeltMentions => ("GDELT", Dataset::Gdelt.name()),
            other => (other.name(), other.name()),
        };
        let id = PartyId::new(id).ok();
        let entry = id.as_ref().and_then(|id| catalogue.get(id));
        let asserter = PartyRecord {
            mention: Some(name.into()),
            name: entry.map(|e| Text::from(&e.name)),
            country: entry.and_then(|e| e.country),
            sectors: entry.map(|e| names::texts(&e.sectors)).unwrap_or_default(),
            id,
            ..nobody()
        };
        Self {
            dataset,
            // A copy of its own: threads that counted the copies of one text would wait for one another.
            release: release.map(Text::new),
            published,
            run: run(dataset, catalogue),
            asserter,
            names: Names::new(catalogue),
            states: States::new(catalogue),
            codes: codes::Codes::embedded(),
            room: String::new(),
        }
    }

    /// The claim that a row makes.
    pub fn claim(&mut self, row: Row<'_>, at: Standing<'_>) -> Result<ClaimRecord, RowFault> {
        let said = match self.dataset {
            Dataset::Ged => ged::read(row, self),
            Dataset::Acled => acled::read(row, self),
            Dataset::Gdelt => gdelt::read(row, self),
            Dataset::Polecat => polecat::read(row, self),
            Dataset::Icews => icews::read(row, self),
            Dataset::GdeltMentions => Err("a mention carries no event; it is counted".to_owned()),
        };
        let said = said.map_err(|why| RowFault::new(row.line, why))?;
        let [start, end]: [u32; 2] = at.span.into();
        let span = (u64::from(start) << 32 | u64::from(end)).to_be_bytes();
        let (status, attitude) = (Status::Occurred, Attitude::Asserts);
        let id = ClaimId::of([
            at.document.as_str().as_bytes(),
            b"event",
            said.code.as_bytes(),
            &span,
            attitude.as_str().as_bytes(),
            status.as_str().as_bytes(),
            said.key.as_bytes(),
        ]);
        Ok(ClaimRecord {
            id,
            document: at.document.clone(),
            source_id: Some(at.source_id.clone()),
            published: said.published.or(self.published),
            recorded: None,
            run: self.run.clone(),
            kind: Text::new_static("event"),
            code: Some(Text::new_static(said.code)),
            modes: said.modes,
            contexts: said.contexts,
            reciprocal: false,
            direction: (!said.is_directed).then(|| Text::new_static("none")),
            actor: said.actor,
            recipient: said.recipient,
            via: Vec::new(),
            places: said.place.into_iter().collect(),
            time: said.time,
            effects: said.effects,
            status,
            asserter: Some(self.asserter.clone()),
            attitude,
            attribution: vec![AttributionRecord { party: Some(self.asserter.clone()), attitude, span: None }],
            links: Vec::new(),
            count: None,
            cause: None,
            effect: None,
            polarity: None,
            quote: None,
            instrument: None,
            object: None,
            terms: None,
            evidence: TextAt { span: at.span, text: row.raw.to_owned() },
            confidence: 1.0,
            coder: Text::new_static(CODER),
            row: Some(RowRecord {
                dataset: Text::new_static(self.dataset.as_str()),
                release: self.release.clone(),
                file: at.file.clone(),
                line: row.line,
                key: said.key,
                terms: Text::new_static(self.dataset.terms()),
                restricted: self.dataset.is_restricted(),
                clarity: said.clarity,
            }),
        })
    }
}

/// A party of which nothing is known.
fn nobody() -> PartyRecord {
    PartyRecord {
        mention: None,
        span: None,
        id: None,
        name: None,
        country: None,
        acts_as: None,
        based_in: None,
        sectors: Vec::new(),
    }
}

/// A place of which nothing is known.
fn nowhere() -> PlaceRecord {
    PlaceRecord {
        mention: None,
        span: None,
        name: None,
        admin2: None,
        admin1: None,
        country: None,
        administered_by: None,
        claimed_by: Vec::new(),
        lat: None,
        lon: None,
        precision: None,
        radius_km: None,
        ids: PlaceIdsRecord { geonames: None, pcode: None, priogrid: None },
    }
}

/// The place, with its PRIO-GRID cell, or none where the row says nothing of it.
fn placed(mut place: PlaceRecord) -> Option<PlaceRecord> {
    if let (None, Some(lat), Some(lon)) = (place.ids.priogrid, place.lat, place.lon) {
        place.ids.priogrid = model::priogrid::priogrid(lat, lon);
    }
    (place != nowhere()).then_some(place)
}

/// A stretch of time.
fn stretch(from: jiff::civil::Date, to: Option<jiff::civil::Date>, granularity: Granularity) -> TimeRecord {
    TimeRecord { mention: None, span: None, from: Some(When::Day(from)), to: to.map(When::Day), granularity }
}

/// So many killed.
fn killed(low: Option<f64>, high: Option<f64>, best: Option<f64>) -> EffectRecord {
    EffectRecord {
        kind: EffectKind::Killed,
        low,
        high,
        best,
        of: None,
        party: None,
        category: None,
        part_of: None,
        cumulative: false,
        span: None,
    }
}

/// Whether a party is civilians: nobody's force.
fn is_civilian(party: &PartyRecord) -> bool {
    party.sectors.first().is_some_and(|s| matches!(s.as_str(), "CVL" | "REF"))
}

/// The category of a party's own dead.
fn category_of(party: &PartyRecord) -> Category {
    match party.sectors.first().map(Text::as_str) {
        Some("GOV" | "MIL" | "COP" | "SPY") => Category::StateForce,
        Some("CVL" | "REF") => Category::Civilian,
        _ => Category::Combatant,
    }
}

/// The precision of a place as its row names it, from the smallest part named.
fn finest(place: &PlaceRecord) -> Option<Precision> {
    match () {
        () if place.name.is_some() => Some(Precision::Settlement),
        () if place.admin2.is_some() => Some(Precision::Admin2),
        () if place.admin1.is_some() => Some(Precision::Admin1),
        () if place.country.is_some() => Some(Precision::Country),
        () => None,
    }
}
