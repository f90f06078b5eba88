//! The dead of one happening, by claimant: least, best and most, as each gave them last. Parts are never added to their
//! total, and a running toll replaces what it runs over.
//!
//! Claimants are named by their party's id or as a publication. All others, witnesses and residents among them, are one
//! voice here ([`OTHERS`]): nobody is followed over time who is no public party.

use model::record::{ClaimRecord, PartyRecord};
use model::toll::{self, Total};
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

/// What each claimant of an incident gives who says that it happened and did not take it back, in the order of their names.
pub(super) fn of_accounts(accounts: &[Account]) -> Box<[Dead]> {
    let says = |a: &Account| {
        matches!(a.status, Status::Occurred | Status::Ongoing)
            && matches!(a.attitude, Attitude::Asserts | Attitude::Confirms | Attitude::Alleges)
    };
    let who = |a: &Account| a.claimant.as_ref().map(|p| (p.id.clone(), p.name.clone(), p.mention.clone()));
    let is_by = |a: &Account, b: &Account| (who(a), &a.publisher) == (who(b), &b.publisher);
    let took_back = |a: &Account| accounts.iter().any(|b| b.attitude == Attitude::Retracts && is_by(a, b));
    let counted = accounts.iter().filter(|a| says(a) && !took_back(a));
    let of_one = |a: &Account| {
        let total = toll::total(&a.effects, EffectKind::Killed)?;
        Some(given(name(a.claimant.as_ref(), a.publisher.as_deref()), total))
    };
    let mut dead: Vec<Dead> = counted.filter_map(of_one).collect();
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

/// What a single claim gives; `publisher` is the publication in whose own voice it speaks. A running toll is of more than
/// this happening, and would be added up again with every claim that gives it.
pub(super) fn of_claim(claim: &ClaimRecord, publisher: Option<&str>) -> Box<[Dead]> {
    let total = toll::total(&claim.effects, EffectKind::Killed).filter(|total| !total.running);
    total.map(|total| given(name(claim.asserter.as_ref(), publisher), total)).into_iter().collect()
}

fn name(claimant: Option<&PartyRecord>, publisher: Option<&str>) -> Text {
    let id = claimant.and_then(|party| party.id.as_ref());
    Text::new(id.map(PartyId::as_str).or(publisher).unwrap_or(OTHERS))
}

fn given(claimant: Text, total: Total) -> Dead {
    Dead { claimant, low: total.low.unwrap_or(0.0), best: total.best, high: total.high }
}
