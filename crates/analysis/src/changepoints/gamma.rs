//! The quantiles of the gamma distribution, which exact intervals of counts are made of.

/// Over this shape, Wilson and Hilferty's cube root (1931, PNAS 17: 684) is right to nine digits.
const LARGE: f64 = 1e6;

/// The value under which a gamma variable of that shape and scale 1 falls with probability `p`, which lies between 0
/// and 1; `z` is the standard normal value of the same `p`. 0 for shape 0.
pub(super) fn quantile(p: f64, z: f64, shape: f64) -> f64 {
    if shape <= 0.0 {
        return 0.0;
    }
    if shape > LARGE {
        let ninth = 1.0 / (9.0 * shape);
        return shape * (1.0 - ninth + z * ninth.sqrt()).powi(3);
    }
    // Mean and standard deviation of the variable are `shape` and its root: above lies next to nothing.
    let (mut low, mut high) = (0.0, shape + 10.0 * shape.sqrt() + 20.0);
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return middle;
        }
        if below(shape, middle) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// The regularised incomplete gamma function P(shape, x): DLMF 8.11.4 up to the mean, 8.9.2 above.
fn below(shape: f64, x: f64) -> f64 {
    const ENOUGH: f64 = 1e-14;
    if x <= 0.0 {
        return 0.0;
    }
    let front = (shape * x.ln() - x - libm::lgamma(shape)).exp();
    if x < shape + 1.0 {
        let (mut term, mut sum, mut k) = (1.0 / shape, 1.0 / shape, shape);
        while term > ENOUGH * sum {
            k += 1.0;
            term *= x / k;
            sum += term;
        }
        return front * sum;
    }
    // Lentz's way through the continued fraction, from the first denominator on.
    let mut denominator = x + 1.0 - shape;
    let (mut up, mut down) = (1.0 / f64::MIN_POSITIVE, 1.0 / denominator);
    let (mut fraction, mut level) = (down, 0.0);
    loop {
        level += 1.0;
        let numerator = -level * (level - shape);
        denominator += 2.0;
        down = 1.0 / (numerator * down + denominator);
        up = denominator + numerator / up;
        fraction *= up * down;
        if (up * down - 1.0).abs() < ENOUGH {
            return 1.0 - front * fraction;
        }
    }
}
