//! Lasting relations between parties, and what they come to over time.

use std::collections::BTreeMap;

use analysis::ties::{self, Act, Key, Period, Ties, Window};
use jiff::civil::Date;
use lake::Filter;
use model::{ClaimId, IncidentId};
use present::{Between, Levers, TieNetwork, Tied};

use crate::{AnswerError, Desk, Grounded, Known, Question, gather};

/// Which network is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkAsked {
    /// The day; the as-of day, else that of the last report, if not given.
    pub on: Option<Date>,
    /// Attacks of so many days before count as hostile sides; 0 for none.
    pub attacks: u16,
}

/// Each tie as a stretch of time: who asserts it, who denies it, since when, last said.
pub fn spans(desk: &Desk, question: &Question) -> Result<Grounded<Tied>, AnswerError> {
    let bases = Bases::of(desk, question)?;
    let mut grounds = bases.gathered.grounds(question, "ties")?;
    (grounds.method, grounds.caveats) = (Tied::method(), Tied::caveats());
    let answer = Tied::new(bases.ties, &bases.gathered.told());
    Ok(Grounded { grounds, answer })
}

/// How two parties stand to each other: those asked about, else the two of whom most is told.
pub fn shifts(desk: &Desk, question: &Question, period: Period) -> Result<Grounded<Between>, AnswerError> {
    let bases = Bases::of(desk, question)?;
    let (a, b) = match question.about.as_slice() {
        [a, b] => (Key::of_id(a), Key::of_id(b)),
        [] => {
            let nobody = "no two parties do anything to each other in what was asked for";
            let dyads = ties::dyads(&bases.acts);
            let (a, b, _) = dyads.first().ok_or_else(|| AnswerError::Asked(nobody.to_owned()))?;
            (a.clone(), b.clone())
        }
        _ => return Err(AnswerError::Asked("how two parties stand is asked of two: --about A,B".to_owned())),
    };
    let told = bases.gathered.told();
    let window = question.from.zip(question.to);
    let warming = ties::warming(&told, &bases.acts, &bases.ties, (&a, &b), period, window);
    let name = |key: &Key| bases.ties.names.get(key).cloned().unwrap_or_else(|| key.to_string());
    let mut grounds = bases.gathered.grounds(question, "how two parties stand")?;
    (grounds.method, grounds.caveats) = (Between::method(), Between::caveats());
    Ok(Grounded { grounds, answer: Between { names: (name(&a), name(&b)), warming } })
}

/// Which ties stand on a day, with their signs, and the threes that they make.
pub fn network(desk: &Desk, question: &Question, asked: NetworkAsked) -> Result<Grounded<TieNetwork>, AnswerError> {
    let undated = || AnswerError::Asked("no report of the lake has a date: name the day by --on DATE".to_owned());
    let day = asked.on.map_or_else(|| desk.day(), |day| Ok(Some(day)))?.ok_or_else(undated)?;
    let bases = Bases::of(desk, question)?;
    let window = (asked.attacks > 0).then(|| Window { acts: &bases.acts, days: asked.attacks.into() });
    let network = ties::network(&bases.ties, day, window);
    let triads = ties::triads(&network);
    let mut grounds = bases.gathered.grounds(question, "ties that stand")?;
    (grounds.method, grounds.caveats) = (TieNetwork::method(), TieNetwork::caveats());
    Ok(Grounded { grounds, answer: TieNetwork::new(network, triads, &bases.gathered.told()) })
}

/// Who depends on what, and when it was closed and opened.
pub fn leverage(desk: &Desk, question: &Question) -> Result<Grounded<Levers>, AnswerError> {
    let bases = Bases::of(desk, question)?;
    let leverage = ties::leverage(&bases.gathered.told(), &bases.ties.ties);
    let mut grounds = bases.gathered.grounds(question, "dependences and what was closed")?;
    (grounds.method, grounds.caveats) = (Levers::method(), Levers::caveats());
    Ok(Grounded { grounds, answer: Levers(leverage) })
}

/// What every answer about ties is made from.
struct Bases<'a> {
    gathered: gather::Gathered<'a>,
    acts: Vec<Act>,
    ties: Ties,
}

impl<'a> Bases<'a> {
    fn of(desk: &'a Desk, question: &Question) -> Result<Self, AnswerError> {
        let gathered = gather::Gathered::around(desk, question)?;
        // The incident of each claim, so that what several reports tell counts once.
        let filter =
            Filter { dataset: Some(None), about: Vec::new(), types: Vec::new(), ..question.filter(Some("event")) };
        let pairs = gather::incidents(desk, &filter, |incident, told| {
            told.iter().map(|t| (t.claim.id.clone(), incident.id.clone())).collect::<Vec<_>>()
        })?;
        let incidents: BTreeMap<ClaimId, IncidentId> = pairs.into_iter().flatten().collect();
        let told = gathered.told();
        let acts = ties::acts(&told, &incidents);
        let ties = ties::intervals(&told, &acts, &Known::of(&told));
        drop(told);
        Ok(Self { gathered, acts, ties })
    }
}
