//! GDELT 2.0 events: each row is who did what to whom in CAMEO, found by machine in articles.
//!
//! An actor's code says its country, its role and perhaps a group; the id comes from these, not from the name, which
//! is often a word for a role ("PRESIDENT"). The place is the action's. How often and where it was mentioned is lost.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use model::record::{ClaimRecord, PartyRecord, PlaceRecord};
use model::{Dataset, Granularity, Precision, Row, Text, When};

use super::cells::{day, key, needed_day, point, shown, shown_party, words};
use super::codes::Codes;
use super::names::{by_id, by_name};
use super::write::{Cells, NotWritten};
use super::{Crosswalk, Said, nobody, nowhere, placed, states, stretch};
use crate::catalogue::Catalogue;

const fn at(name: &str) -> usize {
    Dataset::Gdelt.column(name)
}

const ID: usize = at("GLOBALEVENTID");
const DATE: usize = at("SQLDATE");
const MONTH: usize = at("MonthYear");
const YEAR: usize = at("Year");
const ACTOR_1: usize = at("Actor1Code");
const ACTOR_2: usize = at("Actor2Code");
const IS_ROOT: usize = at("IsRootEvent");
const CODE: usize = at("EventCode");
const BASE_CODE: usize = at("EventBaseCode");
const ROOT_CODE: usize = at("EventRootCode");
const QUAD: usize = at("QuadClass");
const GEO_TYPE: usize = at("ActionGeo_Type");
const GEO_NAME: usize = at("ActionGeo_FullName");
const GEO_LAT: usize = at("ActionGeo_Lat");
const GEO_LONG: usize = at("ActionGeo_Long");
const ADDED: usize = at("DATEADDED");

/// From an actor's code on: name, country, group; three roles after two religions and a people.
const NAME: usize = 1;
const COUNTRY: usize = 2;
const GROUP: usize = 3;
const ROLES: [usize; 3] = [7, 8, 9];

pub(super) fn read(row: Row<'_>, cx: &mut Crosswalk<'_>) -> Result<Said, String> {
    let (code, plover) = cx.codes.cameo(row.cell(CODE))?;
    let date = needed_day(row.cell(DATE), "SQLDATE")?;
    let actor = party(row, ACTOR_1, date, cx);
    let recipient = party(row, ACTOR_2, date, cx);
    Ok(Said {
        key: key(row.cell(ID), "GLOBALEVENTID")?,
        code,
        modes: plover.modes.clone(),
        contexts: plover.contexts.clone(),
        is_directed: true,
        actor: actor.into_iter().collect(),
        recipient: recipient.into_iter().collect(),
        place: placed(place(row, cx)?),
        time: Some(stretch(date, Some(date), Granularity::Day)),
        effects: Vec::new(),
        published: moment(row.cell(ADDED))?,
        clarity: None,
    })
}

/// `20240131153000`, in UTC, or the day alone as in older files.
fn moment(cell: &str) -> Result<Option<When>, String> {
    let Some(cell) = words(cell) else { return Ok(None) };
    let wrong = || format!("`{cell}` in DATEADDED is no moment such as 20240131153000");
    match cell.len() {
        8 => Ok(day(cell, "DATEADDED")?.map(When::Day)),
        14 if cell.is_ascii() => {
            let date = day(&cell[..8], "DATEADDED")?.ok_or_else(wrong)?;
            let part = |from: usize| cell[from..from + 2].parse::<i8>().map_err(|_| wrong());
            let time = jiff::civil::Time::new(part(8)?, part(10)?, part(12)?, 0).map_err(|_| wrong())?;
            Ok(Some(When::At(DateTime::from_parts(date, time), Some(Offset::UTC))))
        }
        _ => Err(wrong()),
    }
}

fn party(row: Row<'_>, from: usize, day: Date, cx: &mut Crosswalk<'_>) -> Option<PartyRecord> {
    let code = words(row.cell(from));
    let name = words(row.cell(from + NAME)).or(code)?;
    let country = words(row.cell(from + COUNTRY)).and_then(|c| cx.states.by_name(c, cx.names.catalogue));
    let codes = cx.codes;
    // Name and code tell actors apart: `PRESIDENT` is FRAGOV or a bank's. The key is written where the last one was.
    let mut joined = std::mem::take(&mut cx.room);
    joined.clear();
    joined.extend([code.unwrap_or_default(), "|", name]);
    let party = cx.names.party(&joined, country, day, |catalogue| {
        let roles: Vec<&str> = ROLES.iter().filter_map(|r| words(row.cell(from + r))).collect();
        let mut sectors: Vec<Text> = Vec::new();
        for sector in roles.iter().filter_map(|role| codes.role(role)) {
            if !sectors.iter().any(|known| known == sector) {
                sectors.push(Text::new_static(sector));
            }
        }
        let group = words(row.cell(from + GROUP));
        let party = match (group, country) {
            (Some(_), _) => by_name(&capitalised(name), None, None, catalogue),
            (None, Some(country)) => match (roles.first(), sectors.first()) {
                (None, _) => by_id(name, country.as_str(), catalogue),
                // What is not a part of every state keeps its country alone.
                (Some(_), Some(part)) => {
                    let found = by_id(name, &format!("{country}.{part}"), catalogue);
                    PartyRecord { country: Some(country), ..found }
                }
                (Some(_), None) => PartyRecord { country: Some(country), ..nobody() },
            },
            (None, None) => nobody(),
        };
        let sectors = if sectors.is_empty() { party.sectors } else { sectors };
        PartyRecord { mention: Some(name.into()), sectors, ..party }
    });
    cx.room = joined;
    Some(party)
}

/// `UNITED NATIONS` as a name is written.
fn capitalised(name: &str) -> String {
    let word = |w: &str| {
        let mut letters = w.chars();
        letters.next().map(|c| c.to_string() + &letters.as_str().to_lowercase()).unwrap_or_default()
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// The place of the action: `Kabul, Kabol, Afghanistan` is a city, `Kabol, Afghanistan` a province.
fn place(row: Row<'_>, cx: &mut Crosswalk<'_>) -> Result<PlaceRecord, String> {
    let Some(full) = words(row.cell(GEO_NAME)) else { return Ok(nowhere()) };
    let point = point(row.cell(GEO_LAT), row.cell(GEO_LONG))?;
    let country = full.rsplit(", ").next().and_then(|last| cx.states.by_name(last, cx.names.catalogue));
    let mut parts = full.split(", ");
    let (first, second) = (parts.next(), parts.next());
    let is_longer = parts.next().is_some();
    let (precision, name, admin1) = match row.cell(GEO_TYPE) {
        "1" => (Some(Precision::Country), None, None),
        "2" | "5" => (Some(Precision::Admin1), None, first),
        "3" | "4" => (Some(Precision::Settlement), first, second.filter(|_| is_longer)),
        _ => (None, None, None),
    };
    Ok(PlaceRecord {
        mention: Some(full.into()),
        name: name.map(Text::new),
        admin1: admin1.map(Text::new),
        country,
        lat: point.map(|p| p.0),
        lon: point.map(|p| p.1),
        precision,
        ..nowhere()
    })
}

/// Writes a claim as GDELT has it.
pub(super) fn write(claim: &ClaimRecord, catalogue: &Catalogue, cells: &mut Cells) -> Result<(), NotWritten> {
    let code = claim.code.as_deref().unwrap_or_default();
    let cameo = Codes::embedded()
        .to_cameo(code, &claim.modes, &claim.contexts)
        .ok_or(NotWritten::NoFit("CAMEO has no code for this type"))?;
    let time = claim.time.as_ref().and_then(|t| t.from).ok_or(NotWritten::NoFit("GDELT needs a day"))?;
    let compact = time.date().strftime("%Y%m%d").to_string();
    let own = claim.row.as_ref().filter(|r| r.dataset == Dataset::Gdelt.as_str());
    cells.set(ID, own.map_or_else(|| number(claim.id.as_str()), |r| r.key.to_string()));
    cells.set(MONTH, &compact[..6]);
    cells.set(YEAR, &compact[..4]);
    cells.set(DATE, compact);
    let (a, b) = match (&claim.actor[..], &claim.recipient[..]) {
        ([a, b, ..], []) => (Some(a), Some(b)),
        (actor, recipient) => (actor.first(), recipient.first()),
    };
    for (from, party) in [(ACTOR_1, a), (ACTOR_2, b)] {
        let Some(party) = party else { continue };
        let role = party
            .sectors
            .iter()
            .find(|s| s.as_str() != "GOV" || party.id.as_ref().is_some_and(|i| i.as_str().contains('.')));
        let country = party.country.map(|c| c.to_string()).unwrap_or_default();
        cells.set(from, format!("{country}{}", role.map_or("", Text::as_str)));
        cells.set(from + NAME, shown_party(Some(party)).to_uppercase());
        cells.set(from + COUNTRY, country);
        cells.set(from + ROLES[0], role.cloned());
    }
    cells.set(IS_ROOT, "1");
    // GDELT writes a root code as the base code below it: 04 as 040.
    let full = if cameo.code.len() == 2 { format!("{}0", cameo.code) } else { cameo.code.to_owned() };
    cells.set(ROOT_CODE, &full[..2]);
    cells.set(BASE_CODE, &full[..3]);
    cells.set(CODE, full);
    // GDELT's classes are those of CAMEO's roots, not of PLOVER's types.
    let quad = match cells.get(ROOT_CODE) {
        "01" | "02" | "03" | "04" | "05" => "1",
        "06" | "07" | "08" => "2",
        "09" | "10" | "11" | "12" | "13" => "3",
        _ => "4",
    };
    cells.set(QUAD, quad);
    if let Some(place) = claim.places.first() {
        let country = place.country.and_then(|c| states::name_of(c, catalogue));
        let parts = [place.name.as_deref(), place.admin1.as_deref(), country];
        cells.set(GEO_NAME, parts.into_iter().flatten().collect::<Vec<_>>().join(", "));
        let kind = match place.precision {
            Some(Precision::Point | Precision::Settlement | Precision::Admin2) => "4",
            Some(Precision::Admin1) => "5",
            Some(Precision::Country) => "1",
            _ => "0",
        };
        cells.set(GEO_TYPE, kind);
        cells.set(GEO_LAT, shown(place.lat));
        cells.set(GEO_LONG, shown(place.lon));
    }
    if let Some(published) = claim.published {
        // In UTC, as GDELT has it; a clock whose place is not known stays as it is.
        let moment = match published {
            When::Day(day) => day.to_datetime(jiff::civil::Time::midnight()),
            When::At(moment, None) => moment,
            When::At(moment, Some(offset)) => {
                offset.to_timestamp(moment).map_or(moment, |instant| jiff::tz::Offset::UTC.to_datetime(instant))
            }
        };
        cells.set(ADDED, moment.strftime("%Y%m%d%H%M%S").to_string());
    }
    Ok(())
}

/// GDELT's ids are numbers: one made of the claim's id.
fn number(id: &str) -> String {
    let tail = id.len().saturating_sub(12);
    u64::from_str_radix(id.get(tail..).unwrap_or_default(), 16).unwrap_or_default().to_string()
}
