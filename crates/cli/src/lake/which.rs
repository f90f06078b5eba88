//! Which claims a question is about: by party, place, time and type, the same for every command that asks.

use ::lake::Filter;
use clap::Args;
use jiff::civil::Date;
use model::PartyId;

/// What is asked for; what is not given asks for nothing.
#[derive(Args)]
pub struct Which {
    /// Parties that must all be in it, as actor, recipient or intermediary; PAK stands for its parts, too.
    #[arg(long, value_name = "PARTY", value_delimiter = ',', value_parser = |id: &str| PartyId::new(id))]
    about: Vec<PartyId>,
    /// A country's code, or the name of a place, department or province.
    #[arg(long = "in", value_name = "PLACE")]
    within: Option<String>,
    /// From this day on: of the happening, else of the publication.
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Up to this day.
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    /// Types, as ASSAULT or HARBOURS.
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    types: Vec<String>,
}

impl Which {
    /// What asks for nothing in particular.
    pub fn anything() -> Self {
        Self { about: Vec::new(), within: None, from: None, to: None, types: Vec::new() }
    }

    /// The parties that are asked about.
    pub fn about(&self) -> &[PartyId] {
        &self.about
    }

    /// The first and last day that are asked about.
    pub fn days(&self) -> (Option<Date>, Option<Date>) {
        (self.from, self.to)
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
