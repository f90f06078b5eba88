//! Ceasefires: each with its clock, who accuses whom of breaking it; and how long many of them held.

use std::collections::BTreeSet;

use analysis::Grounds;
use analysis::ceasefires::{self, Ceasefire, Definitions};
use jiff::civil::Date;
use model::{ClaimId, PartyId, When};
use present::{Ceasefires, Survival};

use crate::{AnswerError, Desk, Grounded, Question, gather};

/// What is asked of ceasefires one by one.
#[derive(Clone, Debug)]
pub struct CeasefiresAsked {
    /// What is a violation, a lull, a collapse.
    pub definitions: Definitions,
    /// For which time to say how each stood.
    pub at: Option<When>,
}

/// Each ceasefire between the parties that are asked about, that was in force on a day asked for, or of which a claim stands
/// in the place asked for.
pub fn ceasefires(
    desk: &Desk,
    question: &Question,
    asked: &CeasefiresAsked,
) -> Result<Grounded<Ceasefires>, AnswerError> {
    let (found, gathered, mut grounds) = find(desk, question, &asked.definitions, "ceasefires")?;
    grounds.method = ceasefires::method(&asked.definitions);
    grounds.caveats = ceasefires::caveats(&found);
    Ok(Grounded { grounds, answer: Ceasefires::of(found, &gathered.told(), asked.at) })
}

/// How long those ceasefires held.
pub fn survival(
    desk: &Desk,
    question: &Question,
    definitions: &Definitions,
) -> Result<Grounded<Survival>, AnswerError> {
    let (found, _, mut grounds) = find(desk, question, definitions, "how long ceasefires held")?;
    let answer = Survival::of(&found);
    (grounds.method, grounds.caveats) = (Survival::method(), Survival::caveats());
    Ok(Grounded { grounds, answer })
}

fn find<'a>(
    desk: &'a Desk,
    question: &Question,
    definitions: &Definitions,
    what: &str,
) -> Result<(Vec<Ceasefire>, gather::Gathered<'a>, Grounds), AnswerError> {
    // All that the reports about the parties say, whenever and wherever: who denies what, and which days were read about,
    // stands in other claims than those on ceasefires.
    let whole = question.of_parties();
    if !desk.handle.block_on(desk.view().has_truces())? {
        // Nothing need be fetched to say that no report speaks of one.
        let nothing = gather::Gathered::none(desk)?;
        let grounds = gather::grounds_of_reports(desk, question, what)?;
        return Ok((Vec::new(), nothing, grounds));
    }
    let gathered = gather::Gathered::reports_about(desk, &whole)?;
    let incidents = gather::own_incidents(desk, &whole)?;
    let mut grounds = gathered.grounds(question, what)?;
    grounds.incidents = Some(incidents.len());
    let until = desk
        .as_of()
        .published
        .map_or_else(|| Ok(desk.day()?.map(When::Day)), |when| Ok::<_, AnswerError>(Some(when)))?;
    // Where no report has a date, no clock can be read.
    let Some(until) = until else { return Ok((Vec::new(), gathered, grounds)) };
    let told = gathered.told();
    let mut found = ceasefires::ceasefires(&told, &incidents, desk.reports()?, definitions, until);
    drop(told);
    found.retain(|c| is_between(c, &question.about) && held_within(c, question.from, question.to));
    if question.within.is_some() {
        let there = Question { within: question.within.clone(), ..Question::default() };
        let ids = desk.handle.block_on(desk.view().claim_ids(&there.filter(Some("event"))))?;
        let ids: BTreeSet<ClaimId> = ids.into_iter().filter_map(|id| ClaimId::try_from(id).ok()).collect();
        found.retain(|c| c.claims.iter().any(|claim| ids.contains(claim)));
    }
    Ok((found, gathered, grounds))
}

/// Whether all of these are its parties or mediators.
fn is_between(ceasefire: &Ceasefire, about: &[PartyId]) -> bool {
    let sides = || ceasefire.parties.iter().chain(&ceasefire.mediators);
    about.iter().all(|asked| {
        sides().any(|side| {
            side.key == asked.root() || side.named.iter().filter_map(|p| p.id.as_ref()).any(|id| id.is_within(asked))
        })
    })
}

/// Whether it may have held on one of these days; what has neither beginning nor end is not left out.
fn held_within(ceasefire: &Ceasefire, from: Option<Date>, to: Option<Date>) -> bool {
    let begins = ceasefire.clock.begins.as_ref().map(|b| b.at.from.date());
    let ends = ceasefire.outcome.at.map(|at| at.to.date());
    from.is_none_or(|from| ends.is_none_or(|day| day >= from))
        && to.is_none_or(|to| begins.or(ends).is_none_or(|day| day <= to))
}
