//! How long dyads stay quiet after a ceasefire, by UCDP's conflict termination data (dyads, version 3-2021; Kreutz 2010),
//! where that is at hand.
//!
//! Measured is the time from the last day of an episode of fighting whose outcome is coded "ceasefire agreement" to the
//! first day of the same dyad's next episode (a year with 25 deaths), censored at the end of 2020. This is how long the
//! dyad stayed below 25 deaths a year, not how long the agreement was kept.

use std::collections::BTreeMap;
use std::path::Path;

use analysis::ceasefires::survival::{Row, kaplan_meier, weibull};
use jiff::civil::{Date, date};

const FILE: &str = "../../../shared/data/tables/ucdp_peace_termination/ucdp-term-dyad-3-2021.csv";
const CEASEFIRE: &str = "2";
const LAST: Date = date(2020, 12, 31);

/// "4/12/52", in the year of its row or before.
fn day(text: &str, year: i16) -> Option<Date> {
    let mut parts = text.split('/').map(str::parse::<i16>);
    let (month, day, short) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    let full = if 2000 + short > year { 1900 + short } else { 2000 + short };
    Date::new(full, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[test]
fn quiet_after_ceasefires_between_dyads() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let Ok(text) = std::fs::read(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return;
    };
    let text = String::from_utf8_lossy(&text).into_owned();
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let headers = table.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|h| h == name).unwrap();
    let [dyad, year, terminated, outcome, end, start] =
        ["dyad_id", "year", "dyadterm", "outcome", "ependdate", "start_date2"].map(column);
    let mut years: BTreeMap<u32, BTreeMap<i16, csv::StringRecord>> = BTreeMap::new();
    for record in table.records() {
        let record = record.unwrap();
        let (Ok(id), Ok(of)) = (record[dyad].parse(), record[year].parse()) else { continue };
        years.entry(id).or_default().insert(of, record);
    }
    let mut rows: Vec<Row<&str>> = Vec::new();
    for of_dyad in years.values() {
        for (&of, record) in of_dyad.iter().filter(|(_, r)| &r[terminated] == "1" && &r[outcome] == CEASEFIRE) {
            let Some(from) = day(&record[end], of) else { continue };
            let next = of_dyad.range(of + 1..).next().and_then(|(&y, r)| day(&r[start], y));
            let days = (next.unwrap_or(LAST) - from).get_days();
            rows.push(Row { entry: None, time: f64::from(days), end: next.map(|_| "fighting") });
        }
    }
    // What lifelines 0.30.3 makes of the same rows.
    let curve = kaplan_meier(&rows).unwrap();
    assert_eq!((curve.rows, curve.ended), (95, 40));
    assert!((curve.survival_at(1826.0) - 0.674_788).abs() < 1e-6, "after five years: {}", curve.survival_at(1826.0));
    assert_eq!((curve.median.value, curve.median.low), (None, Some(4844.0)));
    let fitted = weibull(&rows).unwrap();
    assert!((fitted.shape.value.unwrap() - 0.562_863).abs() < 1e-4);
    assert!((fitted.log_likelihood + 414.558_446).abs() < 1e-5);
    // The risk falls with age: a quiet that has lasted lasts.
    assert!(fitted.shape.high.unwrap() < 1.0);
}
