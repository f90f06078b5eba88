//! Quantiles that futures and intervals need: of the normal distribution, of Student's, and of counts of a day.

/// Quantile of the standard normal distribution, by halving: slow, exact, and needs no table of constants.
pub(crate) fn deviations(share: f64) -> f64 {
    let (mut low, mut high) = (-9.0_f64, 9.0_f64);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if 0.5 * libm::erfc(-middle / std::f64::consts::SQRT_2) < share {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// The same of Student's distribution, in powers of one over its degrees of freedom (Fisher 1925; Abramowitz and Stegun
/// 26.7.5). From three degrees on it is right to two digits at 97.5 %.
pub(crate) fn student(share: f64, degrees: f64) -> f64 {
    let z = deviations(share);
    let (z3, z5, z7) = (z.powi(3), z.powi(5), z.powi(7));
    z + (z3 + z) / (4.0 * degrees)
        + (5.0 * z5 + 16.0 * z3 + 3.0 * z) / (96.0 * degrees.powi(2))
        + (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / (384.0 * degrees.powi(3))
}

/// Above this mean a count is taken from the normal distribution: its steps are then a hundredth of its spread.
const MANY: f64 = 400.0;

/// The count below or at which such a share of days lies, for a mean and a dispersion (variance over mean, from 1 on): Poisson,
/// or negative binomial with a variance that grows as the mean does. Up to [`MANY`] it never falls as the mean rises, so that
/// the same share under a higher rate is never a lower count.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "from 0 on and bounded by the caller's rate"
)]
pub(crate) fn count(mean: f64, dispersion: f64, share: f64) -> u32 {
    if mean <= 0.0 {
        return 0;
    }
    if mean > MANY {
        return (mean + deviations(share) * (mean * dispersion).sqrt()).round().max(0.0) as u32;
    }
    let over = dispersion - 1.0;
    // A hair above 1 the negative binomial's formula is nothing but rounding.
    let is_poisson = over < 1e-6;
    let size = mean / over;
    let (mut chance, decline) =
        if is_poisson { ((-mean).exp(), 0.0) } else { ((-size * dispersion.ln()).exp(), over / dispersion) };
    let most = (mean + 12.0 * (mean * dispersion).sqrt() + 60.0 * dispersion) as u32;
    let (mut upto, mut number) = (chance, 0_u32);
    while upto < share && number < most {
        let k = f64::from(number);
        chance *= if is_poisson { mean / (k + 1.0) } else { (size + k) / (k + 1.0) * decline };
        upto += chance;
        number += 1;
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_tables() {
        assert!((deviations(0.975) - 1.959_963_985).abs() < 1e-8);
        for (degrees, expected) in [(4.0, 2.776), (9.0, 2.262), (20.0, 2.086)] {
            assert!((student(0.975, degrees) - expected).abs() < 0.01, "{degrees}");
        }
    }

    #[test]
    fn counts_have_their_mean_and_variance_and_rise_with_the_mean() {
        for (mean, dispersion) in [(0.3, 1.0), (2.0, 1.0), (2.0, 2.5), (30.0, 1.4), (350.0, 3.0), (900.0, 2.0)] {
            let n = 20_000;
            let drawn: Vec<f64> =
                (0..n).map(|i| f64::from(count(mean, dispersion, (f64::from(i) + 0.5) / f64::from(n)))).collect();
            let found = drawn.iter().sum::<f64>() / f64::from(n);
            let variance = drawn.iter().map(|x| (x - found).powi(2)).sum::<f64>() / f64::from(n);
            assert!((found / mean - 1.0).abs() < 0.005, "{mean}: {found}");
            assert!((variance / mean / dispersion - 1.0).abs() < 0.03, "{mean}: {variance}");
            assert!((1..100).all(|i| {
                let share = f64::from(i) / 100.0;
                count(mean, dispersion, share) <= count(mean * 1.1, dispersion, share)
            }));
        }
    }
}
