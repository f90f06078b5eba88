//! The model itself: baselines that move, a branching matrix, decays. What a fit gives and what a simulation takes.
//!
//! Stream i happens at the rate `μ_i(t) + Σ_j G_ij Σ_{events of j before t} β_i exp(-β_i (t - t_k))` a day: each event of j brings,
//! in the mean, `G_ij` further events of i, half of them within the half-life `ln 2 / β_i`. Of daily counts the kernel is
//! `(1 - ρ) ρ^(lag - 1)` with `ρ = exp(-β)` from the next day on, which also sums to one.
//!
//! The baseline is a broken line between evenly spaced knots, with heights from 0 on. A broken line and not the
//! exponential of one: the likelihood is then concave in heights and branching together, and has one optimum for each decay.

use serde::Serialize;

use super::stationary::{self, NotStationary};
use super::streams::{Resolution, Streams};

/// How often a stream happens by itself, in events a day: a broken line over the whole stretch.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Baseline {
    /// Length of the stretch.
    pub span_days: f64,
    /// Events a day at evenly spaced knots, the ends among them; a single one is a constant baseline.
    pub heights_per_day: Vec<f64>,
}

impl Baseline {
    /// The same at all times.
    pub fn constant(span_days: f64, per_day: f64) -> Self {
        Self { span_days, heights_per_day: vec![per_day] }
    }

    /// Events a day at a time.
    pub fn at(&self, time_days: f64) -> f64 {
        let (knot, share) = place(self.heights_per_day.len(), self.span_days, time_days);
        let next = self.heights_per_day.get(knot + 1).copied().unwrap_or(0.0);
        self.heights_per_day[knot] * (1.0 - share) + next * share
    }

    /// Events a day in the mean of the stretch.
    pub fn mean(&self) -> f64 {
        let heights = &self.heights_per_day;
        match heights.len() {
            1 => heights[0],
            n => {
                let ends = f64::midpoint(heights[0], heights[n - 1]);
                (heights[1..n - 1].iter().sum::<f64>() + ends) / (n - 1) as f64
            }
        }
    }

    /// Events up to a time.
    pub fn until(&self, time_days: f64) -> f64 {
        let heights = &self.heights_per_day;
        if heights.len() == 1 {
            return heights[0] * time_days;
        }
        let width = self.span_days / (heights.len() - 1) as f64;
        let (knot, share) = place(heights.len(), self.span_days, time_days);
        let whole: f64 = heights.windows(2).take(knot).map(|h| f64::midpoint(h[0], h[1]) * width).sum();
        let next = heights.get(knot + 1).copied().unwrap_or(0.0);
        whole + width * share * (heights[knot] + (next - heights[knot]) * share / 2.0)
    }
}

/// The knot before a time, and how far the time is on the way to the next.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the knots")]
pub(super) fn place(knots: usize, span_days: f64, time_days: f64) -> (usize, f64) {
    if knots == 1 {
        return (0, 0.0);
    }
    let at = (time_days / span_days).clamp(0.0, 1.0) * (knots - 1) as f64;
    let knot = (at as usize).min(knots - 2);
    (knot, at - knot as f64)
}

/// A self-exciting process of one or more streams.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Process {
    /// Whether times are known within the day.
    pub resolution: Resolution,
    /// How often each stream happens by itself.
    pub baselines: Vec<Baseline>,
    /// Row by row, the stream that is excited: how many further events one event of each stream brings.
    pub branching: Vec<Vec<f64>>,
    /// Of each stream that is excited: how fast excitation dies away.
    pub decays_per_day: Vec<f64>,
}

impl Process {
    /// Days after which half of what an event brings to a stream has come.
    pub fn half_life_days(&self, stream: usize) -> f64 {
        std::f64::consts::LN_2 / self.decays_per_day[stream]
    }

    /// Size of the branching matrix's largest eigenvalue: how many further events one event brings, all streams and all
    /// later events together, at each step. From 1 on the process never comes to rest.
    pub fn spectral_radius(&self) -> f64 {
        stationary::spectral_radius(&self.branching)
    }

    /// Events a day of each stream in the long run, `(I - G)⁻¹ μ`, with baselines that stay at their means.
    pub fn stationary_mean(&self) -> Result<Vec<f64>, NotStationary> {
        let means: Vec<f64> = self.baselines.iter().map(Baseline::mean).collect();
        stationary::stationary_mean(&self.branching, &means)
    }

    /// What an event of a stream adds to another's rate so many days later.
    pub fn kernel(&self, of: usize, by: usize, lag_days: f64) -> f64 {
        if lag_days <= 0.0 {
            return 0.0;
        }
        let decay = self.decays_per_day[of];
        self.branching[of][by] * scale(self.resolution, decay) * (-decay * lag_days).exp()
    }

    /// The rate of a stream at a time, given what happened before; of daily counts, that of the day.
    pub fn rate(&self, streams: &Streams, of: usize, time_days: f64) -> f64 {
        let before = streams.events.partition_point(|event| event.time < time_days);
        let excited: f64 = streams.events[..before]
            .iter()
            .map(|event| event.count * self.kernel(of, event.stream, time_days - event.time))
            .sum();
        self.baselines[of].at(middle(self.resolution, time_days)) + excited
    }
}

/// By what the sum of `exp(-β lag)` is multiplied so that a kernel integrates, or adds up over days, to one.
pub(super) fn scale(resolution: Resolution, decay: f64) -> f64 {
    match resolution {
        Resolution::Timed => decay,
        Resolution::Daily => decay.exp_m1(),
    }
}

/// Where in its day a baseline is read: a day's count hangs on the whole day, and its middle stands for it.
pub(super) fn middle(resolution: Resolution, time_days: f64) -> f64 {
    match resolution {
        Resolution::Timed => time_days,
        Resolution::Daily => time_days + 0.5,
    }
}
