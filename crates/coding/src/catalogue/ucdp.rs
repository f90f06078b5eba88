//! UCDP's actor list (CSV, CC BY 4.0, not part of this program) as rows of the catalogue: every armed actor that the
//! catalogue does not know by one of its names becomes a party `UCDP_<ActorId>`. Governments are known as states.
//!
//! The kind of organisation (`Org`) gives the sector: 1 formally organised, `REB`; 2 informally organised and
//! 3 communal, `UAF`. An acronym holds only in the country of its actor, since UCDP has three of `UPC`.

use std::collections::HashMap;
use std::fmt::Write;

use model::CountryCode;

use super::{Catalogue, CatalogueError};

/// What became of UCDP's rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extended {
    /// Actors that the catalogue knew by one of their names.
    pub known: usize,
    /// Actors that were added.
    pub added: usize,
    /// Governments, which are known as states.
    pub governments: usize,
}

impl Catalogue {
    /// The catalogue with the armed actors of UCDP's actor list that it does not know yet.
    pub fn extend_from_ucdp(self, table: &str, text: &str) -> Result<(Self, Extended), CatalogueError> {
        let wrong = |line: usize, why: String| CatalogueError::Row { table: table.to_owned(), line, why };
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let header = reader.headers().map_err(|e| wrong(1, e.to_string()))?.clone();
        let column = |name: &str| {
            header.iter().position(|h| h.trim() == name).ok_or_else(|| {
                wrong(1, format!("column `{name}` is missing; UCDP's actor list has ActorId, NameData, NameOrigFullEng, Org, GWNOLoc"))
            })
        };
        let columns =
            [column("ActorId")?, column("NameData")?, column("NameOrigFullEng")?, column("Org")?, column("GWNOLoc")?];
        let by_gw: HashMap<String, CountryCode> = self
            .entries()
            .iter()
            .filter(|e| e.period.to.is_none())
            .filter_map(|e| Some((e.gw?.to_string(), e.country?)))
            .collect();
        let mut out = Extended::default();
        let mut rows = "id\tname\tcountry\tsectors\taliases\n".to_owned();
        for (number, row) in reader.records().enumerate() {
            let line = number + 2;
            let row = row.map_err(|e| wrong(line, e.to_string()))?;
            let cell =
                |i: usize| row.get(columns[i]).unwrap_or_default().replace(['\t', ';', '\n'], " ").trim().to_owned();
            let [id, short, full, org, homes] = [cell(0), cell(1), cell(2), cell(3), cell(4)];
            let sector = match org.as_str() {
                "1" => "REB",
                "2" | "3" => "UAF",
                "4" => {
                    out.governments += 1;
                    continue;
                }
                other => return Err(wrong(line, format!("Org is `{other}`; UCDP has 1 to 4"))),
            };
            if id.is_empty() || !id.bytes().all(|b| b.is_ascii_digit()) || short.is_empty() {
                return Err(wrong(line, "ActorId is no number, or NameData is empty".to_owned()));
            }
            let homes: Vec<CountryCode> = homes.split(',').filter_map(|gw| by_gw.get(gw.trim()).copied()).collect();
            let full = if matches!(full.as_str(), "" | "n/a") { short.clone() } else { full };
            if self.knows(&full, &homes) || self.knows(&short, &homes) {
                out.known += 1;
                continue;
            }
            out.added += 1;
            let home = match homes[..] {
                [one] => one.to_string(),
                _ => String::new(),
            };
            let mut names: Vec<String> = vec![full.clone()];
            if short != full {
                names.push(short);
            }
            // What may be a word, an acronym or another party's name holds in its own country alone.
            let scoped: Vec<String> = names
                .into_iter()
                .filter_map(|name| {
                    let is_plain = name.contains(' ') && !self.is_listed(&name);
                    match homes.first() {
                        _ if is_plain => Some(name),
                        Some(country) => Some(format!("{name} @{country}")),
                        None => None,
                    }
                })
                .collect();
            let _ = writeln!(rows, "UCDP_{id}\t{full}\t{home}\t{sector}\t{}", scoped.join("; "));
        }
        Ok((self.extend_from_tsv(table, &rows)?, out))
    }

    /// Whether a name leads to a party where these countries are in play.
    fn knows(&self, name: &str, countries: &[CountryCode]) -> bool {
        self.targets(name).any(|alias| match alias.scope {
            super::index::Scope::Within(country) => countries.contains(&country),
            _ => true,
        })
    }

    fn is_listed(&self, name: &str) -> bool {
        self.targets(name).next().is_some()
    }
}
