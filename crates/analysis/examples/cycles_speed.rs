//! How long fits of self-exciting processes take; writes the events, for `scripts/cycles_comparison.py` to fit with others.
//!
//! `cargo run --release -p analysis --example cycles_speed [DIR]`. A million events of one stream, and 50,000 of five; the best
//! of five runs, on one thread (its time on a processor beside it, which others on the machine do not lengthen) and on two.

use std::fmt::Write as _;
use std::time::Instant;

use analysis::cycles::measure::one_fit;
use analysis::cycles::{Baseline, Process, Resolution, Streams, report, simulated_streams, timed};

const RUNS: usize = 5;

fn main() {
    let dir = std::env::args().nth(1);
    // A mean of a million events: 0.5 a day by themselves, each bringing half another.
    let one = Process {
        resolution: Resolution::Timed,
        baselines: vec![Baseline::constant(1e6, 0.5)],
        branching: vec![vec![0.5]],
        decays_per_day: vec![1.0],
    };
    // Five streams that answer the next and themselves; some 50,000 events.
    let row = |of: usize| (0..5).map(|by| [0.3, 0.15, 0.05, 0.0, 0.1][(by + 5 - of) % 5]).collect();
    let five = Process {
        resolution: Resolution::Timed,
        baselines: vec![Baseline::constant(40_000.0, 0.1); 5],
        branching: (0..5).map(row).collect(),
        decays_per_day: vec![0.8, 1.0, 0.6, 1.2, 0.9],
    };
    for (name, process, span_days) in [("one", &one, 1e6), ("five", &five, 40_000.0)] {
        let times = timed(process, span_days, 7).expect("below 1");
        let events: usize = times.iter().map(Vec::len).sum();
        if let Some(dir) = &dir {
            let mut text = format!("# {span_days}\n");
            for (stream, times) in times.iter().enumerate() {
                for time in times {
                    writeln!(text, "{stream},{time}").expect("text grows");
                }
            }
            std::fs::create_dir_all(dir).expect("the directory can be made");
            std::fs::write(format!("{dir}/{name}.csv"), text).expect("the file can be written");
        }
        let names: Vec<String> = (0..times.len()).map(|n| n.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let start = Instant::now();
        let streams = Streams::timed(&names, &times, span_days).expect("events within");
        println!("{name}: {events} events, put in order in {:.3} s", start.elapsed().as_secs_f64());
        for knots in [1, 9] {
            for threads in [1, 2] {
                let mut best = f64::INFINITY;
                let mut value = 0.0;
                let mut on_processor = f64::INFINITY;
                for _ in 0..RUNS {
                    let (start, busy) = (Instant::now(), busy_seconds());
                    let fit = one_fit(&streams, knots, threads);
                    best = best.min(start.elapsed().as_secs_f64());
                    on_processor = on_processor.min(busy_seconds() - busy);
                    value = fit.log_likelihood;
                    assert!(fit.has_converged, "the search came to its end");
                }
                let on_processor = if threads == 1 { format!(" ({on_processor:.3} s busy)") } else { String::new() };
                println!(
                    "{name}: {knots} knot(s), {threads} thread(s): {best:.3} s{on_processor}, log-likelihood {value:.4}"
                );
            }
        }
    }
    let small = Process { baselines: vec![Baseline::constant(1_000.0, 0.1); 5], ..five };
    let streams = simulated_streams(&small, 1_000.0, 7).expect("below 1");
    let start = Instant::now();
    let report = report(&streams, 2);
    let seconds = start.elapsed().as_secs_f64();
    println!("a whole report of five streams, {} entries: {seconds:.2} s on 2 threads", report.entries.len());
}

/// How long this thread has been on a processor, as the kernel has it; 0 where it does not say.
fn busy_seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).map_or(0.0, |ns| ns / 1e9)
}
