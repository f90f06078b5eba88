//! The distribution function of the beta distribution: the binomial's tails, also where counts are fractions.

/// Terms of the continued fraction; it ends sooner, after some square root of the larger parameter.
const TERMS: u32 = 10_000;
/// Where it has converged.
const NEAR: f64 = 1e-14;

/// The share of a beta distribution of parameters `a` and `b`, both above 0, that lies below `x`, by its continued fraction
/// (Abramowitz and Stegun 1964, 26.5.8), reckoned forwards.
pub(super) fn below(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    // The fraction converges fast on this side of the mean; the other is its mirror.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - below(b, a, 1.0 - x);
    }
    let front = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b) + a * x.ln() + b * (-x).ln_1p();
    front.exp() / (a * fraction(a, b, x))
}

/// 1 + d1 / (1 + d2 / (1 + …)), as a product of ratios of its convergents' numerators and denominators.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let odd = |m: f64| -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
    let even = |m: f64| m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
    // A convergent that is 0 would divide by it.
    let apart = |value: f64| if value.abs() < f64::MIN_POSITIVE { f64::MIN_POSITIVE } else { value };
    let (mut numerators, mut denominators, mut value) = (1.0, 0.0, 1.0);
    for m in 0..TERMS {
        let m = f64::from(m);
        let mut step = 1.0;
        for term in [odd(m), even(m + 1.0)] {
            numerators = apart(1.0 + term / numerators);
            denominators = apart(1.0 + term * denominators).recip();
            step *= numerators * denominators;
        }
        value *= step;
        if (step - 1.0).abs() < NEAR {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::below;

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-10, "{a} is not {b}");
    }

    #[test]
    fn it_is_the_binomials_tail_at_whole_numbers() {
        // At least k of n: the sum of the chances of k, k + 1, … n.
        let at_least = |k: u32, n: u32, p: f64| -> f64 {
            let chance = |i: u32| {
                let ways: f64 = (1..=i).map(|j| f64::from(n - i + j) / f64::from(j)).product();
                ways * p.powi(i.cast_signed()) * (1.0 - p).powi((n - i).cast_signed())
            };
            (k..=n).map(chance).sum()
        };
        for (k, n, p) in [(1, 1, 0.3), (10, 20, 0.2), (3, 60, 0.02), (59, 60, 0.9), (200, 400, 0.45)] {
            near(below(f64::from(k), f64::from(n - k + 1), p), at_least(k, n, p));
        }
    }

    #[test]
    fn it_is_known_in_closed_form_where_a_parameter_is_one() {
        for (a, x) in [(0.3_f64, 0.2_f64), (2.5, 0.7), (40.5, 0.99), (1e4, 0.9999)] {
            near(below(a, 1.0, x), x.powf(a));
            near(below(1.0, a, 1.0 - x), 1.0 - x.powf(a));
        }
        near(below(0.5, 0.5, 0.5), 0.5);
        near(below(5e4, 5e4, 0.5), 0.5);
    }
}
