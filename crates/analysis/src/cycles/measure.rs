//! One fit with a baseline of the caller's choosing, for measures of speed and of how good an optimum is. What is told to
//! people comes from [`super::report`], which never gives a constant baseline alone.

use super::process::Process;
use super::streams::Streams;
use super::tape::Tape;
use super::{fit, goodness, likelihood};

/// A fitted process with its log-likelihood, and whether every stream's search came to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct OneFit {
    /// The process.
    pub process: Process,
    /// Log-likelihood of all streams.
    pub log_likelihood: f64,
    /// The same, less what kinks of the baselines cost, and without what hangs on the counts alone: what the fit makes greatest.
    pub objective: f64,
    /// Whether no step promised more.
    pub has_converged: bool,
}

/// Fits with so many knots of the baseline (1 is constant).
pub fn one_fit(streams: &Streams, knots: usize, threads: usize) -> OneFit {
    let rows = fit::each(streams.len(), threads, |of| {
        let tape = Tape::new(streams, of, knots.max(1), &streams.observed);
        let row = fit::fit(streams, of, &tape);
        let log_likelihood = row.local.value + likelihood::kinks(&tape, &row.at, None) - tape.log_factorials;
        (row, log_likelihood)
    });
    let log_likelihood = rows.iter().map(|(_, value)| value).sum();
    let objective = rows.iter().map(|(row, _)| row.local.value).sum();
    let has_converged = rows.iter().all(|(row, _)| row.has_converged);
    let rows: Vec<fit::Row> = rows.into_iter().map(|(row, _)| row).collect();
    OneFit { process: fit::process(streams, &rows), log_likelihood, objective, has_converged }
}

/// Log-likelihood of a given process, and the same less what kinks of its baselines cost.
pub fn log_likelihood(streams: &Streams, process: &Process) -> (f64, f64) {
    let of_stream = |of: usize| {
        let heights = &process.baselines[of].heights_per_day;
        let tape = Tape::new(streams, of, heights.len(), &streams.observed);
        let at = [heights.clone(), process.branching[of].clone(), vec![process.decays_per_day[of].ln()]].concat();
        (likelihood::log_likelihood(&tape, &at), likelihood::local(&tape, &at).value)
    };
    (0..streams.len()).map(of_stream).fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
}

/// Waits from event to event of one stream of timed events, on the clock of its rate under a process.
pub fn rescaled_waits(streams: &Streams, process: &Process, of: usize) -> Vec<f64> {
    goodness::rescaled_waits(streams, process, of)
}
