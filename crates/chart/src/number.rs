//! Numbers as words: grouped thousands, a true minus sign, no more digits than are meant.

/// A number with so many decimals: `1,234.5`.
pub(crate) fn fixed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "not known".to_owned();
    }
    if value.abs() >= 1e21 {
        return format!("{value:.1e}").replace('-', "−");
    }
    let plain = format!("{:.*}", decimals, value.abs());
    let (whole, rest) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let negative = value < 0.0 && plain.bytes().any(|b| (b'1'..=b'9').contains(&b));
    let mut out = String::from(if negative { "−" } else { "" });
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.push_str(rest);
    }
    out
}

/// A number as a reader says it: whole where it is whole, else two decimals at most, more where it is small.
pub(crate) fn plain(value: f64) -> String {
    if !value.is_finite() {
        return "not known".to_owned();
    }
    let size = value.abs();
    // Two figures that count, down to a millionth; below that, a power of ten.
    let decimals = match size {
        s if s == 0.0 || s.fract() == 0.0 => 0,
        s if s >= 100.0 => 1,
        s if s >= 0.1 => 2,
        s if s >= 0.01 => 3,
        s if s >= 0.001 => 4,
        s if s >= 1e-6 => 7,
        _ => return format!("{value:.1e}").replace('-', "−"),
    };
    let text = fixed(value, decimals);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A share as per cent, with a decimal where it says more.
pub(crate) fn percent(share: f64) -> String {
    format!("{} %", plain((share * 1000.0).round() / 10.0))
}

/// "1 node", "2 nodes".
pub(crate) fn of(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {many}", fixed(count as f64, 0)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        let cases = [
            (0.0, "0"),
            (1234.0, "1,234"),
            (-1_234_567.0, "−1,234,567"),
            (0.5, "0.5"),
            (12.345, "12.35"),
            (0.001_234, "0.0012"),
            (f64::NAN, "not known"),
        ];
        for (value, words) in cases {
            assert_eq!(plain(value), words, "{value}");
        }
        assert_eq!(fixed(-0.001, 1), "0.0");
        assert_eq!(percent(0.825), "82.5 %");
        assert_eq!(of(1, "bin", "bins"), "1 bin");
    }
}
