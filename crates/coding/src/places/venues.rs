//! Nouns of things that stand or are somewhere: a court, an airport, a district, the outskirts. A name before one, or
//! after it and "of", says where.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What such a noun names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Venue {
    /// A building or works.
    Site,
    /// A stretch of land or water.
    Area,
}

static VENUES: LazyLock<HashMap<&'static str, Venue>> = LazyLock::new(|| {
    include_str!("../../../../data/places/venues.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('\t'))
        .map(|(word, kind)| (word, if kind == "site" { Venue::Site } else { Venue::Area }))
        .collect()
});

/// What a noun of this lemma, in small letters, names.
pub fn venue(lemma: &str) -> Option<Venue> {
    VENUES.get(lemma).copied()
}

/// The name that a site's name begins with: "Baghdad" of "Baghdad International Airport". It may be a town or not.
pub(super) fn bearer(name: &str) -> Option<&str> {
    let mut bare = name;
    while let Some((front, last)) = bare.rsplit_once(' ') {
        if venue(&last.to_lowercase()) != Some(Venue::Site) {
            break;
        }
        bare = front;
    }
    (bare.len() < name.len()).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_bear_names() {
        assert_eq!(bearer("Baghdad International Airport"), Some("Baghdad"));
        assert_eq!(bearer("Kabul University"), Some("Kabul"));
        assert_eq!(bearer("Sangin"), None);
        assert_eq!(bearer("Helmand Province"), None);
    }
}
