//! What counts as a violation, a lull, a collapse: `data/ceasefires/definitions.toml`, embedded here, or a file of the same
//! form. `docs/ceasefires.md` says after whom each was chosen.

use model::EventType;
use serde::{Deserialize, Serialize};

const EMBEDDED: &str = include_str!("../../../../data/ceasefires/definitions.toml");

/// The definitions by which ceasefires are judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definitions {
    /// Which statements are of one ceasefire.
    pub same: Same,
    /// Which incidents are hostile.
    pub hostile: Hostile,
    /// When a hostile incident is a violation.
    pub violation: Violation,
    /// When a ceasefire has collapsed though nobody declared it over.
    pub collapse: CollapseRule,
    /// When quiet is a lull.
    pub lull: LullRule,
    /// When a day counts as read about.
    pub coverage: CoverageRule,
}

/// Which statements are of one ceasefire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Same {
    /// Most days between two accounts of one beginning.
    pub days: u16,
}

/// Which incidents are hostile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hostile {
    /// PLOVER types.
    pub types: Vec<EventType>,
    /// Incidents of which every mode is one of these are none.
    pub without_modes: Vec<String>,
    /// Fewest dead that anybody gives, people.
    pub least_dead: f64,
    /// Most days to which an incident may be known.
    pub widest_days: u16,
    /// Whether acts on the other's soil count whoever the victims are.
    pub on_soil: bool,
}

/// When a hostile incident is a violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Violation {
    /// Hours after the beginning that do not count.
    pub grace_hours: u16,
}

/// When a ceasefire has collapsed: so many violations with so many dead within so many days.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CollapseRule {
    /// Violations.
    pub incidents: usize,
    /// Dead in all of them, people, by the lowest that anybody gives.
    pub dead: f64,
    /// Within so many days.
    pub days: u16,
}

/// When quiet is a lull.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LullRule {
    /// Fewest days.
    pub days: u16,
}

/// When a day counts as read about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverageRule {
    /// Days after it within which a report must have been published.
    pub lag_days: u16,
}

/// A file that holds no definitions.
#[derive(Debug, thiserror::Error)]
#[error("reading definitions of ceasefires: {0}; data/ceasefires/definitions.toml has every field")]
pub struct DefinitionsError(#[from] toml::de::Error);

impl Definitions {
    /// Those that come along.
    pub fn embedded() -> Self {
        Self::parse(EMBEDDED).expect("the embedded definitions are tested")
    }

    /// Reads a file of the same form.
    pub fn parse(text: &str) -> Result<Self, DefinitionsError> {
        Ok(toml::from_str(text)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_definitions_are_read_and_strange_fields_are_named() {
        let definitions = Definitions::embedded();
        assert_eq!(definitions.hostile.types, [EventType::Assault]);
        assert!(definitions.collapse.incidents > 0 && definitions.lull.days > 0);
        let strange = EMBEDDED.replace("lag_days", "lag_weeks");
        assert!(Definitions::parse(&strange).unwrap_err().to_string().contains("lag_weeks"));
    }
}
