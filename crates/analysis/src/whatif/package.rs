//! Several levers at once, under a name: `with talks::pressure:TTP=0.7..0.9+talks:PAK-AFG=0.8..1`.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use thiserror::Error;

use super::lever::{Lever, NoLever};

/// Levers that are pulled together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Package {
    /// How it is called; where nobody named it, its levers.
    pub name: String,
    /// At least one.
    pub levers: Vec<Lever>,
}

/// Why a text is no package.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum NoPackage {
    /// There is no lever in it.
    #[error(
        "package {text:?} has no lever; write levers joined by +, with a name and :: before them where it is to have one. \
         For example: with talks::pressure:TTP=0.7..0.9+talks:PAK-AFG=0.8..1"
    )]
    Empty {
        /// The text.
        text: String,
    },
    /// A lever stands in it twice.
    #[error("package {text:?} has {lever} twice; give one range for both")]
    Twice {
        /// The text.
        text: String,
        /// Which.
        lever: String,
    },
    /// One of its levers is none.
    #[error(transparent)]
    Lever(#[from] NoLever),
}

impl FromStr for Package {
    type Err = NoPackage;

    fn from_str(text: &str) -> Result<Self, NoPackage> {
        let (name, levers) = match text.split_once("::") {
            Some((name, levers)) => (name.trim(), levers),
            None => ("", text),
        };
        // In an address a plus may have become a space; levers hold neither.
        let levers = levers.split(['+', ' ']).filter(|part| !part.is_empty());
        let levers = levers.map(str::parse).collect::<Result<Vec<Lever>, _>>()?;
        if levers.is_empty() {
            return Err(NoPackage::Empty { text: text.to_owned() });
        }
        let twice =
            levers.iter().enumerate().find(|(i, lever)| levers[..*i].iter().any(|other| other.what == lever.what));
        if let Some((_, lever)) = twice {
            return Err(NoPackage::Twice { text: text.to_owned(), lever: lever.what.to_string() });
        }
        let name = if name.is_empty() { joined(&levers, " + ") } else { name.to_owned() };
        Ok(Self { name, levers })
    }
}

/// The text that makes the same package again.
impl fmt::Display for Package {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name != joined(&self.levers, " + ") {
            write!(f, "{}::", self.name)?;
        }
        f.write_str(&joined(&self.levers, "+"))
    }
}

fn joined(levers: &[Lever], by: &str) -> String {
    levers.iter().map(ToString::to_string).collect::<Vec<_>>().join(by)
}
