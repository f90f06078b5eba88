//! Incidents and ceasefires in time: who is in which lane, what answers what.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use analysis::ceasefires::{Ceasefire, Definitions};
use analysis::ties::Key;
use jiff::ToSpan;
use model::{ClaimId, Granularity, IncidentId, Rel, When};
use serde::Serialize;

use crate::{AnswerError, Brief, CeasefiresAsked, Desk, Question, ceasefires, chosen};

/// What a timeline shows.
#[derive(Clone, Debug)]
pub struct Timeline<'a> {
    /// Parties by polity or group, with their names and in how many of these incidents they are; the busiest first.
    pub lanes: Vec<(Key, String, usize)>,
    /// Incidents in the order of their days; what has no day is left out and counted.
    pub events: Vec<&'a Brief>,
    /// Which incident answers which.
    pub replies: Vec<Reply>,
    /// Ceasefires that are asked for.
    pub ceasefires: Vec<Truce>,
    /// Incidents that no day is told of.
    pub undated: usize,
    /// Incidents left out because more are asked for than are shown: the least grave.
    pub left_out: usize,
}

/// One incident answers another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Reply {
    /// The answer.
    pub from: IncidentId,
    /// What is answered.
    pub to: IncidentId,
    /// `stated` or `inferred`.
    pub basis: &'static str,
}

/// A ceasefire in brief.
#[derive(Clone, Debug, Serialize)]
pub struct Truce {
    /// Its id.
    pub id: String,
    /// Its parties, as lanes have them.
    pub parties: Vec<String>,
    /// From when it holds.
    pub begins: Option<When>,
    /// Until when it is to hold.
    pub until: Option<When>,
    /// When it was over; `None` where it had not ended.
    pub ends: Option<When>,
    /// How it stood as of the day that is asked for.
    pub state: String,
    /// In a sentence.
    pub words: String,
}

/// The timeline of a question, with at most so many incidents.
pub fn timeline<'a>(desk: &'a Desk, question: &Question, most: usize) -> Result<Timeline<'a>, AnswerError> {
    let mut events = chosen(desk, &question.filter(Some("event")))?;
    let all = events.len();
    events.retain(|brief| brief.from.or(brief.to).is_some());
    let undated = all - events.len();
    let left_out = events.len().saturating_sub(most);
    if left_out > 0 {
        events.sort_by(|a, b| {
            b.gravity().cmp(&a.gravity()).then_with(|| b.day().cmp(&a.day())).then_with(|| a.id.cmp(&b.id))
        });
        events.truncate(most);
    }
    events.sort_by_key(|brief| (brief.from.or(brief.to).map(When::date), brief.id.clone()));

    let mut lanes: BTreeMap<&Key, (&str, usize)> = BTreeMap::new();
    for brief in &events {
        let sides: BTreeMap<&Key, &str> =
            brief.acting.iter().chain(&brief.suffering).map(|(key, name)| (key, name.as_str())).collect();
        for (key, name) in sides {
            let lane = lanes.entry(key).or_insert((name, 0));
            lane.1 += 1;
            // Of several names the shortest: "Pakistan" before "Pakistan's Inter-Services Public Relations".
            if name.len() < lane.0.len() {
                lane.0 = name;
            }
        }
    }
    let mut lanes: Vec<(Key, String, usize)> =
        lanes.into_iter().map(|(key, (name, n))| (key.clone(), name.to_owned(), n)).collect();
    lanes.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
    let replies = replies(desk, &events)?;
    let asked = CeasefiresAsked { definitions: Definitions::embedded(), at: None };
    let until = desk.as_of().published.or(desk.day()?.map(When::Day));
    let truces = ceasefires(desk, question, &asked)?.answer.ceasefires;
    let ceasefires = truces.iter().map(|truce| brief(truce, until)).collect();
    Ok(Timeline { lanes, events, replies, ceasefires, undated, left_out })
}

/// Links between claims of these incidents.
fn replies(desk: &Desk, events: &[&Brief]) -> Result<Vec<Reply>, AnswerError> {
    let weighing = desk.weighing()?;
    let shown: BTreeSet<&IncidentId> = events.iter().map(|brief| &brief.id).collect();
    let incident =
        |claim: &ClaimId| weighing.of.get(claim).map(|&at| &weighing.groups[at].0).filter(|id| shown.contains(id));
    let mut replies: HashMap<(IncidentId, IncidentId), &'static str> = HashMap::new();
    for (from, to, basis) in desk.handle.block_on(desk.view().linked(Rel::RepliesTo.as_str()))? {
        let (Ok(from), Ok(to)) = (ClaimId::try_from(from), ClaimId::try_from(to)) else { continue };
        let (Some(a), Some(b)) = (incident(&from), incident(&to)) else { continue };
        if a != b {
            let basis = if basis == "stated" { "stated" } else { "inferred" };
            let known = replies.entry((a.clone(), b.clone())).or_insert(basis);
            // Words that say so go before what was inferred.
            if basis == "stated" {
                *known = basis;
            }
        }
    }
    let mut replies: Vec<Reply> = replies.into_iter().map(|((from, to), basis)| Reply { from, to, basis }).collect();
    replies.sort_unstable();
    Ok(replies)
}

fn brief(truce: &Ceasefire, until: Option<When>) -> Truce {
    let parties: Vec<String> = truce.parties.iter().map(|side| side.key.clone()).collect();
    let state = until.map_or("not known", |until| truce.state_at(until).state.words());
    let end = truce.outcome.end.map_or("not ended", |end| end.words());
    Truce {
        id: truce.id.to_string(),
        words: format!("Ceasefire of {}: {state}; {end}. {}", parties.join(" and "), truce.outcome.why),
        parties,
        begins: truce.clock.begins.as_ref().map(|begins| begins.at.from),
        until: truce.clock.until.as_ref().map(|until| until.at.to),
        ends: truce.outcome.end.and(truce.outcome.at).map(|at| at.from),
        state: state.to_owned(),
    }
}

/// How finely a stretch of time is told.
pub fn granularity(from: Option<When>, to: Option<When>) -> Granularity {
    match (from.or(to), to.or(from)) {
        (Some(When::At(..)), Some(When::At(..))) => Granularity::Hour,
        (Some(a), Some(b)) => {
            let (a, b) = (a.date(), b.date());
            if a == b {
                Granularity::Day
            } else if a.day() == 1 && b == a.last_of_month() {
                Granularity::Month
            } else if a.month() == 1 && a.day() == 1 && b == a.last_of_year() {
                Granularity::Year
            } else if a.checked_add(6.days()).is_ok_and(|end| end == b) {
                Granularity::Week
            } else {
                Granularity::Range
            }
        }
        _ => Granularity::Unknown,
    }
}
