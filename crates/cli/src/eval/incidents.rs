//! How well claims are set side by side: MELTT's demonstration, whose integration is known, and UCDP GED told again by each
//! of its sources with slips (the protocol stands in `analysis::incidents::measure::ged`).

use std::path::Path;

use analysis::incidents::measure::ged::{self, Documents, Weighed};
use analysis::incidents::measure::meltt;
use analysis::incidents::taxonomy::Window;
use anyhow::Context;

use super::Report;

/// The demonstration: how many of its published numbers come out.
pub fn meltt_demo(folder: &Path, report: &mut Report) -> anyhow::Result<()> {
    let text = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
    };
    let mut sets = Vec::new();
    for set in ["crash_data1", "crash_data2", "crash_data3"] {
        sets.push((set, text(&format!("{set}.csv"))?));
    }
    let mut taxonomies = Vec::new();
    for taxonomy in ["model_tax", "color_tax", "damage_tax"] {
        taxonomies.push((taxonomy, text(&format!("taxonomy_{taxonomy}.csv"))?));
    }
    let sets: Vec<(&str, &str)> = sets.iter().map(|(n, t)| (*n, t.as_str())).collect();
    let taxonomies: Vec<(&str, &str)> = taxonomies.iter().map(|(n, t)| (*n, t.as_str())).collect();
    let found = meltt::measure(&sets, &taxonomies, Window { km: 4.0, days: 2 })?;
    let matches = found.event_matches + found.episode_matches;
    let published = [(found.rows, 195), (found.unique, 140), (matches, 34), (found.removed, 55), (found.flagged, 6)];
    let right = published.iter().filter(|(ours, theirs)| ours == theirs).count();
    report.figure("meltt_numbers_right", right as f64 / published.len() as f64);
    report.details.push(format!(
        "MELTT: {} rows to {}, {matches} matches ({} of events, {} of episodes), {} removed, {} flagged",
        found.rows, found.unique, found.event_matches, found.episode_matches, found.removed, found.flagged
    ));
    Ok(())
}

/// Rows of GED by source: pairs of claims of one row, overall and among those that are hard to tell apart.
pub fn ged_by_source(table: &Path, report: &mut Report) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(table).with_context(|| format!("reading {}", table.display()))?;
    for (documents, weighed, name) in [
        (Documents::Shared, Weighed::Halves, "ged"),
        (Documents::Shared, Weighed::All, "ged_dense"),
        (Documents::Apart, Weighed::Halves, "ged_apart"),
        (Documents::Apart, Weighed::All, "ged_apart_dense"),
    ] {
        let halves = ged::measure(&text, documents, weighed)?;
        let (tuned, told) = (halves.odd, halves.even);
        report.figure(&format!("{name}_f1"), told.all.f1());
        report.figure(&format!("{name}_hard_f1"), told.hard.f1());
        report.details.push(format!(
            "{name}: {} claims of {} rows with even ids: P {:.3} R {:.3}, hard pairs P {:.3} R {:.3}; odd ids, used for \
             tuning: F1 {:.3}, hard {:.3}",
            told.claims,
            told.rows,
            told.all.precision(),
            told.all.recall(),
            told.hard.precision(),
            told.hard.recall(),
            tuned.all.f1(),
            tuned.hard.f1()
        ));
    }
    Ok(())
}
