//! UCDP GED rows told again by each of their sources, with slips, and weighed: are the sources of one row found to be one?
//!
//! **Protocol** of telling, fixed before anything was tuned and not touched since. Every row with sources becomes one claim a source. Sources are split at
//! `";"` between quoted titles, at blank lines, at semicolons and at a comma after a digit (the end of a date); a source
//! named twice counts once. Slips are drawn from `SplitMix64` with [`SEED`], row by row in the order of the file, source by
//! source:
//!
//! - *Days.* `date_prec` 1: in one of five claims the day is moved by -1, 0 or +1, each as often; else as in GED. 2 and 3
//!   (a few days, a week): half of the claims give the whole stretch, half a single day drawn from it. 4 and 5: as in GED.
//! - *Place.* `where_prec` 1: up to 2 km off, with the town's name and a radius of 5 km. 2: up to 25 km off, no name, radius
//!   25 km. 3: the district with GED's point for it, radius 40 km. 4: the province, radius 150 km. 5: a fuzzy area around
//!   GED's point, radius 60 km. 6: the country. Distances off are uniform in length, bearings uniform. Names of district
//!   and province are given wherever GED has them.
//! - *Toll.* One claim in ten gives none; else the best estimate times a factor uniform between .9 and 1.1, rounded. Half
//!   of the claims also give the civilians among the dead, with the same factor.
//! - *Parties* as in GED: both sides in no order, or for one-sided violence the one and civilians.
//!
//! No words are given. A source text that GED cites for several rows is one document (`Documents::Shared`), as it would be
//! when read; `Documents::Apart` makes each citation a document of its own, which takes away all that a report tells by
//! keeping its own happenings apart, and is the harder measure.
//!
//! Rows with odd ids are for tuning, those with even ids for reporting; the halves are weighed each by itself
//! (`Weighed::Halves`) or together (`Weighed::All`), which is harder, the war being twice as dense. Then a wrong pair of an odd
//! and an even row counts half against each, so that each half's precision is that of the whole. *Hard* rows are those of a dyad with another row within 3 days and 50 km.
//!
//! **What the figures do not show.** That the halves can be weighed apart, and that a wrong pair across them counts half,
//! was settled after the first figures had been seen; `Weighed::All` is the stricter reading. Sources of one row never
//! differ here in how exactly they know the place, as real reports do: `PLACE_UNEQUAL` feeds on that. With it at nought the
//! even half has F1 .886 (halves, shared documents; .934 with it) and .833 (all; .899). And each row is cited once by a
//! source, so that one document at two points always tells two happenings; `Documents::Apart` takes that away.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use model::record::PlaceRecord;
use model::{ClaimId, Precision, Text};

use super::made::{self, Made};
use super::meltt::TableError;
use super::pairs::Pairs;
use super::random::Random;
use crate::incidents::{Constraints, Corpus, weigh};

/// Of the slips.
pub const SEED: u64 = 20_140_331;

/// What is weighed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weighed {
    /// Each half by itself: as if the other rows had never been reported.
    Halves,
    /// All rows: the war as it was, twice as dense, and harder.
    All,
}

/// What counts as one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Documents {
    /// A source text that several rows cite.
    Shared,
    /// Every citation.
    Apart,
}

/// Figures for one half of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Rows of GED.
    pub rows: usize,
    /// Claims made of them.
    pub claims: usize,
    /// Over all pairs.
    pub all: Pairs,
    /// Over pairs of hard rows.
    pub hard: Pairs,
}

/// Odd and even ids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Halves {
    /// For tuning.
    pub odd: Figures,
    /// For reporting.
    pub even: Figures,
}

/// A row of GED, as far as it is told again.
#[derive(Clone, Debug)]
struct Ged {
    id: u64,
    sources: Vec<String>,
    from: Date,
    to: Date,
    date_prec: u8,
    where_prec: u8,
    at: (f64, f64),
    names: [String; 3],
    best: f64,
    civilians: f64,
    sides: [String; 2],
    one_sided: bool,
    dyad: String,
}

/// Splits, tells again, weighs and compares.
pub fn measure(table: &str, documents: Documents, weighed: Weighed) -> Result<Halves, TableError> {
    let told = Retold::of(table, documents)?;
    let groups = match weighed {
        Weighed::All => told.groups(|_| true),
        Weighed::Halves => [told.groups(|row| row.id % 2 == 1), told.groups(|row| row.id % 2 == 0)].concat(),
    };
    Ok(compare(&told, &groups))
}

/// The wrong pairs (true) and the missed ones (false) of the odd half, weighed with all: for looking at while tuning.
pub fn errors(table: &str, documents: Documents) -> Result<Vec<(bool, Made, Made)>, TableError> {
    let told = Retold::of(table, documents)?;
    let mut errors = Vec::new();
    let groups = told.groups(|_| true);
    let odd: Vec<(usize, usize, usize)> = groups
        .iter()
        .enumerate()
        .flat_map(|(number, group)| group.iter().map(move |&claim| (claim, number)))
        .map(|(claim, number)| (told.claims[claim].0, number, claim))
        .filter(|(row, _, _)| told.rows[*row].id % 2 == 1)
        .collect();
    for (i, a) in odd.iter().enumerate() {
        for b in &odd[i + 1..] {
            if (a.0 == b.0) != (a.1 == b.1) {
                errors.push((a.1 == b.1, told.claims[a.2].1.clone(), told.claims[b.2].1.clone()));
            }
        }
    }
    Ok(errors)
}

/// The table, and its rows as their sources tell them: each claim with the position of its row.
struct Retold {
    rows: Vec<Ged>,
    claims: Vec<(usize, Made)>,
}

impl Retold {
    fn of(table: &str, documents: Documents) -> Result<Self, TableError> {
        let rows = read(table)?;
        let mut random = Random::new(SEED);
        let mut claims = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            claims.extend((0..row.sources.len()).map(|number| (at, told(row, number, documents, &mut random))));
        }
        Ok(Self { rows, claims })
    }

    /// Positions of claims, grouped by weighing those of some rows.
    fn groups(&self, of: impl Fn(&Ged) -> bool) -> Vec<Vec<usize>> {
        let mut corpus = Corpus::default();
        let mut position: BTreeMap<&ClaimId, usize> = BTreeMap::new();
        for (at, (_, claim)) in self.claims.iter().enumerate().filter(|(_, (row, _))| of(&self.rows[*row])) {
            corpus.add(&claim.0, None);
            position.insert(&claim.0.id, at);
        }
        let weighed = weigh(&corpus, &Constraints::default());
        weighed.clusters().map(|group| group.iter().map(|claim| position[claim]).collect()).collect()
    }
}

fn compare(told: &Retold, groups: &[Vec<usize>]) -> Halves {
    let rows = &told.rows;
    let hard = hard_rows(rows);
    let mut halves = Halves::default();
    for row in rows.iter().filter(|r| !r.sources.is_empty()) {
        let half = if row.id % 2 == 1 { &mut halves.odd } else { &mut halves.even };
        half.rows += 1;
        half.claims += row.sources.len();
    }
    let items: Vec<(usize, usize)> = groups
        .iter()
        .enumerate()
        .flat_map(|(number, group)| group.iter().map(move |&claim| (told.claims[claim].0, number)))
        .collect();
    for (odd, half) in [(true, &mut halves.odd), (false, &mut halves.even)] {
        let here = |row: usize| (rows[row].id % 2 == 1) == odd;
        for only_hard in [false, true] {
            let counted = |row: usize| !only_hard || hard.contains(&row);
            let all: Vec<(usize, usize)> = items.iter().copied().filter(|(row, _)| counted(*row)).collect();
            let own: Vec<(usize, usize)> = all.iter().copied().filter(|(row, _)| here(*row)).collect();
            let other: Vec<(usize, usize)> = all.iter().copied().filter(|(row, _)| !here(*row)).collect();
            let mut pairs = Pairs::of(&own);
            // Pairs across the halves are wrong: those of all that are in neither half.
            pairs.wrong += (Pairs::of(&all).wrong - pairs.wrong - Pairs::of(&other).wrong).div_ceil(2);
            *(if only_hard { &mut half.hard } else { &mut half.all }) = pairs;
        }
    }
    halves
}

fn hard_rows(rows: &[Ged]) -> BTreeSet<usize> {
    let mut by_dyad: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        by_dyad.entry(&row.dyad).or_default().push(at);
    }
    let mut hard = BTreeSet::new();
    for of_dyad in by_dyad.values_mut() {
        of_dyad.sort_by_key(|&at| rows[at].from);
        for (i, &a) in of_dyad.iter().enumerate() {
            for &b in &of_dyad[i + 1..] {
                if days_between(rows[a].from, rows[b].from) > 3 {
                    break;
                }
                if distance_km(rows[a].at, rows[b].at) <= 50.0 {
                    hard.extend([a, b]);
                }
            }
        }
    }
    hard
}

fn days_between(a: Date, b: Date) -> i32 {
    b.since(a).map_or(0, |span| span.get_days())
}

/// Flat over such distances.
fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (north, east) = ((a.0 - b.0) * KM_A_DEGREE, (a.1 - b.1) * KM_A_DEGREE * a.0.to_radians().cos());
    north.hypot(east)
}

const KM_A_DEGREE: f64 = 111.2;

fn told(row: &Ged, number: usize, documents: Documents, random: &mut Random) -> Made {
    let name = format!("ged_{}_{number}", row.id);
    let source = &row.sources[number];
    let document = match documents {
        Documents::Shared => format!("{source} {}", row.from.year()),
        Documents::Apart => name.clone(),
    };
    let (from, to) = days(row, random);
    let mut claim = made::claim(&name).in_document(&document).between(&from.to_string(), &to.to_string());
    claim = claim.place(place(row, random)).by(&row.sides[0]).against(&row.sides[1]);
    if !row.one_sided {
        claim = claim.undirected();
    }
    let (silent, factor, parts) = (random.one_in(10), 0.9 + 0.2 * random.unit(), random.one_in(2));
    if !silent {
        claim = claim.killed((row.best * factor).round());
        let civilians = (row.civilians * factor).round();
        if parts && civilians > 0.0 {
            claim = claim.civilians_killed(civilians);
            claim.0.effects[1].part_of = Some(0);
        }
    }
    claim
}

fn days(row: &Ged, random: &mut Random) -> (Date, Date) {
    let day =
        |date: Date, by: usize, less: i64| date.saturating_add((i64::try_from(by).expect("a few days") - less).days());
    match row.date_prec {
        1 if random.one_in(5) => {
            let by = random.below(3);
            (day(row.from, by, 1), day(row.to, by, 1))
        }
        2 | 3 if random.one_in(2) => {
            let length = usize::try_from(days_between(row.from, row.to)).unwrap_or(0) + 1;
            let on = day(row.from, random.below(length), 0);
            (on, on)
        }
        _ => (row.from, row.to),
    }
}

fn place(row: &Ged, random: &mut Random) -> PlaceRecord {
    let (off_km, radius_km, precision) = match row.where_prec {
        1 => (2.0, 5.0, Precision::Settlement),
        2 => (25.0, 25.0, Precision::Settlement),
        3 => (0.0, 40.0, Precision::Admin2),
        4 => (0.0, 150.0, Precision::Admin1),
        5 => (0.0, 60.0, Precision::Border),
        _ => (0.0, 600.0, Precision::Country),
    };
    let (off_km, bearing) = (off_km * random.unit(), random.unit() * std::f64::consts::TAU);
    let north = off_km * bearing.cos() / KM_A_DEGREE;
    let east = off_km * bearing.sin() / KM_A_DEGREE / row.at.0.to_radians().cos();
    let name = |at: usize| Some(Text::from(&row.names[at])).filter(|n| !n.is_empty());
    let fine = row.where_prec <= 3 || row.where_prec == 5;
    PlaceRecord {
        name: if row.where_prec == 1 { name(0) } else { None },
        admin2: if row.where_prec <= 3 { name(1) } else { None },
        admin1: if row.where_prec <= 4 { name(2) } else { None },
        lat: fine.then_some(row.at.0 + north),
        lon: fine.then_some(row.at.1 + east),
        radius_km: Some(radius_km),
        ..made::place("PAK", precision)
    }
}

fn read(table: &str) -> Result<Vec<Ged>, TableError> {
    let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().map_err(|e| TableError::new("ged", e))?.clone();
    let mut rows = Vec::new();
    for (line, record) in reader.records().enumerate() {
        let record = record.map_err(|e| TableError::new("ged", e))?;
        let cell = |name: &str| headers.iter().position(|h| h == name).and_then(|at| record.get(at)).unwrap_or("");
        let wrong = |what: &str| TableError::new("ged", format!("row {}: no {what}", line + 1));
        let number = |name: &str| cell(name).parse::<f64>().map_err(|_| wrong(name));
        let date = |name: &str| cell(name).get(..10).and_then(|d| d.parse::<Date>().ok()).ok_or_else(|| wrong(name));
        let code = |name: &str| cell(name).parse::<u8>().map_err(|_| wrong(name));
        rows.push(Ged {
            id: cell("id").parse().map_err(|_| wrong("id"))?,
            sources: sources(cell("source_article")),
            from: date("date_start")?,
            to: date("date_end")?,
            date_prec: code("date_prec")?,
            where_prec: code("where_prec")?,
            at: (number("latitude")?, number("longitude")?),
            names: [cell("where_coordinates"), cell("adm_2"), cell("adm_1")].map(str::to_owned),
            best: number("best")?,
            civilians: number("deaths_civilians")?,
            sides: [party(cell("side_a")), party(cell("side_b"))],
            one_sided: cell("type_of_violence") == "3",
            dyad: cell("dyad_new_id").to_owned(),
        });
    }
    Ok(rows)
}

/// A catalogue's id for a side: capitals, digits, underscores. Civilians are no party.
fn party(side: &str) -> String {
    match side {
        "Government of Pakistan" => "PAK".to_owned(),
        "Government of India" => "IND".to_owned(),
        "Government of Afghanistan" => "AFG".to_owned(),
        "Civilians" => "civilians".to_owned(),
        group => {
            let capital = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
            group.chars().map(capital).collect()
        }
    }
}

/// The sources that a row cites, each once.
fn sources(cell: &str) -> Vec<String> {
    let quoted = cell.trim_start().starts_with('"') && cell.contains("\";\"");
    let mut parts: Vec<String> = Vec::new();
    let mut part = String::new();
    if quoted {
        parts.extend(cell.split("\";\"").map(str::to_owned));
    } else {
        let chars: Vec<char> = cell.chars().collect();
        for (at, &c) in chars.iter().enumerate() {
            let after_digit = at > 0 && chars[at - 1].is_ascii_digit();
            let ends = c == ';'
                || c == '\n' && chars.get(at + 1) == Some(&'\n')
                || c == ',' && after_digit && chars.get(at + 1) == Some(&' ') && !cell.starts_with('"');
            if ends {
                parts.push(std::mem::take(&mut part));
            } else {
                part.push(c);
            }
        }
        parts.push(part);
    }
    let mut sources: Vec<String> = Vec::new();
    for part in parts {
        let source = part.trim_matches(|c: char| c.is_whitespace() || c == '"').to_owned();
        if !source.is_empty() && !sources.contains(&source) {
            sources.push(source);
        }
    }
    sources
}
