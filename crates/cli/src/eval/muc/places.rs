//! The task's own list of places (`containing-areas`, given to all who took part): names to what the
//! location slot writes.

use std::collections::HashMap;
use std::path::Path;

/// The countries of the task.
pub const COUNTRIES: [(&str, &str); 9] = [
    ("SLV", "EL SALVADOR"),
    ("GTM", "GUATEMALA"),
    ("HND", "HONDURAS"),
    ("ARG", "ARGENTINA"),
    ("BOL", "BOLIVIA"),
    ("CHL", "CHILE"),
    ("COL", "COLOMBIA"),
    ("ECU", "ECUADOR"),
    ("PER", "PERU"),
];

/// Adjectives of these countries.
const DEMONYMS: [(&str, &str); 9] = [
    ("SALVADORAN", "EL SALVADOR"),
    ("GUATEMALAN", "GUATEMALA"),
    ("HONDURAN", "HONDURAS"),
    ("ARGENTINE", "ARGENTINA"),
    ("BOLIVIAN", "BOLIVIA"),
    ("CHILEAN", "CHILE"),
    ("COLOMBIAN", "COLOMBIA"),
    ("ECUADORAN", "ECUADOR"),
    ("PERUVIAN", "PERU"),
];

/// One place of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its country.
    pub country: String,
    /// From the largest to the smallest, with their kinds, `SAN MIGUEL (DEPARTMENT)`.
    pub parts: Vec<String>,
}

impl Area {
    /// How small the place is.
    pub fn fineness(&self) -> u8 {
        let last = self.parts.last().map_or("", String::as_str);
        let is = |kinds: &[&str]| kinds.iter().any(|k| last.contains(k));
        if is(&["(NEIGHBORHOOD", "(SUBURB", "(SECTOR", "(SQUARE", "(UNIVERSITY", "(SCHOOL", "(AIRPORT", "(FARM"]) {
            4
        } else if is(&["(CITY", "(TOWN", "(VILLAGE", "(HAMLET", "(CANTON", "(PORT"]) {
            3
        } else if is(&["(MUNICIPALITY", "(JURISDICTION", "(DISTRICT", "(VOLCANO", "(HILL", "(RIVER", "(ISLAND"]) {
            2
        } else {
            1
        }
    }
}

/// The list, by name.
#[derive(Default)]
pub struct Areas {
    by_name: HashMap<String, Vec<Area>>,
    longest: usize,
}

impl Areas {
    /// Reads the list below the task's folder.
    pub fn load(folder: &Path) -> std::io::Result<Self> {
        let mut areas = Self::default();
        for file in ["containing-areas-part1.v5", "containing-areas-part2"] {
            let bytes = std::fs::read(folder.join("TASK/TASKDOC/templ-doc-more").join(file))?;
            areas.add(&String::from_utf8_lossy(&bytes));
        }
        Ok(areas)
    }

    fn add(&mut self, table: &str) {
        let mut begun = false;
        for line in table.lines() {
            // The list proper begins with its first country; notes stand before it.
            let Some((country, _)) = line.split_once(": ") else { continue };
            begun |= country == "ARGENTINA";
            if !begun || country.chars().any(char::is_lowercase) || line.contains("->") {
                continue;
            }
            let line = line.split('*').next().unwrap_or_default().split(" message ").next().unwrap_or_default();
            let mut parts: Vec<String> = line.split(": ").map(|p| p.trim().replace('?', "")).collect();
            let country = parts.remove(0);
            let Some(name) = parts.last().map(|p| name_of(p)) else { continue };
            if name.is_empty() || parts.iter().any(|p| !p.contains('(') || p.contains(" - ")) {
                continue;
            }
            self.longest = self.longest.max(name.split(' ').count());
            let area = Area { country, parts };
            let entry = self.by_name.entry(name).or_default();
            // Only the shortest way to each kind of place: the longer ones name what lies between.
            if !entry.iter().any(|a| a.country == area.country && a.parts.last() == area.parts.last()) {
                entry.push(area);
            }
        }
    }

    /// What a name may stand for.
    pub fn named(&self, name: &str) -> &[Area] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// The places of a name in a country, settled by the word that follows or precedes it ("DEPARTMENT").
    pub fn settle(&self, name: &str, kind: Option<&str>, country: Option<&str>) -> Option<Area> {
        let mut candidates: Vec<&Area> = self.named(name).iter().collect();
        if let Some(country) = country
            && candidates.iter().any(|a| a.country == country)
        {
            candidates.retain(|a| a.country == country);
        }
        if let Some(kind) = kind {
            let marked = format!("({kind}");
            if let Some(found) = candidates.iter().find(|a| a.parts.last().is_some_and(|p| p.contains(&marked))) {
                return Some((*found).clone());
            }
        }
        let city = candidates.iter().find(|a| a.fineness() == 3);
        city.or_else(|| candidates.iter().max_by_key(|a| a.fineness())).map(|a| (*a).clone())
    }

    /// Every place that a run of words names, longest first: range of words and name.
    pub fn within(&self, words: &[String]) -> Vec<(std::ops::Range<usize>, String)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let hit = (1..=self.longest.min(words.len() - at)).rev().find_map(|n| {
                let name = words[at..at + n].join(" ");
                self.by_name.contains_key(&name).then_some((n, name))
            });
            match hit {
                Some((n, name)) => {
                    found.push((at..at + n, name));
                    at += n;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The country of a message: its dateline's, else the one most often named.
    pub fn country_of(&self, town: Option<&str>, text: &str) -> Option<String> {
        let known = |country: &str| COUNTRIES.iter().any(|(_, name)| *name == country);
        if let Some(area) = town.and_then(|t| self.settle(t, None, None))
            && known(&area.country)
        {
            return Some(area.country);
        }
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        COUNTRIES
            .iter()
            .map(|(_, name)| {
                let adjective = DEMONYMS.iter().find(|(_, n)| n == name).map_or("", |(d, _)| d);
                (flat.matches(name).count() + flat.matches(adjective).count(), (*name).to_owned())
            })
            .max_by_key(|(n, _)| *n)
            .filter(|(n, _)| *n > 0)
            .map(|(_, name)| name)
    }
}

fn name_of(part: &str) -> String {
    part.split('(').next().unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_settled_by_country_and_kind() {
        let mut areas = Areas::default();
        areas.add("old: NOTE\nARGENTINA: LA RIOJA (CITY) *x* VALIDATED\nARGENTINA: LA RIOJA (PROVINCE) *x*\nPERU: LA RIOJA (TOWN) *y*\n");
        assert_eq!(
            areas.settle("LA RIOJA", Some("PROVINCE"), Some("ARGENTINA")).unwrap().parts,
            ["LA RIOJA (PROVINCE)"]
        );
        assert_eq!(areas.settle("LA RIOJA", None, Some("PERU")).unwrap().country, "PERU");
        assert!(areas.settle("NOWHERE", None, None).is_none());
    }
}
