//! The parameters of greatest likelihood, stream by stream: what excites one stream is told by its own events alone, given
//! all that happened before.
//!
//! For a given decay there is one optimum (heights and branching make the likelihood concave); by the decay there may be
//! several. So decays are tried on a grid first, and from each that is better than its neighbours Newton goes on over all
//! parameters. Of long streams the grid sees a stretch only.

use super::likelihood::local;
use super::newton::{Local, Optimum, maximise};
use super::process::{Baseline, Process};
use super::streams::{Event, Resolution, Streams};
use super::tape::Tape;

/// Half-lives of the grid are so many times each other. The likelihood over the logarithm of a half-life bends over a range
/// about as wide, so that no hill lies between two.
const GRID: f64 = 4.0;

/// Events in the stretch on which the grid is tried, at most; enough to choose among half-lives four times each other.
const SAMPLE: usize = 3_000;

/// The longest half-life, as a part of the stretch: what takes longer cannot be told from the baseline.
const LONGEST: f64 = 0.1;

/// The shortest half-life of timed events, as a part of the mean wait between events of any stream. With ever shorter ones the
/// likelihood climbs on single pairs of events that happen to lie close together, and tells of nothing else.
const SHORTEST: f64 = 0.1;

/// The least height of a baseline, as a part of the mean rate: what has never a rate cannot happen.
const LEAST: f64 = 1e-7;

/// The most events that one event may bring to one stream. Ten times as many as would run away.
const MOST: f64 = 10.0;

/// One stream's fit.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Heights, branching, logarithm of the decay.
    pub at: Vec<f64>,
    /// With what kinks cost taken off.
    pub local: Local,
    pub has_converged: bool,
    pub bounds: Bounds,
}

impl Row {
    pub fn knots(&self, streams: usize) -> usize {
        self.at.len() - streams - 1
    }

    pub fn branching(&self, streams: usize) -> &[f64] {
        let knots = self.knots(streams);
        &self.at[knots..knots + streams]
    }

    pub fn decay_per_day(&self) -> f64 {
        self.at[self.at.len() - 1].exp()
    }
}

/// Between which values parameters lie.
#[derive(Clone, Debug)]
pub(super) struct Bounds {
    pub low: Vec<f64>,
    pub high: Vec<f64>,
}

impl Bounds {
    fn new(streams: &Streams, tape: &Tape) -> Self {
        let knots = tape.exposure.len();
        let rate = tape.events.max(1.0) / tape.days;
        let (longest, shortest) = half_lives(streams);
        let mut low = vec![LEAST * rate; knots];
        let mut high = vec![f64::INFINITY; knots];
        low.extend(std::iter::repeat_n(0.0, tape.streams));
        high.extend(std::iter::repeat_n(MOST, tape.streams));
        low.push((std::f64::consts::LN_2 / longest).ln());
        high.push((std::f64::consts::LN_2 / shortest).ln());
        Self { low, high }
    }
}

/// The longest and the shortest half-life, in days, that these streams can tell.
pub(super) fn half_lives(streams: &Streams) -> (f64, f64) {
    let wait = streams.observed_days() / streams.counts().iter().sum::<f64>();
    let longest = streams.span_days * LONGEST;
    match streams.resolution {
        Resolution::Timed => (longest, longest.min(wait * SHORTEST)),
        // Counts of days know nothing of hours.
        Resolution::Daily => (longest.max(1.0), 1.0),
    }
}

/// Fits one stream, over the stretches of the tape.
pub(super) fn fit(streams: &Streams, of: usize, tape: &Tape) -> Row {
    let bounds = Bounds::new(streams, tape);
    let knots = tape.exposure.len();
    let starts = match sample(streams) {
        Some(part) => {
            let sample = Tape::new(&part, of, 1, &part.observed);
            if sample.events < 1.0 {
                grid(tape, &bounds, 1)
            } else {
                let bounds = Bounds::new(streams, &sample);
                let starts = grid(&sample, &bounds, 1);
                // The sample's baseline stands for all of it.
                let widen = |at: Vec<f64>| [vec![at[0]; knots], at[1..].to_vec()].concat();
                starts.into_iter().map(|start| widen(go_on(&sample, &bounds, start).at)).collect()
            }
        }
        None => grid(tape, &bounds, 3),
    };
    let found = starts.into_iter().map(|start| go_on(tape, &bounds, start));
    let best = found.reduce(|best, next| if next.local.value > best.local.value { next } else { best });
    row(best.expect("a grid has a best value"), bounds)
}

/// Fits one stream from a fit that is near.
pub(super) fn fit_from(streams: &Streams, tape: &Tape, start: &[f64]) -> Row {
    let bounds = Bounds::new(streams, tape);
    row(go_on(tape, &bounds, start.to_vec()), bounds)
}

/// The greatest likelihood without any excitation.
pub(super) fn without_excitation(tape: &Tape, near: &Row) -> f64 {
    let knots = tape.exposure.len();
    let mut start = near.at.clone();
    start[..knots].fill(tape.events / tape.days);
    start[knots..knots + tape.streams].fill(0.0);
    let held: Vec<bool> = (0..start.len()).map(|i| i >= knots).collect();
    maximise(start, &near.bounds.low, &near.bounds.high, &held, |at| local(tape, at)).local.value
}

/// The greatest likelihood with one parameter held at a value, from a point near.
pub(super) fn with_held(tape: &Tape, bounds: &Bounds, near: &[f64], index: usize, value: f64) -> Optimum {
    let mut start = near.to_vec();
    start[index] = value;
    let mut held = vec![false; start.len()];
    held[index] = true;
    maximise(start, &bounds.low, &bounds.high, &held, |at| local(tape, at))
}

fn go_on(tape: &Tape, bounds: &Bounds, start: Vec<f64>) -> Optimum {
    let held = vec![false; start.len()];
    maximise(start, &bounds.low, &bounds.high, &held, |at| local(tape, at))
}

fn row(found: Optimum, bounds: Bounds) -> Row {
    Row { at: found.at, local: found.local, has_converged: found.has_converged, bounds }
}

/// The best points of the grid: those better than their neighbours, the best first, so many at most.
fn grid(tape: &Tape, bounds: &Bounds, most: usize) -> Vec<Vec<f64>> {
    let knots = tape.exposure.len();
    let last = bounds.low.len() - 1;
    let mut at = vec![tape.events / tape.days / 2.0; knots];
    // Half by itself, half excited.
    at.extend(std::iter::repeat_n(0.5 / tape.streams as f64, tape.streams));
    at.push(0.0);
    let held: Vec<bool> = (0..=last).map(|i| i == last).collect();
    let mut tried: Vec<(f64, Vec<f64>)> = Vec::new();
    let mut log_decay = bounds.low[last];
    loop {
        at[last] = log_decay;
        let found = maximise(at.clone(), &bounds.low, &bounds.high, &held, |at| local(tape, at));
        tried.push((found.local.value, found.at));
        if log_decay >= bounds.high[last] {
            break;
        }
        log_decay = (log_decay + GRID.ln()).min(bounds.high[last]);
    }
    let value = |i: Option<usize>| i.and_then(|i| tried.get(i)).map_or(f64::NEG_INFINITY, |t| t.0);
    let mut hills: Vec<usize> = (0..tried.len())
        .filter(|&i| value(Some(i)) >= value(i.checked_sub(1)) && value(Some(i)) >= value(Some(i + 1)))
        .collect();
    hills.sort_by(|a, b| tried[*b].0.total_cmp(&tried[*a].0).then(a.cmp(b)));
    hills.truncate(most);
    hills.into_iter().map(|i| tried[i].1.clone()).collect()
}

/// A stretch in the middle with some [`SAMPLE`] events, as if nothing had been before, if all have many more.
fn sample(streams: &Streams) -> Option<Streams> {
    let all = streams.events.len();
    if all < 2 * SAMPLE || streams.observed.len() > 1 {
        return None;
    }
    let first = (all - SAMPLE) / 2;
    let (from, to) = (streams.events[first].time, streams.events[first + SAMPLE].time);
    let within = streams.events[first..].iter().take_while(|event| event.time < to);
    let events = within.map(|event| Event { time: event.time - from, ..*event }).collect();
    (to > from).then(|| Streams {
        events,
        span_days: to - from,
        observed: vec![(0.0, to - from)],
        names: streams.names.clone(),
        evidence: std::collections::BTreeMap::new(),
        ..*streams
    })
}

/// The process that the rows make.
pub(super) fn process(streams: &Streams, rows: &[Row]) -> Process {
    let n = streams.len();
    Process {
        resolution: streams.resolution,
        baselines: rows
            .iter()
            .map(|row| Baseline { span_days: streams.span_days, heights_per_day: row.at[..row.knots(n)].to_vec() })
            .collect(),
        branching: rows.iter().map(|row| row.branching(n).to_vec()).collect(),
        decays_per_day: rows.iter().map(Row::decay_per_day).collect(),
    }
}

/// One value for each stream, made on so many threads; the same whatever their number.
pub(crate) fn each<T: Send>(streams: usize, threads: usize, make: impl Fn(usize) -> T + Sync) -> Vec<T> {
    if threads <= 1 || streams == 1 {
        return (0..streams).map(make).collect();
    }
    let threads = threads.min(streams);
    let share = |thread: usize| (thread..streams).step_by(threads).map(|i| (i, make(i))).collect::<Vec<_>>();
    let mut all: Vec<(usize, T)> = std::thread::scope(|scope| {
        let share = &share;
        let running: Vec<_> = (1..threads).map(|thread| scope.spawn(move || share(thread))).collect();
        let mut all = share(0);
        for thread in running {
            all.extend(thread.join().expect("a thread that fits does not panic"));
        }
        all
    });
    all.sort_unstable_by_key(|(i, _)| *i);
    all.into_iter().map(|(_, value)| value).collect()
}
