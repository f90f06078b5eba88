//! Past months with shocks: the unit's own months, their weight halved every so often, each times a log-normal factor
//! whose spread grows with the lead. Twelve or sixty numbers become a smooth distribution with a tail beyond the worst
//! month seen. Zero stays zero: it tells nothing new of a place at peace.

use serde::{Deserialize, Serialize};

use super::baselines::{check_half_life, weighted_months};
use super::samples::{Forecast, spread_evenly};
use super::{Refused, View};
use crate::normal::deviations;

/// How long to remember, how wide to spread.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Months after which a month counts half.
    pub half_life_months: f64,
    /// Standard deviation of the logarithm of the factor at a lead of one month.
    pub spread_first: f64,
    /// What its square grows by with each month more.
    pub spread_growth: f64,
}

impl Default for Settings {
    /// Chosen on 2008-2017 (`docs/forecasts.md`).
    fn default() -> Self {
        Self { half_life_months: 2.0, spread_first: 0.1, spread_growth: 0.02 }
    }
}

/// Points by which the shock is spread, for each past month.
const SHOCK_POINTS: u32 = 15;

/// Forecasts each unit from its own months.
pub fn shocked(view: View<'_>, leads: &[u32], draws: usize, settings: &Settings) -> Result<Forecast, Refused> {
    check_half_life(settings.half_life_months)?;
    // A spread of 3 is a factor of 20 either way, more than any month to month.
    for (what, value) in [("spread_first", settings.spread_first), ("spread_growth", settings.spread_growth)] {
        if !(0.0..=3.0).contains(&value) {
            return Err(Refused::Setting { what, value, valid: "from 0 to 3" });
        }
    }
    let points: Vec<f64> =
        (0..SHOCK_POINTS).map(|i| deviations((f64::from(i) + 0.5) / f64::from(SHOCK_POINTS))).collect();
    let by_unit = (0..view.units()).map(|unit| {
        view.is_forecast(unit).then(|| {
            let months = weighted_months(view, unit, settings.half_life_months);
            let of_lead = |&lead: &u32| {
                let spread = (settings.spread_first.powi(2) + settings.spread_growth * f64::from(lead - 1)).sqrt();
                let mut all: Vec<(f64, f64)> = months
                    .iter()
                    .flat_map(|&(count, weight)| {
                        points.iter().map(move |z| ((count * (spread * z).exp()).round(), weight))
                    })
                    .collect();
                spread_evenly(&mut all, draws)
            };
            leads.iter().flat_map(of_lead).collect()
        })
    });
    Ok(Forecast::new(view.as_of(), leads, draws, by_unit.collect()))
}
