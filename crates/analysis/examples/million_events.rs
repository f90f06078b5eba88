//! A million made-up claims of some 300,000 happenings, weighed; prints time, memory and agreement with what was made up.
//!
//! `cargo run --release -p analysis --example million_events [CLAIMS [THREADS]]`. Sixty countries of forty towns in eight
//! provinces, twelve parties each, over twenty years; towns and parties are drawn unevenly, as wars are. Of the claims, 10 %
//! know only the province, 2 % only the country, 2 % no place; 5 % only the month, 3 % no time but the report's; 10 % no
//! actor, 15 % no toll; 10 % have the next day, and tolls are off by a tenth. Reports tell up to three happenings.

use std::collections::BTreeMap;
use std::time::Instant;

use analysis::incidents::measure::made::{self, Made};
use analysis::incidents::measure::pairs::Pairs;
use analysis::incidents::measure::random::Random;
use analysis::incidents::{Constraints, Corpus, weigh_with};
use jiff::ToSpan;
use jiff::civil::Date;

const SEED: u64 = 1;
const COUNTRIES: usize = 60;
const TOWNS: usize = 40;
const PARTIES: usize = 12;
const DAYS: usize = 7_300;

struct Happening {
    country: usize,
    town: usize,
    day: usize,
    code: &'static str,
    actor: usize,
    recipient: usize,
    toll: usize,
}

fn main() {
    // The first is the program itself.
    let mut arguments = std::env::args().skip(1).map(|a| a.parse::<usize>().expect("a number"));
    let claims = arguments.next().unwrap_or(1_000_000);
    let threads = arguments.next().unwrap_or(2);
    let start = Instant::now();
    let mut corpus = Corpus::default();
    let mut random = Random::new(SEED);
    let mut truth: BTreeMap<String, u32> = BTreeMap::new();
    let mut number = 0;
    while corpus.len() < claims {
        let happening = happening(&mut random);
        // One to six reports, fewer mostly.
        for _ in 0..=random.below(6).min(random.below(8)) {
            let claim = claim(corpus.len(), &happening, &mut random);
            truth.insert(claim.0.id.to_string(), number);
            corpus.add(&claim.0, None);
        }
        number += 1;
    }
    println!(
        "{} claims of {number} happenings made in {:.1} s; {}",
        corpus.len(),
        start.elapsed().as_secs_f64(),
        memory()
    );
    let start = Instant::now();
    let weighed = weigh_with(&corpus, &Constraints::default(), threads);
    let seconds = start.elapsed().as_secs_f64();
    println!("weighed on {threads} threads in {seconds:.1} s; {}", memory());
    let mut items = Vec::with_capacity(corpus.len());
    for (group, claims) in weighed.clusters().enumerate() {
        items.extend(claims.iter().map(|c| (truth[c.as_str()], group)));
    }
    let (groups, pairs) = (weighed.clusters().count(), Pairs::of(&items));
    println!("{groups} groups; P {:.3} R {:.3} F1 {:.3}", pairs.precision(), pairs.recall(), pairs.f1());
}

/// Unevenly: the lower the likelier.
fn uneven(random: &mut Random, n: usize) -> usize {
    random.below(n).min(random.below(n))
}

fn happening(random: &mut Random) -> Happening {
    let country = uneven(random, COUNTRIES);
    let actor = uneven(random, PARTIES);
    Happening {
        country,
        town: uneven(random, TOWNS),
        day: random.below(DAYS),
        code: ["ASSAULT", "ASSAULT", "ASSAULT", "COERCE", "PROTEST", "CONSULT"][random.below(6)],
        actor,
        recipient: (actor + 1 + random.below(PARTIES - 1)) % PARTIES,
        toll: 1 + uneven(random, 30).min(uneven(random, 30)),
    }
}

fn claim(number: usize, happening: &Happening, random: &mut Random) -> Made {
    let Happening { country, town, day, code, actor, recipient, toll } = *happening;
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).expect("a letter"));
    let country_code = format!("X{}{}", letter(country / 26), letter(country));
    let (south, east) = (f64::from(u32::try_from(country).expect("few")), f64::from(u32::try_from(town).expect("few")));
    let at = (south - 20.0 + (east * 0.37) % 5.0, south * 5.0 - 150.0 + (east * 0.61) % 6.0);
    let date = |day: usize| Date::constant(2005, 1, 1).saturating_add(i64::try_from(day).expect("few").days());
    let (on, province) = (date(day + usize::from(random.one_in(10))), format!("province {}", town % 8));
    let mut claim = made::claim(&format!("{number:024x}")).in_document(&format!("{:x}", number % 333_333)).code(code);
    claim = claim.published(&date(day + 1).to_string());
    claim = match random.below(100) {
        0..5 => claim.between(&on.first_of_month().to_string(), &on.last_of_month().to_string()),
        5..8 => claim,
        _ => claim.on(&on.to_string()),
    };
    claim = match random.below(100) {
        0..10 => claim.province(&country_code, &province),
        10..12 => claim.place(made::place(&country_code, model::Precision::Country)),
        12..14 => claim,
        _ => claim.town(&country_code, &province, &format!("town {town}"), at),
    };
    let party = |n: usize| format!("{country_code}_G{n}.MIL");
    if !random.one_in(10) {
        claim = claim.by(&party(actor));
    }
    claim = claim.against(&party(recipient));
    if code == "ASSAULT" && random.below(100) >= 15 {
        let toll = f64::from(u32::try_from(toll).expect("few")) * (0.9 + 0.2 * random.unit());
        claim = claim.killed(toll.round());
    }
    claim
}

/// The most memory that was used, as the kernel has it.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("memory unknown").to_owned()
}
