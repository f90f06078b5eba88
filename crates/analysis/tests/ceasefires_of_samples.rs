//! The ceasefires that the bundled sample reports tell of, from their claims to the hour.

mod samples;

use analysis::ceasefires::breaches::{Ground, Position};
use analysis::ceasefires::outcome::End;
use analysis::ceasefires::saying::{Act, Stance};
use analysis::ceasefires::voice::Voice;
use analysis::ceasefires::{Ceasefire, Definitions, Relation, ceasefires};
use model::{Status, When};

fn when(text: &str) -> When {
    text.parse().unwrap()
}

fn found() -> Vec<Ceasefire> {
    let samples = samples::Samples::read();
    let told = samples.told();
    let (incidents, reports) = (samples::incidents(&told), samples::reports(&told));
    ceasefires(&told, &incidents, &reports, &Definitions::embedded(), when("2025-11-12"))
}

fn who(voices: &[Voice]) -> Vec<&str> {
    voices.iter().map(|v| v.who.as_str()).collect()
}

fn check(ceasefire: &Ceasefire, expected: &str) {
    for line in expected.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let (at, state) = line.split_once(" => ").unwrap();
        let found = ceasefire.state_at(when(at));
        assert_eq!(serde_json::to_value(found.state).unwrap(), state, "at {at}: {:?}", found.why);
    }
}

#[test]
fn four_ceasefires_are_told_of() {
    let found = found();
    let sides = |c: &Ceasefire| c.parties.iter().map(|p| p.key.as_str()).collect::<Vec<_>>().join(" ");
    let printed: Vec<String> = found
        .iter()
        .map(|c| format!("{} {}", sides(c), c.clock.begins.as_ref().map_or("-".to_owned(), |b| b.at.words())))
        .collect();
    assert_eq!(
        printed,
        [
            "PAK TTP between 2021-11-01 and 2021-11-30",
            "PAK TTP -",
            "AFG PAK 2025-10-15T18:00:00+05:00",
            "AFG PAK between 2025-10-18 and 2025-10-19",
        ]
    );
    assert_eq!(found[1].outcome.end, Some(End::Collapsed), "called off by the TTP in November 2022");
    let before = found[3].before.as_ref().unwrap();
    assert_eq!((&before.ceasefire, before.relation), (&found[2].id, Relation::Follows));
}

#[test]
fn the_truce_of_48_hours_runs_by_the_hour() {
    let found = found();
    let truce = &found[2];
    check(
        truce,
        "2025-10-15T12:59:00Z => not_yet
         2025-10-15T13:00:00Z => in_force
         2025-10-15T18:00:00+05:00 => in_force
         2025-10-16 => in_force
         2025-10-17T17:59:00+05:00 => in_force
         2025-10-17T18:00:00+05:00 => extended
         2025-10-17T13:00:00Z => extended
         2025-10-17T23:30:00+05:00 => extended
         2025-10-18T12:00:00+05:00 => unknown
         2025-10-20 => replaced",
    );
    // 48 hours say both reports (of which one is a copy), the mission's and Kabul Lantern's.
    let until = truce.clock.until.as_ref().unwrap();
    assert_eq!(until.at.words(), "2025-10-17T18:00:00+05:00");
    assert!((truce.clock.durations[0].hours - 48.0).abs() < 1e-9);
    let voices = &truce.clock.durations[0].voices;
    assert_eq!(who(voices), ["Frontier Wire", "Indus Ledger", "Ridge Line Monitor", "Kabul Lantern"]);
    assert_eq!(voices.iter().filter(|v| v.copy).count(), 1);
    // Pakistan's foreign ministry gives the hour; "Wednesday evening" does not contradict it.
    let begins = truce.clock.begins.as_ref().unwrap();
    assert_eq!(begins.why, "It took effect then, according to PAK.GOV and Kabul Lantern.");
    assert!(truce.clock.said(Act::Until, Stance::Foretold).any(|s| who(&s.voices) == ["Kabul Lantern"]));
}

#[test]
fn the_extension_is_said_by_officials_and_was_not_announced() {
    let found = found();
    let change = &found[2].timeline[1];
    assert_eq!(who(&change.by), ["Officials"]);
    let [against] = &change.against[..] else { panic!("{:#?}", change.against) };
    assert_eq!((against.who.as_str(), against.status), ("Kabul Lantern", Status::DidNotOccur));
    assert_eq!(
        change.why,
        "It was due to run out. It was extended, according to Officials. It was not, according to Kabul Lantern."
    );
    let outcome = &found[2].outcome;
    assert_eq!(outcome.end, Some(End::Replaced));
    assert!(
        outcome.doubt.as_deref().unwrap().starts_with("It lapsed 2025-10-17T18:00:00+05:00 if it was not extended")
    );
}

#[test]
fn the_strikes_in_paktika_are_an_alleged_breach() {
    let found = found();
    let [breach] = &found[2].breaches[..] else { panic!("{:#?}", found[2].breaches) };
    assert_eq!((breach.accused.join(" "), breach.against.join(" ")), ("PAK".to_owned(), "AFG".to_owned()));
    assert_eq!(breach.at.unwrap().words(), "between 2025-10-17T18:00:00 and 2025-10-17T23:59:00");
    assert_eq!(breach.position, Position::InExtension);
    assert!(breach.places.contains(&"Paktika".to_owned()));
    let accusers = breach.grounds.iter().find_map(|g| match g {
        Ground::Stated { accusers } => Some(accusers),
        Ground::ByDefinition { .. } => None,
    });
    let accusers = accusers.unwrap();
    let official = accusers[0].claimant.as_ref().unwrap();
    assert_eq!(official.mention.as_deref(), Some("a senior Taliban official"));
    // Told in two reports: Kabul Lantern's, and without an author in Gulf Meridian's.
    assert_eq!(breach.incidents.len(), 2);
    // What Pakistan says: camps were hit, after an attack in Mir Ali.
    let says: Vec<&str> = breach.accused_say.iter().map(|w| w.words.as_str()).collect();
    assert!(says.iter().any(|w| w.starts_with("camps of the Hafiz Gul Bahadur group had been hit")), "{says:?}");
    assert!(says.iter().any(|w| w.contains("Mir Ali")), "{says:?}");
    assert!(breach.accused_say.iter().all(|w| w.by.who.starts_with("PAK")));
}

#[test]
fn what_was_agreed_in_istanbul_keeps_up_what_was_agreed_in_doha() {
    let found = found();
    let doha = &found[3];
    assert_eq!(doha.mediators.iter().map(|m| m.key.as_str()).collect::<Vec<_>>(), ["QAT", "TUR"]);
    let kept: Vec<&str> = doha.clock.said(Act::Extended, Stance::Said).flat_map(|s| who(&s.voices)).collect();
    assert_eq!(kept, ["TUR.GOV", "TUR"]);
    check(
        doha,
        "2025-10-17 => not_yet
         2025-10-19 => in_force
         2025-10-31 => in_force
         2025-11-12 => in_force
         2025-11-13 => unknown",
    );
    assert_eq!((doha.outcome.end, doha.clock.until.as_ref()), (None, None));
    let pledges: Vec<&str> = doha.conditions.iter().map(|w| w.words.as_str()).collect();
    assert!(pledges.contains(&"The truce would remain in place as long as there was no attack from Afghan soil"));
    // The exchange near Spin Boldak names nobody who fired; a toll of it, blamed on Pakistan, names no day.
    assert_eq!((doha.by_others.len(), doha.undated.len()), (1, 1));
    let after = doha.quiet_after.as_ref().unwrap();
    assert!(after.words.contains("no report was read for 2025-10-22 to 2025-10-27"), "{}", after.words);
}
