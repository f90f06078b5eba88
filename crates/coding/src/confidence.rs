//! How likely a claim is right in its type and parties, read off what the claim itself says.
//!
//! A logistic sum of what is known of it: its kind and type, whether its parties are in the catalogue, whether effect,
//! place and time are told, who speaks. The weights are data (`data/models/confidence.tsv`), fitted to claims that were
//! judged (`training/confidence.py`); what they are worth on other claims is measured by `annalist eval confidence`.

use std::collections::HashMap;
use std::sync::LazyLock;

use model::{Party, Proposition, Status};

use crate::draft::Draft;

/// The data file.
pub(crate) const WEIGHTS: &str = include_str!("../../../data/models/confidence.tsv");

static BY_SIGN: LazyLock<HashMap<&str, f64>> = LazyLock::new(|| {
    let rows = WEIGHTS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    rows.filter_map(|(sign, weight)| Some((sign, weight.trim().parse().ok()?))).collect()
});

/// Between 0 and 1: the share of claims like this one that are right in type and parties.
pub(crate) fn of(draft: &Draft) -> f64 {
    let sum: f64 = signs(draft).iter().filter_map(|s| BY_SIGN.get(s.as_str())).sum();
    (1.0 / (1.0 + (-sum).exp())).clamp(0.02, 0.98)
}

/// What speaks for or against a draft, by the names that the weights have.
fn signs(draft: &Draft) -> Vec<String> {
    let mut signs = vec!["always".to_owned()];
    let mut add = |sign: &str| signs.push(sign.to_owned());
    match &draft.proposition {
        Proposition::Event(event, _) => {
            add("event");
            add(&format!("event {event}"));
        }
        Proposition::Tie(tie) => {
            add("tie");
            add(&format!("tie {tie}"));
        }
        Proposition::Figure(_) => add("figure"),
        Proposition::Commitment(_) => add("commitment"),
        Proposition::Cause { .. } => add("cause"),
        Proposition::Statement(quote) => {
            add("statement");
            if quote.direct {
                add("statement direct");
            }
        }
    }
    if matches!(draft.proposition, Proposition::Event(..) | Proposition::Tie(_) | Proposition::Statement(_)) {
        add(&format!("actor {}", standing(&draft.actor)));
    }
    if matches!(draft.proposition, Proposition::Event(..) | Proposition::Tie(_)) {
        add(&format!("recipient {}", standing(&draft.recipient)));
        if draft.effects.iter().any(|e| e.low.is_some() || e.high.is_some()) {
            add("effect counted");
        }
        if draft.status != Status::Occurred {
            add("not occurred");
        }
    }
    if draft.places.iter().any(|p| p.lat.is_some()) {
        add("place known");
    }
    if draft.time.as_ref().is_some_and(|t| t.from.is_some()) {
        add("time known");
    }
    if draft.asserter.is_some() {
        add("sourced");
    }
    signs
}

/// How well the best known of these parties is known.
fn standing(parties: &[Party]) -> &'static str {
    if parties.iter().any(|p| p.id.is_some()) {
        "known"
    } else if parties.iter().any(|p| !p.sectors.is_empty()) {
        "of a sector"
    } else if parties.is_empty() {
        "none"
    } else {
        "words alone"
    }
}
