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

/// An axis of numbers: from where to where it goes, and its ticks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Axis {
    pub ends: (f64, f64),
    pub ticks: Vec<Tick>,
}

/// An axis that holds `low` to `high` with at most `most` round ticks (three at least). It ends at a tick where one is
/// near; where none is, it ends with the data, and the room goes to them.
pub(crate) fn axis(low: f64, high: f64, most: usize, kind: Kind) -> Axis {
    // Beyond this, doubles are too far apart for even steps; no count of a conflict comes near.
    let (low, high) = (low.clamp(-1e18, 1e18), high.clamp(-1e18, 1e18));
    let high = if high > low { high } else { low + 1.0 };
    // A step that doubles of this size can still be counted in.
    let mut step = Step::smallest((high - low).max(low.abs().max(high.abs()) * 1e-9), kind);
    loop {
        // A hair's breadth more, since three tenths divided by a tenth is a little less than three.
        let (mut first, mut last) = ((low / step.size() - 1e-9).ceil(), (high / step.size() + 1e-9).floor());
        if last - first + 1.0 > most.max(3) as f64 {
            step = step.next();
            continue;
        }
        // Out to the next tick where it is near, or where there would be but one.
        let near = |gap: f64| gap > 0.0 && gap <= step.size() * 0.5;
        if last - first < 1.0 || near(step.times(last + 1.0) - high) {
            last += f64::from(step.times(last) < high);
        }
        if last - first < 1.0 || near(low - step.times(first - 1.0)) {
            first -= f64::from(step.times(first) > low);
        }
        // Where the data end the axis, a little paper keeps them from its edge.
        let pad = (high - low) * 0.02;
        let (below, above) = (step.times(first), step.times(last));
        let ends = (if below <= low { below } else { low - pad }, if above >= high { above } else { high + pad });
        let mut ticks = Vec::new();
        let mut k = first;
        while k <= last {
            let value = step.times(k);
            ticks.push(Tick { value, label: step.label(value, kind) });
            k += 1.0;
        }
        return Axis { ends, ticks };
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
        axis(low, high, most, kind).ticks.into_iter().map(|t| t.label).collect()
    }

    #[test]
    fn steps_are_round_and_counts_whole() {
        assert_eq!(labels(0.0, 3.0, 6, Kind::Whole), ["0", "1", "2", "3"]);
        assert_eq!(labels(0.0, 1.0, 6, Kind::Whole), ["0", "1"]);
        assert_eq!(labels(0.0, 0.0, 6, Kind::Whole), ["0", "1"]);
        assert_eq!(labels(0.0, 0.3, 4, Kind::Any), ["0.0", "0.1", "0.2", "0.3"]);
        assert_eq!(labels(0.0, 1.0, 6, Kind::Share), ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"]);
        assert_eq!(labels(0.0, 4_200_000.0, 5, Kind::Whole), ["0 m", "1 m", "2 m", "3 m", "4 m"]);
    }

    #[test]
    fn an_axis_ends_at_a_tick_or_with_the_data() {
        let near = axis(0.0, 96.0, 6, Kind::Whole);
        assert_eq!(near.ends, (0.0, 100.0));
        let far = axis(-217.0, 40.0, 6, Kind::Whole);
        assert_eq!(far.ends, (-217.0 - 0.02 * 257.0, 50.0));
        assert_eq!(
            far.ticks.iter().map(|t| t.label.as_str()).collect::<Vec<_>>(),
            ["−200", "−150", "−100", "−50", "0", "50"]
        );
    }

    proptest! {
        #[test]
        fn no_two_ticks_read_alike_and_the_axis_holds_all(a in -1e12_f64..1e12, span in 1e-6_f64..1e12, most in 2_usize..12) {
            for kind in [Kind::Whole, Kind::Any] {
                let axis = axis(a, a + span, most, kind);
                prop_assert!(axis.ticks.len() >= 2 && axis.ticks.len() <= most.max(3) + 2);
                prop_assert!(axis.ticks.windows(2).all(|t| t[0].value < t[1].value && t[0].label != t[1].label));
                prop_assert!(axis.ends.0 <= a && axis.ends.1 >= a + span);
                prop_assert!(axis.ticks.iter().all(|t| axis.ends.0 <= t.value && t.value <= axis.ends.1));
            }
        }
    }
}
