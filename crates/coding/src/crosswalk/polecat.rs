//! POLECAT: each row is an event in PLOVER, coded by machine. Type, modes, contexts and sectors are taken as they are.
//!
//! The names are those of Wikipedia; persons who hold an office are resolved to the body that they speak for, other
//! persons keep their name alone. The news agency is a detail of the row and stays in the evidence.

use jiff::civil::Date;
use model::record::{ClaimRecord, PartyRecord, PlaceIdsRecord, PlaceRecord};
use model::{Dataset, EventType, Granularity, Row, Text, When};

use super::cells::{day, kept, key, needed_day, point, shown, shown_day, shown_party, whole, words};
use super::names::by_name;
use super::write::Cells;
use super::{Crosswalk, Said, finest, nowhere, placed, states, stretch};
use crate::catalogue::Catalogue;

const fn at(name: &str) -> usize {
    Dataset::Polecat.column(name)
}

const ID: usize = at("Event ID");
const DATE: usize = at("Event Date");
const TYPE: usize = at("Event Type");
const MODE: usize = at("Event Mode");
const CONTEXTS: usize = at("Contexts");
const QUAD: usize = at("Quad Code");
/// Name, country, chief sector, sectors, the words of the text.
const ACTOR: [usize; 5] =
    [at("Actor Name"), at("Actor Country"), at("Primary Actor Sector"), at("Actor Sectors"), at("Actor Name Raw")];
const RECIPIENT: [usize; 5] = [
    at("Recipient Name"),
    at("Recipient Country"),
    at("Primary Recipient Sector"),
    at("Recipient Sectors"),
    at("Recipient Name Raw"),
];
const PLACE: usize = at("Placename");
const CITY: usize = at("City");
const DISTRICT: usize = at("District");
const PROVINCE: usize = at("Province");
const COUNTRY: usize = at("Country");
const LATITUDE: usize = at("Latitude");
const LONGITUDE: usize = at("Longitude");
const GEONAMES: usize = at("GeoNames ID");
const RAW_PLACE: usize = at("Raw Placename");
const PUBLISHED: usize = at("Publication Date");

pub(super) fn read(row: Row<'_>, cx: &mut Crosswalk<'_>) -> Result<Said, String> {
    let cell = row.cell(TYPE).trim();
    let code = cell.to_ascii_uppercase().parse::<EventType>().map_err(|e| e.to_string())?;
    let date = needed_day(row.cell(DATE), "Event Date")?;
    let actor = party(row, ACTOR, date, cx);
    let recipient = party(row, RECIPIENT, date, cx);
    Ok(Said {
        key: key(row.cell(ID), "Event ID")?,
        code: code.as_str(),
        modes: list(row.cell(MODE)),
        contexts: list(row.cell(CONTEXTS)),
        is_directed: true,
        actor: actor.into_iter().collect(),
        recipient: recipient.into_iter().collect(),
        place: placed(place(row, cx)?),
        time: Some(stretch(date, Some(date), Granularity::Day)),
        effects: Vec::new(),
        published: day(row.cell(PUBLISHED), "Publication Date")?.map(When::Day),
        clarity: None,
    })
}

/// The values of a cell that holds several, whatever stands between them.
fn list(cell: &str) -> Vec<Text> {
    let values = cell.split([';', ',', '|']).filter_map(words);
    let plain = values.map(|v| v.trim_matches(['[', ']', '\'', '"', ' ']).to_lowercase());
    plain.filter(|v| !v.is_empty()).map(Text::from).collect()
}

fn party(row: Row<'_>, columns: [usize; 5], day: Date, cx: &mut Crosswalk<'_>) -> Option<PartyRecord> {
    let [name, country, chief, sectors, raw] = columns;
    let name = words(row.cell(name)).or_else(|| words(row.cell(raw)))?;
    let home = words(row.cell(country)).and_then(|c| cx.states.by_name(c, cx.names.catalogue));
    let mut party = cx.names.party(&dated(name, day), home, day, |catalogue| by_name(name, home, Some(day), catalogue));
    // What the set says of a party goes before what the catalogue says.
    let mut said: Vec<Text> = Vec::new();
    for sector in words(row.cell(chief)).into_iter().chain(row.cell(sectors).split([';', ','])).filter_map(words) {
        if sector.bytes().all(|b| b.is_ascii_uppercase()) && !said.iter().any(|s| s == sector) {
            said.push(sector.into());
        }
    }
    if !said.is_empty() {
        party.sectors = said;
    }
    party.country = party.country.or(home);
    Some(party)
}

/// The name with the day: who holds an office changes with time.
pub(super) fn dated(name: &str, day: Date) -> String {
    format!("{name}@{day}")
}

fn place(row: Row<'_>, cx: &mut Crosswalk<'_>) -> Result<PlaceRecord, String> {
    let point = point(row.cell(LATITUDE), row.cell(LONGITUDE))?;
    let place = PlaceRecord {
        mention: kept(row.cell(RAW_PLACE)).or_else(|| kept(row.cell(PLACE))),
        name: kept(row.cell(CITY)),
        admin2: kept(row.cell(DISTRICT)),
        admin1: kept(row.cell(PROVINCE)),
        country: words(row.cell(COUNTRY)).and_then(|c| cx.states.by_name(c, cx.names.catalogue)),
        lat: point.map(|p| p.0),
        lon: point.map(|p| p.1),
        ids: PlaceIdsRecord {
            geonames: whole(row.cell(GEONAMES)).and_then(|n| u32::try_from(n).ok()),
            pcode: None,
            priogrid: None,
        },
        ..nowhere()
    };
    Ok(PlaceRecord { precision: finest(&place), ..place })
}

/// Writes a claim as POLECAT has it.
pub(super) fn write(claim: &ClaimRecord, catalogue: &Catalogue, cells: &mut Cells) {
    let code = claim.code.as_deref().unwrap_or_default();
    cells.set(ID, claim.row.as_ref().map_or_else(|| claim.id.to_string(), |r| r.key.to_string()));
    cells.set(DATE, shown_day(claim.time.as_ref().and_then(|t| t.from)));
    cells.set(TYPE, code);
    cells.set(MODE, claim.modes.join("; "));
    cells.set(CONTEXTS, claim.contexts.join("; "));
    let quad = match code {
        "AGREE" | "CONSULT" | "SUPPORT" | "CONCEDE" => "VERBAL COOPERATION",
        "COOPERATE" | "AID" | "RETREAT" => "MATERIAL COOPERATION",
        "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" => "VERBAL CONFLICT",
        _ => "MATERIAL CONFLICT",
    };
    cells.set(QUAD, quad);
    let (a, b) = match (&claim.actor[..], &claim.recipient[..]) {
        ([a, b, ..], []) => (Some(a), Some(b)),
        (actor, recipient) => (actor.first(), recipient.first()),
    };
    for (columns, party) in [(ACTOR, a), (RECIPIENT, b)] {
        let [name, country, chief, sectors, raw] = columns;
        let Some(party) = party else { continue };
        // A name is read back as it is written, so that it is the words themselves.
        cells.set(name, shown_party(Some(party)));
        cells.set(raw, party.mention.clone());
        cells.set(country, party.country.map(|c| c.to_string()));
        cells.set(chief, party.sectors.first().cloned());
        cells.set(sectors, party.sectors.join("; "));
    }
    if let Some(place) = claim.places.first() {
        cells.set(PLACE, place.mention.clone());
        cells.set(RAW_PLACE, place.mention.clone());
        cells.set(CITY, place.name.clone());
        cells.set(DISTRICT, place.admin2.clone());
        cells.set(PROVINCE, place.admin1.clone());
        cells.set(COUNTRY, place.country.and_then(|c| states::name_of(c, catalogue)).map(str::to_owned));
        cells.set(LATITUDE, shown(place.lat));
        cells.set(LONGITUDE, shown(place.lon));
        cells.set(GEONAMES, place.ids.geonames.map(|n| n.to_string()));
    }
    cells.set(PUBLISHED, shown_day(claim.published));
}
