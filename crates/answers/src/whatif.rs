//! What might come under a lever: futures of the fitted cycles with and without it; what people say of the lever, beside.

use std::collections::BTreeSet;

use analysis::causes::{Concepts, Graph, Sign, Voice};
use analysis::cycles::fitted;
use analysis::whatif::lever::Border;
use analysis::whatif::{self, Asked, Episode, Judgement, Lever, Package, What};
use jiff::civil::Date;
use model::{EventType, When};
use present::WhatIf;

use crate::cycles::{CyclesAsked, streams, threads};
use crate::rows::Rows;
use crate::{AnswerError, CeasefiresAsked, Desk, Grounded, Question, ceasefires, leverage};

/// What the levers are to move, by the concepts of judgements of cause and effect.
const VIOLENCE: [&str; 4] = ["attacks", "strikes", "fighting", "retaliation"];

/// Most judgements of a lever.
const JUDGEMENTS: usize = 8;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIfAsked {
    /// Of which streams of events.
    pub streams: CyclesAsked,
    /// Packages of levers.
    pub packages: Vec<Package>,
    /// Days ahead.
    pub days: usize,
    /// Futures of each package.
    pub futures: usize,
    /// Times at which levers were really pulled, besides those that the reports tell of.
    pub episodes: Vec<Episode>,
}

/// What might come.
pub fn what_if(desk: &Desk, question: &Question, asked: &WhatIfAsked) -> Result<Grounded<WhatIf>, AnswerError> {
    let rows = Rows::fetch(desk, question, &asked.streams.source.map(|s| vec![s]).unwrap_or_default())?;
    let (_, streams, _) = streams(desk, question, &asked.streams, &rows)?;
    let (report, posterior) = fitted(&streams, threads());
    let mut episodes = told(desk, question, &rows)?;
    episodes.extend(asked.episodes.iter().cloned());
    let wanted = Asked { days: asked.days, futures: asked.futures, ..Asked::new(asked.packages.clone()) };
    let found = whatif::what_if(&streams, (&report, &posterior), &episodes, &wanted, threads())
        .map_err(|refused| AnswerError::Asked(refused.to_string()))?;
    let judgements = judgements(desk, question, &found)?;
    let answer = WhatIf::new(format!("Events{}", question.words()), found.with_judgements(judgements));
    let mut grounds = rows.grounds(desk, question, "what might come under a lever")?;
    grounds.method = answer.method();
    grounds.caveats.extend(answer.caveats());
    Ok(Grounded { grounds, answer })
}

/// An episode before its lever is read: the lever's text, first day, last day, who says so, ids of what says so.
type Told = (String, Date, Option<Date>, String, Vec<String>);

/// Times at which levers were pulled, as the reports in the lake tell of them: ceasefires with their days, crossings closed,
/// talks.
fn told(desk: &Desk, question: &Question, rows: &Rows) -> Result<Vec<Episode>, AnswerError> {
    let mut episodes: BTreeSet<Told> = BTreeSet::new();
    let whole = question.of_parties();
    let asked = CeasefiresAsked { definitions: analysis::ceasefires::Definitions::embedded(), at: None };
    let day = |when: When| when.date();
    for truce in ceasefires(desk, &whole, &asked)?.answer.ceasefires {
        let sides: Vec<&str> = truce.parties.iter().map(|side| side.key.as_str()).collect();
        let begins = truce.clock.begins.as_ref().map(|begins| day(begins.at.from));
        let ends = truce.outcome.at.map(|at| day(at.from)).or(truce.clock.until.as_ref().map(|until| day(until.at.to)));
        if let ([a, b], Some(from)) = (sides.as_slice(), begins) {
            let evidence = truce.claims.iter().map(ToString::to_string).collect();
            episodes.insert((format!("ceasefire:{a}-{b}:30d"), from, ends, truce.id.to_string(), evidence));
        }
    }
    for lever in leverage(desk, &whole)?.answer.0.levers {
        let touched: Vec<&str> = lever.touches.iter().map(analysis::ties::Key::as_str).collect();
        let [a, b] = touched.as_slice() else { continue };
        for spell in &lever.spells {
            let opened = spell.opened.map(|(from, _)| from);
            let evidence = spell.claims.iter().map(ToString::to_string).collect();
            episodes.insert((format!("border:{a}-{b}:closed"), spell.closed.0, opened, lever.name.clone(), evidence));
        }
    }
    for row in rows.gathered.rows().filter(|row| row.code == EventType::Consult) {
        let Some((from, to)) = row.days.filter(|(from, to)| from == to) else { continue };
        for dyad in &row.dyads {
            let (a, b) =
                (dyad.from.to_string().min(dyad.to.to_string()), dyad.from.to_string().max(dyad.to.to_string()));
            let id = row.id.to_string();
            episodes.insert((format!("talks:{a}-{b}"), from, Some(to), id.clone(), vec![id]));
        }
    }
    Ok(episodes.into_iter().filter_map(episode).collect())
}

/// An episode of a lever that can be written; a party without an id cannot.
fn episode((text, from, to, source, evidence): Told) -> Option<Episode> {
    let what = text.replace(' ', "_").parse::<Lever>().ok()?.what;
    Some(Episode { what, from, to: to.filter(|to| *to >= from), source, evidence })
}

/// What people say that each lever does to violence, each voice once a path.
fn judgements(desk: &Desk, question: &Question, found: &whatif::WhatIf) -> Result<Vec<Judgement>, AnswerError> {
    let concepts = Concepts::embedded()?;
    let graph = crate::causes(desk, &question.of_parties())?.answer;
    let mut judgements = Vec::new();
    let mut seen = BTreeSet::new();
    // Of several levers pulled together nobody can tell which did it: where one is also pulled alone, that is what is told.
    let (alone, together): (Vec<_>, Vec<_>) = found.outcomes.iter().partition(|outcome| outcome.levers.len() == 1);
    for outcome in alone.into_iter().chain(together) {
        for pulled in &outcome.levers {
            if !seen.insert(pulled.lever.to_string()) {
                continue;
            }
            let alone = (outcome.levers.len() == 1).then_some(outcome);
            let beside = alone.and_then(|outcome| found.against_none(&outcome.package, None));
            let falls = beside.and_then(|contrast| match contrast.difference {
                whatif::Spread { high_90, .. } if high_90 < 0.0 => Some(true),
                whatif::Spread { low_90, .. } if low_90 > 0.0 => Some(false),
                _ => None,
            });
            judgements.extend(said(&graph, &concepts, &pulled.lever, falls));
        }
    }
    Ok(judgements)
}

fn said(graph: &Graph, concepts: &Concepts, lever: &Lever, falls: Option<bool>) -> Vec<Judgement> {
    let (words, is_more) = words(lever);
    let mut judgements: Vec<Judgement> = Vec::new();
    for violence in VIOLENCE {
        for chain in graph.paths(words, Some(violence), concepts).paths.chains {
            let lowers = is_more.map(|more| (chain.sign == Sign::Lowers) == more);
            let mut voices: Vec<&Voice> = chain.whole_by.iter().collect();
            if voices.is_empty() {
                voices.extend(chain.steps.iter().flat_map(|step| &step.by));
            }
            let mut who: Vec<String> = voices.iter().map(|voice| voice.name.clone()).collect();
            who.sort();
            who.dedup();
            let evidence: BTreeSet<String> =
                chain.steps.iter().flat_map(|step| &step.claims).map(ToString::to_string).collect();
            let pieced = if chain.pieced { " (pieced together from several)" } else { "" };
            judgements.push(Judgement {
                lever: lever.to_string(),
                who: who.join(", "),
                says: format!("{}{pieced}", chain.name),
                agrees: falls.zip(lowers).map(|(falls, lowers)| falls == lowers),
                evidence: evidence.into_iter().collect(),
            });
        }
    }
    judgements.truncate(JUDGEMENTS);
    judgements
}

/// What judgements call a lever, and whether pulling it is more of that, or less of it; `None` where its range goes both ways.
fn words(lever: &Lever) -> (&'static str, Option<bool>) {
    match &lever.what {
        What::Replies(_) => {
            let more = lever.assumed.and_then(|range| match (range.low(), range.high()) {
                (low, _) if low >= 1.0 => Some(true),
                (_, high) if high <= 1.0 => Some(false),
                _ => None,
            });
            ("retaliation", more)
        }
        What::Pressure(_) => ("pressure", Some(true)),
        What::Ceasefire(_) => ("ceasefire", Some(true)),
        What::Border { border: Border::Closed, .. } => ("crossings_closed", Some(true)),
        What::Border { .. } => ("crossings_closed", Some(false)),
        What::Talks(_) => ("talks", Some(true)),
    }
}
