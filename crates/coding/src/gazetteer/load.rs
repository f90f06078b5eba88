//! Adds places from files: dumps of `GeoNames`, and OCHA's table of P-codes.
//!
//! Formats: <https://download.geonames.org/export/dump/readme.txt>, and the global P-code list (CSV with a heading).

use std::io::BufRead;

use model::CountryCode;

use super::embedded::blank;
use super::{EntryKind, Gazetteer, distance_km, key};

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The reader failed.
    #[error("reading {what}, line {line}: {source}")]
    Read {
        /// What was read.
        what: &'static str,
        /// The line.
        line: usize,
        /// Why.
        source: std::io::Error,
    },
    /// The file is something else.
    #[error("reading {what}: line {line} has {found} columns, expected {expected}; is it {what}?")]
    Shape {
        /// What was to be read.
        what: &'static str,
        /// The line.
        line: usize,
        /// Columns found.
        found: usize,
        /// Columns expected.
        expected: usize,
    },
}

/// A place of a `GeoNames` dump with its position in the gazetteer.
const DUMP: &str = "a GeoNames dump (allCountries.txt, citiesN.txt)";

fn lines(
    reader: impl BufRead,
    what: &'static str,
    separator: char,
    expected: usize,
    mut each: impl FnMut(&[String]),
) -> Result<usize, LoadError> {
    let mut count = 0;
    for (i, line) in reader.lines().enumerate() {
        let line = line.map_err(|source| LoadError::Read { what, line: i + 1, source })?;
        let line = line.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n']);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let columns: Vec<String> =
            if separator == ',' { quoted(line) } else { line.split(separator).map(str::to_owned).collect() };
        if columns.len() < expected {
            return Err(LoadError::Shape { what, line: i + 1, found: columns.len(), expected });
        }
        each(&columns);
        count += 1;
    }
    Ok(count)
}

/// A line of CSV, quotes honoured; no field of these tables holds a line end.
fn quoted(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut inside = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if inside && chars.peek() == Some(&'"') => {
                chars.next();
                if let Some(field) = fields.last_mut() {
                    field.push('"');
                }
            }
            '"' => inside = !inside,
            ',' if !inside => fields.push(String::new()),
            c => {
                if let Some(field) = fields.last_mut() {
                    field.push(c);
                }
            }
        }
    }
    fields
}

/// Names of divisions by `GeoNames` code ("AF.18", "AF.18.1124"), from `admin1CodesASCII.txt` and `admin2Codes.txt`.
#[derive(Debug, Default)]
pub struct DivisionNames(std::collections::HashMap<String, String>);

impl DivisionNames {
    /// Adds a table of codes and names.
    pub fn read(&mut self, reader: impl BufRead) -> Result<usize, LoadError> {
        lines(reader, "a GeoNames table of divisions (admin1CodesASCII.txt, admin2Codes.txt)", '\t', 2, |c| {
            self.0.insert(c[0].clone(), c[1].clone());
        })
    }
}

impl Gazetteer {
    /// Adds the populated places, divisions and crossings of a `GeoNames` dump; how many lines it read.
    ///
    /// A settlement that the gazetteer has already (same name and country, within 10 km) gains its id and population.
    pub fn add_geonames(&mut self, dump: impl BufRead, names: &DivisionNames) -> Result<usize, LoadError> {
        lines(dump, DUMP, '\t', 19, |c| {
            let kind = match (c[6].as_str(), c[7].as_str()) {
                ("P", _) => EntryKind::Settlement,
                ("A", "ADM1") => EntryKind::Admin1,
                ("A", "ADM2") => EntryKind::Admin2,
                ("A", "PCLI" | "PCLD" | "PCLS" | "TERR") => EntryKind::Country,
                ("L", "RGN") => EntryKind::Region,
                ("S", "PSTB" | "CSTM") => EntryKind::Crossing,
                _ => return,
            };
            let Some(country) = self.country(&c[8]) else { return };
            let Some(at) = c[4].parse().ok().zip(c[5].parse().ok()) else { return };
            let population = c[14].parse().ok().filter(|p| *p > 0);
            let geonames = c[0].parse().ok();
            if let Some(id) = self.index.get(&key(&c[1])).and_then(|ids| {
                ids.iter().copied().find(|&i| {
                    let e = &self.entries[i as usize];
                    e.kind == kind
                        && e.country == Some(country)
                        && e.at.is_none_or(|a| distance_km(a, at) < 10.0 || kind != EntryKind::Settlement)
                })
            }) {
                let entry = &mut self.entries[id as usize];
                entry.geonames = entry.geonames.or(geonames);
                entry.population = entry.population.or(population);
                return;
            }
            let mut entry = blank("", kind, Some(country));
            entry.name = c[1].clone().into();
            entry.at = Some(at);
            entry.own = false;
            entry.geonames = geonames;
            entry.population = population;
            let first = format!("{}.{}", c[8], c[10]);
            entry.admin1 = names.0.get(&first).cloned().map(Into::into);
            entry.admin2 = names.0.get(&format!("{first}.{}", c[11])).cloned().map(Into::into);
            entry.radius_km = match kind {
                EntryKind::Settlement => 5.0,
                EntryKind::Crossing => 3.0,
                EntryKind::Admin2 => 25.0,
                _ => 100.0,
            };
            entry.rank = match (kind, population) {
                (EntryKind::Settlement, Some(5_000_000..)) => 1,
                (EntryKind::Settlement, Some(1_000_000..)) => 2,
                (EntryKind::Settlement, Some(200_000..)) => 3,
                _ => 0,
            };
            let others: Vec<String> = std::iter::once(&c[1])
                .chain(std::iter::once(&c[2]))
                .cloned()
                .chain(c[3].split(',').map(str::to_owned))
                .collect();
            self.put(entry, others.iter().map(String::as_str));
        })
    }

    /// Adds OCHA's P-codes to the divisions of these names, and divisions that were not known; how many lines it read.
    ///
    /// Columns: country (alpha-3), level (1 or 2), P-code, name, parent's P-code.
    pub fn add_pcodes(&mut self, table: impl BufRead) -> Result<usize, LoadError> {
        let mut firsts = std::collections::HashMap::new();
        lines(table, "OCHA's table of P-codes", ',', 5, |c| {
            let Ok(country) = CountryCode::new(&c[0]) else { return };
            let kind = match c[1].as_str() {
                "1" => EntryKind::Admin1,
                "2" => EntryKind::Admin2,
                _ => return,
            };
            if kind == EntryKind::Admin1 {
                firsts.insert(c[2].clone(), c[3].clone());
            }
            let parent: Option<String> = firsts.get(&c[4]).cloned();
            let same_parent = |a: Option<&str>| match (a, parent.as_deref()) {
                (Some(a), Some(p)) => {
                    key(a) == key(p) || self.divisions.get(&(country, key(p))).is_some_and(|d| key(d) == key(a))
                }
                _ => true,
            };
            let known = self.index.get(&key(&c[3])).and_then(|ids| {
                ids.iter().copied().find(|&i| {
                    let e = &self.entries[i as usize];
                    e.kind == kind
                        && e.country == Some(country)
                        && (kind == EntryKind::Admin1 || same_parent(e.admin1.as_deref()))
                })
            });
            if let Some(id) = known {
                self.entries[id as usize].pcode = Some(c[2].clone());
                return;
            }
            let mut entry = blank("", kind, Some(country));
            entry.name = c[3].clone().into();
            entry.own = false;
            entry.pcode = Some(c[2].clone());
            // Where the embedded list has the division, its coordinates serve.
            let listed = self.listed(&key(&c[3])).find(|e| {
                e.kind == kind
                    && e.country == Some(country)
                    && (kind == EntryKind::Admin1 || same_parent(e.admin1.as_deref()))
            });
            if let Some(listed) = listed {
                (entry.at, entry.radius_km, entry.admin1, entry.admin2) =
                    (listed.at, listed.radius_km, listed.admin1, listed.admin2);
                entry.own = true;
            } else if kind == EntryKind::Admin1 {
                entry.admin1 = Some(c[3].clone().into());
            } else {
                entry.admin1 = parent.map(Into::into);
                entry.admin2 = Some(c[3].clone().into());
            }
            self.put(entry, std::iter::once(c[3].as_str()));
        })
    }
}
