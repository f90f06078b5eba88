//! A million made-up rows put into series; prints time and memory.
//!
//! `cargo run --release -p analysis --example million_rows [ROWS]`. Thirty years, sixty countries of eight provinces, twelve
//! parties each; of each row the day, both sides, the place and a toll are known.

use std::time::Instant;

use analysis::incidents::measure::made::{Made, claim};
use analysis::incidents::measure::random::Random;
use analysis::series::{By, Counted, Settings, Unit, course};
use jiff::ToSpan;
use jiff::civil::Date;

const DAYS: usize = 10_950;

fn main() {
    // The first is the program itself.
    let rows = std::env::args().nth(1).map_or(1_000_000, |n| n.parse().expect("a number"));
    let mut random = Random::new(1);
    let start = Instant::now();
    let rows: Vec<Counted> =
        (0..rows).map(|n| Counted::of_row(&made(n, &mut random).0).expect("a row of an event")).collect();
    println!("{} rows made in {:.1} s; {}", rows.len(), start.elapsed().as_secs_f64(), memory());
    for (by, unit) in [
        (By::All, Unit::Month),
        (By::Country, Unit::Month),
        (By::Admin1, Unit::Month),
        (By::Party, Unit::Month),
        (By::Dyad, Unit::Month),
        (By::Dyad, Unit::Day),
    ] {
        let start = Instant::now();
        let course = course(&rows, &[], &Settings::new(by, unit));
        let seconds = start.elapsed().as_secs_f64();
        let bins: usize = course.series.iter().map(|s| s.bins.len()).sum();
        println!("{by:?} by {unit:?}: {} series, {bins} bins in {seconds:.2} s; {}", course.series.len(), memory());
    }
}

fn made(number: usize, random: &mut Random) -> Made {
    let country = random.below(60).min(random.below(60));
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).expect("a letter"));
    let country = format!("X{}{}", letter(country / 26), letter(country));
    let day = Date::constant(1990, 1, 1).saturating_add(i64::try_from(random.below(DAYS)).expect("few").days());
    let actor = random.below(12).min(random.below(12));
    let party = |n: usize| format!("{country}_G{n}");
    claim(&format!("{:024x}", number.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
        .by(&party(actor))
        .against(&party((actor + 1) % 12))
        .province(&country, &format!("province {}", random.below(8)))
        .on(&day.to_string())
        .killed(f64::from(u32::try_from(random.below(30)).expect("few")))
        .undirected()
        .row("made", "1", &number.to_string())
}

/// The most memory that was used, as the kernel has it.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("memory unknown").to_owned()
}
