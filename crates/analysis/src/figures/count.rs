//! Counting incidents, or what they give, for one figure.
//!
//! Each incident belongs surely, perhaps or not, by window, type, parties and place: surely where the incident tells
//! enough, perhaps where it leaves something open. Of sums, an incident gives the range over its accounts.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use model::record::{PartyRecord, PlaceRecord};
use model::{Attitude, Category, ClaimId, EffectKind, Incident, Standing, Status, When, toll};

use super::{CountedThing, FigureBeside, Here, Measure, Window};
use crate::Report;
use crate::causes::parties::roots;
use crate::incidents::weights::DAYS_BEFORE_REPORT;

/// What a figure is held against.
pub(super) struct Corpus<'a> {
    pub incidents: &'a [Incident],
    pub reports: &'a [Report],
    /// When claims were published.
    pub published: BTreeMap<&'a ClaimId, Date>,
    /// Claims that are rows of data sets.
    pub rows: BTreeSet<&'a ClaimId>,
}

/// Whether an incident belongs to what a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Belongs {
    No,
    Perhaps,
    Surely,
}

/// The count for a figure; `None` where nothing is counted.
pub(super) fn count(figure: &FigureBeside, corpus: &Corpus) -> Option<Here> {
    let thing = figure.counted.as_ref().filter(|t| t.measure != Measure::Nothing)?;
    let mut here = Here::default();
    let mut sum = Sum::default();
    for incident in corpus.incidents {
        let belongs = belongs(figure, thing, incident, corpus);
        if belongs == Belongs::No {
            continue;
        }
        let given = thing.measure.effect().map(|kind| range(incident, kind, thing.category));
        if let Some(None) = given {
            // An attack may have killed; talks without a toll lack nothing.
            if incident.code == "ASSAULT" {
                here.without_number.push(incident.id.clone());
            }
            continue;
        }
        let surely = belongs == Belongs::Surely;
        let tally = if surely { &mut here.surely } else { &mut here.perhaps };
        match incident.standing {
            Standing::Corroborated => tally.corroborated += 1,
            Standing::Disputed => tally.disputed += 1,
            Standing::Reported => tally.reported += 1,
            Standing::Retracted | Standing::Denied => continue,
        }
        tally.incidents.push(incident.id.clone());
        let range = given.map_or(Some((1.0, Some(1.0))), |range| range);
        if let Some((low, high)) = range {
            sum.add(low, high, surely && incident.standing != Standing::Disputed);
        }
    }
    for list in [&mut here.surely.incidents, &mut here.perhaps.incidents, &mut here.without_number] {
        list.sort_unstable();
    }
    // No incident is a count; no number is no sum.
    let counts = thing.measure == Measure::Incidents || sum.any;
    here.low = counts.then_some(sum.low);
    here.high = if counts { sum.high } else { None };
    Some(here)
}

struct Sum {
    any: bool,
    low: f64,
    high: Option<f64>,
}

impl Default for Sum {
    fn default() -> Self {
        Self { any: false, low: 0.0, high: Some(0.0) }
    }
}

impl Sum {
    fn add(&mut self, low: f64, high: Option<f64>, surely: bool) {
        self.any = true;
        if surely {
            self.low += low;
        }
        self.high = self.high.zip(high).map(|(sum, high)| sum + high);
    }
}

/// Whether an incident belongs to what a figure counts; no standing but those of what is said to have happened.
fn belongs(figure: &FigureBeside, thing: &CountedThing, incident: &Incident, corpus: &Corpus) -> Belongs {
    if matches!(incident.standing, Standing::Retracted | Standing::Denied) || !is_of_type(thing, incident) {
        return Belongs::No;
    }
    let parts = [
        in_window(figure.window, incident, corpus),
        by_party(&figure.actor, &incident.actor, incident.recipient.is_empty()),
        by_party(&figure.recipient, &incident.recipient, false),
        at_place(&figure.places, &incident.places),
    ];
    parts.into_iter().min().unwrap_or(Belongs::No)
}

fn is_of_type(thing: &CountedThing, incident: &Incident) -> bool {
    let is = |event: &Vec<String>| {
        event.split_first().is_some_and(|(code, modes)| {
            *code == incident.code && modes.iter().all(|mode| incident.modes.contains(mode))
        })
    };
    thing.events.is_empty() || thing.events.iter().any(is)
}

fn in_window(window: Window, incident: &Incident, corpus: &Corpus) -> Belongs {
    let ends = incident.from.or(incident.to).zip(incident.to.or(incident.from));
    // What is undated lies in the days before its first report, as where incidents are weighed.
    let reported = || {
        let claims = incident.accounts.iter().flat_map(|a| &a.claims);
        let first = claims.filter_map(|c| corpus.published.get(c)).min()?;
        Some((first.saturating_sub(DAYS_BEFORE_REPORT.days()), *first))
    };
    let dated = ends.map(|(from, to)| (from.date(), to.date()));
    let Some((from, to)) = dated.or_else(reported) else { return Belongs::Perhaps };
    let (first, last) = (window.from.unwrap_or(Date::MIN), window.to.unwrap_or(Date::MAX));
    if to < first || from > last {
        Belongs::No
    } else if from < first || to > last || dated.is_none() {
        Belongs::Perhaps
    } else {
        Belongs::Surely
    }
}

/// `mutual` where the incident has one side only, so that both may be on it.
fn by_party(figure: &[PartyRecord], incident: &[PartyRecord], mutual: bool) -> Belongs {
    let wanted = roots(figure);
    if wanted.is_empty() {
        return Belongs::Surely;
    }
    let there = roots(incident);
    if there.is_empty() {
        Belongs::Perhaps
    } else if wanted.is_disjoint(&there) {
        Belongs::No
    } else if mutual && there.len() > 1 {
        // A clash: who attacked is not told.
        Belongs::Perhaps
    } else {
        Belongs::Surely
    }
}

fn at_place(figure: &[PlaceRecord], incident: &[PlaceRecord]) -> Belongs {
    if figure.is_empty() {
        return Belongs::Surely;
    }
    if incident.is_empty() {
        return Belongs::Perhaps;
    }
    let pairs = figure.iter().flat_map(|wanted| incident.iter().map(move |there| holds(wanted, there)));
    pairs.max().unwrap_or(Belongs::No)
}

/// Whether a place lies in another, by the names of both.
fn holds(wanted: &PlaceRecord, there: &PlaceRecord) -> Belongs {
    match (wanted.country, there.country) {
        (Some(a), Some(b)) if a != b => return Belongs::No,
        (Some(_), Some(_)) => {}
        _ => return Belongs::Perhaps,
    }
    let town = |p: &PlaceRecord| {
        use model::Precision::{Point, Settlement};
        if matches!(p.precision, Some(Point | Settlement)) { p.name.as_deref().map(str::to_lowercase) } else { None }
    };
    let level = |of: &dyn Fn(&PlaceRecord) -> Option<String>| match (of(wanted), of(there)) {
        (None, _) => Belongs::Surely,
        (Some(_), None) => Belongs::Perhaps,
        (Some(a), Some(b)) if a == b => Belongs::Surely,
        _ => Belongs::No,
    };
    let admin1 = level(&|p| p.admin1.as_deref().map(str::to_lowercase));
    let admin2 = level(&|p| p.admin2.as_deref().map(str::to_lowercase));
    admin1.min(admin2).min(level(&town))
}

/// What an incident gives of an effect: the lowest and highest of its accounts; `None` where none gives a number.
fn range(incident: &Incident, kind: EffectKind, category: Option<Category>) -> Option<(f64, Option<f64>)> {
    let Some(category) = category else {
        let range = incident.effects.iter().find(|e| e.kind == kind)?;
        return (range.low.is_some() || range.high.is_some()).then_some((range.low.unwrap_or(0.0), range.high));
    };
    let saying = incident.accounts.iter().filter(|a| {
        matches!(a.attitude, Attitude::Asserts | Attitude::Confirms | Attitude::Alleges)
            && !matches!(a.status, Status::DidNotOccur | Status::Cancelled)
    });
    let totals: Vec<(f64, Option<f64>)> = saying
        .filter_map(|a| toll::of_category(&a.effects, kind, category))
        .map(|t| (t.low.unwrap_or(0.0), t.high))
        .collect();
    let low = totals.iter().map(|t| t.0).min_by(f64::total_cmp)?;
    let highs: Option<Vec<f64>> = totals.iter().map(|t| t.1).collect();
    Some((low, highs.and_then(|h| h.into_iter().max_by(f64::total_cmp))))
}

/// Days of an incident.
pub(super) fn is_dated(incident: &Incident) -> bool {
    incident.from.or(incident.to).map(When::date).is_some()
}
