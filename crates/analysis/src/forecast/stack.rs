//! A mixture of forecasts whose weights are those that would have done best of late.
//!
//! From months before the as-of month, each member forecasts what can be seen by now; the weights are those of least
//! mean CRPS of the mixture, which for a mixture is a quadratic function of them: Σ wᵢ E|Xᵢ - y| - ½ ΣΣ wᵢwⱼ E|Xᵢ - Xⱼ|.
//! They are found anew for quiet, middling and heavy units and for near and far leads, and held towards equal weights,
//! since few months teach them. Because heavy units would drown all others, losses are divided by a power of the level.

use serde::{Deserialize, Serialize};

use super::samples::{Forecast, spread_evenly};
use super::{MAX_LEAD, Model, Past, Refused, View, analogues, shocks};

/// What is mixed, and from which months the weights come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// What is mixed; no stacks.
    pub members: Vec<Model>,
    /// From how many earlier months the members are tried.
    pub origins: usize,
    /// Months between them.
    pub every_months: usize,
    /// How strongly weights are held towards equal ones: what a weight of 1 on one member costs, roughly, in shares of the
    /// loss of equal weights.
    pub pull: f64,
    /// Losses are divided by (1 + level) to this power: 0 leaves deaths, 1 makes shares.
    pub level_power: f64,
}

impl Default for Settings {
    /// Chosen on 2008-2017 (`docs/forecasts.md`): every half year of the eight years before.
    fn default() -> Self {
        Self {
            members: vec![
                Model::Shocked(shocks::Settings::default()),
                Model::Analogues(analogues::Settings::default()),
            ],
            origins: 16,
            every_months: 6,
            pull: 0.01,
            level_power: 0.5,
        }
    }
}

/// Where quiet ends and heavy begins, in deaths a month (mean of the last twelve known): under one, under a battle-related
/// 25 (the threshold of UCDP for a year), above.
const LEVELS: [f64; 2] = [1.0, 25.0];

/// The first of the far leads: more than half a year.
const FAR_LEAD: u32 = 9;

/// Samples of each member and cell from which weights are reckoned: every so-manieth of what is asked for is enough.
const WEIGHING_DRAWS: usize = 50;

/// Groups that have weights of their own.
const GROUPS: usize = (LEVELS.len() + 1) * 2;

/// Forecasts by the mixture.
pub fn stack<'p>(
    view: View<'p>,
    leads: &[u32],
    draws: usize,
    seed: u64,
    settings: &Settings,
    past: &mut Past<'p>,
) -> Result<Forecast, Refused> {
    let weights = weights(view, leads, seed, settings, past)?;
    let mut members = Vec::with_capacity(settings.members.len());
    for model in &settings.members {
        members.push(past.forecast(model, view, leads, draws, seed)?);
    }
    let by_unit = (0..view.units()).map(|unit| {
        let level = level(view, unit);
        let mut samples = Vec::with_capacity(leads.len() * draws);
        for (at, &lead) in leads.iter().enumerate() {
            let mut all = Vec::with_capacity(members.len() * draws);
            for (member, weight) in members.iter().zip(&weights[group(level, lead)]) {
                all.extend(member.samples(unit, at)?.iter().map(|&x| (x, *weight)));
            }
            samples.extend(spread_evenly(&mut all, draws));
        }
        Some(samples)
    });
    Ok(Forecast::new(view.as_of(), leads, draws, by_unit.collect()))
}

/// Weights of the members for each group of level and lead, as they would be found from this view.
pub fn weights<'p>(
    view: View<'p>,
    leads: &[u32],
    seed: u64,
    settings: &Settings,
    past: &mut Past<'p>,
) -> Result<Vec<Vec<f64>>, Refused> {
    let k = settings.members.len();
    if k == 0 || settings.members.iter().any(|m| matches!(m, Model::Stack(_))) {
        return Err(Refused::Setting { what: "members", value: k as f64, valid: "1 or more, none of them a stack" });
    }
    if !(settings.pull >= 0.0 && settings.pull.is_finite()) {
        return Err(Refused::Setting { what: "pull", value: settings.pull, valid: "0 or more" });
    }
    if !(0.0..=1.0).contains(&settings.level_power) {
        return Err(Refused::Setting { what: "level_power", value: settings.level_power, valid: "from 0 to 1" });
    }
    let mut losses = vec![Losses::new(k); GROUPS];
    for origin in 0..settings.origins {
        // So far back that every lead that is asked for can be seen.
        let back = MAX_LEAD as usize + origin * settings.every_months.max(1);
        let Some(then) = view.earlier(back) else { break };
        let mut members = Vec::with_capacity(k);
        for model in &settings.members {
            members.push(past.forecast(model, then, leads, WEIGHING_DRAWS, seed)?);
        }
        for unit in 0..view.units() {
            let level = level(then, unit);
            let weight = (1.0 + level).powf(-settings.level_power);
            for (at, &lead) in leads.iter().enumerate() {
                let Some(outcome) = view.counts(unit)[then.months() - 1 + lead as usize] else { continue };
                let of_unit: Option<Vec<&[f64]>> = members.iter().map(|m| m.samples(unit, at)).collect();
                if let Some(of_unit) = of_unit {
                    losses[group(level, lead)].add(&of_unit, outcome, weight);
                }
            }
        }
    }
    Ok(losses.iter().map(|l| l.best_weights(settings.pull)).collect())
}

fn level(view: View<'_>, unit: usize) -> f64 {
    let year: Vec<f64> = view.recent(unit, 12).iter().flatten().copied().collect();
    year.iter().sum::<f64>() / (year.len() as f64).max(1.0)
}

fn group(level: f64, lead: u32) -> usize {
    2 * LEVELS.iter().filter(|&&edge| level >= edge).count() + usize::from(lead >= FAR_LEAD)
}

/// Mean distances of the members from outcomes and from each other, summed.
#[derive(Clone, Debug)]
struct Losses {
    off: Vec<f64>,
    apart: Vec<Vec<f64>>,
}

impl Losses {
    fn new(members: usize) -> Self {
        Self { off: vec![0.0; members], apart: vec![vec![0.0; members]; members] }
    }

    fn add(&mut self, members: &[&[f64]], outcome: f64, weight: f64) {
        // Most of the world is at peace and was forecast so.
        if outcome <= 0.0 && members.iter().all(|m| m.last().is_none_or(|&x| x <= 0.0)) {
            return;
        }
        for (i, a) in members.iter().enumerate() {
            self.off[i] += weight * a.iter().map(|x| (x - outcome).abs()).sum::<f64>() / a.len() as f64;
            for (j, b) in members.iter().enumerate().skip(i) {
                let distance = weight * mean_distance(a, b);
                self.apart[i][j] += distance;
                if i != j {
                    self.apart[j][i] += distance;
                }
            }
        }
    }

    /// By exponentiated gradient (Kivinen and Warmuth 1997), whose steps stay weights.
    fn best_weights(&self, pull: f64) -> Vec<f64> {
        let k = self.off.len();
        let equal = 1.0 / k as f64;
        let mut weights = vec![equal; k];
        let scale = self.loss(&weights);
        if scale <= 0.0 {
            return weights;
        }
        for step in 0..STEPS {
            let gradient: Vec<f64> = (0..k)
                .map(|i| {
                    let apart: f64 = (0..k).map(|j| self.apart[i][j] * weights[j]).sum();
                    (self.off[i] - apart) / scale + 2.0 * pull * (weights[i] - equal)
                })
                .collect();
            // A strong pull has steep slopes: shorter steps, or they overshoot.
            let rate = FIRST_RATE / (1.0 + 4.0 * pull) / (1.0 + f64::from(step) / 100.0).sqrt();
            for (weight, slope) in weights.iter_mut().zip(&gradient) {
                *weight *= (-rate * slope).exp();
            }
            let sum: f64 = weights.iter().sum();
            for weight in &mut weights {
                *weight /= sum;
            }
        }
        weights
    }

    fn loss(&self, weights: &[f64]) -> f64 {
        let off: f64 = self.off.iter().zip(weights).map(|(o, w)| o * w).sum();
        let rows = self.apart.iter().zip(weights);
        off - 0.5 * rows.map(|(row, w)| w * row.iter().zip(weights).map(|(d, v)| d * v).sum::<f64>()).sum::<f64>()
    }
}

/// Steps after which weights no longer move in their third digit, and the length of the first.
const STEPS: u32 = 2000;
const FIRST_RATE: f64 = 2.0;

/// E|A - B| of two sorted samples, in one walk: the area between their distribution functions, each way.
fn mean_distance(one: &[f64], other: &[f64]) -> f64 {
    let (mut in_one, mut in_other, mut sum) = (0, 0, 0.0);
    let mut before = None;
    loop {
        let next = match (one.get(in_one), other.get(in_other)) {
            (Some(x), Some(y)) => x.min(*y),
            (Some(x), None) | (None, Some(x)) => *x,
            (None, None) => return sum,
        };
        if let Some(before) = before {
            let (below_one, below_other) = (in_one as f64 / one.len() as f64, in_other as f64 / other.len() as f64);
            sum += (below_one * (1.0 - below_other) + below_other * (1.0 - below_one)) * (next - before);
        }
        before = Some(next);
        while one.get(in_one).is_some_and(|&x| x <= next) {
            in_one += 1;
        }
        while other.get(in_other).is_some_and(|&x| x <= next) {
            in_other += 1;
        }
    }
}
