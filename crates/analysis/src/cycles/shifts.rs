//! What chance alone would find of stated replies: one stream is shifted against the other, around the stretch.
//!
//! Shifted by some weeks, a stream keeps its bursts and its quiet, and what it does has nothing to do with what the other does
//! that week (circular shifts, as with trains of nerve impulses). Each stated reply keeps its later event; for its earlier one
//! stands the shifted event of the same rank: the last before it where the last was stated, the third last where that was.
//! Whoever named pairs so in streams that do not answer each other would find so many.
//!
//! Shifts are by more than the longest stated lag, and by a tenth of the stretch at most: what changes more slowly is no
//! reply for the model either, and is kept in both streams.
//!
//! A stream is not shifted against itself: replies within one stream are left out.

use super::process::Process;
use super::replies::Stated;
use super::streams::Streams;
use crate::incidents::measure::random::Random;

/// Shifts: enough that the 95th percentile moves by some hundredths.
const SHIFTS: usize = 200;

/// Seed of the shifts, so that an answer is the same each time.
const SEED: u64 = 0x51f7;

/// The farthest shift, as a part of the stretch: what lasts longer is not told from slow change.
const FARTHEST: f64 = 0.1;

/// Half-lives after which what is left of an event is under a millionth.
const REACH: f64 = 20.0;

/// A stated reply with all of its later event's rate that the shifted stream does not bring.
struct Kept<'a> {
    pair: &'a Stated,
    rest: f64,
    /// Events of the earlier one's stream after it and before the later.
    between: usize,
}

/// Shares found under as many shifts, in order; `None` where there is nothing to shift.
pub(super) fn by_shifts(streams: &Streams, process: &Process, stated: &[&Stated], threshold: f64) -> Option<Vec<f64>> {
    let span = streams.span_days;
    let longest = stated.iter().map(|pair| pair.later_days - pair.earlier_days).fold(0.0, f64::max);
    let kept: Vec<Kept> = stated
        .iter()
        .filter(|pair| pair.earlier_stream != pair.later_stream)
        .map(|pair| {
            let is_between = |time: f64| time > pair.earlier_days && time < pair.later_days;
            let own = streams.events.iter().filter(|event| event.stream == pair.earlier_stream);
            let between = own.filter(|event| is_between(event.time)).count();
            Kept { pair, rest: rest(streams, process, pair), between }
        })
        .collect();
    // A shift by less than the longest lag, either way round, would leave pairs as they are.
    let least = longest.max(1.0).ceil();
    let most = (span * FARTHEST).floor();
    if kept.is_empty() || most <= least {
        return None;
    }
    let mut random = Random::new(SEED);
    let mut shares = Vec::with_capacity(SHIFTS);
    for _ in 0..SHIFTS {
        // Whole days, so that counts of days stay counts of days.
        let by = (least + random.unit() * (most + 1.0 - least)).floor();
        let shift = if random.one_in(2) { by } else { span - by };
        let (mut named, mut found) = (0_usize, 0_usize);
        for kept in &kept {
            let Some(probability) = shifted(streams, process, kept, (shift, longest)) else { continue };
            named += 1;
            found += usize::from(probability >= threshold);
        }
        if named > 0 {
            shares.push(found as f64 / named as f64);
        }
    }
    shares.sort_unstable_by(f64::total_cmp);
    (!shares.is_empty()).then_some(shares)
}

/// The later event's rate without what the earlier one's stream brings.
fn rest(streams: &Streams, process: &Process, pair: &Stated) -> f64 {
    let (of, by) = (pair.later_stream, pair.earlier_stream);
    process.rate(streams, of, pair.later_days) - brought(streams, process, (of, by), pair.later_days, 0.0).1
}

/// The probability that the shifted event of the same rank brought the later one; `None` where it lies farther back than any
/// stated lag.
fn shifted(streams: &Streams, process: &Process, kept: &Kept, (shift, longest): (f64, f64)) -> Option<f64> {
    let (of, by, later) = (kept.pair.later_stream, kept.pair.earlier_stream, kept.pair.later_days);
    let (mut lags, brought) = brought(streams, process, (of, by), later, shift);
    lags.sort_unstable_by(f64::total_cmp);
    let lag = lags.get(kept.between).copied().filter(|lag| *lag <= longest)?;
    let rate = kept.rest.max(0.0) + brought;
    (rate > 0.0).then(|| process.kernel(of, by, lag) / rate)
}

/// How long before a time a shifted stream's events lie, and what they add to a rate then.
fn brought(streams: &Streams, process: &Process, (of, by): (usize, usize), time: f64, shift: f64) -> (Vec<f64>, f64) {
    let reach = REACH * process.half_life_days(of);
    let mut lags = Vec::new();
    let mut sum = 0.0;
    for event in streams.events.iter().filter(|event| event.stream == by) {
        let moved = (event.time + shift) % streams.span_days;
        let lag = time - moved;
        if lag > 0.0 {
            lags.push(lag);
            if lag <= reach {
                sum += event.count * process.kernel(of, by, lag);
            }
        }
    }
    (lags, sum)
}
