//! Ceasefires as lanes: in force, in force if extended, suspended; with alleged breaches and what others did as points.

use analysis::Grounds;
use analysis::ceasefires::Ceasefire;
use analysis::ceasefires::timeline::{Change, State};
use chart::{Behind, Clock, Frame, Held, Hue, Lane, Point, Span, Spans, Symbol};
use jiff::ToSpan;
use model::{ClaimId, IncidentId, When};

use super::{group, short, sides};
use crate::grounds::counted;
use crate::said::{self, clip};

const NOTE: usize = 160;

pub(super) fn figure(ceasefires: &[Ceasefire], grounds: &Grounds, width: u32) -> String {
    let breaches: usize = ceasefires.iter().map(|c| c.breaches.len()).sum();
    let alleged = if breaches == 1 { "1 alleged breach".to_owned() } else { format!("{breaches} alleged breaches") };
    let dated: Vec<&Ceasefire> = ceasefires.iter().filter(|c| c.clock.begins.is_some()).collect();
    // One alone has a clock: hours since it began.
    let clock = match dated[..] {
        [one] => one
            .clock
            .begins
            .as_ref()
            .map(|b| Clock { from: one.clock.civil(b.at.from), name: "since it began".to_owned() }),
        _ => None,
    };
    let midnight = |day: When| day.date().at(0, 0, 0, 0);
    // One that is over fills the figure, however long ago that was.
    let over = match dated[..] {
        [one] if one.outcome.end.is_some() => one.outcome.at.map(|at| one.clock.civil(at.to)),
        _ => None,
    };
    let begin = clock.as_ref().map(|c| c.from);
    let window = begin.zip(over).map(|(from, to)| (from.saturating_sub(24.hours()), to.saturating_add(24.hours())));
    Spans {
        frame: Frame {
            subtitle: Some(
                "Hatched: in force only if an extension that some speak of was one. A cross is an alleged breach"
                    .to_owned(),
            ),
            empty: Some("No ceasefire with a beginning that is told.".to_owned()),
            foot: said::foot(grounds, format!("{}, {alleged}", counted(ceasefires.len(), "ceasefire"))),
            width,
            ..Frame::new("Ceasefires: in force, extended, said to be broken")
        },
        lanes: dated.iter().map(|c| lane(c)).collect(),
        as_of: grounds
            .as_of
            .filter(|_| window.is_none())
            .map(|day| dated.first().map_or(midnight(day), |c| c.clock.civil(day))),
        window,
        clock,
    }
    .svg()
}

fn lane(c: &Ceasefire) -> Lane {
    let claims = |of: &[ClaimId]| Behind::ids(of.iter().map(ClaimId::as_str));
    let kept = c.timeline.iter().skip(1).filter(|t| t.state == State::InForce).map(|t| Point {
        note: Some(clip(&t.why, NOTE)),
        behind: claims(&t.claims),
        ..Point::new("to be kept up", Symbol::Diamond, Hue::Blue, c.clock.civil(t.at.from))
    });
    let due = c.clock.until.iter().map(|u| Point {
        note: Some(clip(&u.why, NOTE)),
        behind: claims(&u.claims),
        ..Point::new("due to run out", Symbol::Square, Hue::Slate, c.clock.civil(u.at.from))
    });
    let breaches = c.breaches.iter().filter_map(|b| {
        Some(Point {
            note: Some(clip(&format!("{}: {}", b.accused.join(", "), b.position.words()), NOTE)),
            behind: Behind::ids(b.incidents.iter().map(IncidentId::as_str)),
            ..Point::new("alleged breach", Symbol::Cross, Hue::Orange, c.clock.civil(b.at?.from))
        })
    });
    let others = c.by_others.iter().map(|o| Point {
        note: Some(clip(&format!("{} against {}", group(o), o.against.join(", ")), NOTE)),
        behind: Behind::ids([o.incident.as_str()]),
        ..Point::new("by others, or nobody named", Symbol::Triangle, Hue::Slate, c.clock.civil(o.at.from))
    });
    Lane {
        name: sides(&c.parties),
        detail: c.clock.begins.as_ref().map(|b| format!("from {}", short(b.at))),
        spans: (0..c.timeline.len()).filter_map(|i| span(c, i)).collect(),
        points: due.chain(kept).chain(breaches).chain(others).collect(),
        behind: claims(&c.claims),
        ..Lane::default()
    }
}

/// From a change to the next; what is kept up goes on in one bar.
fn span(c: &Ceasefire, at: usize) -> Option<Span> {
    let change: &Change = &c.timeline[at];
    if at > 0 && c.timeline[at - 1].state == change.state {
        return None;
    }
    let (name, hue, held) = match change.state {
        State::InForce if change.against.is_empty() => ("in force", Hue::Teal, Held::Asserted),
        State::InForce => ("in force, disputed", Hue::Teal, Held::Disputed),
        State::Extended => ("in force if extended", Hue::Blue, Held::Disputed),
        State::Suspended => ("suspended", Hue::Slate, Held::Asserted),
        _ => return None,
    };
    let next = c.timeline[at + 1..].iter().find(|n| n.state != change.state);
    let (from, to) = (c.clock.civil(change.at.from), next.map(|n| c.clock.civil(n.at.from)));
    Some(Span {
        note: Some(clip(&change.why, NOTE)),
        behind: Behind::ids(change.claims.iter().map(ClaimId::as_str)),
        ..Span::new(name, hue, held, Some(from), to)
    })
}
