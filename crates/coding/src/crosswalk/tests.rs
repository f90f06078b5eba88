//! The tables hold together, and what they say goes there and back.

use super::*;
use crate::catalogue::{Context, rows};

#[test]
fn tables_are_of_plovers_codes() {
    let codes = codes::Codes::embedded();
    assert!(codes.cameo("0312").is_ok() && codes.cameo("195").is_ok());
    assert_eq!(codes.cameo("0399").unwrap().0, "AGREE", "a code that is not listed is read as its beginning");
    assert!(codes.cameo("010").unwrap_err().contains("no type in PLOVER"));
    assert!(codes.cameo("99").unwrap_err().contains("no CAMEO code") && codes.cameo("é").is_err());
    // Every type of PLOVER can be written in CAMEO.
    for event in model::EventType::ALL {
        assert!(codes.to_cameo(event.as_str(), &[], &[]).is_some(), "{event}");
    }
    let modes = ["aerial".into()];
    assert_eq!(codes.to_cameo("ASSAULT", &modes, &["military".into()]).unwrap().code, "195");
    assert_eq!(codes.to_acled("ASSAULT", &["suicide-attack".into()]).unwrap().1, "Suicide bomb");
    assert_eq!(codes.to_acled("ASSAULT", &[]).unwrap().1, "Armed clash");
    assert!(codes.to_acled("CONSULT", &[]).is_none());
}

#[test]
fn losses_are_told_for_every_data_set() {
    for dataset in Dataset::ALL {
        assert!(!losses(Some(dataset)).is_empty(), "{dataset}");
    }
    assert!(losses(None).iter().all(|l| matches!(l.direction, "import" | "export") && !l.becomes.is_empty()));
    let table = rows("losses.tsv", include_str!("../../../../data/crosswalks/losses.tsv"), &["dataset"], &[]).unwrap();
    assert_eq!(table.len(), losses(None).len(), "every row names a data set");
}

#[test]
fn states_go_by_number_and_by_name() {
    let catalogue = Catalogue::embedded();
    let mut states = States::new(catalogue);
    let day = |text: &str| text.parse().unwrap();
    let number = |states: &States, n, on| states.by_number(n, day(on)).map(|c| c.to_string());
    assert_eq!(number(&states, 770, "2024-01-01").as_deref(), Some("PAK"));
    assert_eq!(number(&states, 678, "2024-01-01").as_deref(), Some("YEM"));
    assert_eq!(number(&states, 365, "1990-01-01").as_deref(), Some("SUN"));
    assert_eq!(number(&states, 365, "2014-01-01").as_deref(), Some("RUS"));
    assert_eq!(number(&states, 345, "1999-01-01").as_deref(), Some("YUG"));
    for (name, code) in [("Myanmar (Burma)", "MMR"), ("Russian Federation", "RUS"), ("PAK", "PAK"), ("Turkey", "TUR")] {
        assert_eq!(states.by_name(name, catalogue).map(|c| c.to_string()).as_deref(), Some(code), "{name}");
    }
    assert_eq!(states.by_name("Atlantis", catalogue), None);
}

#[test]
fn data_sets_are_parties_of_the_catalogue() {
    let catalogue = Catalogue::embedded();
    for dataset in Dataset::ALL {
        let crosswalk = Crosswalk::new(dataset, None, None, catalogue);
        let id = crosswalk.asserter.id.clone().unwrap();
        assert!(catalogue.get(&id).is_some(), "{id} is no party");
    }
    let ged = catalogue.resolve("UCDP GED", &Context::default()).and_then(|r| r.id);
    assert_eq!(ged.map(|id| id.to_string()).as_deref(), Some("UCDP_GED"));
}
