//! Which claims a question is about: by party, place, time and type, the same for every command that asks.

use ::lake::Filter;
use answers::Question;
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
    /// The question.
    pub fn question(&self) -> Question {
        Question {
            about: self.about.clone(),
            within: self.within.clone(),
            from: self.from,
            to: self.to,
            types: self.types.clone(),
        }
    }

    /// The claims of a kind, or of every kind, that are asked for.
    pub fn filter(&self, kind: Option<&str>) -> Filter {
        self.question().filter(kind)
    }
}
