//! How ties are shown: who is told to stand how to whom, who says so and who denies it.
//!
//! [`Tied`] is a list of ties, [`TieNetwork`] the network of a day with its threes, [`Between`] how two parties stand over time,
//! [`Levers`] what is closed and opened. Each quotes the words of claims, which [`Sentences`] brings along.

mod between;
mod levers;
mod network;

use std::collections::BTreeMap;
use std::io::{self, Write};

use analysis::ties::{Interest, Sign, Tie, TieStanding, Ties, Voice};
use analysis::{Grounds, Told};
use chart::{Behind, Frame, Held, Hue, Lane, Point, Span, Spans, Symbol};
use jiff::civil::{Date, DateTime};
use model::{Attitude, ClaimId, When};
use serde::Serialize;

use crate::grounds::counted;
use crate::{Answer, said};

pub use between::Between;
pub use levers::Levers;
pub use network::TieNetwork;

/// Quoted words are cut after so many letters: what is longer is opened.
const QUOTED: usize = 120;

/// Lanes and rows of a figure past which it is no picture any more.
const DRAWN: usize = 24;

/// The words of claims, with the day on which each was published.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Sentences(BTreeMap<ClaimId, Sentence>);

/// The words of a claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Sentence {
    published: Option<Date>,
    words: String,
}

impl Sentences {
    /// Of all claims that went in.
    pub fn of(told: &[Told]) -> Self {
        let one = |t: &Told| {
            let words = t.claim.evidence.text.split_whitespace().collect::<Vec<_>>().join(" ");
            (t.claim.id.clone(), Sentence { published: t.claim.published.map(When::date), words })
        };
        Self(told.iter().map(one).collect())
    }

    /// Only these claims: an answer brings no words along that it does not quote.
    fn only<'a>(&self, claims: impl IntoIterator<Item = &'a ClaimId>) -> Self {
        Self(claims.into_iter().filter_map(|c| Some((c.clone(), self.0.get(c)?.clone()))).collect())
    }

    fn words(&self, claim: &ClaimId) -> Option<&str> {
        self.0.get(claim).map(|s| s.words.as_str())
    }

    fn published(&self, claim: &ClaimId) -> Option<Date> {
        self.0.get(claim)?.published
    }
}

/// Ties with the words of their claims.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tied {
    /// The ties.
    #[serde(flatten)]
    pub ties: Ties,
    /// What their claims say.
    pub sentences: Sentences,
}

impl Tied {
    /// Ties as they were found in these claims.
    pub fn new(ties: Ties, told: &[Told]) -> Self {
        let sentences = Sentences::of(told).only(ties.ties.iter().flat_map(|t| voices(t).flat_map(|(_, v)| &v.claims)));
        Self { ties, sentences }
    }

    /// How ties are found, in a sentence or two.
    pub fn method() -> String {
        "Claims of ties set side by side, one tie for each type and two parties, these by their whole (a ministry is its \
         state). Who said so and later says otherwise counts by its last word."
            .to_owned()
    }

    /// What a list of ties cannot say.
    pub fn caveats() -> Vec<String> {
        vec![
            "A tie of which nobody has spoken for long is not over: the day on which it was last said stands beside it."
                .to_owned(),
            "Since when a tie holds is given only where a text says it.".to_owned(),
        ]
    }
}

/// A tie's voices, with what each does to it.
fn voices(tie: &Tie) -> impl Iterator<Item = (&'static str, &Voice)> {
    let lists: [(&str, &Vec<Voice>); 6] = [
        ("says so", &tie.asserted_by),
        ("denies", &tie.denied_by),
        ("says it is over", &tie.ended_by),
        ("doubts", &tie.doubted_by),
        ("took it back", &tie.taken_back_by),
        ("says it may be", &tie.possible_by),
    ];
    lists.into_iter().flat_map(|(does, list)| list.iter().map(move |voice| (does, voice)))
}

impl Answer for Tied {
    fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        for (at, tie) in self.ties.ties.iter().enumerate() {
            if at > 0 {
                writeln!(out)?;
            }
            writeln!(out, "━━ {} · {}", tie.words, tie.standing.as_str())?;
            writeln!(out, "   when   {}", when(tie))?;
            let parts: Vec<String> = [&tie.from, &tie.to]
                .into_iter()
                .filter(|end| end.named_as.iter().any(|id| id != end.key.as_str()))
                .map(|end| format!("{} as {}", end.name, end.named_as.join(", ")))
                .collect();
            if !parts.is_empty() {
                writeln!(out, "   named  {}", parts.join("; "))?;
            }
            if !tie.places.is_empty() {
                writeln!(out, "   where  {}", tie.places.join(", "))?;
            }
            for (does, voice) in voices(tie) {
                self.voice(does, voice, out)?;
            }
        }
        if self.ties.ties.is_empty() {
            writeln!(out, "No claim of a tie.")?;
        }
        if !self.ties.set_aside.is_empty() {
            let number = counted(self.ties.set_aside.len(), "claim");
            writeln!(out, "\n{number} of ties set aside:")?;
            for aside in &self.ties.set_aside {
                writeln!(out, "   {}  {}", aside.claim, aside.why)?;
            }
        }
        Ok(())
    }

    fn rows(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let columns = vec![
            "type",
            "from",
            "to",
            "standing",
            "since",
            "until",
            "voice",
            "who",
            "party",
            "interest",
            "stands",
            "first_said",
            "last_said",
            "publishers",
            "claims",
        ];
        let rows = self.ties.ties.iter().flat_map(|tie| {
            voices(tie).map(move |(does, voice)| {
                vec![
                    tie.code.to_string(),
                    tie.from.key.to_string(),
                    tie.to.key.to_string(),
                    tie.standing.as_str().to_owned(),
                    day(tie.since.as_ref().map(|s| s.day)),
                    day(tie.until.as_ref().map(|s| s.day)),
                    does.to_owned(),
                    voice.who.clone(),
                    voice.party.as_ref().map(ToString::to_string).unwrap_or_default(),
                    voice.interest.as_ref().map(interest).unwrap_or_default(),
                    if voice.stands { "yes" } else { "no" }.to_owned(),
                    day(voice.first_said),
                    day(voice.last_said),
                    voice.publishers.join("; "),
                    ids(&voice.claims).join(" "),
                ]
            })
        });
        (columns, rows.collect())
    }

    fn figure(&self, grounds: &Grounds, width: u32) -> String {
        let shown: Vec<&Tie> =
            self.ties.ties.iter().filter(|t| t.standing != TieStanding::Possible).take(DRAWN).collect();
        let n = counted(self.ties.ties.len(), "tie");
        let mut frame = frame("Which ties are said to hold, since when", grounds, n, width);
        frame.subtitle = Some(
            "From the day that a text gives or, else, the first report; pale from the last report on. A dot is a report".into(),
        );
        frame.empty = Some("No claim of a tie.".to_owned());
        let left_out = self.ties.ties.len() - shown.len();
        if left_out > 0 {
            frame.foot.caveats.push(format!("{} more stand in the table alone.", counted(left_out, "tie")));
        }
        let lanes = shown.into_iter().map(|tie| self.lane(tie)).collect();
        Spans { frame, lanes, as_of: as_of(grounds), ..Spans::default() }.svg()
    }
}

impl Tied {
    fn voice(&self, does: &str, voice: &Voice, out: &mut dyn Write) -> io::Result<()> {
        let interest = voice.interest.as_ref().map(|i| format!(" ({})", interest(i))).unwrap_or_default();
        let own = if voice.own_voice { ", in its own voice," } else { "" };
        let later = if voice.stands { "" } else { ", and later otherwise" };
        let does = match voice.attitudes.as_slice() {
            [Attitude::Alleges] if does == "says so" => "alleges it",
            [Attitude::Confirms] if does == "says so" => "confirms it",
            _ => does,
        };
        let days = stretch(voice.first_said, voice.last_said);
        let number = counted(voice.claims.len(), "claim");
        writeln!(out, "   {}{own}{interest} {does}{later}: {days}, {number}", voice.who)?;
        let Some(first) = voice.claims.first() else { return Ok(()) };
        writeln!(out, "     “{}”", clip(self.sentences.words(first).unwrap_or_default()))?;
        writeln!(out, "     {}", few(&voice.claims))
    }

    fn lane(&self, tie: &Tie) -> Lane {
        let denied = tie.denied_by.iter().any(|v| v.stands);
        let (sides, hue) = match tie.sign {
            Sign::Positive => ("stand together", Hue::Blue),
            Sign::Negative => ("stand against each other", Hue::Orange),
            Sign::Neutral => ("neither", Hue::Slate),
        };
        let held = if denied { Held::Disputed } else { Held::Asserted };
        let over = tie.until.as_ref().filter(|_| tie.standing == TieStanding::Ended).map(|u| u.day);
        let mut spans: Vec<Span> = Vec::new();
        for (from, to, claims) in merged(tie) {
            let name = if denied { format!("{sides}, disputed") } else { sides.to_owned() };
            let end = to.or(over);
            let told = end.or(tie.last_said).unwrap_or(from).max(from);
            let behind = Behind::ids(ids(&claims));
            if told > from {
                let (from, to) = (Some(start(from)), Some(start(told)));
                spans.push(Span { behind: behind.clone(), ..Span::new(name, hue, held, from, to) });
            }
            // Nobody has said that it is over, and nobody that it goes on.
            if end.is_none() {
                spans.push(Span {
                    behind,
                    ..Span::new(format!("{sides}, not said since"), hue, Held::Planned, Some(start(told)), None)
                });
            }
        }
        let point = |(does, voice): (&'static str, &Voice)| {
            let (name, symbol) = match does {
                "says so" => ("said", Symbol::Dot),
                "denies" => ("denied", Symbol::Ring),
                "says it is over" => ("said to be over", Symbol::Cross),
                _ => ("doubted or taken back", Symbol::Triangle),
            };
            let who = voice.who.clone();
            let dated = voice.claims.iter().filter_map(|c| Some((c, self.sentences.published(c)?)));
            let points = dated.map(move |(claim, day)| Point {
                note: Some(format!("{who}: “{}”", clip(self.sentences.words(claim).unwrap_or_default()))),
                behind: Behind::ids([claim.as_str()]),
                ..Point::new(name, symbol, Hue::Plum, start(day))
            });
            points.collect::<Vec<_>>()
        };
        Lane {
            name: tie.words.clone(),
            detail: Some(format!("{}; {}", tie.standing.as_str(), who_says(tie))),
            spans,
            points: voices(tie).filter(|(does, _)| *does != "says it may be").flat_map(point).collect(),
            ..Lane::default()
        }
    }
}

/// Stretches of which it is said, those that meet put together.
fn merged(tie: &Tie) -> Vec<(Date, Option<Date>, Vec<ClaimId>)> {
    let mut merged: Vec<(Date, Option<Date>, Vec<ClaimId>)> = Vec::new();
    // Spans are in the order of their first days.
    for span in tie.spans.iter().filter(|s| s.stands) {
        match merged.last_mut().filter(|(_, to, _)| to.is_none_or(|to| span.from <= to)) {
            Some((_, to, claims)) => {
                *to = to.zip(span.to).map(|(a, b)| a.max(b));
                claims.push(span.claim.clone());
            }
            None => merged.push((span.from, span.to, vec![span.claim.clone()])),
        }
    }
    merged
}

fn who_says(tie: &Tie) -> String {
    let names = |voices: &[Voice]| {
        let mut names: Vec<&str> = voices.iter().filter(|v| v.stands).map(|v| v.who.as_str()).collect();
        names.dedup();
        let more = names.len().saturating_sub(2);
        names.truncate(2);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        names.join(", ") + &more
    };
    let lists = [("said by", &tie.asserted_by), ("denied by", &tie.denied_by), ("over, says", &tie.ended_by)];
    let parts = lists.into_iter().map(|(does, list)| (does, names(list))).filter(|(_, names)| !names.is_empty());
    parts.map(|(does, names)| format!("{does} {names}")).collect::<Vec<_>>().join("; ")
}

/// Since and until, as far as anybody says; when it was said.
fn when(tie: &Tie) -> String {
    let mut parts = Vec::new();
    parts.push(tie.since.as_ref().map_or("since when is not said".to_owned(), |s| format!("since {}", s.day)));
    if let Some(until) = &tie.until {
        let by = if until.granularity.is_some() { "until" } else { "said to be over by" };
        parts.push(format!("{by} {}", until.day));
    }
    if tie.last_said.is_some() {
        parts.push(format!("said {}", stretch(tie.first_said, tie.last_said)));
    }
    parts.join("; ")
}

fn interest(interest: &Interest) -> String {
    match interest {
        Interest::Party => "an end of the tie itself".to_owned(),
        Interest::Opponent { of, .. } => format!("told to stand against {of}"),
    }
}

fn stretch(first: Option<Date>, last: Option<Date>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
        (Some(day), _) | (_, Some(day)) => day.to_string(),
        _ => "undated".to_owned(),
    }
}

fn day(day: Option<Date>) -> String {
    day.map(|d| d.to_string()).unwrap_or_default()
}

fn ids(claims: &[ClaimId]) -> Vec<String> {
    claims.iter().map(ToString::to_string).collect()
}

/// The first ids, and how many more there are.
fn few(claims: &[ClaimId]) -> String {
    let (shown, more) = claims.split_at(claims.len().min(3));
    let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
    ids(shown).join(" ") + &more
}

fn clip(words: &str) -> String {
    if words.chars().count() <= QUOTED {
        return words.to_owned();
    }
    let kept: String = words.chars().take(QUOTED).collect();
    format!("{}…", kept.trim_end())
}

fn start(day: Date) -> DateTime {
    day.at(0, 0, 0, 0)
}

fn as_of(grounds: &Grounds) -> Option<DateTime> {
    grounds.as_of.map(|when| start(when.date()))
}

/// A frame with what the figure rests on.
fn frame(title: &str, answer: &Grounds, n: String, width: u32) -> Frame {
    Frame { foot: said::foot(answer, n), width, ..Frame::new(title) }
}
