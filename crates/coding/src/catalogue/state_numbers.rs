//! Numbers of states in the lists that data on conflict are keyed by: Gleditsch and Ward, the Correlates of War, and
//! UCDP, which follows the former but for Serbia and the Holy See.
//!
//! `data/parties/state_numbers.tsv` has a row for each state and stretch of time in which its numbers stay the same. A date
//! asks what held on that day; no date asks for what holds today, else for what held last. Dates say for which polity a
//! number stood, not when that polity was a member of the system of states, on which the lists differ by years. A number
//! that a list does not have is `None`, never another list's.

use std::sync::LazyLock;

use jiff::civil::Date;
use model::CountryCode;

use super::{CatalogueError, Period, table};

const TABLE: &str = include_str!("../../../../data/parties/state_numbers.tsv");

/// One state over one stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Numbers {
    iso: CountryCode,
    /// In the order of [`List`].
    in_lists: [Option<u16>; 3],
    period: Period,
}

/// A list of states.
#[derive(Clone, Copy)]
enum List {
    GleditschWard,
    CorrelatesOfWar,
    Ucdp,
}

static EMBEDDED: LazyLock<Vec<Numbers>> = LazyLock::new(|| {
    read("state_numbers.tsv", TABLE)
        .unwrap_or_else(|e| panic!("the embedded table of state numbers is broken, which its tests prevent: {e}"))
});

/// The Gleditsch-Ward number of a state.
pub fn gw(iso: CountryCode, date: Option<Date>) -> Option<u16> {
    number(List::GleditschWard, iso, date)
}

/// The number of a state in the Correlates of War.
pub fn cow(iso: CountryCode, date: Option<Date>) -> Option<u16> {
    number(List::CorrelatesOfWar, iso, date)
}

/// The number by which UCDP's data know a state: `country_id`, `gwnoa`, `gwno_loc`.
pub fn ucdp(iso: CountryCode, date: Option<Date>) -> Option<u16> {
    number(List::Ucdp, iso, date)
}

/// The state with a Gleditsch-Ward number.
pub fn iso_of_gw(number: u16, date: Option<Date>) -> Option<CountryCode> {
    iso_of(List::GleditschWard, number, date)
}

/// The state with a number of the Correlates of War.
pub fn iso_of_cow(number: u16, date: Option<Date>) -> Option<CountryCode> {
    iso_of(List::CorrelatesOfWar, number, date)
}

/// The state that UCDP's data mean by a number.
pub fn iso_of_ucdp(number: u16, date: Option<Date>) -> Option<CountryCode> {
    iso_of(List::Ucdp, number, date)
}

fn number(list: List, iso: CountryCode, date: Option<Date>) -> Option<u16> {
    latest(EMBEDDED.iter().filter(|row| row.iso == iso), date)?.in_lists[list as usize]
}

fn iso_of(list: List, number: u16, date: Option<Date>) -> Option<CountryCode> {
    latest(EMBEDDED.iter().filter(|row| row.in_lists[list as usize] == Some(number)), date).map(|row| row.iso)
}

/// What held on the day; without one, what ends last.
fn latest<'a>(rows: impl Iterator<Item = &'a Numbers>, date: Option<Date>) -> Option<&'a Numbers> {
    rows.filter(|row| date.is_none_or(|day| row.period.holds(day)))
        .max_by_key(|row| (row.period.to.unwrap_or(Date::MAX), row.period.from))
}

fn read(name: &str, text: &str) -> Result<Vec<Numbers>, CatalogueError> {
    table::rows(name, text, &["iso", "gw", "cow", "ucdp", "from", "to"], &[])?
        .into_iter()
        .map(|row| {
            let iso = row.country(0)?.ok_or_else(|| row.wrong("a state has no code"))?;
            let number = |column: usize| match row.cells[column] {
                "" => Ok(None),
                n => n.parse().map(Some).map_err(|_| row.wrong(format!("`{n}` is no number of a state"))),
            };
            let period = Period { from: row.date(4)?, to: row.date(5)? };
            Ok(Numbers { iso, in_lists: [number(1)?, number(2)?, number(3)?], period })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::catalogue::Catalogue;

    fn iso(code: &str) -> CountryCode {
        CountryCode::new(code).unwrap()
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn states_whose_numbers_changed_or_differ() {
        for (code, date, in_gw, in_cow) in [
            ("DEU", "1930-01-01", Some(255), Some(255)),
            ("DEU", "1947-01-01", None, None),
            ("DEU", "1980-01-01", Some(260), Some(260)),
            ("DEU", "2025-01-01", Some(260), Some(255)),
            ("DDR", "1980-01-01", Some(265), Some(265)),
            ("DDR", "1995-01-01", None, None),
            ("YEM", "1985-01-01", Some(678), Some(678)),
            ("YEM", "2025-01-01", Some(678), Some(679)),
            ("SRB", "2025-01-01", Some(340), Some(345)),
            ("SCG", "2005-01-01", Some(345), Some(345)),
            ("YUG", "1995-01-01", Some(345), Some(345)),
            ("RUS", "2025-01-01", Some(365), Some(365)),
            ("SUN", "1985-01-01", Some(365), Some(365)),
            ("VNM", "2025-01-01", Some(816), Some(816)),
            ("TZA", "2025-01-01", Some(510), Some(510)),
            ("XKX", "2025-01-01", Some(347), Some(347)),
            ("KIR", "2025-01-01", Some(970), Some(946)),
            ("NRU", "2025-01-01", Some(971), Some(970)),
            ("PSE", "2025-01-01", None, None),
        ] {
            assert_eq!(
                (gw(iso(code), Some(day(date))), cow(iso(code), Some(day(date)))),
                (in_gw, in_cow),
                "{code} {date}"
            );
        }
    }

    #[test]
    fn numbers_lead_to_the_state_of_the_day() {
        assert_eq!(iso_of_gw(365, Some(day("1980-01-01"))), Some(iso("SUN")));
        assert_eq!(iso_of_gw(365, Some(day("2022-02-24"))), Some(iso("RUS")));
        assert_eq!(iso_of_gw(365, None), Some(iso("RUS")));
        assert_eq!(iso_of_gw(970, None), Some(iso("KIR")));
        assert_eq!(iso_of_cow(970, None), Some(iso("NRU")));
        assert_eq!(iso_of_cow(345, Some(day("1995-01-01"))), Some(iso("YUG")));
        assert_eq!(iso_of_cow(345, Some(day("2015-01-01"))), Some(iso("SRB")));
        assert_eq!(iso_of_gw(345, Some(day("2015-01-01"))), None);
        assert_eq!(iso_of_ucdp(345, Some(day("2015-01-01"))), Some(iso("SRB")));
        assert_eq!(iso_of_gw(679, None), None, "679 is Yemen in the Correlates of War alone");
        assert_eq!(iso_of_cow(679, None), Some(iso("YEM")));
        assert_eq!(iso_of_gw(9, None), None);
    }

    #[test]
    fn a_number_is_one_state_at_a_time_and_a_state_has_one() {
        for list in [List::GleditschWard, List::CorrelatesOfWar, List::Ucdp] {
            for (i, a) in EMBEDDED.iter().enumerate() {
                for b in &EMBEDDED[i + 1..] {
                    let number = a.in_lists[list as usize];
                    let same = a.iso == b.iso || (number.is_some() && number == b.in_lists[list as usize]);
                    let starts = a.period.from.max(b.period.from);
                    let ends = a.period.to.unwrap_or(Date::MAX).min(b.period.to.unwrap_or(Date::MAX));
                    assert!(!same || starts.is_some_and(|s| s > ends), "{a:?} and {b:?} overlap");
                }
            }
        }
    }

    #[test]
    fn every_state_is_here_with_the_number_of_the_catalogue() {
        let states: Vec<_> = Catalogue::embedded()
            .entries()
            .iter()
            .filter(|e| !e.is_general_part && e.country.is_some_and(|c| c.as_str() == e.id.as_str()))
            .collect();
        assert!(states.len() > 200, "{} states", states.len());
        let mut named = HashSet::new();
        for state in states {
            let code = state.country.unwrap();
            named.insert(code);
            assert!(EMBEDDED.iter().any(|row| row.iso == code), "{code} is missing");
            assert_eq!(gw(code, None), state.gw, "{code}");
        }
        for row in EMBEDDED.iter() {
            assert!(named.contains(&row.iso), "{} is no state of states.tsv", row.iso);
        }
    }

    /// Every country and year of UCDP's table of organised violence has a state; skipped where the table is not at hand.
    #[test]
    fn ucdp_countries_are_known() {
        const PART: &str =
            "data/tables/ucdp_organized_violence_cy_25.1/UCDP_Dashboard/Dataset/organizedviolencecy_v25_1.csv";
        let path = format!("{}/../../../shared/{PART}", env!("CARGO_MANIFEST_DIR"));
        let Ok(text) = std::fs::read_to_string(path) else {
            println!("skipped: {PART} is not here");
            return;
        };
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let (mut known, mut unknown) = (0, Vec::new());
        for record in reader.records().map(Result::unwrap) {
            let (id, year): (u16, i16) = (record[0].parse().unwrap(), record[2].parse().unwrap());
            // UCDP counts a country-year from the year's end.
            match iso_of_ucdp(id, Some(jiff::civil::date(year, 12, 31))) {
                Some(_) => known += 1,
                None => unknown.push(format!("{id} {} {year}", &record[1])),
            }
        }
        println!("{known} country-years known, {} unknown: {}", unknown.len(), unknown.join("; "));
        assert!(unknown.len() <= 20, "{}", unknown.join("; "));
        assert!(known > 6_000, "{known}");
    }
}
