//! How good a forecast was: the three scores of the VIEWS prediction challenge 2023/24 as its evaluation code reckons them
//! (github:prio-data/prediction_competition_2023; Hegre and others 2025, Journal of Peace Research), and CRPS on the
//! logarithmic scale. All are losses: 0 is best for CRPS and the interval score.

/// Lower edges of the bins of the ignorance score, in deaths, as the challenge sets them; the last has no upper edge.
pub const IGNORANCE_EDGES: [f64; 11] = [0.0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5];

/// The number of samples to which the challenge repeats fewer before it bins them.
pub const IGNORANCE_SAMPLES: f64 = 1000.0;

/// Share outside the interval of the interval score: the challenge takes the central 90 %.
pub const INTERVAL_OUTSIDE: f64 = 0.1;

/// Continuous ranked probability score of sorted samples taken as the whole distribution: E|X - y| - E|X - X'|/2, with
/// both means over all samples (not the "fair" one), as `properscoring` and `xskillscore` have it. In deaths.
pub fn crps(sorted: &[f64], outcome: f64) -> f64 {
    let n = sorted.len() as f64;
    let (mut off, mut apart) = (0.0, 0.0);
    for (i, &x) in sorted.iter().enumerate() {
        off += (x - outcome).abs();
        apart += (2.0 * i as f64 + 1.0 - n) * x;
    }
    off / n - apart / (n * n)
}

/// CRPS of ln(1 + deaths): mistakes count by their ratio, so that small wars weigh as much as large ones.
pub fn crps_log(sorted: &[f64], outcome: f64) -> f64 {
    let logs: Vec<f64> = sorted.iter().map(|x| x.ln_1p()).collect();
    crps(&logs, outcome.ln_1p())
}

/// Ignorance in bits: minus the binary logarithm of the chance of the outcome's bin, after one sample has been added to
/// each bin so that no chance is 0.
pub fn ignorance(samples: &[f64], outcome: f64) -> f64 {
    let bin = |x: f64| IGNORANCE_EDGES.iter().filter(|&&edge| x >= edge).count();
    let wanted = bin(outcome);
    let hits = samples.iter().filter(|&&x| bin(x) == wanted).count() as f64;
    let hits = hits * IGNORANCE_SAMPLES / samples.len() as f64;
    -((hits + 1.0) / (IGNORANCE_SAMPLES + IGNORANCE_EDGES.len() as f64)).log2()
}

/// Interval score of the central 90 % (Gneiting and Raftery 2007, JASA 102: 359), in deaths: its width, and twenty times
/// what the outcome lies outside. The challenge calls its mean MIS.
pub fn interval_score(sorted: &[f64], outcome: f64) -> f64 {
    let low = quantile(sorted, INTERVAL_OUTSIDE / 2.0);
    let high = quantile(sorted, 1.0 - INTERVAL_OUTSIDE / 2.0);
    let missed = (low - outcome).max(0.0) + (outcome - high).max(0.0);
    high - low + 2.0 / INTERVAL_OUTSIDE * missed
}

/// Quantile of sorted samples, between two of them on the straight line (the default of R and `numpy`).
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let below = place.floor();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "below the length: share is from 0 to 1"
    )]
    let at = below as usize;
    let next = sorted[(at + 1).min(sorted.len() - 1)];
    sorted[at] + (place - below) * (next - sorted[at])
}

/// Where the outcome lies in the distribution: shares of samples below it, and not above it. A count that has a chance of
/// its own lies on a stretch, not at a point (Czado, Gneiting and Held 2009, Biometrics 65: 1254).
pub fn place(sorted: &[f64], outcome: f64) -> (f64, f64) {
    let n = sorted.len() as f64;
    let below = sorted.partition_point(|&x| x < outcome) as f64;
    let upto = sorted.partition_point(|&x| x <= outcome) as f64;
    (below / n, upto / n)
}
