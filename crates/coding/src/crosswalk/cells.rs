//! The cells of a row as dates, numbers and words, and of none: each set has its own sign for that.

use jiff::civil::Date;
use model::record::PartyRecord;
use model::{Text, When};

/// A cell with words in it; `NA`, `None`, `NULL` and `nan` are how tables write that there are none.
pub(super) fn words(cell: &str) -> Option<&str> {
    let cell = cell.trim_ascii();
    (!matches!(cell, "" | "NA" | "None" | "NULL" | "nan" | "N/A")).then_some(cell)
}

/// The same, to keep.
pub(super) fn kept(cell: &str) -> Option<Text> {
    words(cell).map(Text::new)
}

/// A number, `None` where there is none.
pub(super) fn number(cell: &str, column: &str) -> Result<Option<f64>, String> {
    let Some(cell) = words(cell) else { return Ok(None) };
    if let Some(whole) = whole(cell) {
        return Ok(Some(whole as f64));
    }
    match cell.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(Some(number)),
        _ => Err(format!("`{cell}` in {column} is no number")),
    }
}

/// A number of people; fewer than none are refused.
pub(super) fn count(cell: &str, column: &str) -> Result<Option<f64>, String> {
    match number(cell, column)? {
        Some(count) if count < 0.0 => Err(format!("`{cell}` in {column} is less than none")),
        count => Ok(count),
    }
}

/// A whole number in digits alone, or with the `.0` that tables of floats give it.
pub(super) fn whole(cell: &str) -> Option<u64> {
    let digits = cell.strip_suffix(".0").unwrap_or(cell);
    if digits.is_empty() || digits.len() > 15 {
        return None;
    }
    digits.bytes().try_fold(0, |sum: u64, b| b.is_ascii_digit().then(|| sum * 10 + u64::from(b - b'0')))
}

/// A key: as it stands, without the `.0` of a float.
pub(super) fn key(cell: &str, column: &str) -> Result<Text, String> {
    let cell = words(cell).ok_or_else(|| format!("{column} is empty, so that nothing tells the row from others"))?;
    Ok(match cell.strip_suffix(".0") {
        Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => Text::new(digits),
        _ => Text::new(cell),
    })
}

/// Latitude and longitude, where both are on the globe.
pub(super) fn point(lat: &str, lon: &str) -> Result<Option<(f64, f64)>, String> {
    let (Some(lat), Some(lon)) = (number(lat, "latitude")?, number(lon, "longitude")?) else { return Ok(None) };
    if lat.abs() > 90.0 || lon.abs() > 180.0 {
        return Err(format!("latitude {lat} and longitude {lon} are not on the globe"));
    }
    Ok(Some((lat, lon)))
}

/// A day as `2024-01-31`, with or without a time of day, `20240131` or `31 January 2024`.
pub(super) fn day(cell: &str, column: &str) -> Result<Option<Date>, String> {
    let Some(cell) = words(cell) else { return Ok(None) };
    let bytes = cell.as_bytes();
    let digits = |range: std::ops::Range<usize>| {
        bytes.get(range)?.iter().try_fold(0_i16, |sum, b| {
            b.is_ascii_digit().then(|| sum.wrapping_mul(10).wrapping_add(i16::from(b - b'0')))
        })
    };
    let date = |year: Option<i16>, month: Option<i16>, day: Option<i16>| {
        Date::new(year?, i8::try_from(month?).ok()?, i8::try_from(day?).ok()?).ok()
    };
    let found = if bytes.len() >= 10 && bytes[4] == b'-' && bytes[7] == b'-' {
        date(digits(0..4), digits(5..7), digits(8..10))
    } else if bytes.len() == 8 && bytes[2] != b' ' {
        date(digits(0..4), digits(4..6), digits(6..8))
    } else {
        Date::strptime("%d %B %Y", cell).or_else(|_| Date::strptime("%d-%b-%Y", cell)).ok()
    };
    found.map(Some).ok_or_else(|| format!("`{cell}` in {column} is no date such as 2024-01-31"))
}

/// The day on which a row says that something happened, without which it is no event.
pub(super) fn needed_day(cell: &str, column: &str) -> Result<Date, String> {
    day(cell, column)?.ok_or_else(|| format!("{column} is empty, so that nothing says when it was"))
}

/// A number as tables write it: whole where it is whole.
pub(super) fn shown(number: Option<f64>) -> String {
    number.map(|n| n.to_string()).unwrap_or_default()
}

/// The day of a moment, as tables write it.
pub(super) fn shown_day(when: Option<When>) -> String {
    when.map(|w| w.date().to_string()).unwrap_or_default()
}

/// The words for a party: its own in the document, else the catalogue's.
pub(super) fn shown_party(party: Option<&PartyRecord>) -> String {
    party.and_then(|p| p.mention.as_deref().or(p.name.as_deref())).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_as_they_are_written() {
        for text in ["2024-01-31", "2024-01-31 00:00:00.000", "20240131", "31 January 2024"] {
            assert_eq!(day(text, "x").unwrap().unwrap().to_string(), "2024-01-31", "{text}");
        }
        assert!(day("2024-02-31", "x").is_err() && day("January", "x").is_err() && day("é024-01-31", "x").is_err());
        assert_eq!(number("12.0", "x").unwrap(), Some(12.0));
        assert_eq!(number("-1.5", "x").unwrap(), Some(-1.5));
        assert_eq!(number("NA", "x").unwrap(), None);
        assert!(number("many", "x").is_err() && count("-1", "x").is_err() && number("inf", "x").is_err());
        assert_eq!(key("300380.0", "id").unwrap(), "300380");
        assert!(point("91", "0").is_err());
    }
}
