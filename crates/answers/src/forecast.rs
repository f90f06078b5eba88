//! Forecasts of deaths by month: made from what the lake holds, kept in it, and set beside what came.

use std::collections::BTreeMap;

use analysis::forecast::compare::Verdict;
use analysis::forecast::counted::{CountedPanel, panel_of};
use analysis::forecast::held_out::{HeldOut, held_out};
use analysis::forecast::record::{Issued, issue};
use analysis::forecast::scored::scored;
use analysis::forecast::told::told;
use analysis::forecast::{DRAWS, Model, Month, Panel, Refused, forecast, stack};
use analysis::series::{By, Settings, Unit, course};
use jiff::Timestamp;
use lake::Moment;
use model::PartyId;
use present::{ForecastRecord, Forecasts};
use serde::{Deserialize, Serialize};

use crate::cycles::one_source;
use crate::rows::Rows;
use crate::{AnswerError, Desk, Grounded, Question, Source};

/// The seed of all forecasts: the same counts give the same forecast.
const SEED: u64 = 20_251_015;

/// Months from which a forecaster is tried, half a year apart, before its forecast is given out.
const TRIED_FROM: i32 = 8;
/// Months between them.
const TRIED_EVERY: i32 = 6;
/// Months before the first of them: what a forecaster learns from.
const LEARNT_FROM: i32 = 36;

/// Which forecasts are asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct ForecastAsked {
    /// Which source; the only one that the lake holds where none is named.
    pub source: Option<Source>,
    /// What units are: countries, pairs of parties, first-order divisions, cells.
    pub by: By,
    /// The last month that is seen; the last that is known, if not given.
    pub month: Option<Month>,
    /// Months ahead.
    pub leads: Vec<u32>,
    /// The forecaster.
    pub model: Model,
    /// At most so many units, those of most deaths in the last year.
    pub most: usize,
}

impl Default for ForecastAsked {
    fn default() -> Self {
        Self { source: None, by: By::Country, month: None, leads: (1..=12).collect(), model: ours(), most: 8 }
    }
}

/// The forecaster that did best on months held out (docs/forecasts.md).
pub fn ours() -> Model {
    Model::Stack(stack::Settings::default())
}

/// What a forecaster must beat: the best of the simple ones of 2008-2017 first.
pub fn baselines() -> Vec<Model> {
    vec![Model::Weighted { half_life_months: 3.0 }, Model::Conflictology, Model::LastPoisson, Model::Zero]
}

/// A forecaster by its name.
pub fn model_named(name: &str) -> Option<Model> {
    let all = baselines().into_iter().chain([ours(), Model::NegativeBinomial]);
    all.into_iter().find(|model| model.name() == name)
}

/// The names of forecasters.
pub const MODELS: [&str; 6] = ["stack", "weighted_3", "conflictology", "negative_binomial", "last_poisson", "zero"];

/// What forecasts that are kept together are of: what is counted, so that it can be counted again when their months have come.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Counting {
    /// The data set, or `own`.
    source: String,
    /// What units are.
    by: String,
    /// Parties that were asked about.
    about: Vec<PartyId>,
    /// The place that was asked about.
    within: Option<String>,
    /// Types that were asked for.
    types: Vec<String>,
}

impl Counting {
    /// The question, whenever.
    fn question(&self) -> Question {
        let Self { about, within, types, .. } = self.clone();
        Question { about, within, types, ..Question::default() }
    }

    /// Whether it is what a question asks about; a question about nothing takes all.
    fn is_asked(&self, question: &Question, asked: &RecordAsked) -> bool {
        let asks = !question.about.is_empty() || question.within.is_some() || !question.types.is_empty();
        let of_question =
            !asks || (&self.about, &self.within, &self.types) == (&question.about, &question.within, &question.types);
        of_question
            && asked.by.is_none_or(|by| self.by == word_of(by))
            && asked.source.is_none_or(|source| self.source.parse() == Ok(source))
    }
}

/// Which of the forecasts that were kept are asked for; those of which most are kept, where nothing is said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordAsked {
    /// Of which source.
    pub source: Option<Source>,
    /// Of which units.
    pub by: Option<By>,
    /// By which forecaster; by all, where none is named.
    pub model: Option<Model>,
}

/// Forecasts kept together: how they were made, and each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Batch {
    /// What was counted.
    #[serde(flatten)]
    counting: Counting,
    /// Those of one forecaster, given out together.
    forecasts: Vec<Issued>,
}

/// A forecast with what it would be kept as.
pub struct Made {
    /// What is shown.
    pub told: Grounded<Forecasts>,
    batch: Batch,
}

struct Counts {
    counted: CountedPanel,
    source: String,
    rows: Rows,
}

/// Forecasts of a question.
pub fn forecasts(desk: &Desk, question: &Question, asked: &ForecastAsked) -> Result<Made, AnswerError> {
    let counts = counts(desk, question, asked.source, asked.by)?;
    let panel = &counts.counted.panel;
    let last = asked.month.unwrap_or_else(|| panel.last());
    let told_of = |refused: Refused| AnswerError::Asked(refused.to_string());
    let view = panel.as_of(last).map_err(told_of)?;
    let forecast = forecast(&asked.model, view, &asked.leads, DRAWS, SEED).map_err(told_of)?;
    let held_out = tried(&asked.model, panel, last, &asked.leads)?;
    let units = gravest(panel, last, asked.most, &forecast);
    let names: Vec<&str> = units.iter().map(String::as_str).collect();
    let evidence = |unit: &str, month: Month| evidence(&counts.counted, unit, month);
    let known_until = (panel.last() > last).then(|| panel.last());
    let told = told(&forecast, panel, &names, 36, known_until, held_out.as_ref(), &evidence).map_err(told_of)?;
    let data = format!("{}, {} to {last}", counts.source, panel.first());
    let caveat = caveat(held_out.as_ref());
    let issued = issue(&forecast, panel, &asked.model, SEED, ("", &data), caveat.as_deref());
    let batch = Batch {
        counting: Counting {
            source: counts.source.split('@').next().unwrap_or_default().to_owned(),
            by: word_of(asked.by).to_owned(),
            about: question.about.clone(),
            within: question.within.clone(),
            types: question.types.clone(),
        },
        forecasts: issued.into_iter().filter(|issued| units.contains(&issued.unit)).collect(),
    };
    let title = format!("Deaths by month{}", question.words());
    let answer = Forecasts { title, model: asked.model.name(), data, units: told, held_out };
    let mut grounds = counts.rows.grounds(desk, question, "forecasts of deaths by month")?;
    grounds.method = answer.method();
    grounds.caveats.extend(answer.caveats());
    Ok(Made { told: Grounded { grounds, answer }, batch })
}

/// Keeps forecasts in the lake, to be resolved when their months have come. False where the same were kept before.
pub fn keep(desk: &Desk, made: &Made, now: Timestamp) -> Result<bool, AnswerError> {
    let issued = now.strftime("%Y-%m-%d").to_string();
    let mut batch = made.batch.clone();
    let unreadable = |e: serde_json::Error| AnswerError::Asked(format!("forecasts cannot be written: {e}"));
    // The same forecast given out again is the same, on whichever day.
    let id = blake3::hash(serde_json::to_string(&batch).map_err(unreadable)?.as_bytes()).to_hex();
    for forecast in &mut batch.forecasts {
        forecast.issued.clone_from(&issued);
    }
    let text = serde_json::to_string(&batch).map_err(unreadable)?;
    Ok(desk.handle.block_on(desk.lake().keep_issued(&id[..16], Moment::at(now), text))?)
}

/// What the forecasts kept in a lake have come to, by what it holds today: those of a question, or where none is asked those of
/// which most are kept.
pub fn record(desk: &Desk, question: &Question, asked: &RecordAsked) -> Result<Grounded<ForecastRecord>, AnswerError> {
    let mut kept: BTreeMap<Counting, Vec<Issued>> = BTreeMap::new();
    for together in desk.handle.block_on(desk.lake().issued())? {
        if desk.as_of().known.is_some_and(|known| together.recorded > Moment::last_of(known)) {
            continue;
        }
        let batch: Batch = serde_json::from_str(&together.text).map_err(|e| {
            AnswerError::Asked(format!("a kept forecast cannot be read: {e}; it may be of a newer annalist"))
        })?;
        let by_asked = |issued: &Issued| asked.model.as_ref().is_none_or(|model| issued.model.name() == model.name());
        if batch.counting.is_asked(question, asked) && batch.forecasts.iter().any(by_asked) {
            kept.entry(batch.counting).or_default().extend(batch.forecasts.into_iter().filter(by_asked));
        }
    }
    let others = kept.len().saturating_sub(1);
    // What is counted otherwise is never mixed.
    let Some((counting, issued)) = kept.into_iter().max_by_key(|(_, issued)| issued.len()) else {
        return Err(AnswerError::Missing(format!(
            "no such forecast{} is kept in this lake yet: `annalist forecast --keep` keeps one",
            question.words()
        )));
    };
    let question = counting.question();
    let counts = counts(desk, &question, counting.source.parse().ok(), by_of(&counting.by))?;
    let evidence = |unit: &str, month: Month| evidence(&counts.counted, unit, month);
    let scored = scored(&issued, &counts.counted.panel, &baselines(), SEED, &evidence)
        .map_err(|refused| AnswerError::Asked(refused.to_string()))?;
    let answer = ForecastRecord { title: format!("Forecasts of deaths by month{}", question.words()), scored };
    let mut grounds = counts.rows.grounds(desk, &question, "the record of forecasts")?;
    grounds.method = ForecastRecord::method();
    grounds.caveats.extend(answer.caveats());
    if others > 0 {
        grounds.caveats.push(format!(
            "Forecasts of {others} other questions, units or sources are kept, and not told of here; ask about their parties or \
             place, or name their unit or source."
        ));
    }
    Ok(Grounded { grounds, answer })
}

fn counts(desk: &Desk, question: &Question, source: Option<Source>, by: By) -> Result<Counts, AnswerError> {
    let rows = Rows::fetch(desk, question, &source.map(|s| vec![s]).unwrap_or_default())?;
    let source = one_source(&rows.gathered)?;
    let course = course(rows.gathered.rows(), desk.reports()?, &Settings::new(by, Unit::Month));
    // Of what was read, the month of the last report is not over; nor are those whole that the question cuts.
    let is_read = source == analysis::series::Source::Reading;
    let last = if is_read { desk.last_report()? } else { None };
    let is_whole = |month: Month| {
        let (first_day, last_day) = month.days();
        question.from.is_none_or(|from| from <= first_day)
            && question.to.into_iter().chain(last).all(|last| last_day <= last)
    };
    let counted = panel_of(&course, &source, is_whole).map_err(|_| {
        AnswerError::Asked(
            "no month is wholly covered by what was read or imported, so that there is nothing to forecast from: read \
             reports of more months, or import a data set"
                .to_owned(),
        )
    })?;
    Ok(Counts { counted, source: source.to_string().replace("reading", "own"), rows })
}

/// How the forecaster does on months of the same data that it has not seen, beside the baselines; `None` where too little is
/// known to try.
fn tried(model: &Model, panel: &Panel, last: Month, leads: &[u32]) -> Result<Option<HeldOut>, AnswerError> {
    let longest = leads.iter().max().map_or(1, |lead| i32::try_from(*lead).unwrap_or(1));
    let first = panel.first().plus(LEARNT_FROM);
    let as_of: Vec<Month> =
        (0..TRIED_FROM).map(|at| last.plus(-longest - at * TRIED_EVERY)).filter(|month| *month >= first).collect();
    if as_of.is_empty() {
        return Ok(None);
    }
    match held_out(model, &baselines(), panel, &as_of, last, leads, (DRAWS, SEED)) {
        Ok(held_out) => Ok(Some(held_out)),
        Err(Refused::Unlike { .. }) => Ok(None),
        Err(refused) => Err(AnswerError::Asked(refused.to_string())),
    }
}

/// What stands beside the number, where it was not shown to beat what it must.
fn caveat(held_out: Option<&HeldOut>) -> Option<String> {
    let beats = |h: &HeldOut| h.against.first().is_some_and(|against| against.crps.verdict == Verdict::Better);
    (!held_out.is_some_and(beats)).then(|| HeldOut::said(held_out))
}

/// The units of most deaths in the last year that was seen.
fn gravest(panel: &Panel, last: Month, most: usize, forecast: &analysis::forecast::Forecast) -> Vec<String> {
    let dead = |unit: usize| (0..12).filter_map(|back| panel.outcome(unit, last.plus(-back))).sum::<f64>();
    let mut units: Vec<(f64, &String)> = panel
        .units()
        .iter()
        .enumerate()
        .filter(|(unit, _)| forecast.samples(*unit, 0).is_some())
        .map(|(unit, name)| (dead(unit), name))
        .collect();
    units.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    units.into_iter().take(most).map(|(_, name)| name.clone()).collect()
}

fn evidence(counted: &CountedPanel, unit: &str, month: Month) -> Vec<String> {
    let ids = counted.evidence.get(&(unit.to_owned(), month));
    ids.into_iter().flatten().map(ToString::to_string).collect()
}

/// What units are, in a word of the command line.
pub fn word_of(by: By) -> &'static str {
    match by {
        By::Dyad | By::DirectedDyad => "pair",
        By::Admin1 => "admin1",
        By::Cell => "cell",
        By::All => "all",
        _ => "country",
    }
}

/// The same word read.
pub fn by_of(word: &str) -> By {
    match word {
        "pair" => By::Dyad,
        "admin1" => By::Admin1,
        "cell" => By::Cell,
        "all" => By::All,
        _ => By::Country,
    }
}
