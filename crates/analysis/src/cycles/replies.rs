//! Replies that texts state, against those that the model infers.
//!
//! A report says that one incident answered another; the model gives each pair of events a probability that the earlier
//! brought the later: what the earlier adds to the later's rate, over all of that rate. Two ways of knowing about the same
//! thing, neither of them the truth: texts state what somebody takes for a reply, the model sees times alone.
//!
//! How much of an agreement is chance is told by **drawn pairs**: each stated pair is replaced by any event of the later
//! one's stream and any event of the earlier one's stream that came before it, within the longest stated lag. Whoever named
//! pairs at random among events close in time would find so many. Beside it stands what would be found if the streams had
//! nothing to do with each other (`shifts`): drawn pairs still have in them whatever the one stream brings to the other.
//!
//! Refused, with the number: pairs that name no event of the streams, pairs of one day where only days are known, and pairs
//! whose later event is not the later.

use serde::Serialize;

use super::process::Process;
use super::shifts::by_shifts;
use super::streams::{Resolution, Streams};
use crate::incidents::measure::random::Random;

/// Drawings of as many pairs as are stated: enough that the 95th percentile moves by less than a hundredth.
const DRAWINGS: usize = 500;

/// Seed of the drawings, so that an answer is the same each time.
const SEED: u64 = 0x05e7_11e5;

/// From which probability on a stated reply counts as found. More likely so than not would be one half; but a burst of
/// attacks shares its replies, and among ten each has a tenth. One in ten is what a reader would still follow.
pub const FOUND: f64 = 0.1;

/// A stated reply: two incidents, with their streams and times.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stated {
    /// Id of the incident that is answered.
    pub earlier: String,
    /// Its stream.
    pub earlier_stream: usize,
    /// Its time, in days from the start; the number of its day where only days are known.
    pub earlier_days: f64,
    /// Id of the incident that answers.
    pub later: String,
    /// Its stream.
    pub later_stream: usize,
    /// Its time.
    pub later_days: f64,
}

/// What the model says of a stated reply.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inferred {
    /// The reply.
    #[serde(flatten)]
    pub stated: Stated,
    /// Days between.
    pub lag_days: f64,
    /// Probability that the earlier incident brought the later.
    pub probability: f64,
    /// Probability that some event of the earlier one's stream did.
    pub stream_probability: f64,
    /// Whether the probability passes the threshold.
    pub is_found: bool,
}

/// Stated replies beside inferred ones.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Replies {
    /// From which probability on a reply counts as found.
    pub threshold: f64,
    /// Those that could be compared.
    pub replies: Vec<Inferred>,
    /// How many were found.
    pub found: usize,
    /// Their share; `None` where none could be compared.
    pub share_found: Option<f64>,
    /// Share of drawn pairs that would be found: the mean of the drawings.
    pub share_by_chance: Option<f64>,
    /// In 95 of 100 drawings no greater share is found.
    pub share_by_chance_95: Option<f64>,
    /// Share that would be found if one stream were shifted against the other, in the mean of many shifts; `None` where no
    /// reply is of two streams, or the stretch is too short.
    pub share_by_shift: Option<f64>,
    /// In 95 of 100 shifts no greater share is found.
    pub share_by_shift_95: Option<f64>,
    /// Median lag of the stated in days.
    pub median_lag_days: Option<f64>,
    /// Median lag of those found.
    pub median_lag_found_days: Option<f64>,
    /// Stated within one day, of which daily counts can say nothing.
    pub of_one_day: usize,
    /// Stated the wrong way round in time.
    pub reversed: usize,
    /// Without an event at that time in that stream.
    pub without_event: usize,
}

/// Sets stated replies beside a fitted process.
pub fn replies(streams: &Streams, process: &Process, stated: &[Stated], threshold: f64) -> Replies {
    let (mut of_one_day, mut reversed, mut without_event) = (0, 0, 0);
    let mut inferred = Vec::new();
    for pair in stated {
        let lag_days = pair.later_days - pair.earlier_days;
        let is_event = |stream: usize, time: f64| {
            let first = streams.events.partition_point(|event| event.time < time);
            streams.events[first..].iter().take_while(|event| event.time <= time).any(|event| event.stream == stream)
        };
        if !is_event(pair.earlier_stream, pair.earlier_days) || !is_event(pair.later_stream, pair.later_days) {
            without_event += 1;
        } else if lag_days < 0.0 {
            reversed += 1;
        } else if lag_days <= 0.0 {
            match streams.resolution {
                Resolution::Daily => of_one_day += 1,
                Resolution::Timed => reversed += 1,
            }
        } else {
            let rate = process.rate(streams, pair.later_stream, pair.later_days);
            let probability = process.kernel(pair.later_stream, pair.earlier_stream, lag_days) / rate;
            let stream_probability = streams
                .events
                .iter()
                .take_while(|event| event.time < pair.later_days)
                .filter(|event| event.stream == pair.earlier_stream)
                .map(|event| {
                    let lag = pair.later_days - event.time;
                    event.count * process.kernel(pair.later_stream, event.stream, lag) / rate
                })
                .sum();
            let is_found = probability >= threshold;
            inferred.push(Inferred { stated: pair.clone(), lag_days, probability, stream_probability, is_found });
        }
    }
    let found = inferred.iter().filter(|reply| reply.is_found).count();
    let share = |found: usize| (!inferred.is_empty()).then(|| found as f64 / inferred.len() as f64);
    let chance = by_chance(streams, process, &inferred, threshold);
    let pairs: Vec<&Stated> = inferred.iter().map(|reply| &reply.stated).collect();
    let shifted = by_shifts(streams, process, &pairs, threshold);
    let mean = |shares: &[f64]| shares.iter().sum::<f64>() / shares.len() as f64;
    Replies {
        threshold,
        found,
        share_found: share(found),
        share_by_chance: chance.as_deref().map(mean),
        share_by_chance_95: chance.as_deref().map(|shares| shares[shares.len() * 95 / 100]),
        share_by_shift: shifted.as_deref().map(mean),
        share_by_shift_95: shifted.as_deref().map(|shares| shares[shares.len() * 95 / 100]),
        median_lag_days: median(inferred.iter().map(|reply| reply.lag_days)),
        median_lag_found_days: median(inferred.iter().filter(|reply| reply.is_found).map(|reply| reply.lag_days)),
        replies: inferred,
        of_one_day,
        reversed,
        without_event,
    }
}

/// Shares found in drawings of as many pairs, in order; `None` where there is nothing to draw.
fn by_chance(streams: &Streams, process: &Process, stated: &[Inferred], threshold: f64) -> Option<Vec<f64>> {
    let longest = stated.iter().map(|reply| reply.lag_days).fold(0.0, f64::max);
    let times = |stream: usize| -> Vec<f64> {
        streams.events.iter().filter(|event| event.stream == stream).map(|event| event.time).collect()
    };
    let all: Vec<Vec<f64>> = (0..streams.len()).map(times).collect();
    let mut rates: Vec<Vec<Option<f64>>> = all.iter().map(|times| vec![None; times.len()]).collect();
    let mut random = Random::new(SEED);
    let mut shares = Vec::with_capacity(DRAWINGS);
    for _ in 0..DRAWINGS {
        let (mut drawn, mut found) = (0_usize, 0_usize);
        for reply in stated {
            let (of, by) = (reply.stated.later_stream, reply.stated.earlier_stream);
            // An event with nothing before it within reach is drawn anew, a few times; where bursts are rare, left out.
            for _ in 0..20 {
                let later = random.below(all[of].len());
                let time = all[of][later];
                let first = all[by].partition_point(|earlier| *earlier < time - longest);
                let after = all[by].partition_point(|earlier| *earlier < time);
                if first == after {
                    continue;
                }
                let earlier = all[by][first + random.below(after - first)];
                let rate = *rates[of][later].get_or_insert_with(|| process.rate(streams, of, time));
                drawn += 1;
                found += usize::from(process.kernel(of, by, time - earlier) / rate >= threshold);
                break;
            }
        }
        if drawn > 0 {
            shares.push(found as f64 / drawn as f64);
        }
    }
    shares.sort_unstable_by(f64::total_cmp);
    (!shares.is_empty()).then_some(shares)
}

fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        n if n % 2 == 1 => Some(values[middle]),
        _ => Some(f64::midpoint(values[middle - 1], values[middle])),
    }
}
