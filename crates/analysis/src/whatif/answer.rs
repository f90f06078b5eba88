//! What is told: outcomes of each package, contrasts between them, checks and flags, and beside them what people say.

use jiff::civil::Date;
use serde::Serialize;

use super::history::{ENOUGH, Effect, WINDOW_DAYS};
use super::lever::Lever;
use crate::cycles::Language;

/// What might come under each package. As JSON it is the answer of the API.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhatIf {
    /// The first day that is looked at; `None` where the streams have no dates.
    pub first_day: Option<Date>,
    /// How many days.
    pub days: usize,
    /// How many futures of each package.
    pub futures: usize,
    /// Of all that was drawn.
    pub seed: u64,
    /// What may be said of the streams.
    pub language: Language,
    /// The streams.
    pub streams: Vec<String>,
    /// Of each stream, the days before the first one, the last of them last.
    pub past: Vec<Vec<PastDay>>,
    /// The package without levers first, then those that were asked for.
    pub outcomes: Vec<Outcome>,
    /// Each package against no lever, then against each package before it.
    pub contrasts: Vec<Contrast>,
    /// The long run of each package, reckoned and simulated.
    pub checks: Vec<Check>,
    /// Where history does not bear what was asked.
    pub flags: Vec<Flag>,
    /// What to heed of the fit.
    pub warnings: Vec<String>,
    /// What people say the levers would do. Never in the numbers; empty until somebody fills it in.
    pub judgements: Vec<Judgement>,
}

/// A day before the first one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PastDay {
    /// Events counted; `None` on a day that was not observed.
    pub events: Option<u32>,
    /// Ids of what was counted: incidents of a reading, claims of a data set.
    pub evidence: Vec<String>,
}

/// What might come under one package.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// Its name.
    pub package: String,
    /// The text that asks for it again; `None` of the one without levers.
    pub text: Option<String>,
    /// Its levers, with what their strength rests on.
    pub levers: Vec<Pulled>,
    /// Events in all days: of all streams, then of each.
    pub totals: Vec<Total>,
    /// Day by day, of all streams and of each.
    pub daily: Vec<Fan>,
    /// By seven days; days at the end that make no seven are left out.
    pub weekly: Vec<Fan>,
    /// In which share of futures a day's rate was capped.
    pub capped: f64,
    /// In which share of futures events bring events without end.
    pub endless: f64,
}

/// A lever with what its strength rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pulled {
    /// The lever.
    pub lever: Lever,
    /// What its strength rests on.
    pub basis: Basis,
    /// The least factor: the least assumed, or 2.5 % of what one further episode may bring.
    pub low: f64,
    /// The greatest: likewise.
    pub high: f64,
    /// On which streams it acts.
    pub on: Vec<String>,
    /// How many episodes lie in the days looked at.
    pub known: usize,
    /// What these did; `None` where there are fewer than four.
    pub effect: Option<Effect>,
    /// Ids of the claims and incidents that tell of the episodes; none where a table does.
    pub evidence: Vec<String>,
}

/// What a strength rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Somebody's assumption.
    Assumed,
    /// An event study.
    Estimated {
        /// Of so many episodes.
        episodes: usize,
    },
}

/// A number over all futures.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// Its mean.
    pub mean: f64,
    /// Its median.
    pub median: f64,
    /// Half of the futures lie between these.
    pub low_50: f64,
    /// Upper end.
    pub high_50: f64,
    /// Nine of ten lie between these.
    pub low_90: f64,
    /// Upper end.
    pub high_90: f64,
}

/// Events in all days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Total {
    /// The stream; `None` for all together.
    pub stream: Option<String>,
    /// How many.
    pub events: Spread,
}

/// How it might go, step by step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fan {
    /// The stream; `None` for all together.
    pub stream: Option<String>,
    /// Days of a step.
    pub days_each: usize,
    /// The steps.
    pub steps: Vec<Spread>,
}

/// One package beside another, future by future with the same chance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contrast {
    /// The one.
    pub package: String,
    /// The other.
    pub against: String,
    /// The stream; `None` for all together.
    pub stream: Option<String>,
    /// Events under the one less those under the other.
    pub difference: Spread,
    /// Events under the one over those under the other; half an event is added to both, since either may be none.
    pub ratio: Spread,
    /// In which share of futures fewer happened.
    pub fewer: f64,
    /// In which share more.
    pub more: f64,
    /// The same in words.
    pub words: String,
}

/// The long run of one stream, if all went on as it stands: reckoned as `(I − G)⁻¹ μ`, and simulated.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// The package.
    pub package: String,
    /// The spectral radius of the fitted branching matrix under its lasting levers, at the middles of their strength.
    pub spectral_radius: f64,
    /// Each stream; empty where there is no long run.
    pub streams: Vec<LongRun>,
}

/// One stream's long run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LongRun {
    /// The stream.
    pub stream: String,
    /// Events a day, reckoned.
    pub reckoned: f64,
    /// Events a day, simulated.
    pub simulated: f64,
    /// What chance makes of the latter, as a standard error.
    pub standard_error: f64,
    /// Whether they are within four standard errors.
    pub agrees: bool,
}

/// Something that history does not bear.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Flag {
    /// The package; `None` where it is all.
    pub package: Option<String>,
    /// What kind of thing.
    pub kind: Kind,
    /// In words.
    pub words: String,
}

/// Kinds of flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// No episode of the lever is known.
    NoEpisode,
    /// Fewer than ten are.
    FewEpisodes,
    /// The range goes beyond what any episode showed, or beyond the estimate.
    BeyondEpisodes,
    /// More, or less, comes than ever did.
    BeyondRates,
    /// Events bring events without end in some futures.
    Endless,
    /// Rates were capped in some futures.
    Capped,
    /// The horizon is long beside what was looked at.
    LongHorizon,
    /// The simulated long run is not what was reckoned.
    LongRun,
}

/// What somebody says a lever would do, with where it is said. It stands beside the numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judgement {
    /// The lever, as it was asked for.
    pub lever: String,
    /// Who says so.
    pub who: String,
    /// What, in a phrase or a path of causes as they judge.
    pub says: String,
    /// Whether it goes the same way as the numbers; `None` where that cannot be said.
    pub agrees: Option<bool>,
    /// Ids of the claims in which it stands.
    pub evidence: Vec<String>,
}

impl WhatIf {
    /// The same, with what people say.
    #[must_use]
    pub fn with_judgements(self, judgements: Vec<Judgement>) -> Self {
        Self { judgements, ..self }
    }

    /// The contrast of a package against no lever, of a stream or (`None`) of all.
    pub fn against_none(&self, package: &str, stream: Option<&str>) -> Option<&Contrast> {
        let of = |c: &&Contrast| c.package == package && c.against == super::NO_LEVER && c.stream.as_deref() == stream;
        self.contrasts.iter().find(of)
    }
}

impl Pulled {
    /// "assumed" or "estimated from 12 episodes", with the range.
    pub fn words(&self) -> String {
        let basis = match self.basis {
            Basis::Assumed => "assumed".to_owned(),
            Basis::Estimated { episodes } => format!("estimated from {episodes} episodes"),
        };
        if (self.high - self.low).abs() < 1e-9 {
            format!("times {:.2}, {basis}", self.low)
        } else {
            format!("times {:.2} to {:.2}, {basis}", self.low, self.high)
        }
    }
}

/// How the answer is reached.
pub fn method(futures: usize) -> String {
    format!(
        "{futures} futures of each package, day by day, from a self-exciting model with baselines that move; parameters from \
         an approximate posterior over all baselines by their weights; a baseline wanders on as it did from knot to knot; \
         all packages share the same chance. A lever's strength is assumed where a range is given, else estimated from \
         {ENOUGH} or more episodes: what came in their first {WINDOW_DAYS} days over what the model, fitted to the other \
         days, expected."
    )
}

/// What the answer cannot say.
pub fn caveats() -> Vec<String> {
    vec![
        "These are futures of a model under assumptions, set side by side. That a lever would bring them about is not told."
            .to_owned(),
        "The model knows counts of days: no reasons, no other actors, nothing that has no past in these streams."
            .to_owned(),
        "An assumed range is the user's. An estimated one holds if levers will be pulled as they were: when, by whom and \
         against whom."
            .to_owned(),
    ]
}
