//! The search: the segmentation of least cost plus penalty, with starts that cannot win any more let go (PELT).
//!
//! For each end in turn, every start still in the race takes up the points one by one, so that a cost is never the
//! difference of two large sums and holds for values of any size.

use super::{Cost, Pruning, Settings};

/// Costs closer than this, as a share, are the same: rounding differs by so much at most in a few thousand sums.
const SAME: f64 = 1e-12;

/// Where segments end, the end of the series last; empty for an empty series.
pub(super) fn ends(series: &[f64], settings: &Settings, penalty: f64) -> Vec<usize> {
    match settings.cost {
        Cost::L2 => search(series, settings, penalty, Squares::default()),
        Cost::Poisson => search(series, settings, penalty, Counts::default()),
    }
}

/// How well one level fits the points since each start.
trait Fits {
    /// One more start, before the next point.
    fn open(&mut self);
    /// The next point, for all starts.
    fn take(&mut self, x: f64);
    /// The costs of the first starts, as many as there is room for.
    fn costs(&self, into: &mut [f64]);
    /// Lets go of the starts that are not to be kept.
    fn keep(&mut self, kept: &[bool]);
}

/// Means and squared deviations from them, by Welford's recurrence (1962, Technometrics 4: 419).
#[derive(Default)]
struct Squares {
    n: Vec<f64>,
    mean: Vec<f64>,
    apart: Vec<f64>,
}

impl Fits for Squares {
    fn open(&mut self) {
        self.n.push(0.0);
        self.mean.push(0.0);
        self.apart.push(0.0);
    }

    fn take(&mut self, x: f64) {
        for ((n, mean), apart) in self.n.iter_mut().zip(&mut self.mean).zip(&mut self.apart) {
            *n += 1.0;
            let off = x - *mean;
            *mean += off / *n;
            *apart += off * (x - *mean);
        }
    }

    fn costs(&self, into: &mut [f64]) {
        into.copy_from_slice(&self.apart[..into.len()]);
    }

    fn keep(&mut self, kept: &[bool]) {
        for column in [&mut self.n, &mut self.mean, &mut self.apart] {
            retain(column, kept);
        }
    }
}

/// Sums of counts. Logarithms are kept, since they take most of the time: of the sums, which zeros do not change, and of
/// the numbers of points.
#[derive(Default)]
struct Counts {
    points: Vec<usize>,
    sum: Vec<f64>,
    sum_log_sum: Vec<f64>,
    /// ln 0, ln 1, ln 2 …, as far as there are points; the first is never asked for.
    logs: Vec<f64>,
}

impl Fits for Counts {
    fn open(&mut self) {
        self.points.push(0);
        self.sum.push(0.0);
        self.sum_log_sum.push(0.0);
    }

    fn take(&mut self, x: f64) {
        if self.logs.is_empty() {
            self.logs.push(0.0);
        }
        self.logs.push((self.logs.len() as f64).ln());
        for points in &mut self.points {
            *points += 1;
        }
        if x > 0.0 {
            for (sum, sum_log_sum) in self.sum.iter_mut().zip(&mut self.sum_log_sum) {
                *sum += x;
                *sum_log_sum = *sum * sum.ln();
            }
        }
    }

    fn costs(&self, into: &mut [f64]) {
        let sums = self.sum.iter().zip(&self.sum_log_sum);
        for ((cost, &points), (sum, sum_log_sum)) in into.iter_mut().zip(&self.points).zip(sums) {
            *cost = sum * self.logs[points] - sum_log_sum;
        }
    }

    fn keep(&mut self, kept: &[bool]) {
        retain(&mut self.points, kept);
        for column in [&mut self.sum, &mut self.sum_log_sum] {
            retain(column, kept);
        }
    }
}

/// The cost of counts: -S ln(S/n), and 0 where nothing was counted.
pub(super) fn poisson(sum: f64, n: f64) -> f64 {
    if sum > 0.0 { sum * (n / sum).ln() } else { 0.0 }
}

fn retain<T: Copy>(column: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    column.retain(|_| kept.next().copied().unwrap_or(true));
}

fn search(series: &[f64], settings: &Settings, penalty: f64, mut fits: impl Fits) -> Vec<usize> {
    let n = series.len();
    let &Settings { min_size, jump, pruning, .. } = settings;
    if n < min_size {
        // One segment, however short.
        return if n == 0 { Vec::new() } else { vec![n] };
    }
    // An end that is no start yet does not make up for a start for so long.
    let wait = match pruning {
        Pruning::AtOnce => 1,
        Pruning::WhenSafe => min_size,
    };
    // By end: the least cost up to it, and where its last segment starts.
    let mut least = vec![0.0; n + 1];
    let mut last_start = vec![0; n + 1];
    // By start in the race, in order: its position, the least cost up to it, the first end that beat it.
    let mut starts: Vec<usize> = Vec::new();
    let mut before: Vec<f64> = Vec::new();
    let mut beaten: Vec<usize> = Vec::new();
    let mut totals: Vec<f64> = Vec::new();
    let mut kept: Vec<bool> = Vec::new();
    let may_split = |at: usize| at >= min_size && at.is_multiple_of(jump);
    for (at, &x) in series.iter().enumerate() {
        if at == 0 || may_split(at) {
            starts.push(at);
            before.push(least[at]);
            beaten.push(usize::MAX);
            fits.open();
        }
        fits.take(x);
        let end = at + 1;
        if end != n && !may_split(end) {
            continue;
        }
        let ripe = starts.partition_point(|start| start + min_size <= end);
        totals.resize(ripe, 0.0);
        fits.costs(&mut totals);
        for (total, before) in totals.iter_mut().zip(&before) {
            *total = before + (*total + penalty);
        }
        let lowest = minimum(&totals);
        let about = SAME * lowest.abs();
        // The search is over starts in order, so that ties go to the earliest.
        let best = totals.iter().position(|&total| total <= lowest + about).expect("the start of the series is ripe");
        least[end] = totals[best];
        last_start[end] = starts[best];

        let bar = lowest + penalty + about;
        let mut gone = false;
        for (total, beaten) in totals.iter().zip(&mut beaten) {
            if *total > bar && *beaten == usize::MAX {
                *beaten = end;
            }
            gone |= beaten.saturating_add(wait) <= end + 1;
        }
        if gone {
            kept.clear();
            kept.extend(beaten.iter().map(|beaten| beaten.saturating_add(wait) > end + 1));
            retain(&mut starts, &kept);
            retain(&mut before, &kept);
            retain(&mut beaten, &kept);
            fits.keep(&kept);
        }
    }
    let mut ends = Vec::new();
    let mut end = n;
    while end > 0 {
        ends.push(end);
        end = last_start[end];
    }
    ends.reverse();
    ends
}

/// The lowest of numbers, in lanes that the processor takes at once.
fn minimum(totals: &[f64]) -> f64 {
    const LANES: usize = 8;
    let lower = |a: f64, b: f64| if b < a { b } else { a };
    let mut lanes = [f64::INFINITY; LANES];
    let chunks = totals.chunks_exact(LANES);
    let rest = chunks.remainder();
    for chunk in chunks {
        for (lane, &total) in lanes.iter_mut().zip(chunk) {
            *lane = lower(*lane, total);
        }
    }
    lanes.iter().chain(rest).copied().fold(f64::INFINITY, lower)
}
