//! ACLED: each row is an event with one or two actors, in no order that says who began.
//!
//! Types are read off `data/crosswalks/acled.tsv`. Both actors are given and `direction` is none, but where civilians
//! (inter 7) stand on one side alone of an attack: civilians bear no arms by ACLED's definition, so the other side acts.
//! A sole actor has no recipient. Fatalities are one conservative number, kept as least and best; 0 is also written
//! where none were reported, so no effect is made of it. All of it is restricted: ACLED's terms forbid passing rows on.

use jiff::civil::Date;
use model::record::{ClaimRecord, PartyRecord, PlaceRecord};
use model::{CountryCode, Dataset, Granularity, Precision, Row, Text};

use super::cells::{count, kept, key, needed_day, point, shown, shown_day, shown_party, whole, words};
use super::codes::Codes;
use super::names::{bracketed, by_id, by_whole_name};
use super::write::{Cells, NotWritten, dead};
use super::{Crosswalk, Said, is_civilian, killed, nobody, nowhere, placed, states, stretch};
use crate::catalogue::Catalogue;

const fn at(name: &str) -> usize {
    Dataset::Acled.column(name)
}

const ID: usize = at("event_id_cnty");
const DATE: usize = at("event_date");
const YEAR: usize = at("year");
const TIME_PRECISION: usize = at("time_precision");
const TYPE: usize = at("event_type");
const SUB_TYPE: usize = at("sub_event_type");
const ACTOR_1: usize = at("actor1");
const INTER_1: usize = at("inter1");
const ACTOR_2: usize = at("actor2");
const INTER_2: usize = at("inter2");
const INTERACTION: usize = at("interaction");
const TARGETING: usize = at("civilian_targeting");
const COUNTRY: usize = at("country");
const ADMIN_1: usize = at("admin1");
const ADMIN_2: usize = at("admin2");
const LOCATION: usize = at("location");
const LATITUDE: usize = at("latitude");
const LONGITUDE: usize = at("longitude");
const GEO_PRECISION: usize = at("geo_precision");
const FATALITIES: usize = at("fatalities");

/// The kinds of actor, in the order of their numbers from 1, with the sectors that stand in for an unknown name.
const KINDS: [(&str, &[&str]); 8] = [
    ("State forces", &["GOV"]),
    ("Rebel group", &["REB"]),
    ("Political militia", &["UAF"]),
    ("Identity militia", &["UAF"]),
    ("Rioters", &["CVL"]),
    ("Protesters", &["CVL"]),
    ("Civilians", &["CVL"]),
    ("External/Other forces", &[]),
];

/// The number of civilians among the kinds.
const CIVILIANS: usize = 7;

pub(super) fn read(row: Row<'_>, cx: &mut Crosswalk<'_>) -> Result<Said, String> {
    let (code, plover) = cx.codes.acled(row.cell(TYPE).trim(), row.cell(SUB_TYPE).trim())?;
    let day = needed_day(row.cell(DATE), "event_date")?;
    let country = words(row.cell(COUNTRY)).and_then(|name| cx.states.by_name(name, cx.names.catalogue));
    let [kind_1, kind_2] = kinds(row)?;
    let actor_1 = party(row.cell(ACTOR_1), kind_1, country, day, cx);
    let actor_2 = party(row.cell(ACTOR_2), kind_2, country, day, cx);
    let (mut actor, mut recipient) = (actor_1, actor_2);
    if actor.is_none() {
        std::mem::swap(&mut actor, &mut recipient);
    }
    let is_one_way = plover.note == "one" && (kind_1 == CIVILIANS) != (kind_2 == CIVILIANS) && recipient.is_some();
    if is_one_way && kind_1 == CIVILIANS {
        std::mem::swap(&mut actor, &mut recipient);
    }
    let granularity = match whole(row.cell(TIME_PRECISION)) {
        Some(1) => Granularity::Day,
        Some(2) => Granularity::Week,
        Some(3) => Granularity::Month,
        _ => Granularity::Unknown,
    };
    let dead = count(row.cell(FATALITIES), "fatalities")?.filter(|n| *n > 0.0);
    Ok(Said {
        key: key(row.cell(ID), "event_id_cnty")?,
        code,
        modes: if plover.modes.len() > 1 { Vec::new() } else { plover.modes.clone() },
        contexts: plover.contexts.clone(),
        is_directed: is_one_way || recipient.is_none(),
        actor: actor.into_iter().collect(),
        recipient: recipient.into_iter().collect(),
        place: placed(place(row, country)?),
        time: Some(stretch(day, Some(day), granularity)),
        effects: dead.map(|n| killed(Some(n), None, Some(n))).into_iter().collect(),
        published: None,
        clarity: None,
    })
}

/// The kinds of both actors, 0 where there is none: from `inter1` and `inter2`, else from `interaction`, each as text
/// or as numbers.
fn kinds(row: Row<'_>) -> Result<[usize; 2], String> {
    let one = |cell: &str| match words(cell) {
        None => Ok(0),
        Some(cell) => match whole(cell) {
            Some(n) if n <= 8 => Ok(usize::try_from(n).unwrap_or(0)),
            Some(n) => Err(format!("`{n}` is no kind of actor; they are 0 to 8")),
            None => Ok(KINDS.iter().position(|(name, _)| name.eq_ignore_ascii_case(cell)).map_or(0, |i| i + 1)),
        },
    };
    let both = [one(row.cell(INTER_1))?, one(row.cell(INTER_2))?];
    let Some(joined) = words(row.cell(INTERACTION)).filter(|_| both == [0, 0]) else { return Ok(both) };
    match whole(joined) {
        Some(n) if n < 100 => {
            let digit = |n: u64| usize::try_from(n).ok().filter(|k| *k <= 8).unwrap_or(0);
            let pair = [digit(n / 10), digit(n % 10)];
            // `40` is a sole actor; a single digit is the same without its 0.
            Ok(if n < 10 { [pair[1], 0] } else { pair })
        }
        _ => {
            let (first, second) = joined.split_once('-').unwrap_or((joined, ""));
            Ok([one(first.trim().trim_start_matches("Sole ")).unwrap_or(0), one(second).unwrap_or(0)])
        }
    }
}

/// How forces of a state are named, and which part of it they are.
const STATE: [(&str, &str); 3] =
    [("Military Forces of ", "MIL"), ("Police Forces of ", "COP"), ("Government of ", "GOV")];

/// Names of nobody in particular, and what part of a country they are.
const UNNAMED: [(&str, &str); 6] = [
    ("Civilians", "CVL"),
    ("Protesters", "CVL"),
    ("Rioters", "CVL"),
    ("Unidentified Armed Group", "UAF"),
    ("Unidentified Gang", "CRM"),
    ("Journalists", "JRN"),
];

/// An actor. `interaction` gives kinds in the order of their numbers rather than of the actors, so that a name that is
/// civilians' by its own word is taken as such.
fn party(
    name: &str,
    kind: usize,
    country: Option<CountryCode>,
    day: Date,
    cx: &mut Crosswalk<'_>,
) -> Option<PartyRecord> {
    let name = words(name)?;
    // `Military Forces of Pakistan (2018-2022)`: a period in office tells one force of a state from the next.
    let is_period = |s: &str| s.bytes().next().is_some_and(|b| b.is_ascii_digit()) && s.contains('-');
    let (core, home) = match bracketed(name) {
        Some((before, period)) if is_period(period) => (before, None),
        Some((before, home)) => (before, Some(home)),
        None => (name, None),
    };
    let of_state = STATE.iter().find_map(|(form, part)| Some((core.strip_prefix(form)?, *part)));
    let unnamed = UNNAMED.iter().find(|(form, _)| *form == core).map(|(_, part)| *part);
    let (part, home) = match (of_state, unnamed) {
        (Some((home, part)), _) => (Some(part), Some(home)),
        (None, Some(part)) => (Some(part), home),
        (None, None) => (None, home),
    };
    let home = home.and_then(|home| cx.states.by_name(home, cx.names.catalogue));
    let mut party = cx.names.party(name, home.or(country), day, |catalogue| match (part, home) {
        (Some(part), Some(home)) => by_id(name, &format!("{home}.{part}"), catalogue),
        (Some(part), None) => {
            PartyRecord { mention: Some(name.into()), sectors: vec![Text::new_static(part)], ..nobody() }
        }
        (None, _) => PartyRecord { mention: Some(name.into()), ..by_whole_name(core, home.or(country), catalogue) },
    });
    if party.sectors.is_empty()
        && let Some((_, sectors)) = kind.checked_sub(1).and_then(|k| KINDS.get(k))
    {
        party.sectors = sectors.iter().map(|s| Text::new_static(s)).collect();
    }
    Some(party)
}

fn place(row: Row<'_>, country: Option<CountryCode>) -> Result<PlaceRecord, String> {
    let point = point(row.cell(LATITUDE), row.cell(LONGITUDE))?;
    Ok(PlaceRecord {
        name: kept(row.cell(LOCATION)),
        admin2: kept(row.cell(ADMIN_2)),
        admin1: kept(row.cell(ADMIN_1)),
        country,
        lat: point.map(|p| p.0),
        lon: point.map(|p| p.1),
        precision: match whole(row.cell(GEO_PRECISION)) {
            Some(1) => Some(Precision::Settlement),
            Some(2) => Some(Precision::Admin2),
            Some(3) => Some(Precision::Admin1),
            _ => None,
        },
        ..nowhere()
    })
}

/// Writes a claim of another origin in ACLED's columns.
pub(super) fn write(claim: &ClaimRecord, catalogue: &Catalogue, cells: &mut Cells) -> Result<(), NotWritten> {
    let code = claim.code.as_deref().unwrap_or_default();
    let (event, sub_event) = Codes::embedded()
        .to_acled(code, &claim.modes)
        .ok_or(NotWritten::NoFit("ACLED has no event type for this PLOVER type"))?;
    let (a, b) = match (&claim.actor[..], &claim.recipient[..]) {
        ([], []) => return Err(NotWritten::NoFit("ACLED needs an actor, and no party is named")),
        ([a, b, ..], []) => (Some(a), Some(b)),
        (actor, recipient) => (actor.first(), recipient.first()),
    };
    // Violence against those who bear no arms is a type of its own.
    let is_against_civilians = event == "Battles" && b.is_some_and(is_civilian);
    let (event, sub_event) =
        if is_against_civilians { ("Violence against civilians", "Attack") } else { (event, sub_event) };
    cells.set(ID, claim.row.as_ref().map_or_else(|| claim.id.to_string(), |r| r.key.to_string()));
    cells.set(TYPE, event);
    cells.set(SUB_TYPE, sub_event);
    cells.set(ACTOR_1, shown_party(a));
    cells.set(ACTOR_2, shown_party(b));
    let [kind_a, kind_b] = [a, b].map(|p| p.map_or(0, kind_of));
    cells.set(INTER_1, name_of_kind(kind_a));
    cells.set(INTER_2, name_of_kind(kind_b));
    if kind_b == CIVILIANS {
        cells.set(TARGETING, "Civilian targeting");
    }
    if let Some(time) = &claim.time {
        cells.set(DATE, shown_day(time.from));
        cells.set(YEAR, time.from.map(|w| w.date().year().to_string()));
        let precision = match time.granularity {
            Granularity::Minute | Granularity::Hour | Granularity::Day => "1",
            Granularity::Range | Granularity::Week => "2",
            Granularity::Month => "3",
            _ => "",
        };
        cells.set(TIME_PRECISION, precision);
    }
    if let Some(place) = claim.places.first() {
        cells.set(COUNTRY, place.country.and_then(|c| states::name_of(c, catalogue)).map(str::to_owned));
        cells.set(ADMIN_1, place.admin1.clone());
        cells.set(ADMIN_2, place.admin2.clone());
        cells.set(LOCATION, place.name.clone().or_else(|| place.mention.clone()));
        cells.set(LATITUDE, shown(place.lat));
        cells.set(LONGITUDE, shown(place.lon));
        let precision = match place.precision {
            Some(Precision::Point | Precision::Settlement) => "1",
            Some(Precision::Admin2) => "2",
            Some(Precision::Admin1) => "3",
            _ => "",
        };
        cells.set(GEO_PRECISION, precision);
    }
    cells.set(FATALITIES, shown(dead(claim)?.and_then(|total| total.best.or(total.low))));
    Ok(())
}

fn kind_of(party: &PartyRecord) -> usize {
    match party.sectors.first().map(Text::as_str) {
        Some("GOV" | "MIL" | "COP" | "SPY") => 1,
        Some("REB") => 2,
        Some("UAF" | "PRM" | "CRM") => 3,
        Some("CVL" | "REF") => CIVILIANS,
        _ => 8,
    }
}

fn name_of_kind(kind: usize) -> &'static str {
    kind.checked_sub(1).and_then(|k| KINDS.get(k)).map_or("", |(name, _)| name)
}
