//! Insides: derivatives, optima against slower methods, ends of intervals.

use super::fit::{fit, with_held};
use super::intervals::{CHI_SQUARED, Curve, average, curves, p_value};
use super::likelihood::local;
use super::process::{Baseline, Process};
use super::simulate;
use super::streams::{Resolution, Streams};
use super::tape::Tape;
use crate::incidents::measure::random::Random;

fn two(resolution: Resolution, span_days: f64) -> Process {
    Process {
        resolution,
        baselines: vec![
            Baseline { span_days, heights_per_day: vec![0.2, 0.6, 0.3] },
            Baseline { span_days, heights_per_day: vec![0.4] },
        ],
        branching: vec![vec![0.3, 0.4], vec![0.25, 0.0]],
        decays_per_day: vec![0.5, 0.3],
    }
}

/// The likelihood by its definition: every event looks at every earlier one, days and stretches one by one.
fn by_definition(streams: &Streams, of: usize, process: &Process) -> f64 {
    let mut sum = 0.0;
    for event in streams.events.iter().filter(|event| event.stream == of) {
        if streams.observed.iter().any(|(from, to)| event.time >= *from && event.time < *to) {
            sum += event.count * process.rate(streams, of, event.time).ln();
        }
    }
    for &(from, to) in &streams.observed {
        match streams.resolution {
            Resolution::Daily => {
                let mut day = from;
                while day < to {
                    sum -= process.rate(streams, of, day);
                    day += 1.0;
                }
            }
            Resolution::Timed => {
                sum -= process.baselines[of].until(to) - process.baselines[of].until(from);
                for event in &streams.events {
                    let decay = process.decays_per_day[of];
                    let until = |time: f64| -(-decay * (time - event.time).max(0.0)).exp_m1();
                    sum -= process.branching[of][event.stream] * event.count * (until(to) - until(from));
                }
            }
        }
    }
    sum
}

fn cases() -> Vec<(Streams, usize)> {
    let mut cases = Vec::new();
    for (resolution, seed) in [(Resolution::Timed, 1), (Resolution::Daily, 2)] {
        let process = two(resolution, 200.0);
        let whole = simulate::streams(&process, 200.0, seed).expect("a quiet process");
        let parts = whole.clone().observed(&[(0.0, 40.0), (60.0, 61.0), (61.0, 150.0)]).expect("in order");
        cases.extend([(whole.clone(), 1), (whole, 4), (parts, 3)]);
    }
    // Events at one time do not excite each other, also where they are of one stream.
    let times: Vec<f64> = (0..60).map(|i| f64::from(i / 3) * 1.5).collect();
    cases.push((Streams::timed(&["a", "b"], &[times.clone(), times], 40.0).expect("times within"), 2));
    cases
}

#[test]
fn the_likelihood_is_that_of_its_definition_and_its_derivatives_are_its_own() {
    for (streams, knots) in cases() {
        for of in 0..2 {
            let tape = Tape::new(&streams, of, knots, &streams.observed);
            let heights: Vec<f64> = (0..knots).map(|k| 0.3 + 0.1 * (k % 2) as f64).collect();
            let at = [heights.clone(), vec![0.25, 0.4], vec![-0.9]].concat();
            let process = Process {
                resolution: streams.resolution,
                baselines: vec![Baseline { span_days: streams.span_days, heights_per_day: heights }; 2],
                branching: vec![vec![0.25, 0.4]; 2],
                decays_per_day: vec![(-0.9_f64).exp(); 2],
            };
            let here = local(&tape, &at);
            let value = here.value + super::likelihood::kinks(&tape, &at, None);
            let expected = by_definition(&streams, of, &process);
            assert!((value - expected).abs() < 1e-8 * expected.abs(), "{knots} knots: {value}, not {expected}");
            for i in 0..at.len() {
                let off = |by: f64| {
                    let mut there = at.clone();
                    there[i] += by;
                    local(&tape, &there)
                };
                let (up, down) = (off(1e-5), off(-1e-5));
                let slope = (up.value - down.value) / 2e-5;
                assert!(
                    (slope - here.gradient[i]).abs() < 1e-4 * (1.0 + slope.abs()),
                    "{i}: {slope} {:?}",
                    here.gradient
                );
                for j in 0..at.len() {
                    let bend = (up.gradient[j] - down.gradient[j]) / 2e-5;
                    let ours = here.hessian[i * at.len() + j];
                    assert!((bend - ours).abs() < 1e-3 * (1.0 + bend.abs()), "{i} {j}: {bend}, not {ours}");
                }
            }
        }
    }
}

/// The same optimum by expectation and maximisation (Veen and Schoenberg 2008, JASA 103: 614), which never goes wrong and
/// takes long: each event is shared out among the baseline and all earlier events.
fn by_expectation(streams: &Streams, of: usize, rounds: usize) -> f64 {
    let tape = Tape::new(streams, of, 1, &streams.observed);
    let n = streams.len();
    let own: Vec<f64> = streams.events.iter().filter(|e| e.stream == of).map(|e| e.time).collect();
    let (mut height, mut g, mut decay) = (own.len() as f64 / streams.span_days / 2.0, vec![0.3; n], 1.0_f64);
    for _ in 0..rounds {
        let (mut by_itself, mut by, mut waited) = (0.0, vec![0.0; n], 0.0);
        for time in &own {
            let past = || streams.events.iter().take_while(|e| e.time < *time);
            let share = |e: &super::streams::Event| g[e.stream] * decay * (-decay * (time - e.time)).exp();
            let rate = height + past().map(share).sum::<f64>();
            by_itself += height / rate;
            for event in past() {
                by[event.stream] += share(event) / rate;
                waited += share(event) / rate * (time - event.time);
            }
        }
        height = by_itself / streams.span_days;
        let reach = |decay: f64, stream: usize| -> f64 {
            let own = streams.events.iter().filter(|e| e.stream == stream);
            own.map(|e| -(-decay * (streams.span_days - e.time)).exp_m1()).sum()
        };
        // What the end of the stretch cuts off is put back by the rounds.
        let cut: f64 = streams
            .events
            .iter()
            .map(|e| {
                let left = streams.span_days - e.time;
                g[e.stream] * left * (-decay * left).exp()
            })
            .sum();
        decay = by.iter().sum::<f64>() / (waited + cut);
        for j in 0..n {
            g[j] = by[j] / reach(decay, j);
        }
    }
    local(&tape, &[vec![height], g, vec![decay.ln()]].concat()).value
}

/// A general optimiser that knows no derivatives: steps along each parameter, lengthened where they help and shortened where
/// not (Hooke and Jeeves 1961), over many rounds.
fn by_steps(tape: &Tape, start: Vec<f64>, low: &[f64], high: &[f64]) -> f64 {
    let mut at = start;
    let mut value = local(tape, &at).value;
    let mut lengths = vec![0.1; at.len()];
    for _ in 0..3_000 {
        for i in 0..at.len() {
            let mut is_better = false;
            for side in [1.0, -1.0] {
                let mut there = at.clone();
                there[i] = (there[i] + side * lengths[i]).clamp(low[i], high[i]);
                let found = local(tape, &there).value;
                if found > value {
                    (at, value, is_better) = (there, found, true);
                    break;
                }
            }
            lengths[i] *= if is_better { 1.4 } else { 0.6 };
            lengths[i] = lengths[i].max(1e-10);
        }
    }
    value
}

#[test]
fn the_optimum_is_no_worse_than_that_of_a_long_run_of_slower_methods() {
    for (case, (streams, knots)) in cases().into_iter().enumerate() {
        for of in 0..2 {
            let tape = Tape::new(&streams, of, knots, &streams.observed);
            let row = fit(&streams, of, &tape);
            assert!(row.has_converged, "case {case}");
            for (height, g, log_decay) in [(0.3, 0.1, -1.0), (0.1, 0.4, 0.0), (0.2, 0.2, -2.5)] {
                let start: Vec<f64> = [vec![height; knots], vec![g; 2], vec![log_decay]].concat();
                let (low, high) = (&row.bounds.low, &row.bounds.high);
                let start: Vec<f64> = start.iter().zip(low).zip(high).map(|((x, l), h)| x.clamp(*l, *h)).collect();
                let other = by_steps(&tape, start, low, high);
                assert!(row.local.value >= other - 1e-6, "case {case}: {} is less than {other}", row.local.value);
            }
            if knots == 1 && streams.resolution == Resolution::Timed {
                let other = by_expectation(&streams, of, 300);
                assert!(row.local.value >= other - 1e-6, "case {case}: {} is less than {other}", row.local.value);
            }
        }
    }
}

#[test]
fn at_the_ends_of_an_interval_the_likelihood_is_less_by_half_of_chi_squared() {
    let process = two(Resolution::Timed, 400.0);
    let streams = simulate::streams(&process, 400.0, 3).expect("a quiet process");
    for dispersion in [1.0, 2.0] {
        let tape = Tape::new(&streams, 0, 3, &streams.observed);
        let row = fit(&streams, 0, &tape);
        let found = curves(&tape, &row, dispersion);
        let mut ends = 0;
        for (source, curve) in found.branching.iter().enumerate() {
            for (end, off) in [curve.low, curve.high] {
                let there = with_held(&tape, &row.bounds, &row.at, 3 + source, end);
                let twice = 2.0 * (row.local.value - there.local.value) / dispersion;
                assert!((twice.max(0.0).sqrt() - off).abs() < 0.02, "{source}: {curve:?} {twice}");
                assert!(end <= 0.0 || (off - CHI_SQUARED.sqrt()).abs() < 0.02, "{source}: {curve:?}");
                ends += usize::from(end > 0.0);
            }
        }
        assert!(ends >= 2);
        let decay = found.log_decay.expect("it is excited");
        assert!(decay.low.0 < decay.best && decay.best < decay.high.0);
    }
}

#[test]
fn an_interval_over_several_baselines_lies_between_theirs() {
    let deviations = CHI_SQUARED.sqrt();
    let curve = |best: f64, wide: f64| Curve { best, low: (best - wide, deviations), high: (best + wide, deviations) };
    let one = curve(0.4, 0.1);
    let (low, high) = average(&[(1.0, one)], (0.0, 10.0));
    assert!((low.expect("within") - 0.3).abs() < 1e-5 && (high.expect("within") - 0.5).abs() < 1e-5);
    let (low, high) = average(&[(0.5, one), (0.5, curve(0.6, 0.1))], (0.0, 10.0));
    let (low, high) = (low.expect("within"), high.expect("within"));
    assert!((0.3..0.35).contains(&low) && (0.65..0.7).contains(&high), "{low} {high}");
    let wide = |low, best, high| Curve { best, low, high };
    // What allows 0 has no lower end.
    assert_eq!(average(&[(1.0, wide((0.0, 1.0), 0.1, (0.5, deviations)))], (0.0, 10.0)).0, None);
    assert_eq!(average(&[(1.0, wide((5.0, deviations), 9.0, (10.0, 1.0)))], (0.0, 10.0)).1, None);
}

#[test]
fn chance_is_stricter_where_the_decay_was_chosen_to_suit() {
    assert!((p_value(2.705_543_454_095_404, true) - 0.05).abs() < 1e-12);
    assert!(p_value(2.705_543_454_095_404, false) > 0.15);
    assert!((p_value(0.0, true) - 1.0).abs() < 1e-12);
}

#[test]
fn poisson_numbers_have_their_mean_and_variance() {
    let mut random = Random::new(5);
    for mean in [0.3, 4.0, 1_200.0] {
        let numbers: Vec<f64> = (0..4_000).map(|_| f64::from(simulate::poisson(mean, &mut random))).collect();
        let found = numbers.iter().sum::<f64>() / 4_000.0;
        let variance = numbers.iter().map(|x| (x - found).powi(2)).sum::<f64>() / 4_000.0;
        // Four standard errors of a mean; a tenth of a variance.
        assert!((found - mean).abs() < 4.0 * (mean / 4_000.0).sqrt(), "{found}, not {mean}");
        assert!((variance / mean - 1.0).abs() < 0.1, "{variance}, not {mean}");
    }
}
