//! A forecast as few bytes, so that what was scored can be scored again.
//!
//! Samples are sorted whole numbers: each run of equal ones is kept as its distance from the run before and its length, as
//! numbers of seven bits a byte (LEB128). Half-empty worlds come out at a few kilobytes, a year of all countries at some
//! hundred.

use super::{Forecast, Month, Refused};

/// What the bytes begin with; the digit is raised when the form changes.
const MARK: &[u8; 4] = b"ANF1";

/// Packs a forecast; refused where a sample is no whole number.
pub fn pack(forecast: &Forecast) -> Result<Vec<u8>, Refused> {
    let mut bytes = MARK.to_vec();
    let as_of = forecast.as_of();
    for number in [
        u64::from(as_of.year().unsigned_abs()),
        u64::from(as_of.month().unsigned_abs()),
        forecast.draws() as u64,
        forecast.units() as u64,
        forecast.leads().len() as u64,
    ] {
        put(&mut bytes, number);
    }
    for &lead in forecast.leads() {
        put(&mut bytes, u64::from(lead));
    }
    for unit in 0..forecast.units() {
        let is_forecast = forecast.samples(unit, 0).is_some();
        put(&mut bytes, u64::from(is_forecast));
        for at in 0..forecast.leads().len() {
            let Some(samples) = forecast.samples(unit, at) else { continue };
            let mut before = 0;
            for run in samples.chunk_by(|a, b| a.total_cmp(b).is_eq()) {
                let value = whole(run[0])?;
                put(&mut bytes, value - before);
                put(&mut bytes, run.len() as u64);
                before = value;
            }
        }
    }
    Ok(bytes)
}

/// Unpacks one forecast and says how many bytes it took.
pub fn unpack(bytes: &[u8]) -> Result<(Forecast, usize), Refused> {
    let mut reader = Reader { bytes, at: MARK.len() };
    if !bytes.starts_with(MARK) {
        return Err(stored("they do not begin with ANF1"));
    }
    let year = i32::try_from(reader.number()?).ok();
    let month = u32::try_from(reader.number()?).ok();
    let as_of = year.zip(month).and_then(|(y, m)| Month::new(y, m)).ok_or_else(|| stored("a month that is none"))?;
    let [draws, units, leads] = [reader.size()?, reader.size()?, reader.size()?];
    let mut leads_read = Vec::new();
    for _ in 0..leads {
        leads_read.push(u32::try_from(reader.number()?).map_err(|_| stored("a lead that is none"))?);
    }
    let mut by_unit = Vec::new();
    for _ in 0..units {
        if reader.number()? == 0 {
            by_unit.push(None);
            continue;
        }
        let mut samples = Vec::new();
        for _ in 0..leads {
            let (mut value, mut left) = (0_u64, draws);
            while left > 0 {
                value = value.checked_add(reader.number()?).ok_or_else(|| stored("a sample beyond all counts"))?;
                let run = reader.size()?;
                if run == 0 || run > left {
                    return Err(stored("a run of samples that is too long or empty"));
                }
                samples.extend(std::iter::repeat_n(value as f64, run));
                left -= run;
            }
        }
        by_unit.push(Some(samples));
    }
    Ok((Forecast::new(as_of, &leads_read, draws, by_unit), reader.at))
}

fn whole(value: f64) -> Result<u64, Refused> {
    if value.fract() == 0.0 && (0.0..9e15).contains(&value) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole, from 0 on, and below 2^53"
        )]
        return Ok(value as u64);
    }
    Err(stored(&format!("the sample {value} is no whole number")))
}

fn put(bytes: &mut Vec<u8>, mut number: u64) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or(0);
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return;
        }
        bytes.push(low | 0x80);
    }
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Reader<'_> {
    fn number(&mut self) -> Result<u64, Refused> {
        let mut number = 0_u64;
        for shift in (0..63).step_by(7) {
            let byte = *self.bytes.get(self.at).ok_or_else(|| stored("they end early"))?;
            self.at += 1;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(stored("a number of more than nine bytes"))
    }

    /// A number of things, which a file cannot have more of than some millions.
    fn size(&mut self) -> Result<usize, Refused> {
        let number = self.number()?;
        usize::try_from(number).ok().filter(|&n| n <= 10_000_000).ok_or_else(|| stored("a size beyond ten million"))
    }
}

fn stored(what: &str) -> Refused {
    Refused::Stored { what: what.to_owned() }
}
