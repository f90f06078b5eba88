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
}
