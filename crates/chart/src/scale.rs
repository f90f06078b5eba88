//! Where a number lies, and which ticks are honest for it: round steps, whole ones for counts, no two that read alike.

use crate::number;

/// Numbers on a straight line of pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Linear {
    /// First and last number.
    pub domain: (f64, f64),
    /// Where these lie.
    pub range: (f64, f64),
}

impl Linear {
    /// Where a number lies; beyond the ends it stays at the end.
    pub fn at(&self, value: f64) -> f64 {
        let (a, b) = self.domain;
        let share = if b > a { ((value - a) / (b - a)).clamp(0.0, 1.0) } else { 0.0 };
        self.range.0 + share * (self.range.1 - self.range.0)
    }
}

/// A number on an axis with what stands beside it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tick {
    pub value: f64,
    pub label: String,
}

/// What kind of number an axis has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Whole things: steps are whole.
    Whole,
    /// Shares of one, printed as per cent.
    Share,
    /// Any number.
    Any,
}

/// Round ticks that cover `low` to `high`, at most `most` (but three where that is what it takes to have zero between two
/// signs); the first and last are the ends of the axis.
pub(crate) fn ticks(low: f64, high: f64, most: usize, kind: Kind) -> Vec<Tick> {
    // Beyond this, doubles are too far apart for even steps; no count of a conflict comes near.
    let (low, high) = (low.clamp(-1e18, 1e18), high.clamp(-1e18, 1e18));
    let high = if high > low { high } else { low + 1.0 };
    let most = if low < 0.0 && high > 0.0 { most.max(3) } else { most.max(2) };
    // A step that doubles of this size can still be counted in.
    let mut step = Step::smallest((high - low).max(low.abs().max(high.abs()) * 1e-9), kind);
    loop {
        let (first, last) = ((low / step.size()).floor(), (high / step.size()).ceil());
        if last - first + 1.0 <= most as f64 {
            let mut ticks = Vec::new();
            let mut k = first;
            while k <= last {
                let value = step.times(k);
                ticks.push(Tick { value, label: step.label(value, kind) });
                k += 1.0;
            }
            return ticks;
        }
        step = step.next();
    }
}

/// A step of 1, 2 or 5 times a power of ten. Powers are made by multiplying: logarithms differ between machines.
#[derive(Clone, Copy)]
struct Step {
    digit: f64,
    power: i32,
}

impl Step {
    /// A step well below what any axis needs.
    fn smallest(span: f64, kind: Kind) -> Self {
        let mut step = Self { digit: 1.0, power: 0 };
        if kind != Kind::Whole {
            while step.size() > span / 50.0 && step.power > -12 {
                step.power -= 1;
            }
        }
        while step.size() < span / 1000.0 {
            step.power += 1;
        }
        step
    }

    fn next(self) -> Self {
        match self.digit {
            d if d < 2.0 => Self { digit: 2.0, ..self },
            d if d < 5.0 => Self { digit: 5.0, ..self },
            _ => Self { digit: 1.0, power: self.power + 1 },
        }
    }

    fn ten(power: i32) -> f64 {
        (0..power.abs()).fold(1.0, |ten, _| ten * 10.0)
    }

    fn size(self) -> f64 {
        self.times(1.0)
    }

    /// So many steps; divided by a whole power of ten where the step is small, so that three steps of 0.1 are 0.3.
    fn times(self, k: f64) -> f64 {
        let ten = Self::ten(self.power);
        (if self.power < 0 { k * self.digit / ten } else { k * self.digit * ten }) + 0.0
    }

    fn label(self, value: f64, kind: Kind) -> String {
        let decimals = usize::try_from(-self.power).unwrap_or(0);
        if kind == Kind::Share {
            return format!("{} %", number::fixed(value * 100.0, decimals.saturating_sub(2)));
        }
        match self.power {
            9.. => format!("{} bn", number::plain(value / 1e9)),
            6.. => format!("{} m", number::plain(value / 1e6)),
            _ => number::fixed(value, decimals),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn labels(low: f64, high: f64, most: usize, kind: Kind) -> Vec<String> {
        ticks(low, high, most, kind).into_iter().map(|t| t.label).collect()
    }

    #[test]
    fn steps_are_round_and_counts_whole() {
        assert_eq!(labels(0.0, 3.0, 6, Kind::Whole), ["0", "1", "2", "3"]);
        assert_eq!(labels(0.0, 1.0, 6, Kind::Whole), ["0", "1"]);
        assert_eq!(labels(0.0, 0.0, 6, Kind::Whole), ["0", "1"]);
        assert_eq!(labels(0.0, 0.3, 4, Kind::Any), ["0.0", "0.1", "0.2", "0.3"]);
        assert_eq!(labels(-12.0, 30.0, 6, Kind::Whole), ["−20", "0", "20", "40"]);
        assert_eq!(labels(0.0, 1.0, 6, Kind::Share), ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"]);
        assert_eq!(labels(0.0, 4_200_000.0, 5, Kind::Whole), ["0 m", "2 m", "4 m", "6 m"]);
    }

    proptest! {
        #[test]
        fn no_two_ticks_read_alike_and_they_cover(a in -1e12_f64..1e12, span in 1e-6_f64..1e12, most in 2_usize..12) {
            for kind in [Kind::Whole, Kind::Any] {
                let ticks = ticks(a, a + span, most, kind);
                prop_assert!(ticks.len() >= 2 && ticks.len() <= most.max(3));
                prop_assert!(ticks.windows(2).all(|t| t[0].value < t[1].value && t[0].label != t[1].label));
                prop_assert!(ticks[0].value <= a && ticks[ticks.len() - 1].value >= a + span);
            }
        }
    }
}
