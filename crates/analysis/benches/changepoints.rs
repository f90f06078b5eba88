//! Change points of long series: a level every thousand points, with noise.

use std::time::Duration;

use analysis::changepoints::{Cost, Settings, change_points};
use analysis::incidents::measure::random::Random;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Points between changes.
const EACH: usize = 1_000;

/// Levels from 0 to 7, with noise that is nearly normal, of variance 1 (twelve even numbers less 6).
fn noisy(n: usize) -> Vec<f64> {
    let mut random = Random::new(7);
    (0..n).map(|i| (i / EACH * 3 % 8) as f64 + (0..12).map(|_| random.unit()).sum::<f64>() - 6.0).collect()
}

/// The same as counts, none below 0.
fn counts(n: usize) -> Vec<f64> {
    noisy(n).into_iter().map(|x| (2.0 * x).round().max(0.0)).collect()
}

fn benches(c: &mut Criterion) {
    let mut group = c.benchmark_group("change points");
    group.measurement_time(Duration::from_secs(8)).sample_size(10);
    for (name, cost, made) in
        [("L2", Cost::L2, noisy as fn(usize) -> Vec<f64>), ("Poisson", Cost::Poisson, counts as fn(usize) -> Vec<f64>)]
    {
        for n in [10_000, 100_000] {
            let series = made(n);
            let settings = Settings { cost, ..Settings::default() };
            group.throughput(Throughput::Elements(n as u64));
            group.bench_function(format!("{name}, {n} points"), |b| b.iter(|| change_points(&series, &settings)));
        }
    }
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
