//! Countries as the sets write them, numbers and names, to ISO 3166 codes, and back.

use std::collections::HashMap;

use jiff::civil::Date;
use model::{CountryCode, PartyId};

use crate::catalogue::{Catalogue, Context, Period, rows};

/// Countries by number and name.
pub(super) struct States {
    /// By number, which go up to 990.
    by_number: Vec<Vec<(CountryCode, Period)>>,
    by_name: HashMap<String, Option<CountryCode>>,
}

impl States {
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let mut new = Self { by_number: vec![Vec::new(); 1000], by_name: HashMap::new() };
        // UCDP's own numbers before those of Gleditsch and Ward, since the first that holds is taken.
        let table = rows("countries.tsv", super::RULES[4], &["name", "country", "from", "to"], &[]);
        for row in table.expect("the embedded table of countries is well-formed, which its tests check") {
            let Ok(country) = CountryCode::new(row.cells[1]) else { continue };
            let day = |column: usize| row.date(column).ok().flatten();
            match row.cells[0].parse() {
                Ok(number) => new.add(number, country, Period { from: day(2), to: day(3) }),
                Err(_) => drop(new.by_name.insert(row.cells[0].to_owned(), Some(country))),
            }
        }
        for entry in catalogue.entries() {
            if let (Some(number), Some(country)) = (entry.gw, entry.country) {
                new.add(number, country, entry.period);
            }
        }
        new
    }

    fn add(&mut self, number: u16, country: CountryCode, period: Period) {
        if let Some(states) = self.by_number.get_mut(usize::from(number)) {
            states.push((country, period));
        }
    }

    /// The state of a Gleditsch-Ward number on a day. Between states, or before the first, it is the nearest.
    pub(super) fn by_number(&self, number: u64, day: Date) -> Option<CountryCode> {
        let states = self.by_number.get(usize::try_from(number).ok()?)?;
        // A state that ended before one without a known beginning: the Soviet Union before Russia.
        let holds = states.iter().filter(|(_, period)| period.holds(day)).min_by_key(|(_, p)| p.to.is_none());
        holds.or_else(|| states.iter().find(|(_, p)| p.to.is_none())).or_else(|| states.first()).map(|s| s.0)
    }

    /// The country of a name or three-letter code.
    pub(super) fn by_name(&mut self, name: &str, catalogue: &Catalogue) -> Option<CountryCode> {
        if let Some(&known) = self.by_name.get(name) {
            return known;
        }
        let code = CountryCode::new(name).ok().filter(|c| is_state(*c, catalogue));
        let mut found = code;
        // `Myanmar (Burma)` is also found as Myanmar.
        for part in [Some(name), name.split_once(" (").map(|p| p.0)].into_iter().flatten() {
            let resolved = || catalogue.resolve(part, &Context::default()).filter(|r| r.is_bare_polity);
            found = found.or_else(|| self.by_name.get(part).copied().flatten());
            found = found.or_else(|| resolved().and_then(|r| r.country));
        }
        if self.by_name.len() > MOST_NAMES {
            self.by_name.retain(|_, country| country.is_some());
        }
        self.by_name.insert(name.to_owned(), found);
        found
    }
}

/// How many names are remembered before those that are no country's are forgotten.
const MOST_NAMES: usize = 50_000;

fn is_state(code: CountryCode, catalogue: &Catalogue) -> bool {
    PartyId::new(code.as_str()).is_ok_and(|id| catalogue.get(&id).is_some())
}

/// The number under which UCDP keeps a country.
pub(super) fn number_of(country: CountryCode, catalogue: &Catalogue) -> Option<u16> {
    let own = rows("countries.tsv", super::RULES[4], &["name", "country", "from", "to"], &[]).ok()?;
    let own = own.iter().find(|r| r.cells[1] == country.as_str()).and_then(|r| r.cells[0].parse().ok());
    own.or_else(|| catalogue.get(&PartyId::new(country.as_str()).ok()?)?.gw)
}

/// The catalogue's name of a country.
pub(super) fn name_of(country: CountryCode, catalogue: &Catalogue) -> Option<&str> {
    Some(&catalogue.get(&PartyId::new(country.as_str()).ok()?)?.name)
}
