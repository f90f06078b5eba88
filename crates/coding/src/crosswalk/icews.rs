//! ICEWS: each row is who did what to whom in CAMEO, with sectors of its own for both.
//!
//! An event id stands on several rows, so that the key is the id and the day. Names are of dictionaries: `Police
//! (India)` is a role and its country; persons who hold an office are resolved to the body that they speak for.

use jiff::civil::Date;
use model::record::{ClaimRecord, PartyRecord, PlaceRecord};
use model::{Dataset, Granularity, Row};

use super::cells::{kept, key, needed_day, point, shown, shown_day, shown_party, words};
use super::codes::Codes;
use super::names::{bracketed, by_name};
use super::polecat::dated;
use super::write::{Cells, NotWritten};
use super::{Crosswalk, Said, finest, nowhere, placed, states, stretch};
use crate::catalogue::Catalogue;

const fn at(name: &str) -> usize {
    Dataset::Icews.column(name)
}

const ID: usize = at("Event ID");
const DATE: usize = at("Event Date");
/// Name, sectors, country.
const SOURCE: [usize; 3] = [at("Source Name"), at("Source Sectors"), at("Source Country")];
const TARGET: [usize; 3] = [at("Target Name"), at("Target Sectors"), at("Target Country")];
const TEXT: usize = at("Event Text");
const CODE: usize = at("CAMEO Code");
const CITY: usize = at("City");
const DISTRICT: usize = at("District");
const PROVINCE: usize = at("Province");
const COUNTRY: usize = at("Country");
const LATITUDE: usize = at("Latitude");
const LONGITUDE: usize = at("Longitude");

pub(super) fn read(row: Row<'_>, cx: &mut Crosswalk<'_>) -> Result<Said, String> {
    let (code, plover) = cx.codes.cameo(row.cell(CODE))?;
    let date = needed_day(row.cell(DATE), "Event Date")?;
    let actor = party(row, SOURCE, date, cx);
    let recipient = party(row, TARGET, date, cx);
    Ok(Said {
        key: format!("{} {date}", key(row.cell(ID), "Event ID")?).into(),
        code,
        modes: plover.modes.clone(),
        contexts: plover.contexts.clone(),
        is_directed: true,
        actor: actor.into_iter().collect(),
        recipient: recipient.into_iter().collect(),
        place: placed(place(row, cx)?),
        time: Some(stretch(date, Some(date), Granularity::Day)),
        effects: Vec::new(),
        published: None,
        clarity: None,
    })
}

fn party(row: Row<'_>, columns: [usize; 3], day: Date, cx: &mut Crosswalk<'_>) -> Option<PartyRecord> {
    let [name, sectors, country] = columns;
    // Where the set could not tell an actor it says so.
    let name = words(row.cell(name)).filter(|n| *n != "Unspecified Actor")?;
    let home = words(row.cell(country)).and_then(|c| cx.states.by_name(c, cx.names.catalogue));
    let mut party = cx.names.party(&dated(name, day), home, day, |catalogue| {
        let role = bracketed(name).map(|(role, of)| format!("{role} of {of}"));
        let party = by_name(role.as_deref().unwrap_or(name), home, Some(day), catalogue);
        PartyRecord { mention: Some(name.into()), ..party }
    });
    if party.id.is_none() {
        let said = cx.codes.sectors(row.cell(sectors));
        party.sectors = if said.is_empty() { party.sectors } else { said };
    }
    party.country = party.country.or(home);
    Some(party)
}

fn place(row: Row<'_>, cx: &mut Crosswalk<'_>) -> Result<PlaceRecord, String> {
    let point = point(row.cell(LATITUDE), row.cell(LONGITUDE))?;
    let place = PlaceRecord {
        name: kept(row.cell(CITY)),
        admin2: kept(row.cell(DISTRICT)),
        admin1: kept(row.cell(PROVINCE)),
        country: words(row.cell(COUNTRY)).and_then(|c| cx.states.by_name(c, cx.names.catalogue)),
        lat: point.map(|p| p.0),
        lon: point.map(|p| p.1),
        ..nowhere()
    };
    Ok(PlaceRecord { precision: finest(&place), ..place })
}

/// Writes a claim as ICEWS has it.
pub(super) fn write(claim: &ClaimRecord, catalogue: &Catalogue, cells: &mut Cells) -> Result<(), NotWritten> {
    let cameo = Codes::embedded()
        .to_cameo(claim.code.as_deref().unwrap_or_default(), &claim.modes, &claim.contexts)
        .ok_or(NotWritten::NoFit("CAMEO has no code for this type"))?;
    let key = claim.row.as_ref().filter(|r| r.dataset == Dataset::Icews.as_str());
    let id = key.map_or(claim.id.as_str(), |r| r.key.split(' ').next().unwrap_or(&r.key));
    cells.set(ID, id);
    cells.set(DATE, shown_day(claim.time.as_ref().and_then(|t| t.from)));
    cells.set(TEXT, cameo.note);
    cells.set(CODE, if cameo.code.len() == 2 { format!("{}0", cameo.code) } else { cameo.code.to_owned() });
    let (a, b) = match (&claim.actor[..], &claim.recipient[..]) {
        ([a, b, ..], []) => (Some(a), Some(b)),
        (actor, recipient) => (actor.first(), recipient.first()),
    };
    for ([name, sectors, country], party) in [(SOURCE, a), (TARGET, b)] {
        let Some(party) = party else { continue };
        cells.set(name, shown_party(Some(party)));
        let named: Vec<&str> = party.sectors.iter().filter_map(|s| Codes::to_sector(s)).collect();
        cells.set(sectors, named.join(","));
        cells.set(country, party.country.and_then(|c| states::name_of(c, catalogue)).map(str::to_owned));
    }
    if let Some(place) = claim.places.first() {
        cells.set(CITY, place.name.clone());
        cells.set(DISTRICT, place.admin2.clone());
        cells.set(PROVINCE, place.admin1.clone());
        cells.set(COUNTRY, place.country.and_then(|c| states::name_of(c, catalogue)).map(str::to_owned));
        cells.set(LATITUDE, shown(place.lat));
        cells.set(LONGITUDE, shown(place.lon));
    }
    Ok(())
}
