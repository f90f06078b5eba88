//! `annalist compare A B`: two sources of events side by side, data sets or what was read.

use std::io::Write;

use ::answers::{Accounts, Source, weigh_apart};
use ::lake::{AsOf, Filter, Lake};
use analysis::compare::{Compared, Comparison, Side, Slice, Window, compare};
use anyhow::bail;
use clap::Args;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::super::which::Which;
use super::super::{AsOfArguments, Where, runtime};
use crate::Done;
use crate::read::{Format, counted};

/// Arguments of `annalist compare`.
#[derive(Args)]
pub struct CompareArguments {
    /// One source: ged, gdelt, polecat, icews; or own, the incidents of the reports that were read.
    #[arg(value_name = "A")]
    a: Source,
    /// The other.
    #[arg(value_name = "B")]
    b: Source,
    #[command(flatten)]
    which: Which,
    /// Events so many days apart may be one, beside the stretch that each is known to.
    #[arg(long, value_name = "N", default_value_t = Window::default().days)]
    days: u16,
    /// Events so many kilometres apart may be one, beside the radius within which each is known.
    #[arg(long, value_name = "KM", default_value_t = Window::default().km)]
    km: f64,
    /// List the rows that one source alone has.
    #[arg(long)]
    only: bool,
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    as_of: AsOfArguments,
    /// How to print: for people, or one JSON object.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

fn name(source: Source) -> &'static str {
    match source {
        Source::Own => "own reading",
        Source::Set(dataset) => dataset.name(),
    }
}

/// Runs the command.
pub fn run(arguments: &CompareArguments) -> anyhow::Result<Done> {
    let runtime = runtime()?;
    let lake = arguments.place.open(&runtime)?;
    let as_of = arguments.as_of.as_of()?;
    let a = rows(&runtime, &lake, &as_of, arguments, arguments.a)?;
    let b = rows(&runtime, &lake, &as_of, arguments, arguments.b)?;
    for (source, rows) in [(arguments.a, &a), (arguments.b, &b)] {
        if rows.is_empty() {
            bail!("the lake holds no event of {} that fits; `annalist import` brings data sets in", name(source));
        }
    }
    let comparison = compare(&a, &b, Window { days: arguments.days, km: arguments.km })?;
    let mut out = std::io::stdout().lock();
    if arguments.format == Format::Jsonl {
        writeln!(out, "{}", as_json(&comparison, arguments))?;
    } else {
        as_table(&mut out, &comparison, arguments)?;
    }
    Ok(Done::Clean)
}

fn rows(
    runtime: &Runtime,
    lake: &Lake,
    as_of: &AsOf,
    arguments: &CompareArguments,
    source: Source,
) -> anyhow::Result<Vec<Compared>> {
    let filter = Filter {
        dataset: match source {
            Source::Own => Some(None),
            Source::Set(dataset) => Some(Some(dataset.as_str().to_owned())),
        },
        ..arguments.which.filter(Some("event"))
    };
    let mut found = Vec::new();
    if let Source::Set(_) = source {
        let view = runtime.block_on(lake.view(as_of))?;
        let mut answer = runtime.block_on(view.unordered(&filter))?;
        while let Some(claims) = runtime.block_on(answer.claims())? {
            found.extend(claims.iter().filter_map(Compared::of));
        }
        return Ok(found);
    }
    // Several reports of one strike are one event: what was read is compared incident by incident, weighed apart from
    // the rows that it is compared to.
    let mut weighing = weigh_apart(runtime.handle(), lake, as_of)?;
    let ids = runtime.block_on(weighing.view.claim_ids(&filter))?;
    let own: std::collections::HashSet<&str> = ids.iter().map(String::as_str).collect();
    for (_, claims) in &mut weighing.groups {
        claims.retain(|c| own.contains(c.as_str()));
    }
    let chosen: Vec<usize> = (0..weighing.groups.len()).filter(|&at| !weighing.groups[at].1.is_empty()).collect();
    for groups in weighing.portions(&chosen) {
        let accounts = Accounts::fetch(runtime.handle(), &weighing.view, &weighing, groups)?;
        let incidents = groups.iter().map(|&at| &weighing.groups[at]).map(|(id, claims)| accounts.incident(id, claims));
        found.extend(incidents.filter_map(|i| Compared::of_incident(&i)));
    }
    Ok(found)
}

fn as_table(out: &mut impl Write, comparison: &Comparison, arguments: &CompareArguments) -> anyhow::Result<()> {
    let (a, b) = (name(arguments.a), name(arguments.b));
    writeln!(
        out,
        "{a} (A) and {b} (B): {} matched within {} and {} km of what is known of each",
        counted(comparison.pairs.len(), "event"),
        counted(usize::from(arguments.days), "day"),
        arguments.km
    )?;
    let number = |n: Option<f64>| n.map_or_else(|| "not to be told".to_owned(), |n| format!("{n:.3}"));
    writeln!(
        out,
        "correlation of monthly counts: Pearson {}, Spearman {}",
        number(comparison.pearson),
        number(comparison.spearman)
    )?;
    writeln!(
        out,
        "\n{:<34} {:>8} {:>8} {:>8} {:>8} {:>8} {:>12} {:>12}",
        "", "A", "B", "matched", "only A", "only B", "killed A", "killed B"
    )?;
    let mut line = |label: String, slice: &Slice| {
        let killed = |side: &Side| {
            if side.telling == 0 { "?".to_owned() } else { format!("{}–{}", side.killed_low, side.killed_high) }
        };
        writeln!(
            out,
            "{:<34} {:>8} {:>8} {:>8} {:>8} {:>8} {:>12} {:>12}",
            crate::table::clip(&label, 33),
            slice.a.rows,
            slice.b.rows,
            slice.a.matched,
            slice.a.only.len(),
            slice.b.only.len(),
            killed(&slice.a),
            killed(&slice.b)
        )
    };
    line("all".to_owned(), &comparison.all)?;
    for (month, slice) in &comparison.months {
        line(month.to_string(), slice)?;
    }
    for (code, slice) in &comparison.types {
        line(code.clone().unwrap_or_else(|| "no type".to_owned()), slice)?;
    }
    for (division, slice) in &comparison.places {
        line(place(division), slice)?;
    }
    if arguments.only {
        for (label, side) in [(a, &comparison.all.a), (b, &comparison.all.b)] {
            writeln!(out, "\nonly in {label}:")?;
            for claim in &side.only {
                writeln!(out, "  {claim}")?;
            }
        }
    }
    Ok(())
}

fn place(division: &analysis::compare::Division) -> String {
    match (&division.admin1, division.country) {
        (Some(admin1), Some(country)) => format!("{admin1}, {country}"),
        (None, Some(country)) => country.to_string(),
        (Some(admin1), None) => admin1.clone(),
        (None, None) => "no place".to_owned(),
    }
}

fn as_json(comparison: &Comparison, arguments: &CompareArguments) -> Value {
    let side = |side: &Side| {
        json!({"rows": side.rows, "matched": side.matched, "only": side.only, "killed_low": side.killed_low,
            "killed_high": side.killed_high, "telling": side.telling})
    };
    let slice = |slice: &Slice| json!({"a": side(&slice.a), "b": side(&slice.b)});
    let months: Vec<Value> =
        comparison.months.iter().map(|(m, s)| json!({"month": m.to_string(), "slice": slice(s)})).collect();
    let types: Vec<Value> = comparison.types.iter().map(|(t, s)| json!({"type": t, "slice": slice(s)})).collect();
    let places: Vec<Value> = comparison
        .places
        .iter()
        .map(|(d, s)| json!({"country": d.country, "admin1": d.admin1, "slice": slice(s)}))
        .collect();
    let pairs: Vec<Value> =
        comparison.pairs.iter().map(|p| json!({"a": p.a, "b": p.b, "days": p.days, "km": p.km})).collect();
    json!({
        "a": name(arguments.a), "b": name(arguments.b), "days": arguments.days, "km": arguments.km,
        "all": slice(&comparison.all), "months": months, "types": types, "places": places, "pairs": pairs,
        "pearson": comparison.pearson, "spearman": comparison.spearman,
    })
}
