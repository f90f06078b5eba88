//! Cycles of attack and reply: how many further events one event brings.

use std::collections::{BTreeMap, BTreeSet};

use analysis::cycles::{self, FOUND, Language, replies, stated, streams_of_rows};
use analysis::series::{By, Gathered, Quad, Window};
use model::{ClaimId, Rel};
use present::Cycles;

use crate::rows::Rows;
use crate::{AnswerError, Desk, Grounded, Question, Source};

/// Which cycles are asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct CyclesAsked {
    /// Which source; the only one that the lake holds where none is named.
    pub source: Option<Source>,
    /// What streams are made by.
    pub by: By,
    /// At most so many streams, those of most events.
    pub most: usize,
    /// Which classes count.
    pub quads: Vec<Quad>,
}

impl Default for CyclesAsked {
    fn default() -> Self {
        Self { source: None, by: By::DirectedDyad, most: 4, quads: vec![Quad::MaterialConflict] }
    }
}

/// What one event brings, under baselines that move as freely as what was held out bears out.
pub fn cycles(desk: &Desk, question: &Question, asked: &CyclesAsked) -> Result<Grounded<Cycles>, AnswerError> {
    let rows = Rows::fetch(desk, question, &asked.source.map(|s| vec![s]).unwrap_or_default())?;
    let (source, streams, not_placed) = streams(desk, question, asked, &rows)?;
    let report = cycles::report(&streams, threads());
    let pairs = pairs(desk)?;
    let stated = stated(rows.gathered.rows(), &source, asked.by, &streams, &pairs);
    let replies = (!stated.is_empty()).then(|| replies(&streams, &report.process, &stated, FOUND));
    let answer = Cycles::new(format!("Cycles{}", question.words()), &streams, report, not_placed, replies);
    let what = match answer.report.language {
        Language::AttackAndReply => "cycles of attack and reply",
        Language::Excitation => "how streams of events excite each other",
    };
    let mut grounds = rows.grounds(desk, question, what)?;
    grounds.method = answer.method();
    grounds.caveats.extend(answer.caveats());
    Ok(Grounded { grounds, answer })
}

/// The streams of a question, of one source.
pub(crate) fn streams(
    desk: &Desk,
    question: &Question,
    asked: &CyclesAsked,
    rows: &Rows,
) -> Result<(analysis::series::Source, cycles::Streams, cycles::Unplaced), AnswerError> {
    let source = one_source(&rows.gathered)?;
    let window = match (question.from, question.to) {
        (Some(from), Some(to)) => Some(Window { from, to }),
        _ => None,
    };
    let mut wanted = cycles::Asked::attacks(asked.by);
    (wanted.most, wanted.quads, wanted.window) = (asked.most, asked.quads.clone(), window);
    let (streams, not_placed) = streams_of_rows(rows.gathered.rows(), desk.reports()?, &source, &wanted)
        .map_err(|refused| AnswerError::Asked(refused.to_string()))?;
    Ok((source, streams, not_placed))
}

/// The source of these rows; refused where there are several, which must never be mixed.
pub(crate) fn one_source(gathered: &Gathered) -> Result<analysis::series::Source, AnswerError> {
    let mut counts: BTreeMap<&analysis::series::Source, usize> = BTreeMap::new();
    for row in gathered.rows() {
        *counts.entry(&row.source).or_default() += 1;
    }
    let sources: Vec<_> = counts.keys().collect();
    match sources.as_slice() {
        [] => Err(AnswerError::Asked("nothing of this is counted: no report and no data set tells of it".to_owned())),
        [one] => Ok((**one).clone()),
        several => {
            let names: Vec<String> = several.iter().map(|s| s.to_string().replace("reading", "own")).collect();
            let sets: BTreeSet<&str> = names.iter().map(|n| n.split('@').next().unwrap_or(n)).collect();
            if sets.len() > 1 {
                return Err(AnswerError::Asked(format!(
                    "the lake holds several sources, which are never mixed ({}): name one with --source",
                    names.join(", ")
                )));
            }
            // Of several releases of one data set that which has most.
            let most = counts.iter().max_by_key(|(source, n)| (**n, std::cmp::Reverse(*source)));
            most.map(|(source, _)| (*source).clone()).ok_or_else(|| AnswerError::Asked("no source is there".to_owned()))
        }
    }
}

/// Incidents of which a text says that the first answers the second.
fn pairs(desk: &Desk) -> Result<Vec<(String, String)>, AnswerError> {
    let weighing = desk.weighing()?;
    let incident = |claim: String| {
        let at = *weighing.of.get(&ClaimId::try_from(claim).ok()?)?;
        Some(weighing.groups[at].0.to_string())
    };
    let links = desk.handle.block_on(desk.view().linked(Rel::RepliesTo.as_str()))?;
    let stated = links.into_iter().filter(|(_, _, basis)| basis == "stated");
    let pairs: BTreeSet<(String, String)> =
        stated.filter_map(|(from, to, _)| Some((incident(from)?, incident(to)?))).filter(|(a, b)| a != b).collect();
    Ok(pairs.into_iter().collect())
}

/// As many threads as there are cores; what comes out is the same for any number.
pub(crate) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
