//! How a commitment stands in what is said of it.

use jiff::civil::Date;
use model::When;
use serde::Serialize;

use super::{Commitment, Saying};

/// How a commitment stands: the first that holds. None of them is our judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Somebody says that it was taken back or ended.
    Withdrawn,
    /// Only denials that there is such a commitment remain.
    Denied,
    /// Somebody says that it was broken, somebody that it was not; or somebody that it exists, somebody that it does not.
    Disputed,
    /// Somebody says that it was broken, and nobody denies it.
    SaidBroken,
    /// Somebody says that it was kept, and nobody that it was broken.
    SaidKept,
    /// It was to hold until a day that has passed, or somebody says that it ran out.
    Lapsed,
    /// It is said to exist, and that is all.
    Stands,
}

impl State {
    /// As it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Withdrawn => "withdrawn",
            State::Denied => "denied",
            State::Disputed => "disputed",
            State::SaidBroken => "said to be broken",
            State::SaidKept => "said to be kept",
            State::Lapsed => "lapsed",
            State::Stands => "stands",
        }
    }
}

/// The state of a commitment, and why, in a sentence.
pub(super) fn state(commitment: &Commitment, as_of: Option<Date>) -> (State, String) {
    let c = commitment;
    let (broken, unbroken) = (own(&c.broken), own(&c.broken_denied));
    let (kept, unkept) = (own(&c.kept), own(&c.kept_denied));
    if !c.withdrawn.is_empty() {
        return (State::Withdrawn, format!("{} that it was taken back or ended.", say(&own(&c.withdrawn))));
    }
    let known = own(&c.said).len() + broken.len() + kept.len();
    if known == 0 && !c.denied.is_empty() {
        return (
            State::Denied,
            format!("Only denials that there is such a commitment, by {}.", names(&own(&c.denied))),
        );
    }
    // That it was broken is denied outright, by keeping, or the other way round.
    let against: Vec<&Saying> = unbroken.iter().chain(&kept).copied().collect();
    let breach: Vec<&Saying> = broken.iter().chain(&unkept).copied().collect();
    if !breach.is_empty() && !against.is_empty() {
        return (State::Disputed, format!("{} that it was broken; {} that it was not.", say(&breach), say(&against)));
    }
    if !breach.is_empty() {
        return (State::SaidBroken, format!("{} that it was broken; nobody denies it.", say(&breach)));
    }
    if !c.denied.is_empty() {
        let exist = own(&c.said);
        return (
            State::Disputed,
            format!("{} that there is such a commitment; {} it.", say(&exist), deny(&own(&c.denied))),
        );
    }
    if !kept.is_empty() {
        return (State::SaidKept, format!("{} that it was kept; nobody says that it was broken.", say(&kept)));
    }
    if !c.lapsed.is_empty() {
        return (State::Lapsed, format!("{} that it ran out.", say(&own(&c.lapsed))));
    }
    if let (Some(to), Some(day)) = (c.to.map(When::date), as_of)
        && to < day
    {
        return (State::Lapsed, format!("It was to hold until {to}."));
    }
    if c.said.is_empty() {
        return (State::Stands, format!("{} that it was broken; no report tells of it otherwise.", deny(&unbroken)));
    }
    let more = if unbroken.is_empty() { String::new() } else { format!("; {} that it was broken", deny(&unbroken)) };
    (State::Stands, format!("{} so{more}; nobody says that it was kept or broken.", say(&own(&c.said))))
}

/// What is said in a text of its own, unless nothing else is.
fn own(sayings: &[Saying]) -> Vec<&Saying> {
    let first: Vec<&Saying> = sayings.iter().filter(|s| s.copy_of.is_none()).collect();
    if first.is_empty() { sayings.iter().collect() } else { first }
}

/// "A says", "A and B say".
fn say(sayings: &[&Saying]) -> String {
    format!("{} {}", names(sayings), if voices(sayings).len() == 1 { "says" } else { "say" })
}

fn deny(sayings: &[&Saying]) -> String {
    format!("{} {}", names(sayings), if voices(sayings).len() == 1 { "denies" } else { "deny" })
}

fn voices(sayings: &[&Saying]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for saying in sayings {
        if !names.contains(&saying.by.name) {
            names.push(saying.by.name.clone());
        }
    }
    names
}

/// At most three names, each once, in the order in which they spoke.
fn names(sayings: &[&Saying]) -> String {
    let mut names = voices(sayings);
    match names.len() {
        0 => "nobody".to_owned(),
        1 => names.remove(0),
        n @ 2..=3 => format!("{} and {}", names[..n - 1].join(", "), names[n - 1]),
        n => format!("{} and {} others", names[..3].join(", "), n - 3),
    }
}
