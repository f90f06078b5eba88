//! Numbers that look drawn and are the same on every machine and with every version of every library.

/// `SplitMix64` (Steele, Lea and Flood 2014, OOPSLA), which needs no warming up.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// From a seed and what it is for, so that two uses of one seed do not share their numbers.
    pub fn new(seed: u64, purpose: u64) -> Self {
        let mut random = Self(seed ^ purpose.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        random.next();
        random
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to `n` - 1; `n` is above 0. The bias of a product of 64 bits is below 2⁻³² for the sizes here.
    pub fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.next()) * (n as u128);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// Between 0 and 1, neither of them.
    pub fn unit(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// From the normal distribution with mean 0 and deviation 1 (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.unit().ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// From a normal distribution cut off at two ends (Robert 1995, Statistics and Computing 5: 121).
    pub fn normal_between(&mut self, mean: f64, deviation: f64, low: f64, high: f64) -> f64 {
        let (a, b) = ((low - mean) / deviation, (high - mean) / deviation);
        let off = if a > 0.5 {
            self.beyond(a, b)
        } else if b < -0.5 {
            -self.beyond(-b, -a)
        } else {
            let mut tries = 0;
            loop {
                let x = self.normal();
                if (a..=b).contains(&x) {
                    break x;
                }
                tries += 1;
                // Ends so near each other that the normal distribution is even between them.
                if tries > 100 {
                    break a + (b - a) * self.unit();
                }
            }
        };
        (mean + deviation * off).clamp(low, high)
    }

    /// Beyond `a` (above 0) and up to `b`, by an exponential that is taken as often as the normal one is as high.
    fn beyond(&mut self, a: f64, b: f64) -> f64 {
        let rate = f64::midpoint(a, (a * a + 4.0).sqrt());
        for _ in 0..100 {
            let x = a - self.unit().ln() / rate;
            if x <= b && self.unit() < (-(x - rate).powi(2) / 2.0).exp() {
                return x;
            }
        }
        a + (b - a).min(1.0 / rate) * self.unit()
    }
}
