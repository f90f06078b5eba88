//! Ties as people see them, from the claims of the bundled reports and from a few made up.

use std::collections::BTreeMap;

use analysis::incidents::NoFacts;
use analysis::ties::{Key, Period, Ties, Window, acts, dyads, intervals, leverage, network, triads, warming};
use analysis::{Grounds, Told};
use jiff::civil::date;
use model::record::ClaimRecord;
use present::{Answer, Between, Levers, TieNetwork, Tied};

/// Claims of the bundled reports.
fn claims() -> Vec<ClaimRecord> {
    let samples = include_str!("../../analysis/tests/fixtures/samples.claims.jsonl");
    samples.lines().map(|line| serde_json::from_str(line).expect("a claim")).collect()
}

fn told(claims: &[ClaimRecord]) -> Vec<Told<'_>> {
    claims.iter().map(|claim| Told { claim, publisher: None, copy_of: None }).collect()
}

fn grounds(claims: usize, caveats: Vec<String>) -> Grounds {
    Grounds { asked: "the bundled reports".to_owned(), claims, reports: 25, caveats, ..Grounds::default() }
}

fn table(answer: &dyn Fn(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    answer(&mut out).expect("memory takes all");
    String::from_utf8(out).expect("text")
}

fn check(name: &str, answer: &impl Answer, grounds: &Grounds) {
    let text = table(&|out| answer.table(out));
    assert!(text.lines().all(|l| l.chars().count() <= 200), "{text}");
    insta::assert_snapshot!(format!("{name}_table"), text);
    insta::assert_snapshot!(format!("{name}_figure"), answer.figure(grounds, 860));
    let (columns, rows) = answer.rows();
    assert!(rows.iter().all(|row| row.len() == columns.len()), "a cell a column");
    for width in [390, 860] {
        let svg = answer.figure(grounds, width);
        if let Ok(folder) = std::env::var("ANNALIST_FIGURES") {
            let png = chart::png(&svg, 1.5).expect("a figure");
            std::fs::write(format!("{folder}/{name}_{width}.png"), png).expect("a folder that can be written");
        }
        assert!(svg.starts_with("<svg "), "{svg}");
    }
}

#[test]
fn ties_of_the_bundled_reports() {
    let claims = claims();
    let told = told(&claims);
    let happened = acts(&told, &BTreeMap::new());
    let ties = intervals(&told, &happened, &NoFacts);
    check("ties", &Tied::new(ties.clone(), &told), &grounds(9, Tied::caveats()));
    let standing = network(&ties, date(2025, 10, 31), Some(Window { acts: &happened, days: 90 }));
    let threes = triads(&standing);
    check("network", &TieNetwork::new(standing, threes, &told), &grounds(9, TieNetwork::caveats()));
    let levers = Levers(leverage(&told, &ties.ties));
    check("levers", &levers, &grounds(9, Levers::caveats()));
}

/// The busiest two of the bundled reports, of whom too few weeks are told.
#[test]
fn how_two_parties_stand() {
    let claims = claims();
    let told = told(&claims);
    let happened = acts(&told, &BTreeMap::new());
    let ties = intervals(&told, &happened, &NoFacts);
    let (a, b, _) = dyads(&happened)[0].clone();
    let answer = |period| Between {
        names: (ties.names[&a].clone(), ties.names[&b].clone()),
        warming: warming(&told, &happened, &ties, (&a, &b), period, None),
    };
    check("between", &answer(Period::Week), &grounds(36, Between::caveats()));
}

/// Thirty weeks between two made-up states: talks, then raids.
#[test]
fn a_shift_as_people_see_it() {
    use analysis::incidents::measure::made::claim;
    use jiff::ToSpan;
    let made: Vec<ClaimRecord> = (0..30_i64)
        .filter(|week| week % 7 != 3)
        .map(|week| {
            let on = date(2025, 1, 6).checked_add((7 * week).days()).expect("a day").to_string();
            let friendly = if week % 11 == 4 { week >= 16 } else { week < 16 };
            let (code, words) = if friendly { ("CONSULT", "Envoys of both met.") } else { ("ASSAULT", "A raid.") };
            claim(&format!("{week:02}")).code(code).by("AAA").against("BBB").on(&on).published(&on).words(words).0
        })
        .collect();
    let told = told(&made);
    let happened = acts(&told, &BTreeMap::new());
    let party = |id: &str| Key::of_id(&model::PartyId::new(id).expect("an id"));
    let found = warming(&told, &happened, &Ties::default(), (&party("AAA"), &party("BBB")), Period::Week, None);
    assert_eq!(found.shifts.len(), 1);
    let answer = Between { names: ("A".to_owned(), "B".to_owned()), warming: found };
    check("shift", &answer, &grounds(26, Between::caveats()));
}

#[test]
fn an_empty_answer_says_so() {
    let none = Ties::default();
    let answers: [(&str, String, String); 4] = [
        {
            let a = Tied::new(none.clone(), &[]);
            ("No claim of a tie.", table(&|out| a.table(out)), a.figure(&Grounds::default(), 860))
        },
        {
            let a = TieNetwork::new(network(&none, date(2025, 1, 1), None), Vec::new(), &[]);
            ("No tie stands on 2025-01-01.", table(&|out| a.table(out)), a.figure(&Grounds::default(), 860))
        },
        {
            let a = Levers(leverage(&[], &[]));
            ("othing", table(&|out| a.table(out)), a.figure(&Grounds::default(), 860))
        },
        {
            let (a, b) = (
                Key::of_id(&model::PartyId::new("AAA").expect("an id")),
                Key::of_id(&model::PartyId::new("BBB").expect("an id")),
            );
            let warming = warming(&[], &[], &none, (&a, &b), Period::Week, None);
            let a = Between { names: ("A".to_owned(), "B".to_owned()), warming };
            ("nothing", table(&|out| a.table(out)), a.figure(&Grounds::default(), 860))
        },
    ];
    for (words, text, svg) in answers {
        let both = [text.to_lowercase(), svg.to_lowercase()];
        assert!(
            both.iter().all(|shown| shown.contains(&words.to_lowercase()) || shown.contains("nothing")),
            "{words}: {both:?}"
        );
    }
}
