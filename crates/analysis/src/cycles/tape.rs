//! What one stream's likelihood needs of all events, in the order in which one pass over time takes it.
//!
//! The likelihood of a stream looks at its own events and, at each, at what is left of all earlier ones. A tape has a step
//! for each event of the stream and for each end of a stretch that is looked at, and between two steps the events of the
//! streams that happened meanwhile. Nothing on it hangs on the parameters: it is made once and passed over many times.

use super::process::{middle, place};
use super::streams::{Resolution, Streams};

/// An event of the stream, or the end of a stretch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// Days since the step before.
    pub gap: f64,
    /// How far on the way to the next knot; at the end of a stretch 1 where it begins and -1 where it is over.
    pub share: f64,
    /// How many events; 0 at the end of a stretch.
    pub count: f32,
    /// The knot before.
    pub knot: u32,
    /// Where on the tape the events end that happened at the time of the step before.
    pub same_end: u32,
    /// Where on the tape the events end that happened between the step before and this one.
    pub between_end: u32,
}

/// An event of any stream.
#[derive(Clone, Copy, Debug)]
pub(super) struct Past {
    /// Days until the next step.
    pub lag: f64,
    /// Which stream.
    pub stream: u32,
    /// How many.
    pub count: f32,
}

/// One stream's tape.
#[derive(Clone, Debug)]
pub(super) struct Tape {
    pub resolution: Resolution,
    pub steps: Vec<Step>,
    /// Events at the time of a step, of which the next step sees all of its gap.
    pub same: Vec<Past>,
    /// Events between two steps.
    pub between: Vec<Past>,
    /// How many streams.
    pub streams: usize,
    /// Events of each stream within the stretches.
    pub within: Vec<f64>,
    /// Of each knot: by how much the stretches multiply its height.
    pub exposure: Vec<f64>,
    /// Events of this stream within the stretches.
    pub events: f64,
    /// Days within the stretches.
    pub days: f64,
    /// Σ ln n! of daily counts, so that likelihoods are those of the counts.
    pub log_factorials: f64,
}

impl Tape {
    /// The tape of a stream with so many knots, over stretches in order and apart.
    pub fn new(streams: &Streams, of: usize, knots: usize, stretches: &[(f64, f64)]) -> Self {
        let (resolution, span) = (streams.resolution, streams.span_days);
        let mut tape = Self {
            resolution,
            steps: Vec::new(),
            same: Vec::new(),
            between: Vec::new(),
            streams: streams.len(),
            within: vec![0.0; streams.len()],
            exposure: exposure(resolution, knots, span, stretches),
            events: 0.0,
            days: stretches.iter().map(|(from, to)| to - from).sum(),
            log_factorials: 0.0,
        };
        let own = streams.events.iter().filter(|event| event.stream == of).count();
        tape.steps.reserve_exact(own + 2 * stretches.len());
        tape.same.reserve_exact(own);
        tape.between.reserve_exact(streams.events.len() - own);
        let mut writing = Writing { streams, next: 0, now: 0.0 };
        let mut at = 0;
        for &(from, to) in stretches {
            let first = streams.events.partition_point(|event| event.time < from);
            let after = streams.events.partition_point(|event| event.time < to || (event.time <= to && to >= span));
            // With nothing before it, what is left at its beginning is nothing.
            if first > 0 {
                writing.step(&mut tape, from, 0.0, (0, 1.0));
            }
            at = at.max(first);
            for event in &streams.events[at..after] {
                // What happens at the very end is an event like others, but brings nothing any more.
                if event.time < to {
                    tape.within[event.stream] += event.count;
                }
                if event.stream == of {
                    let place = place(knots, span, middle(resolution, event.time));
                    writing.step(&mut tape, event.time, event.count, place);
                    tape.events += event.count;
                    if event.count > 1.0 {
                        tape.log_factorials += libm::lgamma(event.count + 1.0);
                    }
                }
            }
            at = after;
            writing.step(&mut tape, to, 0.0, (0, -1.0));
        }
        tape
    }

    /// The baseline's events within the stretches.
    pub fn baseline(&self, heights: &[f64]) -> f64 {
        self.exposure.iter().zip(heights).map(|(days, height)| days * height).sum()
    }
}

/// How far the events are written.
struct Writing<'a> {
    streams: &'a Streams,
    next: usize,
    now: f64,
}

impl Writing<'_> {
    #[expect(clippy::cast_possible_truncation, reason = "counts below 2²⁴ are exact; far fewer than 2³² events")]
    fn step(&mut self, tape: &mut Tape, time: f64, count: f64, (knot, share): (usize, f64)) {
        let events = &self.streams.events;
        while let Some(event) = events.get(self.next).filter(|event| event.time < time) {
            let (stream, count) = (event.stream as u32, event.count as f32);
            if event.time <= self.now && !tape.steps.is_empty() {
                tape.same.push(Past { lag: 0.0, stream, count });
            } else {
                tape.between.push(Past { lag: time - event.time, stream, count });
            }
            self.next += 1;
        }
        let (same_end, between_end) = (tape.same.len() as u32, tape.between.len() as u32);
        let gap = if tape.steps.is_empty() { 0.0 } else { time - self.now };
        tape.steps.push(Step { gap, share, count: count as f32, knot: knot as u32, same_end, between_end });
        self.now = time;
    }
}

/// What each knot's tent covers of the stretches: its integral over time, or its sum over the middles of days.
fn exposure(resolution: Resolution, knots: usize, span: f64, stretches: &[(f64, f64)]) -> Vec<f64> {
    let mut exposure = vec![0.0; knots];
    for &(from, to) in stretches {
        if knots == 1 {
            exposure[0] += to - from;
            continue;
        }
        match resolution {
            Resolution::Daily => {
                let mut day = from;
                while day < to {
                    let (knot, share) = place(knots, span, middle(resolution, day));
                    exposure[knot] += 1.0 - share;
                    exposure[knot + 1] += share;
                    day += 1.0;
                }
            }
            Resolution::Timed => {
                let width = span / (knots - 1) as f64;
                for knot in 0..knots - 1 {
                    let start = knot as f64 * width;
                    let (a, b) = (from.max(start), to.min(start + width));
                    if b > a {
                        let share = (f64::midpoint(a, b) - start) / width;
                        exposure[knot] += (b - a) * (1.0 - share);
                        exposure[knot + 1] += (b - a) * share;
                    }
                }
            }
        }
    }
    exposure
}
