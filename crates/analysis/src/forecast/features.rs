//! What is known of a unit at the end of a month, as numbers that trees can split on.

use super::View;

/// Numbers a month is described by; the lead is added to them as the last.
pub const KNOWN: usize = 15;

/// With the lead.
pub const ALL: usize = KNOWN + 1;

/// Where the lead stands.
pub const LEAD: usize = KNOWN;

/// Half-lives of the weighted means, in months: from the last weeks to a decade.
const HALF_LIVES_MONTHS: [f64; 6] = [1.0, 3.0, 6.0, 12.0, 36.0, 120.0];

/// Which of them says what is usual of late, as whose multiple the future is taken: the one with which the analogues
/// did best on 2008-2017 (place 1 of the numbers, half-life of a month).
pub const USUAL: usize = 1;

/// Months of quiet after which longer makes no difference, and what is put where nobody was ever killed.
const LONG_QUIET_MONTHS: f32 = 240.0;

/// A unit's months, each as [`KNOWN`] numbers, `None` where its count is unknown. Each looks back alone.
pub fn describe(view: View<'_>, unit: usize) -> Vec<Option<[f32; KNOWN]>> {
    let counts = view.counts(unit);
    let mut sums = [0.0_f64; HALF_LIVES_MONTHS.len()];
    let mut known = [0.0_f64; HALF_LIVES_MONTHS.len()];
    let mut quiet = LONG_QUIET_MONTHS;
    let mut described = Vec::with_capacity(counts.len());
    for (at, count) in counts.iter().enumerate() {
        for (i, half_life) in HALF_LIVES_MONTHS.iter().enumerate() {
            let fade = 0.5_f64.powf(1.0 / half_life);
            sums[i] = sums[i] * fade + count.unwrap_or(0.0);
            known[i] = known[i] * fade + f64::from(u8::from(count.is_some()));
        }
        quiet = (quiet + 1.0).min(LONG_QUIET_MONTHS);
        if count.is_some_and(|c| c > 0.0) {
            quiet = 0.0;
        }
        let Some(count) = *count else {
            described.push(None);
            continue;
        };
        let mean = |i: usize| (sums[i] / known[i].max(1e-9)).ln_1p();
        let year: Vec<f64> = counts[(at + 1).saturating_sub(12)..=at].iter().flatten().copied().collect();
        let two_years: Vec<f64> = counts[(at + 1).saturating_sub(24)..=at].iter().flatten().copied().collect();
        let rough = year.windows(2).map(|w| (w[1].ln_1p() - w[0].ln_1p()).abs()).sum::<f64>() / year.len() as f64;
        let numbers = [
            count.ln_1p(),
            mean(0),
            mean(1),
            mean(2),
            mean(3),
            mean(4),
            mean(5),
            f64::from(quiet),
            year.iter().copied().fold(0.0, f64::max).ln_1p(),
            year.iter().copied().fold(f64::MAX, f64::min).ln_1p(),
            two_years.iter().filter(|&&c| c > 0.0).count() as f64 / two_years.len() as f64,
            mean(1) - mean(3),
            mean(0) - mean(1),
            mean(3) - mean(4),
            rough,
        ];
        #[expect(clippy::cast_possible_truncation, reason = "splits need no more than single precision")]
        described.push(Some(numbers.map(|n| n as f32)));
    }
    described
}

/// Months since somebody was killed.
pub const QUIET: usize = 7;
