//! What followed, in all units, after months like this one: the forecast is the deaths that came after the analogues, as
//! multiples of what was then usual there, times what is usual here.
//!
//! A forest (`trees.rs`) finds the analogues: it learns, from every earlier month and lead whose outcome can be seen, which
//! of the numbers in `features.rs` tell the deaths to come apart. A leaf keeps zeros as zeros (the hurdle) and large
//! multiples as they were (the tail). Units where nobody was killed for years all have one forecast: what came after
//! quiet of such length anywhere.

use serde::{Deserialize, Serialize};

use super::features::{ALL, KNOWN, LEAD, QUIET, USUAL, describe};
use super::random::Random;
use super::samples::{Forecast, spread_evenly};
use super::trees::{Forest, Growth};
use super::{MAX_LEAD, Refused, View};

/// How the forest is grown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// How many trees.
    pub trees: usize,
    /// Fewest past months in a leaf.
    pub min_leaf: usize,
    /// Share of the past months that each tree is grown on.
    pub rows_share: f64,
    /// Leads drawn for each past month.
    pub leads_each: usize,
    /// What the trees tell apart: ln(1 + deaths) at 0, at 1 its distance from what was usual, a mixture between.
    pub multiples: f64,
    /// Which half-life makes the usual level, among those of `features.rs`.
    pub usual: usize,
}

impl Default for Settings {
    /// Chosen on 2008-2017 (`docs/forecasts.md`).
    fn default() -> Self {
        Self { trees: 80, min_leaf: 60, rows_share: 0.3, leads_each: 3, multiples: 0.0, usual: USUAL }
    }
}

/// A unit quiet for so long is forecast as all others so quiet: ten years.
const AT_PEACE_MONTHS: f32 = 120.0;

/// Months at the start of the panel that teach nothing, since hardly any past is known there.
const WARM_UP_MONTHS: usize = 24;

/// What the random numbers are for.
const PURPOSE: u64 = 1;

/// Forecasts each unit from its analogues.
pub fn analogues(
    view: View<'_>,
    leads: &[u32],
    draws: usize,
    seed: u64,
    settings: &Settings,
) -> Result<Forecast, Refused> {
    check(settings)?;
    let mut random = Random::new(seed, PURPOSE);
    let described: Vec<Vec<Option<[f32; KNOWN]>>> = (0..view.units()).map(|u| describe(view, u)).collect();
    let lesson = lesson(view, &described, settings, &mut random);
    // Where nothing was ever seen to follow, nothing is known but zeros.
    let at_peace = {
        let mut after: Vec<(f64, f64)> = lesson.after_peace.iter().map(|&d| (d, 1.0)).collect();
        if after.is_empty() { vec![0.0; draws] } else { spread_evenly(&mut after, draws) }
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of the number of rows")]
    let rows_each = (lesson.rows.len() as f64 * settings.rows_share).ceil() as usize;
    let forest = (!lesson.rows.is_empty()).then(|| {
        let growth = Growth { trees: settings.trees, min_leaf: settings.min_leaf, rows_each };
        let targets: Vec<f64> = lesson
            .deaths
            .iter()
            .zip(&lesson.rows)
            .map(|(d, row)| d.ln_1p() - settings.multiples * f64::from(row[settings.usual]))
            .collect();
        Forest::grow(&lesson.rows, &targets, growth, &mut random)
    });
    let by_unit = (0..view.units()).map(|unit| {
        if !view.is_forecast(unit) {
            return None;
        }
        // The last month that is known; at most eleven months back.
        let now = described[unit].iter().rev().flatten().next()?;
        let Some(forest) = forest.as_ref().filter(|_| now[QUIET] < AT_PEACE_MONTHS) else {
            return Some(at_peace.repeat(leads.len()));
        };
        let of_lead = |&lead: &u32| {
            let row = with_lead(now, lead);
            let usual = f64::from(now[settings.usual]);
            let mut weighted = Vec::new();
            for leaf in forest.neighbours(&row) {
                let weight = 1.0 / leaf.len() as f64;
                weighted.extend(leaf.iter().map(|&r| {
                    let then = f64::from(lesson.rows[r as usize][settings.usual]);
                    (carried_over(lesson.deaths[r as usize], then, usual), weight)
                }));
            }
            spread_evenly(&mut weighted, draws)
        };
        Some(leads.iter().flat_map(of_lead).collect())
    });
    Ok(Forecast::new(view.as_of(), leads, draws, by_unit.collect()))
}

/// Deaths there and then as deaths here and now: the same multiple of what is usual, both on the scale ln(1 + deaths).
/// Nobody stays nobody and somebody somebody, so that the share of quiet months is that of the analogues.
fn carried_over(deaths: f64, usual_then: f64, usual_now: f64) -> f64 {
    if deaths <= 0.0 {
        return 0.0;
    }
    (deaths.ln_1p() - usual_then + usual_now).exp_m1().round().max(1.0)
}

struct Lesson {
    rows: Vec<[f32; ALL]>,
    deaths: Vec<f64>,
    after_peace: Vec<f64>,
}

/// Every past month with leads whose outcome can be seen.
fn lesson(view: View<'_>, described: &[Vec<Option<[f32; KNOWN]>>], settings: &Settings, random: &mut Random) -> Lesson {
    let mut lesson = Lesson { rows: Vec::new(), deaths: Vec::new(), after_peace: Vec::new() };
    for (unit, months) in described.iter().enumerate() {
        let counts = view.counts(unit);
        // The first months have too little before them to be described by.
        for (at, known) in months.iter().enumerate().skip(WARM_UP_MONTHS) {
            let Some(known) = known else { continue };
            let most = (counts.len() - 1 - at).min(MAX_LEAD as usize);
            if most == 0 {
                break;
            }
            for _ in 0..settings.leads_each {
                let lead = 1 + random.below(most);
                let Some(deaths) = counts[at + lead] else { continue };
                if known[QUIET] >= AT_PEACE_MONTHS {
                    lesson.after_peace.push(deaths);
                } else {
                    lesson.rows.push(with_lead(known, u32::try_from(lead).unwrap_or(MAX_LEAD)));
                    lesson.deaths.push(deaths);
                }
            }
        }
    }
    lesson
}

fn with_lead(known: &[f32; KNOWN], lead: u32) -> [f32; ALL] {
    let lead = f32::from(u16::try_from(lead).expect("leads are at most 14"));
    std::array::from_fn(|f| if f == LEAD { lead } else { known[f] })
}

fn check(settings: &Settings) -> Result<(), Refused> {
    let refuse = |what, value, valid| Err(Refused::Setting { what, value, valid });
    if settings.trees == 0 || settings.trees > 10_000 {
        return refuse("trees", settings.trees as f64, "from 1 to 10000");
    }
    if settings.min_leaf == 0 {
        return refuse("min_leaf", 0.0, "1 or more");
    }
    if !(settings.rows_share > 0.0 && settings.rows_share <= 1.0) {
        return refuse("rows_share", settings.rows_share, "above 0 and at most 1");
    }
    if settings.leads_each == 0 {
        return refuse("leads_each", 0.0, "1 or more");
    }
    if settings.usual > 6 {
        return refuse("usual", settings.usual as f64, "from 0 to 6: the last month or a weighted mean of features.rs");
    }
    Ok(())
}
