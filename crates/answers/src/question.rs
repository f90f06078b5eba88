//! What a question is about: parties, place, time and types, the same for every answer.

use jiff::civil::Date;
use lake::Filter;
use model::PartyId;

/// What is asked for; what is not given asks for nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// Parties that must all be in it, as actor, recipient or intermediary; PAK stands for its parts, too.
    pub about: Vec<PartyId>,
    /// A country's code, or the name of a place, department or province.
    pub within: Option<String>,
    /// From this day on: of the happening, else of the publication.
    pub from: Option<Date>,
    /// Up to this day.
    pub to: Option<Date>,
    /// Types, as ASSAULT or HARBOURS.
    pub types: Vec<String>,
}

impl Question {
    /// The same parties, whenever and wherever.
    #[must_use]
    pub fn of_parties(&self) -> Self {
        Self { about: self.about.clone(), ..Self::default() }
    }

    /// What is asked for, in words that follow on a noun: " about PAK and AFG, in Paktika, from 2025-10-01".
    pub fn words(&self) -> String {
        let mut words = Vec::new();
        if !self.about.is_empty() {
            let parties: Vec<&str> = self.about.iter().map(PartyId::as_str).collect();
            words.push(format!(" about {}", parties.join(" and ")));
        }
        words.extend(self.within.as_ref().map(|place| format!(" in {place}")));
        words.extend(self.from.map(|day| format!(" from {day}")));
        words.extend(self.to.map(|day| format!(" to {day}")));
        if !self.types.is_empty() {
            words.push(format!(" of type {}", self.types.join(", ").to_uppercase()));
        }
        words.concat()
    }

    /// The claims of a kind, or of every kind, that are asked for.
    pub fn filter(&self, kind: Option<&str>) -> Filter {
        Filter {
            kind: kind.map(str::to_owned),
            about: self.about.clone(),
            place: self.within.clone(),
            from: self.from,
            to: self.to,
            types: self.types.iter().map(|t| t.to_uppercase()).collect(),
            ..Filter::default()
        }
    }
}
