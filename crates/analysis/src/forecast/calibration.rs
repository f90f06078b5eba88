//! Whether forecasts are as sure as they may be: where outcomes fell in them, and how often inside their intervals.
//!
//! Numbers for pictures. Most of the world is at peace and forecast so, and would make anything look sure: cells where
//! no sample and no outcome is above 0 are left out and counted.

use serde::Serialize;

use super::rolling::Cell;

/// Shares of the central intervals whose coverage is told.
pub const CENTRAL: [f64; 4] = [0.5, 0.8, 0.9, 0.95];

/// Bars of the histogram.
pub const BARS: usize = 10;

/// Where outcomes fell.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calibration {
    /// Cells looked at.
    pub cells: usize,
    /// Cells left out: nobody was expected to die and nobody did.
    pub left_out: usize,
    /// Probability integral transform for counts (Czado, Gneiting and Held 2009), not randomised: the share of outcomes in
    /// each tenth of their forecasts. All are .1 where forecasts are as sure as they may be; heaped at the ends, they are
    /// too sure.
    pub histogram: [f64; BARS],
    /// How often outcomes fell inside.
    pub coverage: Vec<Coverage>,
}

/// One central interval.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coverage {
    /// The share that it claims.
    pub claimed: f64,
    /// The share of outcomes that fell inside, ends included. Counts cannot be split, so that it is over what is claimed
    /// where many outcomes are the end itself, as 0 often is.
    pub found: f64,
    /// Mean width, in deaths.
    pub width_deaths: f64,
}

/// Looks at cells; `None` if nobody was expected to die anywhere and nobody did.
pub fn calibration<'c>(cells: impl IntoIterator<Item = &'c Cell>) -> Option<Calibration> {
    let (mut looked_at, mut left_out) = (0_usize, 0_usize);
    let mut histogram = [0.0; BARS];
    let mut inside = [(0.0, 0.0); CENTRAL.len()];
    for cell in cells {
        if !cell.expects_any && cell.outcome <= 0.0 {
            left_out += 1;
            continue;
        }
        looked_at += 1;
        let mut before = 0.0;
        for (bar, height) in histogram.iter_mut().enumerate() {
            let upto = reached((bar + 1) as f64 / BARS as f64, cell.place);
            *height += upto - before;
            before = upto;
        }
        for (sum, (low, high)) in inside.iter_mut().zip(cell.intervals) {
            sum.0 += f64::from(u8::from(low <= cell.outcome && cell.outcome <= high));
            sum.1 += high - low;
        }
    }
    if looked_at == 0 {
        return None;
    }
    let n = looked_at as f64;
    let coverage = CENTRAL
        .iter()
        .zip(inside)
        .map(|(&claimed, (hits, widths))| Coverage { claimed, found: hits / n, width_deaths: widths / n })
        .collect();
    Some(Calibration { cells: looked_at, left_out, histogram: histogram.map(|h| h / n), coverage })
}

/// How much of an outcome's stretch lies below a share: its distribution is even over the stretch.
fn reached(share: f64, (below, upto): (f64, f64)) -> f64 {
    if upto > below {
        ((share - below) / (upto - below)).clamp(0.0, 1.0)
    } else if below >= 1.0 {
        // Above every sample: in the last bar.
        f64::from(u8::from(share >= 1.0))
    } else {
        f64::from(u8::from(share > below))
    }
}
