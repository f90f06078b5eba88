//! On which streams a lever acts, and on what of them.
//!
//! | lever | streams | an assumed range multiplies |
//! |---|---|---|
//! | replies of A | what A does to others | the branching that others' acts bring |
//! | pressure on A | what A does; of pairs without a direction, those with A | the baseline |
//! | ceasefire | all, or of a pair, or of a place | the rate: baseline and branching alike |
//! | border | all, or of a pair | the baseline |
//! | talks | of the pair | the baseline |
//!
//! What history tells is a factor of the rate of a day given the days before, and is used as one, whatever the lever.

use super::Refused;
use super::lever::{Lever, Pair, Scope, What};

/// What a stream is about, read from its name as `series` writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// One does it to another.
    Directed { by: String, to: String },
    /// Between two.
    Between(String, String),
    /// In a place, and in the larger one that it is part of.
    In { place: String, within: Option<String> },
    /// Something else.
    Other,
}

/// What a lever multiplies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// What happens by itself.
    Baseline,
    /// What these streams bring.
    Branching { by: Vec<usize> },
    /// Everything of a day.
    Rate,
}

/// A stream on which a lever acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub of: usize,
    pub part: Part,
}

impl About {
    pub fn of(name: &str) -> Self {
        if let Some((by, to)) = name.split_once(" → ") {
            return Self::Directed { by: by.to_owned(), to: to.to_owned() };
        }
        if let Some((one, other)) = name.split_once(" – ") {
            return Self::Between(one.to_owned(), other.to_owned());
        }
        if let Some(place) = name.strip_prefix("in ") {
            let (place, within) = match place.rsplit_once(", ") {
                Some((place, within)) => (place, Some(within.to_owned())),
                None => (place, None),
            };
            return Self::In { place: place.to_owned(), within };
        }
        Self::Other
    }

    fn is_of(&self, pair: &Pair) -> bool {
        match self {
            Self::Directed { by, to } => pair.takes_in(by, to),
            Self::Between(one, other) => pair.takes_in(one, other),
            _ => false,
        }
    }

    fn is_in(&self, wanted: &str) -> bool {
        let same = |a: &str| a.to_lowercase() == wanted.to_lowercase();
        match self {
            Self::In { place, within } => same(place) || within.as_deref().is_some_and(same),
            _ => false,
        }
    }
}

/// Where a lever acts, if its range is assumed.
pub(super) fn targets(lever: &Lever, names: &[String]) -> Result<Vec<Target>, Refused> {
    let about: Vec<About> = names.iter().map(|name| About::of(name)).collect();
    let whose = |is_meant: &dyn Fn(&About) -> bool, part: Part| -> Vec<Target> {
        let of = (0..about.len()).filter(|i| is_meant(&about[*i]));
        of.map(|of| Target { of, part: part.clone() }).collect()
    };
    let found = match &lever.what {
        What::Replies(side) => {
            let is_by = |about: &About| matches!(about, About::Directed { by, .. } if side.takes_in(by));
            let others: Vec<usize> = (0..about.len())
                .filter(|i| matches!(&about[*i], About::Directed { .. }) && !is_by(&about[*i]))
                .collect();
            if others.is_empty() {
                return Err(Refused::NoDirection { lever: lever.to_string() });
            }
            whose(&is_by, Part::Branching { by: others })
        }
        What::Pressure(side) => whose(
            &|about| match about {
                About::Directed { by, .. } => side.takes_in(by),
                About::Between(one, other) => side.takes_in(one) || side.takes_in(other),
                About::In { .. } | About::Other => false,
            },
            Part::Baseline,
        ),
        What::Ceasefire(Scope::Everything) => whose(&|_| true, Part::Rate),
        What::Ceasefire(Scope::Between(pair)) => whose(&|about| about.is_of(pair), Part::Rate),
        What::Ceasefire(Scope::In(place)) => whose(&|about| about.is_in(place), Part::Rate),
        What::Border { between: None, .. } => whose(&|_| true, Part::Baseline),
        What::Border { between: Some(pair), .. } | What::Talks(pair) => {
            whose(&|about| about.is_of(pair), Part::Baseline)
        }
    };
    if found.is_empty() {
        return Err(Refused::NoStream { lever: lever.to_string(), streams: names.join("; ") });
    }
    Ok(found)
}
