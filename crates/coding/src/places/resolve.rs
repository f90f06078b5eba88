//! Settles what each place name of a report means.

use std::collections::HashMap;

use model::{CountryCode, Place, PlaceIds, Precision};

use super::nest::holds;
use super::{PlaceMention, Relation};
use crate::gazetteer::{Entry, EntryKind, Gazetteer, distance_km, key};

/// The places of one report.
pub struct StoryPlaces<'g> {
    gazetteer: &'g Gazetteer,
    /// How much each country is in play; sums to 1 where any is.
    countries: HashMap<CountryCode, f64>,
    /// First-order divisions that the report names, by country and key.
    divisions: Vec<(CountryCode, String)>,
    /// Where the surest reading of each name lies.
    points: Vec<(String, (f64, f64))>,
    /// How much each first-order division is in play, by country and key; sums to 1 where any is.
    shares: HashMap<(CountryCode, String), f64>,
    /// What the names may mean, by degrees of latitude and longitude: the name's number, and its weight, which is
    /// the smaller the more it may mean. "Pineville" says little, "Pineville" and "Ball" and "Alexandria" say much.
    cells: HashMap<(i32, i32), Vec<(usize, f64)>>,
    /// Numbers of the names.
    numbers: HashMap<String, usize>,
}

/// Bytes at the head of a report in which its dateline or headline stands.
const HEAD: usize = 60;

/// From this share on, a report plays in one country.
const ONE_COUNTRY: f64 = 0.75;

/// The square degree of a point.
#[expect(clippy::cast_possible_truncation, reason = "degrees")]
fn cell(at: (f64, f64)) -> (i32, i32) {
    (at.0.floor() as i32, at.1.floor() as i32)
}

/// Everything that a mention's name may mean: what the gazetteer has, else the country of a demonym.
fn meanings(gazetteer: &Gazetteer, name: &str) -> Vec<Entry> {
    let found = gazetteer.lookup(name);
    if !found.is_empty() {
        return found;
    }
    let bare = name.trim_end_matches("'s").trim_end_matches("’s");
    let Some(code) = gazetteer.demonym(bare).or_else(|| gazetteer.demonym(bare.trim_end_matches('s'))) else {
        return found;
    };
    gazetteer.state(code).cloned().into_iter().collect()
}

/// How likely an entry is before anything is known of the report. Countries and our own rows lead; ranked cities
/// follow; a settlement that shares its division's name is likely its seat. The steps are chosen so that context
/// (about 6 for the country in play, 3 for nearness, 3 for a division named) can turn all but the surest.
fn prior(entry: &Entry) -> f64 {
    let seat = |d: Option<&str>| d.is_some_and(|d| key(d) == key(&entry.name));
    // A place of ten times the inhabitants is named a few times as often.
    let by_population = entry.population.map_or(-0.3, |p| 1.2 * ((p as f64).max(1.0).log10() - 3.0)).max(-0.3);
    match entry.kind {
        EntryKind::Country => 9.0,
        EntryKind::Region if entry.country.is_none() => 8.0,
        EntryKind::Border => 6.0,
        EntryKind::Crossing => 4.0,
        EntryKind::Admin1 | EntryKind::Region => 5.0,
        EntryKind::Admin2 if entry.own => 3.0,
        // Half as much as for a town: a county is named less than its seat.
        EntryKind::Admin2 => 1.0 + by_population / 2.0,
        EntryKind::Settlement => {
            let rank = match entry.rank {
                1 => 8.0,
                2 => 6.0,
                3 => 4.5,
                _ => 1.0,
            };
            let bonus = if seat(entry.admin1.as_deref()) {
                1.5
            } else if seat(entry.admin2.as_deref()) {
                1.0
            } else {
                0.0
            };
            rank + bonus + by_population + if entry.own { 1.0 } else { 0.0 }
        }
    }
}

/// How well an entry is what the word beside the name says.
fn cue_fit(cue: Option<EntryKind>, entry: &Entry) -> f64 {
    use EntryKind as K;
    match (cue, entry.kind) {
        (None, _) => 0.0,
        (Some(K::Admin1), K::Admin1) | (Some(K::Crossing), K::Crossing) | (Some(K::Border), K::Border) => 6.0,
        (Some(K::Admin2), K::Admin2) => 5.0,
        (Some(K::Settlement), K::Settlement) | (Some(K::Region), K::Region) => 4.0,
        (Some(K::Region), K::Admin1 | K::Admin2) => 3.0,
        (Some(K::Admin1), K::Region) => 1.0,
        (Some(K::Admin2 | K::Admin1), K::Country) => -6.0,
        // "Mexico City", "Kuwait City": the country is not meant.
        (Some(K::Settlement), K::Country) => -4.0,
        _ => -1.0,
    }
}

impl<'g> StoryPlaces<'g> {
    /// Weighs all mentions of a report against each other.
    pub fn new(gazetteer: &'g Gazetteer, mentions: &[PlaceMention]) -> Self {
        let mut story = Self {
            gazetteer,
            countries: HashMap::new(),
            divisions: Vec::new(),
            points: Vec::new(),
            shares: HashMap::new(),
            cells: HashMap::new(),
            numbers: HashMap::new(),
        };
        let candidates: Vec<(&PlaceMention, Vec<Entry>)> =
            mentions.iter().map(|m| (m, meanings(gazetteer, &m.name))).collect();
        for (mention, entries) in &candidates {
            let number = story.numbers.len();
            if story.numbers.insert(key(&mention.name), number).is_some() {
                continue;
            }
            let local = |e: &&Entry| !matches!(e.kind, EntryKind::Country | EntryKind::Region | EntryKind::Admin1);
            let count = entries.len();
            for at in entries.iter().filter(local).filter_map(|e| e.at) {
                let names = story.cells.entry(cell(at)).or_default();
                if !names.iter().any(|(n, _)| *n == number) {
                    names.push((number, 1.0 / (count as f64).sqrt()));
                }
            }
        }
        // Twice: first by priors, then with what the first pass has settled.
        for _ in 0..2 {
            let mut countries: HashMap<CountryCode, f64> = HashMap::new();
            let mut divisions = Vec::new();
            let mut points = Vec::new();
            let mut shares: HashMap<(CountryCode, String), f64> = HashMap::new();
            for (mention, entries) in &candidates {
                if let Relation::Border(states) = &mention.relation {
                    for state in states {
                        *countries.entry(*state).or_default() += 2.0;
                    }
                    continue;
                }
                for outer in &mention.within {
                    for entry in gazetteer.lookup(outer) {
                        if let Some(country) =
                            entry.country.filter(|_| entries.is_empty() || entries.iter().any(|i| holds(&entry, i)))
                        {
                            *countries.entry(country).or_default() += 1.0;
                            if entry.kind == EntryKind::Admin1 {
                                divisions.push((country, key(&entry.name)));
                            }
                        }
                    }
                }
                let mut scored: Vec<(f64, &Entry)> = entries.iter().map(|e| (story.score(mention, e), e)).collect();
                scored.sort_by(|a, b| b.0.total_cmp(&a.0));
                let Some((best, entry)) = scored.first() else { continue };
                // How far the best leads the best of another country says how much it may speak for its own.
                let rival = scored.iter().find(|(_, e)| e.country != entry.country).map_or(0.0, |(s, _)| *s);
                let weight =
                    ((best - rival) / 4.0).clamp(0.0, 1.0) * if entry.kind == EntryKind::Country { 2.0 } else { 1.0 };
                let other = scored.iter().find(|(_, e)| e.admin1 != entry.admin1).map_or(0.0, |(s, _)| *s);
                if let Some((country, division)) = entry.country.zip(entry.admin1.as_deref()) {
                    *shares.entry((country, key(division))).or_default() += ((best - other) / 4.0).clamp(0.0, 1.0);
                }
                // The dateline and the headline say where a report plays.
                let weight = if mention.span.start() < HEAD { weight * 2.0 } else { weight };
                if let Some(country) = entry.country {
                    *countries.entry(country).or_default() += weight;
                    if entry.kind == EntryKind::Admin1 && weight > 0.3 {
                        divisions.push((country, key(&entry.name)));
                    }
                }
                if weight > 0.3
                    && !matches!(entry.kind, EntryKind::Country | EntryKind::Region)
                    && let Some(at) = entry.at
                {
                    points.push((key(&mention.name), at));
                }
            }
            let total: f64 = countries.values().sum();
            if total > 0.0 {
                for weight in countries.values_mut() {
                    *weight /= total;
                }
            }
            let total: f64 = shares.values().sum();
            if total > 0.0 {
                for weight in shares.values_mut() {
                    *weight /= total;
                }
            }
            (story.countries, story.divisions, story.points, story.shares) = (countries, divisions, points, shares);
        }
        story
    }

    /// The share of a country in the report's places, 0 to 1.
    pub fn share(&self, country: CountryCode) -> f64 {
        self.countries.get(&country).copied().unwrap_or(0.0)
    }

    /// How many other names of the report may lie beside a point, surer names counting more; at most 2.
    fn company(&self, at: (f64, f64), name: &str) -> f64 {
        let own = self.numbers.get(name);
        let (y, x) = cell(at);
        let mut names: Vec<(usize, f64)> = (-1..=1)
            .flat_map(|dy| (-1..=1).map(move |dx| (y + dy, x + dx)))
            .filter_map(|c| self.cells.get(&c))
            .flatten()
            .filter(|(n, _)| own != Some(n))
            .copied()
            .collect();
        names.sort_by_key(|(n, _)| *n);
        names.dedup_by_key(|(n, _)| *n);
        names.iter().map(|(_, w)| w).sum::<f64>().min(2.0)
    }

    fn score(&self, mention: &PlaceMention, entry: &Entry) -> f64 {
        let mut score = prior(entry) + cue_fit(mention.cue, entry);
        if let Some(country) = entry.country {
            let share = self.share(country);
            if entry.kind != EntryKind::Country {
                score += 6.0 * share.sqrt();
            } else if country.as_str() == "GEO" {
                // The one country that shares its name with a state that news names as often.
                score += 4.0 * share.sqrt() - 3.5;
            }
            if !matches!(entry.kind, EntryKind::Country | EntryKind::Admin1)
                && let Some(division) = entry.admin1.as_deref()
            {
                score += 2.0 * self.shares.get(&(country, key(division))).copied().unwrap_or(0.0).sqrt();
            }
            if entry.kind != EntryKind::Admin1
                && entry
                    .admin1
                    .as_deref()
                    .is_some_and(|a| self.divisions.iter().any(|(c, d)| *c == country && *d == key(a)))
            {
                score += 2.0;
            }
        }
        let own = key(&mention.name);
        if let Some(at) = entry.at.filter(|_| !matches!(entry.kind, EntryKind::Country | EntryKind::Region)) {
            let nearest = self
                .points
                .iter()
                .filter(|(name, _)| *name != own)
                .map(|(_, p)| distance_km(*p, at))
                .min_by(f64::total_cmp);
            score += nearest.map_or(0.0, |km| 3.0 * (-km / 200.0).exp());
            if entry.kind != EntryKind::Admin1 {
                score += self.company(at, &own);
            }
        }
        for outer in &mention.within {
            let outers = self.gazetteer.lookup(outer);
            if outers.iter().any(|o| holds(o, entry)) {
                score += 8.0;
            } else if !outers.is_empty() {
                score -= 4.0;
            }
        }
        score
    }

    /// The likeliest meaning of a mention's name.
    pub fn entry(&self, mention: &PlaceMention) -> Option<Entry> {
        meanings(self.gazetteer, &mention.name)
            .into_iter()
            .map(|e| (self.score(mention, &e), e))
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, e)| e)
            .filter(|e| !self.is_stray(mention, e))
    }

    /// The country in which the report plays, if it plays in one.
    fn home(&self) -> Option<CountryCode> {
        self.countries.iter().find(|(_, share)| **share >= ONE_COUNTRY).map(|(country, _)| *country)
    }

    /// A little-known place of a country that is out of play: more likely a namesake at home that no list has.
    fn is_stray(&self, mention: &PlaceMention, entry: &Entry) -> bool {
        let (Some(home), Some(country)) = (self.home(), entry.country) else { return false };
        home != country
            && self.share(country) < 0.15
            && mention.within.is_empty()
            && matches!(entry.kind, EntryKind::Settlement | EntryKind::Admin2)
            && entry.rank == 0
            && !entry.own
            && entry.population.is_none_or(|p| p < 300_000)
    }

    /// The place of a mention. What is not known is left out.
    pub fn resolve(&self, mention: &PlaceMention) -> Place {
        let said = Place { mention: Some(mention_words(mention)), span: Some(mention.span), ..Place::default() };
        if let Relation::Border(states) = &mention.relation {
            return self.border(said, states);
        }
        let Some(entry) = self.entry(mention) else { return self.held(said, mention) };
        let mut place = described(said, &entry);
        // "Barmal district" where only the town of Barmal is known: its district is meant.
        match (mention.cue, entry.kind) {
            (Some(EntryKind::Admin2), EntryKind::Settlement) => {
                place.precision = Some(Precision::Admin2);
                place.radius_km = Some(25.0);
                place.admin2 = place.admin2.or_else(|| Some(entry.name.to_string()));
            }
            (Some(EntryKind::Admin1), EntryKind::Settlement) => {
                place.precision = Some(Precision::Admin1);
                place.radius_km = Some(80.0);
            }
            _ => {}
        }
        match mention.relation {
            Relation::At | Relation::Border(_) => {}
            Relation::Near => {
                if matches!(entry.kind, EntryKind::Crossing | EntryKind::Border) {
                    place.precision = Some(Precision::Border);
                } else if !matches!(entry.kind, EntryKind::Country | EntryKind::Admin1) {
                    place.precision = Some(Precision::Region);
                }
                place.radius_km = place.radius_km.map(|r| r.max(5.0) * 2.0);
            }
            Relation::Offset { km, bearing } => {
                place.precision = Some(Precision::Region);
                let around = entry.radius_km.clamp(3.0, 30.0);
                match (bearing, entry.at) {
                    (Some(bearing), Some(at)) => {
                        let (lat, lon) = shifted(at, km, bearing);
                        (place.lat, place.lon) = (Some(lat), Some(lon));
                        place.radius_km = Some(around + km * 0.4);
                    }
                    _ => place.radius_km = Some(around + km),
                }
            }
        }
        if let (Some(lat), Some(lon), Some(Precision::Point | Precision::Settlement | Precision::Admin2)) =
            (place.lat, place.lon, place.precision)
        {
            place.ids.priogrid = priogrid(lat, lon);
        }
        place
    }

    /// An unknown name within a known one: the known one's place is as much as can be said.
    fn held(&self, said: Place, mention: &PlaceMention) -> Place {
        // "Baghdad International Airport": in or near Baghdad, if that is a town in play.
        if mention.within.is_empty()
            && let Some(bearer) = super::venues::bearer(&mention.name)
            && let known =
                (PlaceMention { name: bearer.to_owned(), cue: None, relation: Relation::At, ..mention.clone() })
            && let Some(entry) = self.entry(&known)
            && matches!(entry.kind, EntryKind::Settlement)
            && entry.country.is_some_and(|c| self.share(c) > 0.2)
        {
            let town = described(said, &entry);
            return Place { name: None, radius_km: Some(town.radius_km.unwrap_or(5.0).max(25.0)), ..town };
        }
        let Some(outer) = mention.within.first() else {
            // A report that plays in one country leaves no doubt about that much.
            let state = self.home().and_then(|home| self.gazetteer.state(home));
            return match state {
                Some(state) => Place { name: None, ..described(said, state) },
                None => said,
            };
        };
        let holder = PlaceMention {
            name: outer.clone(),
            within: mention.within[1..].to_vec(),
            cue: None,
            relation: Relation::At,
            ..mention.clone()
        };
        let Some(entry) = self.entry(&holder) else { return said };
        Place { name: None, ..described(said, &entry) }
    }

    fn border(&self, said: Place, states: &[CountryCode]) -> Place {
        let place = Place { precision: Some(Precision::Border), ..said };
        let entry = match states {
            [one, other] => self.gazetteer.border(*one, *other),
            // "the Afghan border": with the other country in play, if there is just one that it can be.
            [one] => {
                let mut others: Vec<CountryCode> = self
                    .countries
                    .iter()
                    .filter(|(c, w)| *c != one && **w > 0.1 && self.gazetteer.border(*one, **c).is_some())
                    .map(|(c, _)| *c)
                    .collect();
                others.sort();
                match others.as_slice() {
                    [other] => self.gazetteer.border(*one, *other),
                    _ => None,
                }
            }
            _ => None,
        };
        let Some(entry) = entry else { return place };
        Place {
            name: Some(entry.name.to_string()),
            lat: entry.at.map(|a| a.0),
            lon: entry.at.map(|a| a.1),
            radius_km: Some(entry.radius_km),
            ..place
        }
    }
}

fn mention_words(mention: &PlaceMention) -> String {
    let mut words = mention.name.clone();
    for outer in &mention.within {
        words.push_str(", ");
        words.push_str(outer);
    }
    words
}

/// A place as an entry describes it.
fn described(said: Place, entry: &Entry) -> Place {
    let precision = match entry.kind {
        EntryKind::Country => Precision::Country,
        EntryKind::Admin1 => Precision::Admin1,
        EntryKind::Admin2 => Precision::Admin2,
        EntryKind::Settlement => Precision::Settlement,
        EntryKind::Crossing => Precision::Point,
        EntryKind::Border => Precision::Border,
        EntryKind::Region => Precision::Region,
    };
    Place {
        name: Some(entry.name.to_string()),
        admin2: entry.admin2.as_deref().map(str::to_owned),
        admin1: entry.admin1.as_deref().map(str::to_owned),
        country: entry.country,
        administered_by: entry.administered_by,
        claimed_by: entry.claimed_by.clone(),
        lat: entry.at.map(|a| a.0),
        lon: entry.at.map(|a| a.1),
        precision: Some(precision),
        radius_km: (entry.radius_km > 0.0).then_some(entry.radius_km),
        ids: PlaceIds { geonames: entry.geonames, pcode: entry.pcode.clone(), priogrid: None },
        ..said
    }
}

/// A point so many kilometres away in a direction; flat enough for what news reports tell.
fn shifted(at: (f64, f64), km: f64, bearing: f64) -> (f64, f64) {
    let angle = bearing.to_radians();
    let lat = (at.0 + km * angle.cos() / 111.2).clamp(-90.0, 90.0);
    let lon = at.1 + km * angle.sin() / (111.2 * at.0.to_radians().cos().max(0.01));
    (lat, (lon + 540.0).rem_euclid(360.0) - 180.0)
}

/// The PRIO-GRID cell of a point: half-degree cells numbered from the south-west, 720 a row (Tollefsen et al. 2012).
pub(crate) fn priogrid(lat: f64, lon: f64) -> Option<u32> {
    if !(-90.0..90.0).contains(&lat) || !(-180.0..180.0).contains(&lon) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded above")]
    Some(((lat + 90.0) / 0.5).floor() as u32 * 720 + ((lon + 180.0) / 0.5).floor() as u32 + 1)
}
