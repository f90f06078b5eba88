//! The dead of one happening, by claimant: least, best and most, as each gave them last. Parts are never added to their
//! total, and a running toll replaces what it runs over.
//!
//! Claimants are named by their party's id or as a publication. All others, witnesses and residents among them, are one
//! voice here ([`OTHERS`]): nobody is followed over time who is no public party.

use model::record::{ClaimRecord, EffectRecord, PartyRecord};
use model::{Account, Attitude, EffectKind, PartyId, Status, Text};
use serde::Serialize;

/// All claimants without an id that are no publication.
pub const OTHERS: &str = "other sources";

/// The dead as one claimant gives them, people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dead {
    /// A party's id, a publication's name, or [`OTHERS`].
    pub claimant: Text,
    /// Least; 0 where only the most is said.
    pub low: f64,
    /// Where the claimant gives one number as its best.
    pub best: Option<f64>,
    /// Most; `None` is no upper end.
    pub high: Option<f64>,
}

/// What each claimant of an incident gives who says that it happened, in the order of their names.
pub(super) fn of_accounts(accounts: &[Account]) -> Box<[Dead]> {
    let so = |a: &&Account| {
        matches!(a.status, Status::Occurred | Status::Ongoing)
            && matches!(a.attitude, Attitude::Asserts | Attitude::Confirms | Attitude::Alleges)
    };
    let given =
        accounts.iter().filter(so).filter_map(|a| total(name(a.claimant.as_ref(), a.publisher.as_deref()), &a.effects));
    let mut dead: Vec<Dead> = given.collect();
    dead.sort_by(|a, b| a.claimant.cmp(&b.claimant));
    // Who gave two accounts, or is one of several without a name, is known no better than by all of them together.
    dead.dedup_by(|next, kept| {
        let same = next.claimant == kept.claimant;
        if same {
            kept.low = kept.low.min(next.low);
            kept.high = kept.high.zip(next.high).map(|(a, b)| a.max(b));
            kept.best = kept.best.filter(|best| next.best == Some(*best));
        }
        same
    });
    dead.into()
}

/// What a single claim gives; `publisher` is the publication in whose own voice it speaks.
pub(super) fn of_claim(claim: &ClaimRecord, publisher: Option<&str>) -> Box<[Dead]> {
    total(name(claim.asserter.as_ref(), publisher), &claim.effects).into_iter().collect()
}

fn name(claimant: Option<&PartyRecord>, publisher: Option<&str>) -> Text {
    let id = claimant.and_then(|party| party.id.as_ref());
    Text::new(id.map(PartyId::as_str).or(publisher).unwrap_or(OTHERS))
}

/// `None` where no number is given.
fn total(claimant: Text, effects: &[EffectRecord]) -> Option<Dead> {
    let is_part = |e: &EffectRecord| {
        e.part_of.and_then(|whole| effects.get(whole)).is_some_and(|whole| whole.kind == EffectKind::Killed)
    };
    let counted = || {
        effects
            .iter()
            .filter(|e| e.kind == EffectKind::Killed && !is_part(e))
            .filter(|e| e.low.or(e.best).or(e.high).is_some())
    };
    let low = |e: &EffectRecord| e.low.or(e.best).unwrap_or(0.0);
    // Of several running tolls, the highest is the latest.
    let running = counted().filter(|e| e.cumulative).max_by(|a, b| low(a).total_cmp(&low(b)));
    if let Some(toll) = running {
        return Some(Dead { claimant, low: low(toll), best: toll.best, high: toll.high });
    }
    let nothing = Dead { claimant, low: 0.0, best: Some(0.0), high: Some(0.0) };
    counted().next()?;
    Some(counted().fold(nothing, |sum, e| Dead {
        low: sum.low + low(e),
        best: sum.best.zip(e.best).map(|(a, b)| a + b),
        high: sum.high.zip(e.high).map(|(a, b)| a + b),
        ..sum
    }))
}
