//! Who says a thing: one voice for each claimant, attitude and status, with the claims.

use model::record::PartyRecord;
use model::{Account, Attitude, ClaimId, Status, When};
use serde::Serialize;

use crate::Told;
use crate::incidents::account::label;

/// Somebody who says something, and where.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Voice {
    /// Who, in a word: a party by id or name, a publication in its own voice.
    pub who: String,
    /// The party; `None` for a publication in its own voice.
    pub claimant: Option<PartyRecord>,
    /// The publication, where it speaks in its own voice.
    pub publisher: Option<String>,
    /// What the claimant does with it.
    pub attitude: Attitude,
    /// What is said of its reality.
    pub status: Status,
    /// When it was first published.
    pub published: Option<When>,
    /// Only near-copies of other reports carry it: no voice of its own.
    pub copy: bool,
    /// The claims.
    pub claims: Vec<ClaimId>,
}

/// The voices of claims, in the order of their first claims.
pub(super) fn voices<'a>(told: impl IntoIterator<Item = &'a Told<'a>>) -> Vec<Voice> {
    let mut told: Vec<&Told> = told.into_iter().collect();
    told.sort_by_key(|t| &t.claim.id);
    told.dedup_by_key(|t| &t.claim.id);
    let mut found: Vec<Voice> = Vec::new();
    for t in told {
        let (who, claim) = (label(t), t.claim);
        let publisher = if t.is_own_voice() { t.publisher.map(str::to_owned) } else { None };
        let same = |v: &&mut Voice| {
            v.who == who
                && v.attitude == claim.attitude
                && v.status == claim.status
                && v.claimant.is_some() == claim.asserter.is_some()
        };
        if let Some(voice) = found.iter_mut().find(same) {
            voice.claims.push(claim.id.clone());
            voice.copy &= t.copy_of.is_some();
            let earlier = |a: When, b: When| if (b.date(), b.to_string()) < (a.date(), a.to_string()) { b } else { a };
            voice.published = match (voice.published, claim.published) {
                (Some(a), Some(b)) => Some(earlier(a, b)),
                (a, b) => a.or(b),
            };
        } else {
            found.push(Voice {
                who,
                claimant: claim.asserter.clone(),
                publisher,
                attitude: claim.attitude,
                status: claim.status,
                published: claim.published,
                copy: t.copy_of.is_some(),
                claims: vec![claim.id.clone()],
            });
        }
    }
    found.sort_by_cached_key(|v| (v.published.map(|p| (p.date(), p.to_string())), v.claims[0].clone()));
    found
}

/// An incident's account as a voice.
pub(super) fn of_account(account: &Account) -> Voice {
    let party = account.claimant.as_ref();
    let named = party.and_then(|p| {
        p.id.as_ref()
            .map(ToString::to_string)
            .or_else(|| p.name.as_ref().or(p.mention.as_ref()).map(ToString::to_string))
    });
    let who = named.or_else(|| account.publisher.clone()).unwrap_or_else(|| "a source without a name".to_owned());
    Voice {
        who,
        claimant: account.claimant.clone(),
        publisher: account.publisher.clone(),
        attitude: account.attitude,
        status: account.status,
        published: None,
        copy: false,
        claims: account.claims.clone(),
    }
}

/// "A", "A and B", "A, B and C": each name once.
pub(super) fn names<'a>(voices: impl IntoIterator<Item = &'a Voice>) -> String {
    let mut names: Vec<&str> = Vec::new();
    for voice in voices {
        if !names.contains(&voice.who.as_str()) {
            names.push(&voice.who);
        }
    }
    listed(&names)
}

/// Words in a row.
pub(super) fn listed(words: &[impl AsRef<str>]) -> String {
    match words {
        [] => "nobody".to_owned(),
        [one] => one.as_ref().to_owned(),
        [rest @ .., last] => {
            let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", rest.join(", "), last.as_ref())
        }
    }
}

/// All claims of voices, in order.
pub(super) fn claims<'a>(voices: impl IntoIterator<Item = &'a Voice>) -> Vec<ClaimId> {
    let mut claims: Vec<ClaimId> = voices.into_iter().flat_map(|v| v.claims.iter().cloned()).collect();
    claims.sort_unstable();
    claims.dedup();
    claims
}
