//! Ids of incidents, which survive growth.
//!
//! An id is made once, from the group's first claim. When groups join, the id that most of the claims had goes on and the
//! others become aliases; when a group splits, its biggest part keeps the id. An id is never given a second time.

use std::collections::{BTreeMap, BTreeSet};

use model::{ClaimId, IncidentId, When};

/// Why an id points to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The incidents were found, or decided, to be one: the old id is an alias of the new one.
    Joined,
    /// Part of the incident was found, or decided, to be another: the old id goes on, and the new one came out of it.
    Split,
}

impl Why {
    /// The word as it is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Why::Joined => "joined",
            Why::Split => "split",
        }
    }
}

/// How one id came to another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alias {
    /// The id before.
    pub old: IncidentId,
    /// The id now.
    pub new: IncidentId,
    /// Why.
    pub why: Why,
}

/// An id for each group, and what became of earlier ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Minted {
    /// One for each of the groups, in their order.
    pub ids: Vec<IncidentId>,
    /// In order.
    pub aliases: Vec<Alias>,
}

/// Gives each group its id. `published` is the day of a claim's report; `previous` the id under which each claim stood;
/// `retired` ids that are aliases already.
pub fn mint<'a>(
    clusters: &[&'a [ClaimId]],
    published: &impl Fn(&ClaimId) -> Option<When>,
    previous: &'a BTreeMap<ClaimId, IncidentId>,
    retired: &BTreeSet<IncidentId>,
) -> Minted {
    let firsts: Vec<(bool, String, &ClaimId)> = clusters
        .iter()
        .map(|claims| {
            let age = |claim: &'a ClaimId| {
                let when = published(claim);
                // Undated claims come last; texts of dates sort as dates do.
                (when.is_none(), when.map(|w| w.to_string()).unwrap_or_default(), claim)
            };
            claims.iter().map(age).min().expect("no group is empty")
        })
        .collect();
    // How many claims of each group stood under each id.
    let mut votes: BTreeMap<&IncidentId, BTreeMap<usize, usize>> = BTreeMap::new();
    for (at, claims) in clusters.iter().enumerate() {
        for old in claims.iter().filter_map(|claim| previous.get(claim)) {
            *votes.entry(old).or_default().entry(at).or_default() += 1;
        }
    }
    // The group in which an id lives on: the biggest part; of equal ones that with the earliest claim.
    let mut candidates: BTreeMap<usize, Vec<(usize, &IncidentId)>> = BTreeMap::new();
    for (old, parts) in &votes {
        let home = parts.iter().max_by(|(a, m), (b, n)| m.cmp(n).then_with(|| firsts[**b].cmp(&firsts[**a])));
        if let Some((&home, &claims)) = home {
            candidates.entry(home).or_default().push((claims, old));
        }
    }
    let mut aliases = Vec::new();
    let mut ids: Vec<Option<IncidentId>> = vec![None; clusters.len()];
    for (&home, olds) in &candidates {
        let most = olds.iter().min_by_key(|(claims, old)| (std::cmp::Reverse(*claims), *old)).map(|(_, old)| *old);
        let Some(kept) = most else { continue };
        ids[home] = Some(kept.clone());
        for (_, old) in olds.iter().filter(|(_, old)| *old != kept) {
            aliases.push(Alias { old: (*old).clone(), new: kept.clone(), why: Why::Joined });
        }
    }
    let mut taken: BTreeSet<IncidentId> = previous.values().chain(retired).cloned().collect();
    let mut without: Vec<usize> = (0..clusters.len()).filter(|&at| ids[at].is_none()).collect();
    without.sort_by_key(|&at| &firsts[at]);
    for at in without {
        let first = firsts[at].2.as_str().as_bytes();
        let mut id = IncidentId::of([first]);
        // The part that keeps an id need not hold the claim for which it was made.
        let mut again: u32 = 2;
        while !taken.insert(id.clone()) {
            id = IncidentId::of([first, &again.to_le_bytes()]);
            again += 1;
        }
        let came_from: BTreeSet<&IncidentId> = clusters[at].iter().filter_map(|claim| previous.get(claim)).collect();
        aliases.extend(came_from.into_iter().map(|old| Alias { old: old.clone(), new: id.clone(), why: Why::Split }));
        ids[at] = Some(id);
    }
    aliases.sort_unstable();
    Minted { ids: ids.into_iter().map(|id| id.expect("each group has one by now")).collect(), aliases }
}
