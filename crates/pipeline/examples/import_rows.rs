//! How fast tables are imported: makes rows in the shape of GED or GDELT, imports them and prints rows a second.
//!
//! `cargo run --release -p pipeline --example import_rows -- ged|gdelt [ROWS] [THREADS]`
//!
//! Rows are written to a file in the temporary folder first, so that making them is not timed; the same seed makes the
//! same rows. Every claim is handed to the sink and dropped there. The peak of memory is that of the process (`VmHWM`).

use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::time::Instant;

use coding::catalogue::Catalogue;
use ingest::Source;
use model::Dataset;
use pipeline::{ImportOptions, import};

/// A generator of numbers (xorshift), so that every run has the same rows.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[usize::try_from(self.roll(from.len() as u64)).unwrap_or(0)]
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The first is the program itself.
    let mut words = std::env::args().skip(1);
    let dataset: Dataset = words.next().unwrap_or_else(|| "ged".to_owned()).parse()?;
    let rows: u64 = words.next().map_or(Ok(600_000), |w| w.parse())?;
    let threads: usize = words.next().map_or(Ok(2), |w| w.parse())?;
    let path = std::env::temp_dir().join(format!("import_rows_{}_{dataset}.txt", std::process::id()));
    let mut out = BufWriter::new(File::create(&path)?);
    let mut dice = Dice(0x5EED_1234_5678_9ABC);
    match dataset {
        Dataset::Ged => ged(rows, &mut dice, &mut out)?,
        Dataset::Gdelt => gdelt(rows, &mut dice, &mut out)?,
        other => return Err(format!("rows are made for ged and gdelt, not for {other}").into()),
    }
    drop(out);
    let bytes = std::fs::metadata(&path)?.len();
    let catalogue = Catalogue::embedded();
    let options = ImportOptions { dataset: Some(dataset), threads, ..ImportOptions::default() };
    let (mut claims, mut faults) = (0_usize, 0_usize);
    let before = processor_seconds();
    let start = Instant::now();
    let summary = import(&Source::Path(path.clone()), &options, catalogue, &mut |imported| {
        claims += imported.claims.len();
        faults += imported.faults.len();
        ControlFlow::Continue(())
    });
    let seconds = start.elapsed().as_secs_f64();
    let busy = processor_seconds() - before;
    std::fs::remove_file(&path)?;
    let summary = summary?;
    println!(
        "{dataset}: {} rows of {} bytes, {claims} claims, {faults} faults, {threads} threads: {seconds:.2} s, {:.0} rows/s",
        summary.table.rows,
        bytes / rows.max(1),
        rows as f64 / seconds
    );
    println!("processor time of the import {busy:.2} s, {:.2} microseconds a row", busy * 1e6 / rows as f64);
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        for line in status.lines().filter(|l| l.starts_with("VmHWM")) {
            println!("peak memory {}", line.trim_start_matches("VmHWM:").trim());
        }
    }
    Ok(())
}

/// Processor time of all threads so far; on a machine that others use too it says more than the clock.
fn processor_seconds() -> f64 {
    let time = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = time.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks = |i: usize| fields.get(i).and_then(|f| f.parse::<f64>().ok()).unwrap_or_default();
    (ticks(11) + ticks(12)) / 100.0
}

/// Rows as long and as quoted as those of GED 22.1 on Pakistan: some 510 bytes, one or two sources each.
fn ged(rows: u64, dice: &mut Dice, out: &mut impl Write) -> std::io::Result<()> {
    const OTHERS: [&str; 12] = [
        "TTP",
        "Taleban",
        "IS",
        "BLA",
        "Civilians",
        "al-Qaida",
        "PKK",
        "Al-Shabaab",
        "LTTE",
        "FARC",
        "Syrian insurgents",
        "Lashkar-e-Islam",
    ];
    const STATES: [(&str, u16); 6] = [
        ("Pakistan", 770),
        ("Afghanistan", 700),
        ("Syria", 652),
        ("Somalia", 520),
        ("Colombia", 100),
        ("Russia (Soviet Union)", 365),
    ];
    writeln!(out, "{}", Dataset::Ged.columns().join(","))?;
    for i in 0..rows {
        let (state, gw) = STATES[usize::try_from(dice.roll(6)).unwrap_or(0)];
        let other = dice.pick(&OTHERS);
        let (year, month, day) = (1989 + dice.roll(36), 1 + dice.roll(12), 1 + dice.roll(28));
        let (a, b, c, u) = (dice.roll(4), dice.roll(9), dice.roll(3), dice.roll(2));
        let best = a + b + c + u;
        let (lat, lon) = (25 + dice.roll(12), 60 + dice.roll(16));
        let (lat_part, lon_part) = (dice.roll(1_000_000), dice.roll(1_000_000));
        let town = 1 + dice.roll(4000);
        let cell = (lat + 90) * 1440 + (lon + 180) * 2 + 1;
        writeln!(
            out,
            "{i},PAK-{year}-1-{town}-{i},{year},1,Clear,1,404,404,{state}: Government,{},{},Government of {state} - {other},\
             141,141,Government of {state},{},{},{other},1,\"\"\"Made Up Newswire,{year}-{month:02}-{day:02},Security forces \
             say {best} killed in clash near town {town}, officials\"\"\",Made Up Newswire,{year}-{month:02}-{day:02},\"Security \
             forces say {best} killed in clash near town {town}, officials\",local officials,{},Town {town},\"near the \
             village of Town {town}, on the road\",Province {},District {},{lat}.{lat_part:06},{lon}.{lon_part:06},POINT \
             ({lon}.{lon_part:06} {lat}.{lat_part:06}),{cell},{state},{gw},Asia,1,{},{year}-{month:02}-{day:02} \
             00:00:00.000,{year}-{month:02}-{day:02} 00:00:00.000,{a},{b},{c},{u},{best},{},{best},{gw},",
            1000 + dice.roll(50),
            1000 + dice.roll(50),
            200 + dice.roll(50),
            200 + dice.roll(50),
            1 + dice.roll(7),
            1 + dice.roll(8),
            1 + dice.roll(90),
            1 + dice.roll(5),
            best + dice.roll(5),
        )?;
    }
    Ok(())
}

/// Rows in the shape of GDELT 2.0's events: 61 cells, some 420 bytes.
fn gdelt(rows: u64, dice: &mut Dice, out: &mut impl Write) -> std::io::Result<()> {
    const ACTORS: [(&str, &str, &str, &str, &str); 10] = [
        ("PAK", "PAKISTAN", "PAK", "", ""),
        ("PAKMIL", "PAKISTANI ARMY", "PAK", "", "MIL"),
        ("AFGINSTAL", "TALIBAN", "AFG", "TAL", "INS"),
        ("USAGOV", "UNITED STATES", "USA", "", "GOV"),
        ("GOV", "PRESIDENT", "", "", "GOV"),
        ("COP", "POLICE", "", "", "COP"),
        ("IGOUNO", "UNITED NATIONS", "", "UNO", "IGO"),
        ("INDCVL", "INDIAN", "IND", "", "CVL"),
        ("", "", "", "", ""),
        ("RUS", "RUSSIA", "RUS", "", ""),
    ];
    const CODES: [&str; 12] = ["010", "020", "036", "040", "042", "043", "051", "112", "173", "190", "193", "1831"];
    const PLACES: [(&str, &str, &str); 5] = [
        ("4", "Kabul, Kabol, Afghanistan", "AF"),
        ("4", "Peshawar, North-West Frontier, Pakistan", "PK"),
        ("1", "India", "IN"),
        ("3", "Washington, District of Columbia, United States", "US"),
        ("5", "Moscow, Moskva, Russia", "RS"),
    ];
    for i in 0..rows {
        let (year, month, day) = (2015 + dice.roll(10), 1 + dice.roll(12), 1 + dice.roll(28));
        let date = year * 10_000 + month * 100 + day;
        write!(out, "{}\t{date}\t{}\t{year}\t{year}.5", 1_000_000_000 + i, year * 100 + month)?;
        for _ in 0..2 {
            let (code, name, country, group, role) = ACTORS[usize::try_from(dice.roll(10)).unwrap_or(0)];
            write!(out, "\t{code}\t{name}\t{country}\t{group}\t\t\t\t{role}\t\t")?;
        }
        let code = dice.pick(&CODES);
        let tone = dice.roll(100_000_000);
        write!(
            out,
            "\t1\t{code}\t{}\t{}\t1\t-2.0\t{}\t1\t{}\t-1.{tone:08}",
            &code[..3],
            &code[..2],
            dice.roll(20),
            dice.roll(20)
        )?;
        for _ in 0..3 {
            let (kind, name, fips) = PLACES[usize::try_from(dice.roll(5)).unwrap_or(0)];
            let (lat, lon) = (dice.roll(90), dice.roll(180));
            write!(
                out,
                "\t{kind}\t{name}\t{fips}\t{fips}13\t{}\t{lat}.{}\t{lon}.{}\t-{}",
                dice.roll(9999),
                dice.roll(9999),
                dice.roll(9999),
                3_000_000 + dice.roll(99_999)
            )?;
        }
        writeln!(
            out,
            "\t{date}{:02}{:02}00\thttps://news.example/{year}/{month:02}/a-made-up-report-{i}",
            dice.roll(24),
            dice.roll(60)
        )?;
    }
    Ok(())
}
