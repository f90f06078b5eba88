//! Prints the language scores of the embedded model: `cargo run --example language -- raw|trees|names FILE [upper|lower]`.

use std::io::Write;

use text::score::{self, Casing, Report};
use text::{TextModel, Worker};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [suite, path, rest @ ..] = args.as_slice() else {
        return Err("give a suite (raw, trees, names) and a file".into());
    };
    let file = std::fs::read_to_string(path)?;
    let casing = match rest.first().map(String::as_str) {
        Some("upper") => Casing::Upper,
        Some("lower") => Casing::Lower,
        _ => Casing::AsIs,
    };
    let report = if suite == "raw" {
        score::raw(&file)
    } else {
        let (model, worker) = (TextModel::embedded()?, Worker::new());
        if suite == "names" {
            score::names(&model, &worker, &file, casing)?
        } else {
            score::trees(&model, &worker, &file, casing)?
        }
    };
    print(&report)?;
    Ok(())
}

fn print(report: &Report) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for (name, measure) in &report.measures {
        let count = measure.total;
        writeln!(
            out,
            "{name}: F1 {:.4} P {:.4} R {:.4} of {}",
            count.f1(),
            count.precision(),
            count.recall(),
            count.wanted
        )?;
        for (class, count) in &measure.classes {
            writeln!(out, "    {class}: {:.3} of {}", count.f1(), count.wanted)?;
        }
    }
    Ok(())
}
