//! Cycles in a table of UCDP GED, by province or by dyad, as printed lines to read critically:
//! `cargo run --release -p analysis --example cycles_ged -- TABLE adm_1|dyad_name FROM TO MOST`, days as 2008-01-01.
//!
//! Only rows known to the day count (`date_prec` 1, begun and ended on one day). GED's side A is no initiator, so that the
//! words are of excitation.

use std::collections::BTreeMap;

use analysis::cycles::{Streams, report};
use jiff::civil::Date;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [table, by, from, to, most] = arguments.as_slice() else {
        return Err("name the table, the column, the first and the last day, and how many streams".into());
    };
    let (from, to): (Date, Date) = (from.parse()?, to.parse()?);
    let day = |date: Date| usize::try_from(date.since(from).map_or(-1, |span| span.get_days()));
    let days = day(to)? + 1;
    let mut reader = csv::Reader::from_path(table).map_err(|why| format!("{table} cannot be read: {why}"))?;
    let heads = reader.headers()?.clone();
    let at = |name: &str| heads.iter().position(|head| head == name).ok_or(format!("{table} has no column {name}"));
    let (key, precision, start, end) = (at(by)?, at("date_prec")?, at("date_start")?, at("date_end")?);
    let mut counts: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let (mut placed, mut left_out) = (0, 0);
    for row in reader.records() {
        let row = row?;
        let date = |column: usize| row[column].get(..10).unwrap_or_default().parse::<Date>().ok();
        let known = date(start).filter(|day| row[precision] == *"1" && date(end) == Some(*day));
        match known.and_then(|date| day(date).ok()).filter(|day| *day < days) {
            Some(day) => {
                counts.entry(row[key].to_owned()).or_insert_with(|| vec![0; days])[day] += 1;
                placed += 1;
            }
            None => left_out += 1,
        }
    }
    let mut streams: Vec<(String, Vec<u32>)> = counts.into_iter().collect();
    streams.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.iter().sum::<u32>()));
    streams.truncate(most.parse()?);
    let names: Vec<&str> = streams.iter().map(|(name, _)| name.as_str()).collect();
    let counts: Vec<Vec<u32>> = streams.iter().map(|(_, counts)| counts.clone()).collect();
    let told = report(&Streams::daily(&names, &counts)?.starting(from), 2);
    println!("{placed} rows in the days looked at, {left_out} outside or not known to the day");
    for choice in told.choices.all() {
        println!("{} knots: weight {:.2}, spectral radius {:.2}", choice.knots, choice.weight, choice.spectral_radius);
        for row in &choice.branching {
            println!("   {}", row.iter().map(|g| format!("{g:.2}")).collect::<Vec<_>>().join(" "));
        }
    }
    for entry in &told.entries {
        println!("{} · p {:.4}", entry.words, entry.p_value);
    }
    for stream in &told.streams {
        let half_life = stream.half_life_days.map_or(f64::NAN, |within| within.best);
        let dispersion = stream.goodness.dispersion.unwrap_or(f64::NAN);
        println!(
            "{}: {} events, {:.0} % by themselves, half-life {half_life:.1} days, fit p {:.3}, dispersion {dispersion:.2}",
            stream.name,
            stream.events,
            stream.share_by_itself * 100.0,
            stream.goodness.p_value
        );
    }
    println!("{}", told.spectral_radius_words);
    for warning in &told.warnings {
        println!("heed: {warning}");
    }
    Ok(())
}
