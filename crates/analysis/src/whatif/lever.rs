//! What somebody might do, in one short text that the command line and the address of a page share.
//!
//! ```text
//! replies:PAK=0.4..0.8            PAK replies less often: branching times 0.4 to 0.8
//! pressure:TTP=0.7..0.9           pressure on TTP from outside: what TTP does of itself times 0.7 to 0.9
//! ceasefire:14d=0.1..0.4          everything, for fourteen days
//! ceasefire:PAK-AFG:14d           between two parties; without a range, as history has it
//! ceasefire:Kurram:14d=0.5        in a place
//! border:open  border:PAK-AFG:closed=0.9..1.3
//! talks:PAK-AFG:60d=0.8..1.1      between two parties, for sixty days
//! ```
//!
//! A range is of factors: 1 changes nothing, 0 ends it. Days are from the first day that is looked at; without them a lever
//! holds for all of it. A party's name has `_` for a space.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};
use thiserror::Error;

/// The greatest factor: beyond twenty times the usual rate nothing that was fitted tells anything.
pub const MOST: f64 = 20.0;

/// Longest that a lever may hold, in days.
pub const LONGEST_DAYS: u16 = 365;

/// What is valid, for messages.
const KINDS: &str = "replies:PARTY, pressure:PARTY, ceasefire[:PARTY-PARTY or PLACE]:DAYSd, \
                     border[:PARTY-PARTY]:open or closed, talks:PARTY-PARTY";

/// A lever.
#[derive(Clone, Debug, PartialEq)]
pub struct Lever {
    /// What is done, by or to whom.
    pub what: What,
    /// For how many days from the first one; `None` for all that is looked at.
    pub days: Option<u16>,
    /// By what it multiplies, as somebody assumes; `None` where history is to tell.
    pub assumed: Option<Range>,
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A side replies more, or less, to what is done to it.
    Replies(Side),
    /// Pressure on a side from outside.
    Pressure(Side),
    /// A ceasefire. It always has a number of days.
    Ceasefire(Scope),
    /// A border is opened or closed.
    Border {
        /// Between whom; `None` for all that is looked at.
        between: Option<Pair>,
        /// Which.
        border: Border,
    },
    /// Two parties talk.
    Talks(Pair),
}

/// A party: an id of the catalogue, or a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side(String);

/// Two parties, either way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The one.
    pub one: Side,
    /// The other.
    pub other: Side,
}

/// Where a ceasefire holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere.
    Everything,
    /// Between two parties.
    Between(Pair),
    /// In a place.
    In(String),
}

/// Whether a border is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Border {
    /// Opened.
    Open,
    /// Closed.
    Closed,
}

/// Factors from low to high, both from 0 to [`MOST`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Range {
    low: f64,
    high: f64,
}

/// Why a text is no lever.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum NoLever {
    /// No such kind.
    #[error("lever {text:?}: there is no {kind:?}; valid are {KINDS}. For example: pressure:TTP=0.7..0.9")]
    Kind {
        /// The text.
        text: String,
        /// What stands before its first colon.
        kind: String,
    },
    /// Parts are missing or too many.
    #[error("lever {text:?}: {what}; write it as {form}")]
    Form {
        /// The text.
        text: String,
        /// What is wrong.
        what: String,
        /// How it is written.
        form: &'static str,
    },
    /// A range that is none.
    #[error(
        "lever {text:?}: {range:?} is no range of factors; write low..high or one number, from 0 to 20, the low one first. \
         1 changes nothing, 0.5 halves. For example: =0.4..0.8"
    )]
    Range {
        /// The text.
        text: String,
        /// The range.
        range: String,
    },
    /// Days that are none.
    #[error("lever {text:?}: {days:?} are no days; write a whole number from 1 to 365 and a d, for example 14d")]
    Days {
        /// The text.
        text: String,
        /// The days.
        days: String,
    },
}

impl Side {
    /// A party by its id or name.
    pub fn new(name: &str) -> Self {
        Self(name.trim().to_owned())
    }

    /// Whether a party of a stream is this one or a part of it: `PAK` takes in `PAK.MIL`.
    pub fn takes_in(&self, party: &str) -> bool {
        let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
        let spaced = self.0.replace('_', " ");
        let part = party.len() > self.0.len() && party.is_char_boundary(self.0.len()) && {
            let (head, tail) = party.split_at(self.0.len());
            tail.starts_with('.') && same(head, &self.0)
        };
        same(party, &self.0) || same(party, &spaced) || part
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Pair {
    /// Whether these two parties are of the two sides, either way round.
    pub fn takes_in(&self, a: &str, b: &str) -> bool {
        (self.one.takes_in(a) && self.other.takes_in(b)) || (self.one.takes_in(b) && self.other.takes_in(a))
    }

    fn is_like(&self, other: &Pair) -> bool {
        self.takes_in(&other.one.0, &other.other.0) || other.takes_in(&self.one.0, &self.other.0)
    }
}

impl Range {
    /// From low to high; `None` where these are no factors.
    pub fn new(low: f64, high: f64) -> Option<Self> {
        // Comparisons with what is no number are false.
        (low >= 0.0 && low <= high && high <= MOST).then_some(Self { low, high })
    }

    /// The least.
    pub fn low(self) -> f64 {
        self.low
    }

    /// The most.
    pub fn high(self) -> f64 {
        self.high
    }

    /// The factor at a share of the way, even on the logarithm where that can be.
    pub fn at(self, share: f64) -> f64 {
        if self.low > 0.0 {
            (self.low.ln() + share * (self.high.ln() - self.low.ln())).exp()
        } else {
            share * self.high
        }
    }
}

impl Lever {
    /// Whether an episode of the other says something about this one: the same thing done, to the same parties or place
    /// where both name them.
    pub fn is_like(&self, other: &What) -> bool {
        match (&self.what, other) {
            (What::Replies(a), What::Replies(b)) | (What::Pressure(a), What::Pressure(b)) => {
                a.takes_in(&b.0) || b.takes_in(&a.0)
            }
            (What::Ceasefire(a), What::Ceasefire(b)) => match (a, b) {
                (Scope::Between(a), Scope::Between(b)) => a.is_like(b),
                (Scope::In(a), Scope::In(b)) => a.to_lowercase() == b.to_lowercase(),
                (Scope::Everything, _) | (_, Scope::Everything) => true,
                _ => false,
            },
            (What::Border { between: a, border: x }, What::Border { between: b, border: y }) => {
                x == y && a.as_ref().zip(b.as_ref()).is_none_or(|(a, b)| a.is_like(b))
            }
            (What::Talks(a), What::Talks(b)) => a.is_like(b),
            _ => false,
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.replace(' ', "_"))
    }
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.one, self.other)
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Replies(side) => write!(f, "replies:{side}"),
            Self::Pressure(side) => write!(f, "pressure:{side}"),
            Self::Ceasefire(Scope::Everything) => f.write_str("ceasefire"),
            Self::Ceasefire(Scope::Between(pair)) => write!(f, "ceasefire:{pair}"),
            Self::Ceasefire(Scope::In(place)) => write!(f, "ceasefire:{}", place.replace(' ', "_")),
            Self::Border { between, border } => {
                f.write_str("border")?;
                if let Some(pair) = between {
                    write!(f, ":{pair}")?;
                }
                f.write_str(if *border == Border::Open { ":open" } else { ":closed" })
            }
            Self::Talks(pair) => write!(f, "talks:{pair}"),
        }
    }
}

impl fmt::Display for Lever {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.what.fmt(f)?;
        if let Some(days) = self.days {
            write!(f, ":{days}d")?;
        }
        match self.assumed {
            Some(Range { low, high }) if low.to_bits() == high.to_bits() => write!(f, "={low}"),
            Some(Range { low, high }) => write!(f, "={low}..{high}"),
            None => Ok(()),
        }
    }
}

impl Serialize for Lever {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl Serialize for What {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl FromStr for Lever {
    type Err = NoLever;

    fn from_str(text: &str) -> Result<Self, NoLever> {
        let text = text.trim();
        let (done, range) = match text.split_once('=') {
            Some((done, range)) => (done, Some(range)),
            None => (text, None),
        };
        let assumed = range.map(|range| {
            let no_range = || NoLever::Range { text: text.to_owned(), range: range.to_owned() };
            let (low, high) = range.split_once("..").unwrap_or((range, range));
            let number = |of: &str| of.trim().parse::<f64>().map_err(|_| no_range());
            Range::new(number(low)?, number(high)?).ok_or_else(no_range)
        });
        let mut parts: Vec<&str> = done.split(':').map(str::trim).collect();
        let kind = parts.remove(0);
        let mut days = None;
        if let Some(last) = parts.last().filter(|part| looks_like_days(part)) {
            let no_days = || NoLever::Days { text: text.to_owned(), days: (*last).to_owned() };
            let number: u16 = last[..last.len() - 1].parse().map_err(|_| no_days())?;
            if !(1..=LONGEST_DAYS).contains(&number) {
                return Err(no_days());
            }
            days = Some(number);
            parts.pop();
        }
        let what = what(text, kind, &parts, days)?;
        Ok(Self { what, days, assumed: assumed.transpose()? })
    }
}

fn looks_like_days(part: &str) -> bool {
    let number = part.strip_suffix('d').unwrap_or_default();
    !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
}

fn what(text: &str, kind: &str, parts: &[&str], days: Option<u16>) -> Result<What, NoLever> {
    let wrong = |what: &str, form: &'static str| NoLever::Form { text: text.to_owned(), what: what.to_owned(), form };
    let side = |form: &'static str| match parts {
        [one] if !one.is_empty() => Ok(Side::new(one)),
        [] | [_] => Err(wrong("it names no party", form)),
        _ => Err(wrong("it has too many parts", form)),
    };
    match kind {
        "replies" => side("replies:PARTY=low..high").map(What::Replies),
        "pressure" => side("pressure:PARTY=low..high").map(What::Pressure),
        "talks" => {
            let form = "talks:PARTY-PARTY=low..high";
            match parts {
                [one] => pair(one).map(What::Talks).ok_or_else(|| wrong("it names no two parties", form)),
                _ => Err(wrong("it needs two parties and nothing else", form)),
            }
        }
        "ceasefire" => {
            let form = "ceasefire:14d=low..high, ceasefire:PARTY-PARTY:14d or ceasefire:PLACE:14d";
            let scope = match parts {
                [] => Scope::Everything,
                [one] if !one.is_empty() => match pair(one) {
                    Some(pair) => Scope::Between(pair),
                    None => Scope::In(one.replace('_', " ")),
                },
                _ => return Err(wrong("it has too many parts, or an empty one", form)),
            };
            if days.is_none() {
                return Err(wrong("it does not say for how many days", form));
            }
            Ok(What::Ceasefire(scope))
        }
        "border" => {
            let form = "border:open, border:closed or border:PARTY-PARTY:closed";
            let (between, state) = match parts {
                [state] => (None, state),
                [both, state] => (Some(pair(both).ok_or_else(|| wrong("it names no two parties", form))?), state),
                _ => return Err(wrong("it does not say open or closed", form)),
            };
            let border = match *state {
                "open" => Border::Open,
                "closed" => Border::Closed,
                _ => return Err(wrong("a border is open or closed", form)),
            };
            Ok(What::Border { between, border })
        }
        _ => Err(NoLever::Kind { text: text.to_owned(), kind: kind.to_owned() }),
    }
}

/// Two ids with a hyphen between them. Ids are capitals, digits, `_` and `.`; a place like Tor-Ghar is none.
fn pair(text: &str) -> Option<Pair> {
    let (one, other) = text.split_once('-')?;
    let is_id = |id: &str| {
        !id.is_empty() && id.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b"_.".contains(&b))
    };
    (is_id(one) && is_id(other)).then(|| Pair { one: Side::new(one), other: Side::new(other) })
}
