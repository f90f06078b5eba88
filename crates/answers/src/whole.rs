//! One incident whole: every claim of it, every toll in the order in which it was given, who denies it, what it answers and
//! what answers it, and why its claims are held to be of one happening.

use std::collections::BTreeSet;

use analysis::incidents::{Corpus, Explanation, Happening, explain};
use lake::{DecisionRow, Filter};
use model::record::ClaimRecord;
use model::{Attitude, Basis, ClaimId, Incident, IncidentId, Rel, Status, When};
use serde::Serialize;

use crate::{Accounts, AnswerError, Desk, Weighing, words};

/// Most claims of an incident that are explained one by one.
const EXPLAINED: usize = 40;

/// One incident whole.
#[derive(Clone, Debug)]
pub struct Whole {
    /// The incident.
    pub incident: Incident,
    /// In one short phrase.
    pub words: String,
    /// Its claims, in the order in which they were published.
    pub claims: Vec<Member>,
    /// Tolls and other counts in the order in which they were given.
    pub tolls: Vec<Given>,
    /// Claims that deny it.
    pub denials: Vec<Denial>,
    /// What it answers.
    pub replies_to: Vec<Reply>,
    /// What answers it.
    pub replies_from: Vec<Reply>,
    /// Why its claims are held to be of one happening.
    pub explain: Vec<String>,
    /// What people decided about it or its claims.
    pub decisions: Vec<DecisionRow>,
}

/// A claim of the incident.
#[derive(Clone, Debug)]
pub struct Member {
    /// The claim.
    pub claim: ClaimRecord,
    /// The publication of its document.
    pub publisher: Option<String>,
    /// Whether its document is a near-copy of another.
    pub copy: bool,
}

/// A count as somebody gives it.
#[derive(Clone, Debug, Serialize)]
pub struct Given {
    /// `killed`, `injured` …
    pub kind: String,
    /// Who says so.
    pub claimant: String,
    /// Least.
    pub low: Option<f64>,
    /// Most; `None` is no upper end.
    pub high: Option<f64>,
    /// Of which people.
    pub category: Option<String>,
    /// When it was published.
    pub said: Option<When>,
    /// The claim.
    pub claim: ClaimId,
    /// A running toll, which takes the place of those before it.
    pub cumulative: bool,
}

/// A claim that denies it.
#[derive(Clone, Debug, Serialize)]
pub struct Denial {
    /// Who.
    pub by: String,
    /// The claim.
    pub claim: ClaimId,
    /// When it was published.
    pub said: Option<When>,
}

/// An incident that this one answers, or that answers it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Reply {
    /// The incident.
    pub incident: IncidentId,
    /// In one short phrase.
    pub words: String,
    /// `stated` or `inferred`.
    pub basis: String,
}

/// One incident by its id or an alias of it.
pub fn incident(desk: &Desk, id: &IncidentId) -> Result<Option<Whole>, AnswerError> {
    let weighing = desk.weighing()?;
    let Some(at) = desk.group(id)? else { return Ok(None) };
    let accounts = Accounts::of(desk, &[at])?;
    let (id, group) = &weighing.groups[at];
    let incident = accounts.incident(id, group);
    let mut claims: Vec<Member> = accounts
        .told(group)
        .into_iter()
        .map(|t| Member {
            claim: t.claim.clone(),
            publisher: t.publisher.map(str::to_owned),
            copy: t.copy_of.is_some(),
        })
        .collect();
    claims.sort_by(|a, b| {
        let key = |m: &Member| (m.claim.published.map(When::date), m.claim.document.clone(), m.claim.evidence.span);
        key(a).cmp(&key(b))
    });
    let (replies_to, replies_from) = replies(desk, weighing, at, &claims)?;
    let ids: BTreeSet<&str> = group.iter().map(ClaimId::as_str).collect();
    let mut decisions = desk.handle.block_on(desk.view().decisions())?;
    decisions.retain(|d| {
        ids.contains(d.target.as_str())
            || IncidentId::try_from(d.target.clone()).is_ok_and(|target| weighing.known.current(&target) == id)
    });
    Ok(Some(Whole {
        words: words::incident(&incident),
        tolls: claims.iter().flat_map(given).collect(),
        denials: claims.iter().filter_map(denial).collect(),
        explain: explained(&accounts.corpus(), group),
        incident,
        claims,
        replies_to,
        replies_from,
        decisions,
    }))
}

/// Who says what a claim says.
fn claimant(member: &Member) -> String {
    let by = member.claim.asserter.as_ref().map(words::named).or_else(|| member.publisher.clone());
    by.unwrap_or_else(|| "an unnamed source".to_owned())
}

fn given(member: &Member) -> Vec<Given> {
    let claim = &member.claim;
    claim
        .effects
        .iter()
        .filter(|e| e.part_of.is_none() && (e.low.is_some() || e.high.is_some()))
        .map(|e| Given {
            kind: e.kind.as_str().to_owned(),
            claimant: claimant(member),
            low: e.low,
            high: e.high,
            category: e.category.map(|c| c.as_str().to_owned()),
            said: claim.published,
            claim: claim.id.clone(),
            cumulative: e.cumulative,
        })
        .collect()
}

fn denial(member: &Member) -> Option<Denial> {
    let claim = &member.claim;
    let denies = claim.attitude == Attitude::Denies || claim.status == Status::DidNotOccur;
    denies.then(|| Denial { by: claimant(member), claim: claim.id.clone(), said: claim.published })
}

/// What the incident's claims answer, and whose claims answer them.
fn replies(
    desk: &Desk,
    weighing: &Weighing,
    at: usize,
    claims: &[Member],
) -> Result<(Vec<Reply>, Vec<Reply>), AnswerError> {
    let of = |claim: &ClaimId| weighing.of.get(claim).copied().filter(|other| *other != at);
    let reply = |other: usize, basis: Basis| {
        let id = &weighing.groups[other].0;
        let words = desk.brief(id)?.map(|b| b.words.clone()).unwrap_or_default();
        Ok::<_, AnswerError>(Reply { incident: id.clone(), words, basis: basis.as_str().to_owned() })
    };
    let mut to = BTreeSet::new();
    for link in claims.iter().flat_map(|m| &m.claim.links).filter(|l| l.rel == Rel::RepliesTo) {
        if let Some(other) = link.claim.as_ref().and_then(of) {
            to.insert(reply(other, link.basis)?);
        }
    }
    let mut from = BTreeSet::new();
    let documents: BTreeSet<String> = claims.iter().map(|m| m.claim.document.to_string()).collect();
    // Claims link to claims of their own document.
    let filter =
        Filter { kind: Some("event".to_owned()), documents: documents.into_iter().collect(), ..Filter::default() };
    let ours: BTreeSet<&ClaimId> = claims.iter().map(|m| &m.claim.id).collect();
    let mut answer = desk.handle.block_on(desk.view().unordered(&filter))?;
    while let Some(batch) = desk.handle.block_on(answer.claims())? {
        for claim in batch {
            let answering = claim.links.iter().filter(|l| l.rel == Rel::RepliesTo);
            for link in answering.filter(|l| l.claim.as_ref().is_some_and(|c| ours.contains(c))) {
                if let Some(other) = of(&claim.id) {
                    from.insert(reply(other, link.basis)?);
                }
            }
        }
    }
    Ok((to.into_iter().collect(), from.into_iter().collect()))
}

/// Each claim beside the first, in a sentence.
fn explained(corpus: &Corpus, group: &[ClaimId]) -> Vec<String> {
    let happenings: Vec<&Happening> = group.iter().take(EXPLAINED + 1).filter_map(|c| corpus.find(c)).collect();
    let Some((first, rest)) = happenings.split_first() else { return Vec::new() };
    if rest.is_empty() {
        return vec!["One claim tells of it; there is nothing to set beside it.".to_owned()];
    }
    let mut sentences: Vec<String> = rest
        .iter()
        .take(EXPLAINED)
        .map(|other| {
            let (a, b) = if first.claim() <= other.claim() { (*first, *other) } else { (*other, *first) };
            sentence(&explain(corpus, a, b), a, b)
        })
        .collect();
    if group.len() > EXPLAINED + 1 {
        sentences.push(format!("{} more claims stand with them.", group.len() - EXPLAINED - 1));
    }
    sentences
}

fn sentence(explanation: &Explanation, a: &Happening, b: &Happening) -> String {
    let told = |lines: Vec<String>| if lines.is_empty() { "nothing".to_owned() } else { lines.join("; ") };
    let by = |speaks_for: bool| {
        let lines = explanation.lines.iter().filter(|l| if speaks_for { l.weight > 0.0 } else { l.weight < 0.0 });
        told(lines.map(|l| format!("{} ({}, {:+.2})", l.field.as_str(), l.words, l.weight)).collect())
    };
    let sum = match explanation.sum {
        Some(sum) => format!("sum {sum:.2}, one happening from {:.2} on", explanation.threshold),
        None => {
            "a field excludes that they are one, and other claims or a person's decision hold them together".to_owned()
        }
    };
    format!("{} and {}: for it {}; against it {}; {sum}.", a.claim(), b.claim(), by(true), by(false))
}
