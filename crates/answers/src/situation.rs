//! A brief on a situation: the other answers put to one period, with where every claim that is cited stands.
//!
//! Briefs are handed on: they are to be asked of a desk that shows what others may see (`AsOf::open`), which withholds private
//! names and the places of shelters, and leaves restricted rows out.

use std::collections::{BTreeMap, BTreeSet};

use analysis::ceasefires::Definitions;
use analysis::commitments::Commitment;
use analysis::series::{By, CountedId, LAG_DAYS, Undated, Unit};
use analysis::ties::Period;
use jiff::ToSpan;
use jiff::civil::Date;
use lake::Filter;
use model::record::{ClaimRecord, PartyRecord};
use model::{Attitude, ClaimId, IncidentId, PartyId, Status, When};
use present::paper::{Source, is_web};
use present::situation::{Given, Happening, Names, Part, Situation};

use crate::care::one_sentence;
use crate::{
    AnswerError, Brief, CeasefiresAsked, ChangesAsked, Desk, Grounded, Order, Question, SeriesAsked, Whole, gather,
    words,
};

/// Days of a period that nobody named.
const DAYS: i64 = 7;
/// Disputed incidents that are told although others are graver.
const DISPUTED: usize = 2;
/// So many claims are named in one question to the lake.
const AT_ONCE: usize = 1000;

/// A brief on what is asked about, with the gravest incidents. The period is that of the question; where it names no days, the
/// last seven up to the day as of which the desk is asked.
pub fn situation(desk: &Desk, question: &Question, incidents: usize) -> Result<Situation, AnswerError> {
    let period = period(desk, question)?;
    let question = Question { from: period.map(|p| p.0), to: period.map(|p| p.1), ..question.clone() };
    // Whatever was said up to the end of the period: what was promised before may be broken in it.
    let up_to = Question { from: None, ..question.clone() };
    let gathered = gather::Gathered::around(desk, &question)?;
    let grounds = gathered.grounds(&question, "a brief")?;
    let names = names(desk, &up_to)?;
    let (shown, all_incidents) = gravest(desk, &question, incidents)?;
    let mut situation = Situation {
        about: question.about.iter().map(|id| names.of(id.as_str())).collect(),
        roots: question.about.iter().map(|id| id.root().to_owned()).collect(),
        within: question.within.clone(),
        period,
        grounds,
        changes: period.map(|period| changes(desk, &question, period)).transpose()?.flatten(),
        over_time: period.map(|period| over_time(desk, &question, period, &names)).transpose()?,
        incidents: shown,
        all_incidents,
        ceasefires: ceasefires(desk, &question, period)?,
        commitments: commitments(desk, &up_to, period)?,
        ties: ties(desk, &up_to, period)?,
        shifts: match question.about.len() {
            2 => Some(part(crate::shifts(desk, &up_to, Period::Week)?)),
            _ => None,
        },
        causes: part(crate::causes(desk, &up_to)?),
        names,
        behind: BTreeMap::new(),
        sources: BTreeMap::new(),
        unread: unread(desk, period)?,
        withheld_rows: desk.withheld_rows()?,
    };
    situation.behind = behind(desk, &situation)?;
    situation.sources = sources(desk, &situation.cited())?;
    Ok(situation)
}

fn part<A>(Grounded { grounds, answer }: Grounded<A>) -> Part<A> {
    Part { grounds, answer }
}

/// First and last day; none where nothing is dated and no day is named.
fn period(desk: &Desk, question: &Question) -> Result<Option<(Date, Date)>, AnswerError> {
    let Some(to) = question.to.map_or_else(|| desk.day(), |day| Ok(Some(day)))? else { return Ok(None) };
    let from = question.from.unwrap_or_else(|| to.saturating_sub((DAYS - 1).days()));
    if from > to {
        return Err(AnswerError::Asked(format!("--from {from} comes after --to {to}")));
    }
    Ok(Some((from, to)))
}

/// Days of a period, both ends included.
fn days((from, to): (Date, Date)) -> i64 {
    from.until(to).map_or(1, |span| i64::from(span.get_days()) + 1)
}

fn changes(
    desk: &Desk,
    question: &Question,
    period: (Date, Date),
) -> Result<Option<Part<present::WhatChanged>>, AnswerError> {
    let days = days(period);
    let asked = ChangesAsked {
        sources: Vec::new(),
        days: u16::try_from(days).unwrap_or(u16::MAX),
        last: Some(period.1),
        // A year of weeks; of longer periods fewer, since they soon reach beyond what was read.
        before: if days <= DAYS { vec![4, 52] } else { vec![4, 12] },
        dated_only: false,
    };
    let whenever = Question { from: None, to: None, ..question.clone() };
    Ok(crate::changes(desk, &whenever, &asked)?.map(part))
}

fn over_time(
    desk: &Desk,
    question: &Question,
    (from, to): (Date, Date),
    names: &Names,
) -> Result<Part<present::OverTime>, AnswerError> {
    // A picture of some dozen periods before, so that this one can be seen beside them.
    let (unit, before) = match days((from, to)) {
        ..=62 => (Unit::Week, 84.days()),
        63..=1000 => (Unit::Month, 365.days()),
        _ => (Unit::Year, 0.days()),
    };
    let longer = Question { from: Some(from.saturating_sub(before)), to: Some(to), ..question.clone() };
    let asked = SeriesAsked {
        sources: Vec::new(),
        by: By::All,
        unit,
        undated: Undated::OnReport,
        lag_days: LAG_DAYS,
        levels: None,
    };
    let mut told = part(crate::series(desk, &longer, &asked)?);
    let about: Vec<String> = question.about.iter().map(|id| names.of(id.as_str())).collect();
    told.answer.title = match about.len() {
        0 => "Happenings over time".to_owned(),
        1 => format!("Happenings that {} is part of", about[0]),
        _ => format!("Happenings that {} are part of", about.join(" and ")),
    };
    Ok(told)
}

/// The gravest incidents and the most disputed ones, and how many there are.
fn gravest(desk: &Desk, question: &Question, most: usize) -> Result<(Vec<Happening>, usize), AnswerError> {
    let mut briefs = crate::chosen(desk, &question.filter(Some("event")))?;
    // Hostile words at least, or lives.
    briefs.retain(|brief| brief.gravity() >= (0, 2));
    // "In 2025", told in May, is not of October.
    let within = |day: Date| question.from.is_none_or(|from| day >= from) && question.to.is_none_or(|to| day <= to);
    briefs.retain(|brief| brief.day().is_none_or(within));
    let all = briefs.len();
    let ordered = |mut briefs: Vec<&'_ Brief>, order: Order| -> Vec<IncidentId> {
        briefs.sort_by_cached_key(|brief| std::cmp::Reverse(order.place(brief)));
        briefs.into_iter().map(|brief| brief.id.clone()).collect()
    };
    let disputed: Vec<&Brief> = briefs.iter().copied().filter(|brief| brief.dispute().0 >= 3).collect();
    let mut ids = ordered(briefs, Order::Gravity);
    ids.truncate(most);
    for id in ordered(disputed, Order::Dispute).into_iter().take(DISPUTED) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let mut shown = Vec::with_capacity(ids.len());
    for id in &ids {
        shown.extend(crate::incident(desk, id)?.map(|whole| happening(&whole)));
    }
    Ok((shown, all))
}

fn happening(whole: &Whole) -> Happening {
    let copies: BTreeSet<&ClaimId> = whole.claims.iter().filter(|m| m.copy).map(|m| &m.claim.id).collect();
    // A report that names neither an asserter nor its publisher is called by its document.
    let called = |claimant: &str, claim: &ClaimId| {
        let member = whole.claims.iter().find(|m| m.claim.id == *claim);
        let unnamed = member.filter(|m| m.claim.asserter.is_none() && m.publisher.is_none());
        unnamed.map_or_else(|| claimant.to_owned(), |m| m.claim.document.to_string())
    };
    let mut tolls: Vec<Given> = Vec::new();
    for given in whole.tolls.iter().filter(|given| !copies.contains(&given.claim)) {
        let claimant = called(&given.claimant, &given.claim);
        let same = |known: &&mut Given| {
            known.kind == given.kind && known.category == given.category && known.claimant == claimant
        };
        match tolls.iter_mut().find(same) {
            Some(known) if known.low == given.low && known.high == given.high => known.claims.push(given.claim.clone()),
            // What somebody says later takes the place of what was said before.
            Some(known) => (known.low, known.high, known.claims) = (given.low, given.high, vec![given.claim.clone()]),
            None => tolls.push(Given {
                kind: given.kind.clone(),
                low: given.low,
                high: given.high,
                category: given.category.clone(),
                claimant,
                claims: vec![given.claim.clone()],
            }),
        }
    }
    let rank = |kind: &str| ["killed", "injured"].iter().position(|known| *known == kind).unwrap_or(2);
    tolls.sort_by_key(|given| rank(&given.kind));
    let (first, second): (Vec<_>, Vec<_>) = whole.claims.iter().partition(|m| !m.copy);
    let mut denied: Vec<(String, ClaimId)> = Vec::new();
    for denial in &whole.denials {
        let by = called(&denial.by, &denial.claim);
        if !denied.iter().any(|(known, _)| *known == by) {
            denied.push((by, denial.claim.clone()));
        }
    }
    Happening {
        claims: first.iter().chain(&second).map(|m| m.claim.id.clone()).collect(),
        told: whole.claims.iter().filter_map(|m| m.claim.published).map(When::date).min(),
        words: whole.words.clone(),
        tolls,
        denied,
        incident: whole.incident.clone(),
    }
}

fn ceasefires(
    desk: &Desk,
    question: &Question,
    period: Option<(Date, Date)>,
) -> Result<Part<present::Ceasefires>, AnswerError> {
    let asked = CeasefiresAsked { definitions: Definitions::embedded(), at: period.map(|(_, to)| When::Day(to)) };
    Ok(part(crate::ceasefires(desk, question, &asked)?))
}

fn commitments(
    desk: &Desk,
    up_to: &Question,
    period: Option<(Date, Date)>,
) -> Result<Part<present::Commitments>, AnswerError> {
    let mut told = part(crate::commitments(desk, up_to)?);
    let within = |day: Date| period.is_some_and(|(from, to)| from <= day && day <= to);
    let spoken_of = |c: &Commitment| {
        let lists = [&c.said, &c.denied, &c.kept, &c.kept_denied, &c.broken, &c.broken_denied, &c.withdrawn, &c.lapsed];
        lists.into_iter().flatten().filter_map(|s| s.published).any(|day| within(day.date()))
    };
    told.answer.0.retain(spoken_of);
    Ok(told)
}

fn ties(desk: &Desk, up_to: &Question, period: Option<(Date, Date)>) -> Result<Part<present::Tied>, AnswerError> {
    let mut told = part(crate::spans(desk, up_to)?);
    told.answer.ties.ties.retain(|tie| tie.last_said.zip(period).is_some_and(|(day, (from, _))| day >= from));
    Ok(told)
}

/// What parties and documents are called, in all that was said up to the end of the period.
fn names(desk: &Desk, up_to: &Question) -> Result<Names, AnswerError> {
    let gathered = gather::Gathered::reports_about(desk, up_to)?;
    let mut heard: BTreeMap<&PartyId, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut documents: BTreeSet<String> = BTreeSet::new();
    let told = gathered.told();
    for t in &told {
        for party in parties(t.claim) {
            if let (Some(id), Some(name)) = (&party.id, party.name.as_deref()) {
                *heard.entry(id).or_default().entry(name).or_default() += 1;
            }
        }
        if t.publisher.is_none() {
            documents.insert(t.claim.document.to_string());
        }
    }
    let commonest = |names: BTreeMap<&str, usize>| {
        names.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0))).map(|(name, _)| name.to_owned())
    };
    let parties = heard.into_iter().filter_map(|(id, names)| Some((id.to_string(), commonest(names)?))).collect();
    let heads = desk.handle.block_on(desk.view().heads(&documents.into_iter().collect::<Vec<_>>()))?;
    let documents = heads.into_iter().map(|(id, head)| {
        let day = head.published.as_deref().map_or("no date", |day| day.get(..10).unwrap_or(day)).to_owned();
        (id, format!("a report of {day} whose publisher is not named"))
    });
    Ok(Names { parties, documents: documents.collect() })
}

fn parties(claim: &ClaimRecord) -> impl Iterator<Item = &PartyRecord> {
    let sources = claim.attribution.iter().filter_map(|a| a.party.as_ref());
    let named = claim.actor.iter().chain(&claim.recipient).chain(&claim.via).chain(&claim.asserter);
    named.chain(sources)
}

/// The claims of the incidents that are counted.
fn behind(desk: &Desk, situation: &Situation) -> Result<BTreeMap<IncidentId, Vec<ClaimId>>, AnswerError> {
    let mut counted: Vec<&CountedId> = Vec::new();
    if let Some(part) = &situation.changes {
        let changes = &part.answer.changes;
        counted.extend(changes.compared.iter().flat_map(|c| c.now.ids.iter().chain(&c.before)));
        counted.extend(changes.emerging.iter().flat_map(|new| &new.now));
    }
    if let Some(part) = &situation.over_time {
        counted.extend(part.answer.course.series.iter().flat_map(|s| &s.bins).flat_map(|bin| &bin.counts.ids));
    }
    let incident = |id: &&CountedId| matches!(id, CountedId::Incident(_));
    let ids: BTreeSet<String> = counted.into_iter().filter(incident).map(ToString::to_string).collect();
    let weighing = desk.weighing()?;
    let groups = weighing.groups.iter().filter(|(id, _)| ids.contains(id.as_str()));
    Ok(groups.map(|(id, claims)| (id.clone(), claims.clone())).collect())
}

/// Where claims stand, in a sentence each.
fn sources(desk: &Desk, cited: &[ClaimId]) -> Result<BTreeMap<ClaimId, Source>, AnswerError> {
    let (mut sources, care) = (BTreeMap::new(), desk.care()?);
    for some in cited.chunks(AT_ONCE) {
        let filter = Filter { ids: some.iter().map(ToString::to_string).collect(), ..Filter::default() };
        let mut claims = Vec::new();
        let mut answer = desk.handle.block_on(desk.view().unordered(&filter))?;
        while let Some(told) = desk.handle.block_on(answer.told())? {
            claims.extend(told);
        }
        let documents: BTreeSet<String> = claims.iter().map(|(c, _)| c.document.to_string()).collect();
        let heads = desk.handle.block_on(desk.view().heads(&documents.into_iter().collect::<Vec<_>>()))?;
        for (mut claim, publisher) in claims {
            let head = heads.get(claim.document.as_str());
            let (mut title, mut url) = head.map_or((None, None), |h| (h.title.clone(), h.url.clone()));
            if let Some(care) = care {
                care.claim(&mut claim);
                care.head(claim.document.as_str(), &mut title, &mut url);
            }
            let plain = claim.evidence.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let source = Source {
                quote: one_sentence(&plain),
                says: says(&claim, publisher.as_deref()),
                publisher,
                published: claim.published,
                title,
                url: url.filter(|url| is_web(url)),
            };
            sources.insert(claim.id, source);
        }
    }
    Ok(sources)
}

/// Who says it, and how.
fn says(claim: &ClaimRecord, publisher: Option<&str>) -> String {
    let own = || format!("{}, in its own voice", publisher.unwrap_or("The report"));
    let who = claim.asserter.as_ref().map_or_else(own, words::named);
    let verb = match claim.attitude {
        Attitude::Asserts => "asserts",
        Attitude::Confirms => "confirms",
        Attitude::Alleges => "alleges",
        Attitude::Denies => "denies",
        Attitude::Doubts => "doubts",
        Attitude::Retracts => "takes back",
    };
    let status = match claim.status {
        Status::Occurred | Status::Ongoing => String::new(),
        status => format!(" ({})", status.as_str().replace('_', " ")),
    };
    match claim.asserter {
        Some(_) => format!("{who} {verb}{status}"),
        None => format!("{who}{status}"),
    }
}

/// Stretches of days of the period on which no report was published that was read.
fn unread(desk: &Desk, period: Option<(Date, Date)>) -> Result<Vec<(Date, Date)>, AnswerError> {
    let Some((from, to)) = period else { return Ok(Vec::new()) };
    let reports = desk.reports()?.iter().filter(|r| r.dataset.is_none());
    let read: BTreeSet<Date> = reports.filter_map(|r| r.published).collect();
    let mut stretches: Vec<(Date, Date)> = Vec::new();
    let mut day = from;
    while day <= to {
        if !read.contains(&day) {
            match stretches.last_mut().filter(|(_, last)| last.tomorrow().is_ok_and(|next| next == day)) {
                Some((_, last)) => *last = day,
                None => stretches.push((day, day)),
            }
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    Ok(stretches)
}
