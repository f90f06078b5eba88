//! Lookups, and loaders on small files of our own.

use proptest::prelude::*;

use super::*;

fn kinds(name: &str, country: &str) -> Vec<EntryKind> {
    let country = CountryCode::new(country).unwrap();
    let mut kinds: Vec<EntryKind> =
        Gazetteer::embedded().lookup(name).into_iter().filter(|e| e.country == Some(country)).map(|e| e.kind).collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

#[test]
fn every_row_of_our_tables_is_an_entry() {
    let gazetteer = Gazetteer::embedded();
    let lost: Vec<&str> = gazetteer
        .entries
        .iter()
        .filter(|e| {
            e.at.is_none()
                && !matches!(e.country.as_ref().map(CountryCode::as_str), Some("ATF" | "IOT" | "PCN" | "TKL"))
        })
        .map(|e| e.name.as_ref())
        .collect();
    assert!(lost.is_empty(), "without coordinates: {lost:?}");
    assert!(gazetteer.entries.len() > 800, "{}", gazetteer.entries.len());
    assert_eq!(gazetteer.countries.len(), 246);
}

#[test]
fn names_are_found_however_they_are_written() {
    use EntryKind::{Admin1, Admin2, Crossing, Settlement};
    assert_eq!(kinds("Kunar", "AFG"), [Admin1]);
    assert_eq!(kinds("BARMAL", "AFG"), [Admin2]);
    assert_eq!(kinds("Torkham", "AFG"), [Crossing]);
    assert!(kinds("Sana’a", "YEM").contains(&Settlement));
    assert!(kinds("Kyiv", "UKR").contains(&Settlement));
    assert!(kinds("kiev", "UKR").contains(&Settlement));
    assert_eq!(kinds("Nowhereland", "AFG"), []);
    assert!(Gazetteer::embedded().lookup("").is_empty());
}

#[test]
fn all_ranked_cities_are_in_the_list() {
    let gazetteer = Gazetteer::embedded();
    let mut missing = Vec::new();
    for (name, country) in gazetteer.ranks.keys() {
        let found =
            gazetteer.lookup(name).into_iter().any(|e| e.kind == EntryKind::Settlement && e.country == Some(*country));
        if !found && gazetteer.ranks[&(name.clone(), *country)].0 < 3 {
            missing.push(format!("{name} {country}"));
        }
    }
    missing.sort();
    // Small islands' seats are below the list's size.
    assert!(missing.len() < 30, "{missing:?}");
    println!("not in the list: {missing:?}");
}

#[test]
fn loading_is_quick() {
    let start = std::time::Instant::now();
    let gazetteer = Gazetteer::new();
    let took = start.elapsed();
    println!("loaded {} lines and {} own entries in {took:?}", gazetteer.lines.len(), gazetteer.entries.len());
    // An unoptimised build on a busy machine; optimised it is a few hundredths of a second.
    assert!(took.as_secs() < 5, "{took:?}");
}

#[test]
fn dumps_can_be_added() {
    let mut gazetteer = Gazetteer::new();
    let mut names = DivisionNames::default();
    names.read("XX.01\tFirst\tFirst\t1\nAF.29\tPaktika\tPaktika\t1131461\n".as_bytes()).unwrap();
    let dump = "99\tTestabad\tTestabad\tTest Abad,تستآباد\t32.5\t69.25\tP\tPPL\tAF\t\t29\t\t\t\t1200\t\t2000\tAsia/Kabul\t2020-01-01\n\
                98\tBarmal\tBarmal\t\t32.7\t69.3\tA\tADM2\tAF\t\t29\t\t\t\t0\t\t2000\tAsia/Kabul\t2020-01-01\n";
    assert_eq!(gazetteer.add_geonames(dump.as_bytes(), &names).unwrap(), 2);
    let found = gazetteer.lookup("Test-abad");
    assert_eq!(
        (found[0].admin1.as_deref(), found[0].population, found[0].geonames),
        (Some("Paktika"), Some(1200), Some(99))
    );
    assert_eq!(gazetteer.lookup("Barmal")[0].geonames, Some(98));
    let error = gazetteer.add_geonames("a\tb\n".as_bytes(), &names).unwrap_err();
    assert!(error.to_string().contains("line 1 has 2 columns"), "{error}");
}

#[test]
fn pcodes_can_be_added() {
    let mut gazetteer = Gazetteer::new();
    let table = "Location,Admin Level,P-Code,Name,Parent P-Code,Valid from date\nAFG,1,AF12,Paktika,AFG,2021-11-17\n\
                 AFG,2,AF1299,Barmal,AF12,2021-11-17\nAFG,2,AF1298,\"Nowhere, Upper\",AF12,2021-11-17\n";
    assert_eq!(gazetteer.add_pcodes(table.as_bytes()).unwrap(), 4);
    assert_eq!(gazetteer.lookup("Barmal")[0].pcode.as_deref(), Some("AF1299"));
    assert_eq!(gazetteer.lookup("Nowhere, Upper")[0].admin1.as_deref(), Some("Paktika"));
}

proptest! {
    #[test]
    fn any_name_may_be_asked_for(name in "\\PC{0,20}") {
        let _ = Gazetteer::embedded().lookup(&name);
        prop_assert_eq!(key(&key(&name)), key(&name));
    }
}
