//! Makes the gazetteer from the embedded tables.

use std::collections::{HashMap, HashSet};

use model::CountryCode;

use super::{Entry, EntryKind, Gazetteer, key};

/// The package's places, sorted by key by the build script.
const PLACES: &str = include_str!(concat!(env!("OUT_DIR"), "/places.tsv"));
const COUNTRIES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/places/countries.tsv"));
const CITIES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/places/cities.tsv"));
const DIVISIONS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/places/divisions.tsv"));

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(|l| l.split('\t').collect())
}

fn list(cell: Option<&&'static str>) -> impl Iterator<Item = &'static str> {
    cell.copied().unwrap_or("").split(';').map(str::trim).filter(|s| !s.is_empty())
}

pub(super) fn blank(name: &'static str, kind: EntryKind, country: Option<CountryCode>) -> Entry {
    Entry {
        name: name.into(),
        kind,
        country,
        between: Vec::new(),
        admin1: None,
        admin2: None,
        at: None,
        radius_km: 0.0,
        rank: 0,
        population: None,
        administered_by: None,
        claimed_by: Vec::new(),
        geonames: None,
        pcode: None,
        own: true,
    }
}

/// Reads the tables. Rows that do not parse are left out; a test holds that there are none.
pub(super) fn build() -> Gazetteer {
    let mut gazetteer = Gazetteer {
        lines: PLACES.lines().collect(),
        entries: Vec::new(),
        index: HashMap::new(),
        countries: HashMap::new(),
        demonyms: HashMap::new(),
        ranks: HashMap::new(),
        ranked: HashSet::new(),
        other_names: HashMap::new(),
        disputes: HashMap::new(),
        divisions: HashMap::new(),
    };
    countries(&mut gazetteer);
    cities(&mut gazetteer);
    divisions(&mut gazetteer);
    gazetteer.ranked = gazetteer.ranks.keys().map(|(key, _)| key.clone()).collect();
    gazetteer
}

impl Gazetteer {
    /// Adds an entry under names.
    pub(super) fn put<'a>(&mut self, entry: Entry, names: impl Iterator<Item = &'a str>) {
        let Ok(id) = u32::try_from(self.entries.len()) else { return };
        self.entries.push(entry);
        for name in names {
            let key = key(name);
            if !key.is_empty() {
                let ids = self.index.entry(key).or_default();
                if ids.last() != Some(&id) {
                    ids.push(id);
                }
            }
        }
    }
}

fn countries(gazetteer: &mut Gazetteer) {
    for row in rows(COUNTRIES) {
        let (Some(iso2), Some(name)) = (row.first(), row.get(2)) else { continue };
        let Some(code) = row.get(1).and_then(|c| CountryCode::new(c).ok()) else { continue };
        gazetteer.countries.insert(iso2, code);
        for demonym in list(row.get(4)) {
            gazetteer.demonyms.insert(key(demonym), code);
        }
        let mut entry = blank(name, EntryKind::Country, Some(code));
        let whole = key(&format!("{iso2} as a whole"));
        if let Some(line) = gazetteer.range(&whole).first() {
            let columns: Vec<&str> = line.split('\t').collect();
            if let [.., lat, lon, radius, _, _] = columns.as_slice() {
                entry.at = lat.parse().ok().zip(lon.parse().ok());
                entry.radius_km = radius.parse().unwrap_or(0.0);
            }
        }
        let number = |i: usize| row.get(i).and_then(|v| v.parse::<f64>().ok());
        entry.at = number(6).zip(number(7)).or(entry.at);
        gazetteer.put(entry, std::iter::once(*name).chain(list(row.get(3))));
        if let Some(capital) = row.get(5).filter(|c| !c.is_empty()) {
            gazetteer.ranks.insert((key(capital), code), (1, None));
        }
    }
    // Capitals by other names, and as the list spells them.
    for (name, listed, code) in [
        ("Kyiv", "Kiev", "UKR"),
        ("Sanaa", "Sanaa", "YEM"),
        ("Washington D.C.", "Washington, D. C.", "USA"),
        ("Washington DC", "Washington, D. C.", "USA"),
        ("Washington", "Washington, D. C.", "USA"),
        ("D.C.", "Washington, D. C.", "USA"),
        ("Naypyidaw", "Nay Pyi Taw", "MMR"),
        ("Naypyitaw", "Nay Pyi Taw", "MMR"),
        ("Jerusalem", "Jerusalem", "ISR"),
        ("Ulan Bator", "Ulaanbaatar", "MNG"),
        ("Beijing", "Beijing", "CHN"),
        ("Peking", "Beijing", "CHN"),
        ("Tripoli", "Tripoli", "LBY"),
    ] {
        let Ok(code) = CountryCode::new(code) else { continue };
        gazetteer.ranks.insert((key(listed), code), (1, None));
        if key(name) != key(listed) {
            gazetteer.other_names.entry(key(name)).or_default().push((key(listed), code));
        }
    }
}

fn cities(gazetteer: &mut Gazetteer) {
    for row in rows(CITIES) {
        let (Some(rank), Some(name)) = (row.get(1).and_then(|r| r.parse::<u8>().ok()), row.get(2)) else { continue };
        let Some(code) = row.first().and_then(|c| CountryCode::new(c).ok()) else { continue };
        let division = row.get(4).copied().filter(|d| !d.is_empty());
        // Spellings differ from list to list: whichever the embedded one uses, all lead to it.
        let names: Vec<&str> = std::iter::once(*name).chain(list(row.get(3))).collect();
        for name in &names {
            let rank = gazetteer.ranks.get(&(key(name), code)).map_or(rank, |(r, _): &(u8, _)| rank.min(*r));
            gazetteer.ranks.insert((key(name), code), (rank, division));
            for other in names.iter().filter(|other| key(other) != key(name)) {
                gazetteer.other_names.entry(key(name)).or_default().push((key(other), code));
            }
        }
    }
}

fn divisions(gazetteer: &mut Gazetteer) {
    for row in rows(DIVISIONS) {
        let Some(name) = row.get(3) else { continue };
        let kind = match row.first().copied() {
            Some("admin1") => EntryKind::Admin1,
            Some("admin2") => EntryKind::Admin2,
            Some("settlement") => EntryKind::Settlement,
            Some("crossing") => EntryKind::Crossing,
            Some("border") => EntryKind::Border,
            Some("region") => EntryKind::Region,
            _ => continue,
        };
        let codes: Vec<CountryCode> = list(row.get(1)).filter_map(|c| CountryCode::new(c).ok()).collect();
        let mut entry = blank(name, kind, codes.first().copied());
        entry.admin1 = if kind == EntryKind::Admin1 {
            Some((*name).into())
        } else {
            row.get(2).copied().filter(|a| !a.is_empty()).map(Into::into)
        };
        if kind == EntryKind::Admin2 {
            entry.admin2 = Some((*name).into());
        }
        if kind == EntryKind::Border {
            entry.country = None;
            entry.between.clone_from(&codes);
        }
        let number = |i: usize| row.get(i).and_then(|v| v.parse::<f64>().ok());
        entry.at = number(5).zip(number(6));
        entry.radius_km = number(7).unwrap_or(0.0);
        entry.administered_by = row.get(8).and_then(|c| CountryCode::new(c).ok());
        entry.claimed_by = list(row.get(9)).filter_map(|c| CountryCode::new(c).ok()).collect();
        let names: Vec<&'static str> = std::iter::once(*name).chain(list(row.get(4))).collect();
        if let (EntryKind::Admin1, Some(code)) = (kind, entry.country) {
            for other in &names {
                gazetteer.divisions.insert((code, key(other)), name);
                if entry.administered_by.is_some() || !entry.claimed_by.is_empty() {
                    gazetteer.disputes.insert((code, key(other)), (entry.administered_by, entry.claimed_by.clone()));
                }
            }
        }
        // Coordinates left to the list: those of the entry of the same kind, country and name.
        if entry.at.is_none() {
            let listed = names.iter().find_map(|other| {
                let key = key(other);
                gazetteer.listed(&key).find(|e| e.kind == kind && e.country == entry.country)
            });
            if let Some(listed) = listed {
                entry.at = listed.at;
                entry.radius_km = listed.radius_km;
            }
        }
        if kind == EntryKind::Settlement {
            entry.rank = 3;
            let ranked = names.iter().find_map(|n| gazetteer.ranks.get(&(key(n), entry.country?)));
            entry.rank = ranked.map_or(entry.rank, |(r, _)| (*r).min(entry.rank));
        }
        gazetteer.put(entry, names.into_iter());
    }
}
