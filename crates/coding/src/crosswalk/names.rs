//! Names of actors, as the sets write them, to parties of the catalogue. Each name is resolved once.
//!
//! The forms that the sets have of their own are undone here: `Government of Myanmar (Burma)`, `Military Forces of
//! Pakistan (2018-2022)`, `Civilians (India)`, `TTP: Tehreek-i-Taliban Pakistan`. What remains is read by the catalogue,
//! with the country of the row in play. A name that it does not know keeps its words and gets no id.

use std::collections::HashMap;

use jiff::civil::Date;
use model::record::PartyRecord;
use model::{CountryCode, PartyId, Text};

use super::nobody;
use crate::catalogue::{Catalogue, Context, Entry};

/// How many names are remembered before all are forgotten: sets of persons have hundreds of thousands.
const MOST_NAMES: usize = 100_000;

/// Parties by the name and country under which rows have them.
pub(super) struct Names<'c> {
    pub(super) catalogue: &'c Catalogue,
    known: HashMap<Option<CountryCode>, HashMap<String, Known<'c>>>,
    count: usize,
}

/// A name resolved; `dated` where what the party acts as depends on the day.
struct Known<'c> {
    party: PartyRecord,
    dated: Option<&'c Entry>,
}

impl<'c> Names<'c> {
    pub(super) fn new(catalogue: &'c Catalogue) -> Self {
        Self { catalogue, known: HashMap::new(), count: 0 }
    }

    /// The party of a name. `country` is the country in play, or that of the party where the set gives it; `resolve`
    /// finds it the first time.
    pub(super) fn party(
        &mut self,
        name: &str,
        country: Option<CountryCode>,
        day: Date,
        resolve: impl FnOnce(&'c Catalogue) -> PartyRecord,
    ) -> PartyRecord {
        if self.count > MOST_NAMES {
            self.known.clear();
            self.count = 0;
        }
        let names = self.known.entry(country).or_default();
        let known = if let Some(known) = names.get(name) {
            known
        } else {
            let party = resolve(self.catalogue);
            let entry = party.id.as_ref().and_then(|id| self.catalogue.get(id));
            let dated = entry.filter(|e| !(e.acts_as.is_empty() && e.sectors_then.is_empty()));
            self.count += 1;
            names.entry(name.to_owned()).or_insert(Known { party, dated })
        };
        let Some(entry) = known.dated else { return known.party.clone() };
        let mut party = known.party.clone();
        party.acts_as = entry.acts_as_on(Some(day)).cloned();
        let body = party.acts_as.as_ref().and_then(|id| self.catalogue.get(id));
        party.sectors = texts(body.map_or_else(|| entry.sectors_on(Some(day)), |b| &b.sectors));
        party
    }
}

/// Sectors of the catalogue as records have them.
pub(super) fn texts(sectors: &[String]) -> Vec<Text> {
    sectors.iter().map(Text::from).collect()
}

/// A party of this id under this name; without id where the catalogue does not know it.
pub(super) fn by_id(name: &str, id: &str, catalogue: &Catalogue) -> PartyRecord {
    let entry = PartyId::new(id).ok().and_then(|id| catalogue.get(&id));
    let mention = Some(name.into());
    match entry {
        None => PartyRecord { mention, ..nobody() },
        Some(entry) => PartyRecord {
            mention,
            id: Some(entry.id.clone()),
            name: Some(Text::from(&entry.name)),
            country: entry.country,
            sectors: texts(&entry.sectors),
            ..nobody()
        },
    }
}

/// A party as the catalogue reads its name, with a country in play. `day` where office holders are among the names.
pub(super) fn by_name(
    name: &str,
    country: Option<CountryCode>,
    day: Option<Date>,
    catalogue: &Catalogue,
) -> PartyRecord {
    let mention = Some(name.into());
    let countries = country.as_slice();
    let context = Context { date: day, countries };
    // `TTP: Tehreek-i-Taliban Pakistan`: the acronym, then the name; either will do.
    let parts = name.split_once(": ").map_or([name, ""], |(short, full)| [full, short]);
    let read = parts.into_iter().filter(|p| !p.is_empty()).filter_map(|part| catalogue.resolve(part, &context));
    match read.reduce(|best, next| if best.id.is_none() && next.id.is_some() { next } else { best }) {
        None => PartyRecord { mention, ..nobody() },
        Some(r) if r.is_private => PartyRecord { mention, sectors: texts(&r.sectors), ..nobody() },
        Some(r) => PartyRecord {
            mention,
            id: r.id,
            name: r.name.map(Text::from),
            country: r.country,
            acts_as: r.acts_as,
            sectors: texts(&r.sectors),
            ..nobody()
        },
    }
}

/// As [`by_name`], for names out of a register of actors: an id is given only where the whole name is known. `MQM-H` is
/// no `MQM`, `Supporters of MQM` are a crowd, and `Forces of` a commander are no state's; `Syrian insurgents` are what
/// the words say.
pub(super) fn by_whole_name(name: &str, country: Option<CountryCode>, catalogue: &Catalogue) -> PartyRecord {
    // Factions: `TTP - TA` is the catalogue's TTP-TA.
    let plain = name.replace(" - ", "-");
    let party = PartyRecord { mention: Some(name.into()), ..by_name(&plain, country, None, catalogue) };
    let Some(id) = &party.id else { return PartyRecord { country: None, ..party } };
    let context = Context { date: None, countries: country.as_slice() };
    let wholes = plain.split_once(": ").map_or([plain.as_str(), ""], |(short, full)| [full, short]);
    let is_whole = wholes.iter().filter(|p| !p.is_empty()).any(|part| {
        catalogue.find_in(part, &context).first().is_some_and(|(range, found)| *range == (0..part.len()) && found == id)
    });
    if is_whole || id.as_str().split('.').next_back() == Some("REB") {
        return party;
    }
    PartyRecord { mention: party.mention, ..nobody() }
}

/// A name and what stands behind it in brackets: `Civilians (India)`.
pub(super) fn bracketed(name: &str) -> Option<(&str, &str)> {
    let (before, inside) = name.strip_suffix(')')?.rsplit_once(" (")?;
    Some((before, inside))
}
