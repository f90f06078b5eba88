//! How commitments are shown: each with its state, and who says that it was kept or broken.

use std::io::{self, Write};

use analysis::Grounds;
use analysis::commitments::{Commitment, Inferred, Saying, State, Timing};
use chart::{Behind, Frame, Held, Hue, Lane, Point, Span, Spans, Symbol};
use jiff::civil::DateTime;
use model::When;
use model::record::PartyRecord;
use serde::Serialize;

use crate::Answer;
use crate::grounds::counted;
use crate::said::{self, Said, clip, ids};

/// Commitments, by the day on which they were first reported.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Commitments(pub Vec<Commitment>);

/// The lists of what is said of a commitment, each with its name.
fn heard(c: &Commitment) -> [(&'static str, &Vec<Saying>); 8] {
    [
        ("said", &c.said),
        ("denied", &c.denied),
        ("kept", &c.kept),
        ("not kept", &c.kept_denied),
        ("broken", &c.broken),
        ("not broken", &c.broken_denied),
        ("withdrawn", &c.withdrawn),
        ("lapsed", &c.lapsed),
    ]
}

impl Answer for Commitments {
    fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.0.is_empty() {
            return writeln!(out, "No duty and no promise.");
        }
        writeln!(out, "{}", counted(self.0.len(), "commitment"))?;
        for (at, c) in self.0.iter().enumerate() {
            writeln!(out)?;
            let head = format!("{}: {}", called(&c.holder), c.object.as_deref().unwrap_or("what is not told"));
            for (line, text) in said::wrap(&head, 112).iter().enumerate() {
                if line == 0 { writeln!(out, "{:>2}  {text}", at + 1)? } else { writeln!(out, "    {text}")? }
            }
            said::paragraph(out, "state", &format!("{} · {}", c.state.as_str(), c.grounds))?;
            if let Some(instrument) = &c.instrument {
                said::paragraph(out, "under", instrument)?;
            }
            if !c.beneficiary.is_empty() {
                said::paragraph(out, "owed to", &called(&c.beneficiary))?;
            }
            if c.from.is_some() || c.to.is_some() {
                let end = |when: Option<When>| when.map_or_else(|| "…".to_owned(), |w| w.date().to_string());
                said::paragraph(out, "binds", &format!("{} to {}", end(c.from), end(c.to)))?;
            }
            for condition in &c.conditions {
                said::paragraph(out, "condition", &format!("“{}” · {}", condition.text, condition.claim))?;
            }
            for (label, sayings) in heard(c) {
                for saying in sayings {
                    said::write(out, label, &shown(saying))?;
                }
            }
            for inferred in &c.inferred {
                said::paragraph(out, "inferred", &format!("{} ({})", inferred.why, timing(inferred)))?;
                for (label, sayings) in [("  says", &inferred.says), ("  denies", &inferred.denies)] {
                    for saying in sayings {
                        said::write(out, label, &shown(saying))?;
                    }
                }
            }
        }
        Ok(())
    }

    fn rows(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let columns = vec![
            "commitment",
            "holder",
            "beneficiary",
            "instrument",
            "object",
            "duties",
            "from",
            "to",
            "state",
            "heard",
            "by",
            "publisher",
            "attitude",
            "published",
            "words",
            "claim",
            "incident",
            "why",
        ];
        let mut rows = Vec::new();
        for c in &self.0 {
            let row = |heard: &str, saying: &Saying, why: String| {
                let end = |when: Option<When>| when.map(|w| w.to_string()).unwrap_or_default();
                vec![
                    c.id.to_string(),
                    called(&c.holder),
                    if c.beneficiary.is_empty() { String::new() } else { called(&c.beneficiary) },
                    c.instrument.clone().unwrap_or_default(),
                    c.object.clone().unwrap_or_default(),
                    c.duties.join(" "),
                    end(c.from),
                    end(c.to),
                    c.state.as_str().to_owned(),
                    heard.to_owned(),
                    saying.by.name.clone(),
                    saying.publisher.clone().unwrap_or_default(),
                    saying.attitude.to_string(),
                    end(saying.published),
                    saying.words.clone(),
                    saying.claim.to_string(),
                    saying.incident.as_ref().map(ToString::to_string).unwrap_or_default(),
                    why,
                ]
            };
            for (label, sayings) in heard(c) {
                rows.extend(sayings.iter().map(|s| row(label, s, s.note.clone().unwrap_or_default())));
            }
            for inferred in &c.inferred {
                let says = inferred.says.iter().map(|s| row("inferred", s, inferred.why.clone()));
                rows.extend(says);
                rows.extend(inferred.denies.iter().map(|s| row("inferred, denied", s, inferred.why.clone())));
            }
        }
        (columns, rows)
    }

    fn figure(&self, grounds: &Grounds, width: u32) -> String {
        let broken = self.0.iter().filter(|c| !c.broken.is_empty()).count();
        let n = format!("{}, {broken} said to be broken", counted(self.0.len(), "commitment"));
        let figure = Spans {
            frame: Frame {
                subtitle: Some(
                    "From when a commitment binds, or was first reported; crosses are days on which somebody says that it was \
                     broken"
                        .to_owned(),
                ),
                empty: Some("No dated duty or promise.".to_owned()),
                foot: said::foot(grounds, n),
                width,
                ..Frame::new("Who promised what, and who says that it was broken")
            },
            lanes: self.0.iter().filter_map(lane).collect(),
            as_of: grounds.as_of.map(start),
            ..Spans::default()
        };
        figure.svg()
    }
}

/// A commitment as a lane; none where no day is known.
fn lane(c: &Commitment) -> Option<Lane> {
    let from = c.from.or(c.reported.map(|(first, _)| When::Day(first)))?;
    let held = match c.state {
        State::Denied => Held::Denied,
        State::Disputed => Held::Disputed,
        _ => Held::Asserted,
    };
    let (name, hue) = match c.state {
        State::SaidBroken => ("said to be broken", Hue::Orange),
        State::Withdrawn | State::Lapsed => ("ended", Hue::Slate),
        State::SaidKept => ("said to be kept", Hue::Blue),
        _ => ("stands", Hue::Teal),
    };
    let lists = [
        (&c.broken, "said to be broken", Symbol::Cross, Hue::Orange),
        (&c.broken_denied, "denied that it was broken", Symbol::Ring, Hue::Slate),
        (&c.kept, "said to be kept", Symbol::Diamond, Hue::Blue),
        (&c.withdrawn, "said to be taken back", Symbol::Square, Hue::Plum),
    ];
    let points = lists.iter().flat_map(|(sayings, name, symbol, hue)| {
        sayings.iter().filter_map(move |s| {
            Some(Point {
                note: Some(clip(&format!("{}: {}", s.by.name, s.words), 160)),
                behind: Behind::ids([s.claim.as_str()]),
                ..Point::new(*name, *symbol, *hue, start(s.published?))
            })
        })
    });
    let behind = Behind::ids(c.said.iter().map(|s| s.claim.as_str()));
    Some(Lane {
        name: called(&c.holder),
        detail: Some(clip(c.object.as_deref().or(c.instrument.as_deref()).unwrap_or_default(), 60)),
        spans: vec![Span {
            note: Some(clip(&c.grounds, 160)),
            behind: behind.clone(),
            ..Span::new(name, hue, held, Some(start(from)), c.to.map(start))
        }],
        points: points.collect(),
        behind,
        ..Lane::default()
    })
}

fn start(when: When) -> DateTime {
    match when {
        When::Day(day) => day.at(0, 0, 0, 0),
        When::At(moment, _) => moment,
    }
}

/// Parties by id, else by name.
fn called(parties: &[PartyRecord]) -> String {
    let name = |p: &PartyRecord| {
        let id = p.id.as_ref().map(|id| id.as_str().to_owned());
        id.or_else(|| p.name.as_deref().or(p.mention.as_deref()).map(str::to_owned))
    };
    let names: Vec<String> = parties.iter().filter_map(name).collect();
    if names.is_empty() { "nobody named".to_owned() } else { names.join(", ") }
}

fn timing(inferred: &Inferred) -> &'static str {
    match inferred.timing {
        Timing::After => "after it was first reported or began",
        Timing::BeforeFirstReport => "before it was first reported; when it began is not told",
        Timing::NotKnown => "undated",
    }
}

fn shown(saying: &Saying) -> Said<'_> {
    let note = saying.note.as_ref().map(|n| format!(", {n}")).unwrap_or_default();
    let incident = saying.incident.as_ref().map(|i| format!(", {}", ids(&[i]))).unwrap_or_default();
    Said {
        by: &saying.by,
        how: format!("{}{note}{incident}", saying.attitude),
        published: saying.published,
        words: &saying.words,
        claim: &saying.claim,
        copy: saying.copy_of.is_some(),
    }
}
