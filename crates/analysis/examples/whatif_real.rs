//! What-ifs on real data, with honest figures: `cargo run --release -p analysis --example whatif_real [-- DIR]`, where DIR
//! holds UCDP GED tables (else `../shared/data/tables`). Says so where they are absent.

use std::path::{Path, PathBuf};
use std::time::Instant;

use analysis::cycles::{Streams, fitted};
use analysis::whatif::backtest::{Backtest, Compared, Settings, backtest};
use analysis::whatif::{Asked, Episode, Package, Range, WINDOW_DAYS, WhatIf, effect, episodes, what_if};
use jiff::civil::{Date, date};

const UKRAINE: &str = include_str!("../../../data/levers/ukraine_ceasefires.tsv");

fn main() {
    let folder = std::env::args().nth(1).map_or_else(|| PathBuf::from("../shared/data/tables"), PathBuf::from);
    ukraine(&folder.join("ucdp_ged_ukraine_22.1/conflict_data_ukr.csv"));
    pakistan(&folder.join("ucdp_ged_pakistan_to_2014/ged_pakistan_1989_2014.csv"));
}

/// Events known to a day, by the stream that `which` puts them in.
fn counts(
    table: &Path,
    (from, to): (Date, Date),
    streams: usize,
    which: impl Fn(&[&str; 3]) -> Option<usize>,
) -> Option<Vec<Vec<u32>>> {
    let Ok(text) = std::fs::read(table) else {
        println!("NOT MEASURED: {} is not there", table.display());
        return None;
    };
    let text = String::from_utf8_lossy(&text);
    let mut csv = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let head = csv.headers().expect("a head").clone();
    let column = |name: &str| head.iter().position(|column| column == name).expect(name);
    let [day, exact, dyad, division, kind] =
        ["date_start", "date_prec", "dyad_name", "adm_1", "type_of_violence"].map(column);
    let days = usize::try_from(from.until(to).expect("in order").get_days()).expect("in order") + 1;
    let mut counts = vec![vec![0; days]; streams];
    for row in csv.records().filter_map(Result::ok) {
        let cell = |column: usize| row.get(column).unwrap_or_default();
        let Ok(on) = cell(day).get(..10).unwrap_or_default().parse::<Date>() else { continue };
        if cell(exact) != "1" || on < from || on > to {
            continue;
        }
        if let Some(stream) = which(&[cell(dyad), cell(division), cell(kind)]) {
            counts[stream][usize::try_from(from.until(on).expect("after").get_days()).expect("after")] += 1;
        }
    }
    Some(counts)
}

fn ukraine(table: &Path) {
    println!("== Ukraine, 2014 to 2021: state-based events known to a day; 21 agreed ceasefires ==");
    let days = (date(2014, 4, 1), date(2021, 12, 31));
    let Some(counts) = counts(table, days, 1, |[_, _, kind]| (*kind == "1").then_some(0)) else { return };
    let streams = Streams::daily(&["in Ukraine"], &counts).expect("enough events").starting(days.0);
    let all = episodes(UKRAINE).expect("our own table");
    let (report, _) = fitted(&streams, 2);
    println!(
        "{} events; knots {}; branching {:.2}",
        report.streams[0].events,
        report.choices.chosen().knots,
        report.spectral_radius
    );
    for window_days in [7, 14, WINDOW_DAYS] {
        study(&streams, report.choices.chosen().knots, &all, window_days, "all");
    }
    let late: Vec<Episode> = all.iter().filter(|e| e.from >= date(2015, 9, 1)).cloned().collect();
    study(&streams, report.choices.chosen().knots, &late, WINDOW_DAYS, "from September 2015 on");
    for (name, settings) in [
        ("estimated from ten or more earlier ones", Settings::new()),
        ("else assumed 0.3 to 1", Settings { assumed: Range::new(0.3, 1.0), ..Settings::new() }),
    ] {
        let start = Instant::now();
        let found = backtest(&streams, &all, &settings, 2).expect("it can be scored");
        told(name, &found, start.elapsed().as_secs_f64());
    }
}

fn study(streams: &Streams, knots: usize, episodes: &[Episode], window_days: u16, name: &str) {
    let like: Vec<&Episode> = episodes.iter().collect();
    match effect(streams, knots, &like, &[0], window_days, 1) {
        Ok(Some(e)) => {
            println!(
                "first {window_days} days, {name}: {} windows, {:.2} times what was expected ({:.2} to {:.2}); placebos as far in {:.0} of 100; between {:.2}",
                e.windows.len(),
                e.ratio(),
                e.low,
                e.high,
                e.placebo_share.map_or(f64::NAN, |share| share * 100.0),
                e.between
            );
            let each: Vec<String> = e.windows.iter().map(|w| format!("{:.0}/{:.1}", w.came, w.expected)).collect();
            println!("   came/expected: {}", each.join(" "));
        }
        other => println!("first {window_days} days, {name}: {other:?}"),
    }
}

fn told(name: &str, found: &Backtest, seconds: f64) {
    let (with, without, naive) = found.mean_crps;
    println!("backtest, {name}: {} scored, {} not; {seconds:.1} s", found.scored.len(), found.skipped.len());
    println!("   mean CRPS with {with:.2}, without {without:.2}, naive {naive:.2}");
    let line = |name: &str, c: &Compared| {
        let within = c.within.map_or("too few".to_owned(), |(low, high)| format!("{low:+.2} to {high:+.2}"));
        println!("   {name}: {:+.2} ({within}) {:?}", c.difference, c.verdict);
    };
    line("with less without", &found.against_none);
    line("with less naive", &found.against_naive);
    line("without less naive", &found.none_against_naive);
    for s in &found.scored {
        println!(
            "   {} factor {:.2} from {:?}: came {:.0}; medians {:.0} with, {:.0} without, {:.0} naive",
            s.episode.from,
            s.factor,
            s.estimated_from,
            s.came,
            s.with[s.with.len() / 2],
            s.without[s.without.len() / 2],
            s.naive[s.naive.len() / 2]
        );
    }
}

fn pakistan(table: &Path) {
    println!("== Pakistan, July 2007 to 2014: the state and the TTP, by division ==");
    let days = (date(2007, 7, 1), date(2014, 12, 31));
    let divisions = ["Federally Administered Tribal Areas", "Khyber Pakhtunkwa province", "Sindh province"];
    let which =
        |[dyad, division, _]: &[&str; 3]| divisions.iter().position(|d| d == division).filter(|_| dyad.contains("TTP"));
    let Some(counts) = counts(table, days, 3, which) else { return };
    let names = ["in FATA, PAK", "in KP, PAK", "in Sindh, PAK"];
    let streams = Streams::daily(&names, &counts).expect("enough events").starting(days.0);
    let start = Instant::now();
    let (report, posterior) = fitted(&streams, 2);
    println!(
        "fit of {:?} events: {:.2} s",
        report.streams.iter().map(|s| s.events).collect::<Vec<_>>(),
        start.elapsed().as_secs_f64()
    );
    let packages = [
        "ceasefire:FATA:30d=0.2..0.6",
        "border:open=0.8..1",
        "border:closed=0.9..1.3",
        "both::ceasefire:FATA:30d=0.2..0.6+border:open=0.8..1",
    ];
    let packages: Vec<Package> = packages.iter().map(|text| text.parse().expect("a package")).collect();
    for threads in [1, 2] {
        let start = Instant::now();
        let found: WhatIf =
            what_if(&streams, (&report, &posterior), &[], &Asked::new(packages.clone()), threads).expect("an answer");
        println!(
            "1,000 futures × 5 packages × 90 days × 3 streams, {threads} threads: {:.2} s",
            start.elapsed().as_secs_f64()
        );
        if threads == 2 {
            found.contrasts.iter().filter(|c| c.stream.is_none()).for_each(|c| println!("   {}", c.words));
            found.flags.iter().for_each(|f| println!("   flag: {:?} {}", f.package, f.words));
            found.outcomes[0].totals.iter().for_each(|t| println!("   {:?} {:?}", t.stream, t.events));
            found.checks.iter().take(1).for_each(|c| println!("   {c:?}"));
        }
    }
}
