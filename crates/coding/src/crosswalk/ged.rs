//! UCDP GED: each row is an event of lethal violence between two sides, or of one against civilians.
//!
//! The rows name no initiator: side A of a state-based conflict is the government by rule, whoever struck. Both sides
//! are given, `direction` none. The dead come as best, low and high of all and as best estimates of each part. The parts
//! add up to the best estimate, so that a part of 0 says nothing more and is left out. Some copies have rows whose low
//! is above their high: the two are then the ends of the range the other way round. Codes of precision are kept so that
//! they can be written again:
//!
//! | `date_prec` | granularity || `where_prec` | precision |
//! |---|---|---|---|---|
//! | 1 | day || 1 exact | point |
//! | 2, two to six days | range || 2 near | settlement, 25 km (the codebook's bound) |
//! | 3 | week || 3, 4 | admin2, admin1 |
//! | 4 | month || 5 fuzzy: a line, a region | region |
//! | 5, more | year || 6; 7 international waters or air | country; none |

use jiff::civil::Date;
use model::record::{ClaimRecord, EffectRecord, PartyRecord, PlaceIdsRecord, PlaceRecord};
use model::{Category, CountryCode, Dataset, EffectKind, Granularity, Precision, Row, Text, toll};

use super::cells::{count, day, kept, key, needed_day, point, shown, shown_day, shown_party, whole, words};
use super::names::{by_id, by_whole_name};
use super::write::{Cells, NotWritten, dead};
use super::{Crosswalk, Said, category_of, is_civilian, killed, nobody, nowhere, placed, states, stretch};
use crate::catalogue::Catalogue;

const fn at(name: &str) -> usize {
    Dataset::Ged.column(name)
}

const ID: usize = at("id");
const YEAR: usize = at("year");
const VIOLENCE: usize = at("type_of_violence");
const DYAD: usize = at("dyad_name");
const SIDE_A: usize = at("side_a");
const SIDE_B: usize = at("side_b");
const WHERE_PREC: usize = at("where_prec");
const WHERE: usize = at("where_coordinates");
const DESCRIPTION: usize = at("where_description");
const ADM_1: usize = at("adm_1");
const ADM_2: usize = at("adm_2");
const LATITUDE: usize = at("latitude");
const LONGITUDE: usize = at("longitude");
const WKT: usize = at("geom_wkt");
const PRIOGRID: usize = at("priogrid_gid");
const COUNTRY: usize = at("country");
const COUNTRY_ID: usize = at("country_id");
const CLARITY: usize = at("event_clarity");
const DATE_PREC: usize = at("date_prec");
const DATE_START: usize = at("date_start");
const DATE_END: usize = at("date_end");
const DEATHS_A: usize = at("deaths_a");
const DEATHS_B: usize = at("deaths_b");
const DEATHS_CIVILIANS: usize = at("deaths_civilians");
const DEATHS_UNKNOWN: usize = at("deaths_unknown");
const BEST: usize = at("best");
const HIGH: usize = at("high");
const LOW: usize = at("low");
const GWNO_A: usize = at("gwnoa");
const GWNO_B: usize = at("gwnob");

/// How far from the point an event of `where_prec` 2 lies at most.
const NEAR_KM: f64 = 25.0;

const GOVERNMENT: &str = "Government of ";

pub(super) fn read(row: Row<'_>, cx: &mut Crosswalk<'_>) -> Result<Said, String> {
    let from = needed_day(row.cell(DATE_START), "date_start")?;
    let to = day(row.cell(DATE_END), "date_end")?;
    if to.is_some_and(|to| to < from) {
        return Err(format!("date_end {} is before date_start {from}", to.unwrap_or(from)));
    }
    let granularity = match code(row.cell(DATE_PREC), "date_prec", 5)? {
        Some(1) => Granularity::Day,
        Some(2) => Granularity::Range,
        Some(3) => Granularity::Week,
        Some(4) => Granularity::Month,
        Some(5) => Granularity::Year,
        _ => Granularity::Unknown,
    };
    let country = country(row, from, cx);
    let actor = side(row.cell(SIDE_A), row.cell(GWNO_A), country, from, cx);
    let recipient = side(row.cell(SIDE_B), row.cell(GWNO_B), country, from, cx);
    let effects = effects(row, actor.as_ref(), recipient.as_ref())?;
    let clarity = code(row.cell(CLARITY), "event_clarity", 2)?;
    Ok(Said {
        key: key(row.cell(ID), "id")?,
        code: "ASSAULT",
        modes: Vec::new(),
        contexts: Vec::new(),
        is_directed: false,
        actor: actor.into_iter().collect(),
        recipient: recipient.into_iter().collect(),
        place: placed(place(row, country)?),
        time: Some(stretch(from, to, granularity)),
        effects,
        published: None,
        clarity,
    })
}

/// A code from 1 on; empty or -1 is none.
fn code(cell: &str, column: &str, most: u8) -> Result<Option<u8>, String> {
    match words(cell) {
        None | Some("-1") => Ok(None),
        Some(cell) => match whole(cell).and_then(|n| u8::try_from(n).ok()) {
            Some(n) if (1..=most).contains(&n) => Ok(Some(n)),
            _ => Err(format!("`{cell}` in {column} is none of 1 to {most}")),
        },
    }
}

fn country(row: Row<'_>, day: Date, cx: &mut Crosswalk<'_>) -> Option<CountryCode> {
    let by_number = whole(row.cell(COUNTRY_ID)).and_then(|n| cx.states.by_number(n, day));
    by_number.or_else(|| cx.states.by_name(words(row.cell(COUNTRY))?, cx.names.catalogue))
}

/// A side. Governments go by their state's number where the row has it, all others by their name.
fn side(
    name: &str,
    number: &str,
    country: Option<CountryCode>,
    day: Date,
    cx: &mut Crosswalk<'_>,
) -> Option<PartyRecord> {
    let name = words(name)?;
    if let Some(state) = name.strip_prefix(GOVERNMENT) {
        let by_number = whole(number).and_then(|n| cx.states.by_number(n, day));
        let state = by_number.or_else(|| cx.states.by_name(state, cx.names.catalogue));
        return Some(cx.names.party(name, state, day, |catalogue| match state {
            Some(state) => by_id(name, &format!("{state}.GOV"), catalogue),
            None => PartyRecord { mention: Some(name.into()), sectors: vec![Text::new_static("GOV")], ..nobody() },
        }));
    }
    Some(cx.names.party(name, country, day, |catalogue| match name {
        "Civilians" => PartyRecord { mention: Some(name.into()), sectors: vec![Text::new_static("CVL")], ..nobody() },
        // UCDP's one name for the Afghan movement, in whatever country it fights.
        "Taleban" => by_id(name, "TALIBAN", catalogue),
        name => by_whole_name(name, country, catalogue),
    }))
}

fn place(row: Row<'_>, country: Option<CountryCode>) -> Result<PlaceRecord, String> {
    let (precision, radius_km) = match code(row.cell(WHERE_PREC), "where_prec", 7)? {
        Some(1) => (Some(Precision::Point), None),
        Some(2) => (Some(Precision::Settlement), Some(NEAR_KM)),
        Some(3) => (Some(Precision::Admin2), None),
        Some(4) => (Some(Precision::Admin1), None),
        Some(5) => (Some(Precision::Region), None),
        Some(6) => (Some(Precision::Country), None),
        _ => (None, None),
    };
    let point = point(row.cell(LATITUDE), row.cell(LONGITUDE))?;
    let priogrid = whole(row.cell(PRIOGRID)).and_then(|n| u32::try_from(n).ok());
    Ok(PlaceRecord {
        mention: kept(row.cell(DESCRIPTION)),
        name: kept(row.cell(WHERE)),
        admin2: kept(row.cell(ADM_2)),
        admin1: kept(row.cell(ADM_1)),
        country,
        lat: point.map(|p| p.0),
        lon: point.map(|p| p.1),
        precision,
        radius_km,
        ids: PlaceIdsRecord { geonames: None, pcode: None, priogrid },
        ..nowhere()
    })
}

fn effects(row: Row<'_>, a: Option<&PartyRecord>, b: Option<&PartyRecord>) -> Result<Vec<EffectRecord>, String> {
    let [best, low, high] = [(BEST, "best"), (LOW, "low"), (HIGH, "high")].map(|(c, name)| count(row.cell(c), name));
    let (best, low, high) = (best?, low?, high?);
    let (low, high) = if low.zip(high).is_some_and(|(low, high)| low > high) { (high, low) } else { (low, high) };
    if best.is_none() && low.is_none() && high.is_none() {
        return Ok(Vec::new());
    }
    let parts = [
        (DEATHS_A, "deaths_a", a, a.map(category_of)),
        (DEATHS_B, "deaths_b", b, b.map(category_of)),
        (DEATHS_CIVILIANS, "deaths_civilians", None, Some(Category::Civilian)),
        (DEATHS_UNKNOWN, "deaths_unknown", None, Some(Category::Unknown)),
    ];
    let mut dead = [None; 4];
    for (dead, (column, name, ..)) in dead.iter_mut().zip(parts) {
        *dead = count(row.cell(column), name)?.filter(|n| *n > 0.0);
    }
    let mut effects = Vec::with_capacity(1 + dead.iter().flatten().count());
    effects.push(killed(low, high, best));
    for (deaths, (_, _, party, category)) in dead.into_iter().zip(parts) {
        if deaths.is_some() {
            let of = killed(deaths, deaths, deaths);
            effects.push(EffectRecord { party: party.cloned(), category, part_of: Some(0), ..of });
        }
    }
    Ok(effects)
}

/// Writes a claim as GED has it.
pub(super) fn write(claim: &ClaimRecord, catalogue: &Catalogue, cells: &mut Cells) -> Result<(), NotWritten> {
    let (Some(all), Some("ASSAULT")) = (dead(claim)?, claim.code.as_deref()) else {
        return Err(NotWritten::NoFit("GED holds lethal violence: an ASSAULT with a number of dead"));
    };
    let (a, b) = match (&claim.actor[..], &claim.recipient[..]) {
        ([], []) => return Err(NotWritten::NoFit("GED needs a side, and no party is named")),
        ([a, b, ..], []) => (Some(a), Some(b)),
        (actor, recipient) => (actor.first(), recipient.first()),
    };
    let own = claim.row.as_ref().filter(|r| r.dataset == Dataset::Ged.as_str());
    let names = [shown_party(a), shown_party(b)];
    cells.set(ID, own.map_or_else(|| claim.id.to_string(), |r| r.key.to_string()));
    cells.set(DYAD, names.iter().filter(|n| !n.is_empty()).cloned().collect::<Vec<_>>().join(" - "));
    cells.set(VIOLENCE, violence(a, b));
    let [side_a, side_b] = names;
    cells.set(SIDE_A, side_a);
    cells.set(SIDE_B, side_b);
    for (column, party) in [(GWNO_A, a), (GWNO_B, b)] {
        let government =
            party.and_then(|p| p.id.as_ref()).filter(|id| id.as_str().split('.').next_back() == Some("GOV"));
        let state = government.and_then(|id| CountryCode::new(id.root()).ok());
        cells.set(column, state.and_then(|s| states::number_of(s, catalogue)).map(|n| n.to_string()));
    }
    if let Some(place) = claim.places.first() {
        write_place(place, own.is_some(), catalogue, cells);
    }
    if let Some(time) = &claim.time {
        cells.set(YEAR, time.from.map(|w| w.date().year().to_string()));
        cells.set(DATE_START, shown_day(time.from));
        cells.set(DATE_END, shown_day(time.to));
        let precision = match time.granularity {
            Granularity::Minute | Granularity::Hour | Granularity::Day => "1",
            Granularity::Range => "2",
            Granularity::Week => "3",
            Granularity::Month => "4",
            Granularity::Season | Granularity::Year => "5",
            Granularity::Unknown => "",
        };
        cells.set(DATE_PREC, precision);
    }
    cells.set(CLARITY, claim.row.as_ref().and_then(|r| r.clarity).map(|c| c.to_string()));
    cells.set(BEST, shown(all.best));
    cells.set(LOW, shown(all.low));
    cells.set(HIGH, shown(all.high));
    for part in parts(claim) {
        let of = |side: Option<&PartyRecord>| {
            part.party.as_ref().zip(side).is_some_and(|(p, s)| p.mention == s.mention && p.id == s.id)
        };
        let column = match part.category {
            Some(Category::Unknown) if part.party.is_none() => DEATHS_UNKNOWN,
            Some(Category::Civilian) if part.party.is_none() => DEATHS_CIVILIANS,
            // Both sides may bear one name: the first is written first.
            _ if of(a) && cells.is_empty(DEATHS_A) => DEATHS_A,
            _ if of(b) => DEATHS_B,
            _ => continue,
        };
        cells.set(column, shown(part.best.or(part.low)));
    }
    // The parts of a row of GED add up: what it does not name is 0. Of other claims that is not known.
    for column in [DEATHS_A, DEATHS_B, DEATHS_CIVILIANS, DEATHS_UNKNOWN] {
        if own.is_some() && cells.is_empty(column) {
            cells.set(column, "0");
        }
    }
    Ok(())
}

/// The dead of which GED has a column: parts of the total; of several tolls, each that is no total itself.
fn parts(claim: &ClaimRecord) -> impl Iterator<Item = &EffectRecord> {
    let killed = || claim.effects.iter().enumerate().filter(|(_, e)| e.kind == EffectKind::Killed);
    let tolls = killed().filter(|(_, e)| !toll::is_part(&claim.effects, e)).count();
    let is_total = |at: usize| claim.effects.iter().any(|e| e.part_of == Some(at));
    killed().filter(move |(at, e)| toll::is_part(&claim.effects, e) || (tolls > 1 && !is_total(*at))).map(|(_, e)| e)
}

/// 1 between a state and others, 3 against civilians, else 2.
fn violence(a: Option<&PartyRecord>, b: Option<&PartyRecord>) -> &'static str {
    // A movement in power keeps its id, of which no state is the root.
    let is_state = |p: Option<&PartyRecord>| {
        p.is_some_and(|p| {
            let rules = p.sectors.first().is_some_and(|s| matches!(s.as_str(), "GOV" | "MIL" | "COP" | "SPY"));
            rules && p.id.as_ref().is_none_or(|id| p.country.is_some_and(|c| c.as_str() == id.root()))
        })
    };
    match (a, b) {
        (_, Some(b)) if is_civilian(b) => "3",
        (a, b) if is_state(a) || is_state(b) => "1",
        _ => "2",
    }
}

fn write_place(place: &PlaceRecord, is_own: bool, catalogue: &Catalogue, cells: &mut Cells) {
    let precision = match place.precision {
        Some(Precision::Point) => "1",
        Some(Precision::Settlement) => "2",
        Some(Precision::Admin2) => "3",
        Some(Precision::Admin1) => "4",
        Some(Precision::Border | Precision::Region) => "5",
        Some(Precision::Country) => "6",
        None if is_own => "7",
        None => "",
    };
    cells.set(WHERE_PREC, precision);
    cells.set(WHERE, place.name.clone());
    cells.set(DESCRIPTION, place.mention.clone());
    cells.set(ADM_1, place.admin1.clone());
    cells.set(ADM_2, place.admin2.clone());
    cells.set(LATITUDE, shown(place.lat));
    cells.set(LONGITUDE, shown(place.lon));
    if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
        cells.set(WKT, format!("POINT ({lon} {lat})"));
    }
    cells.set(PRIOGRID, place.ids.priogrid.map(|n| n.to_string()));
    if let Some(country) = place.country {
        cells.set(COUNTRY, states::name_of(country, catalogue).map(str::to_owned));
        cells.set(COUNTRY_ID, states::number_of(country, catalogue).map(|n| n.to_string()));
    }
}
