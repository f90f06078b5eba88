//! Measures on real tables, where they are at hand.

use std::path::{Path, PathBuf};

use analysis::incidents::measure::ged::{self, Documents, Weighed};
use analysis::incidents::measure::meltt;
use analysis::incidents::taxonomy::Window;

/// The folder of shared data beside the project, or a plain word that there is none.
fn tables(part: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|above| above.join("shared/data/tables").join(part))
        .find(|path| path.exists());
    if found.is_none() {
        println!("SKIPPED: shared/data/tables/{part} is not here");
    }
    found
}

#[test]
fn the_demonstration_of_meltt_comes_out_as_published() {
    let Some(folder) = tables("meltt_demo") else { return };
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a table of the folder");
    let sets = ["crash_data1", "crash_data2", "crash_data3"];
    let taxonomies = ["model_tax", "color_tax", "damage_tax"];
    let set_texts = sets.map(|s| text(&format!("{s}.csv")));
    let taxonomy_texts = taxonomies.map(|t| text(&format!("taxonomy_{t}.csv")));
    let sets: Vec<(&str, &str)> = sets.into_iter().zip(set_texts.iter().map(String::as_str)).collect();
    let taxonomies: Vec<(&str, &str)> = taxonomies.into_iter().zip(taxonomy_texts.iter().map(String::as_str)).collect();
    let figures = meltt::measure(&sets, &taxonomies, Window { km: 4.0, days: 2 }).expect("tables that can be read");
    println!("{figures:?}");
    assert_eq!((figures.rows, figures.unique, figures.removed), (195, 140, 55));
    assert_eq!((figures.event_matches, figures.episode_matches, figures.flagged), (26, 8, 6));
    let overlap: Vec<(Vec<usize>, usize)> = figures.overlap.into_iter().collect();
    assert_eq!(overlap, [(vec![1, 2], 5), (vec![1, 2, 3], 21), (vec![1, 3], 4), (vec![2, 3], 4)]);
}

#[test]
fn sources_of_ged_rows_are_found_to_be_one() {
    let Some(folder) = tables("ucdp_ged_pakistan_to_2014") else { return };
    let table = std::fs::read_to_string(folder.join("ged_pakistan_1989_2014.csv")).expect("the table");
    for (documents, weighed) in [
        (Documents::Shared, Weighed::Halves),
        (Documents::Shared, Weighed::All),
        (Documents::Apart, Weighed::Halves),
        (Documents::Apart, Weighed::All),
    ] {
        let halves = ged::measure(&table, documents, weighed).expect("a table that can be read");
        for (half, f) in [("odd", halves.odd), ("even", halves.even)] {
            println!("documents {documents:?}, weighed {weighed:?}, {half}: {} rows, {} claims", f.rows, f.claims);
            for (which, p) in [("all", f.all), ("hard", f.hard)] {
                let (precision, recall, f1) = (p.precision(), p.recall(), p.f1());
                println!("  {which:4} P {precision:.3} R {recall:.3} F1 {f1:.3}  {p:?}");
            }
        }
        // A little below what was measured (.934, .899, .904, .836), so that a loss is seen.
        let floor = match (documents, weighed) {
            (Documents::Shared, Weighed::Halves) => 0.93,
            (Documents::Shared, Weighed::All) => 0.89,
            (Documents::Apart, Weighed::Halves) => 0.90,
            (Documents::Apart, Weighed::All) => 0.83,
        };
        assert!(halves.even.all.f1() >= floor, "{halves:?}");
    }
}
