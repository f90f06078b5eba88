//! What is said of commitments: that they exist, were kept, broken, taken back, or ran out.
//!
//! A claim of a commitment tells by its status: in force or promised, kept (`occurred`) or broken (`did_not_occur`). An
//! event tells that its actor broke a commitment where it is coded as a violation, or is an accusation or a rejection
//! whose words say so, and names the instrument, or is of a truce, or words the object.

use std::collections::BTreeSet;

use model::record::{ClaimRecord, PartyRecord};
use model::{Attitude, Rel, Status};

use super::duties::Duties;
use super::grouping::{Group, exists};
use super::{Speakers, is_real, says};
use crate::Told;
use crate::causes::parties::roots;

/// Fills in what is heard of each commitment.
pub(super) fn hear(groups: &mut [Group], told: &[Told], duties: &Duties, speakers: &Speakers) {
    for group in groups.iter_mut() {
        for member in &group.members {
            let claim = member.told.claim;
            let saying = speakers.saying(&member.told, None);
            let heard = &mut group.heard;
            let denies = matches!(claim.attitude, Attitude::Denies | Attitude::Doubts);
            let list = match (claim.attitude, claim.status) {
                (Attitude::Retracts, _) | (_, Status::Cancelled) => &mut heard.withdrawn,
                _ if exists(claim) && denies => &mut heard.denied,
                _ if exists(claim) => &mut heard.said,
                (_, Status::DidNotOccur) if denies => &mut heard.broken_denied,
                (_, Status::DidNotOccur) => &mut heard.broken,
                _ if denies => &mut heard.kept_denied,
                _ => &mut heard.kept,
            };
            list.push(saying);
        }
    }
    let contents: BTreeSet<_> = told
        .iter()
        .flat_map(|t| t.claim.links.iter().filter(|l| l.rel == Rel::ContentOf).filter_map(|l| l.claim.as_ref()))
        .collect();
    for t in told.iter().filter(|t| t.claim.kind == "event") {
        let Some(about) = About::of(t.claim, duties, contents.contains(&t.claim.id)) else { continue };
        let found: Vec<usize> = (0..groups.len()).filter(|&i| about.is_of(&groups[i], t.claim, duties)).collect();
        let note = (about.truce && found.len() > 1).then_some("the words do not say which truce");
        for at in found {
            let saying = speakers.saying(t, note);
            let heard = &mut groups[at].heard;
            let list = match about.act {
                Act::Broken if about.denied => &mut heard.broken_denied,
                Act::Broken => &mut heard.broken,
                Act::Ended => &mut heard.withdrawn,
                Act::Lapsed => &mut heard.lapsed,
            };
            list.push(saying);
        }
    }
    for group in groups {
        let heard = &mut group.heard;
        for list in [&mut heard.broken, &mut heard.broken_denied, &mut heard.withdrawn, &mut heard.lapsed] {
            list.sort_by(|a, b| {
                (a.published.map(model::When::date), &a.claim).cmp(&(b.published.map(model::When::date), &b.claim))
            });
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Broken,
    Ended,
    Lapsed,
}

/// What an event says of commitments.
struct About {
    act: Act,
    /// Whether it is denied.
    denied: bool,
    /// Whether it is of a truce.
    truce: bool,
    /// Who broke or ended it; empty where nobody is named.
    by: BTreeSet<String>,
}

impl About {
    fn of(claim: &ClaimRecord, duties: &Duties, has_content: bool) -> Option<Self> {
        let (says, real) = (says(claim), is_real(claim));
        let not = matches!(claim.attitude, Attitude::Denies) && real || claim.status == Status::DidNotOccur && says;
        let told = says && real;
        if !told && !not {
            return None;
        }
        let act = claim.terms.as_ref().and_then(|t| t.act.as_deref());
        let code = claim.code.as_deref()?;
        let of = |act: Act, truce: bool, by: BTreeSet<String>| Some(Self { act, denied: not, truce, by });
        match (act, code) {
            (Some("violated"), _) => of(Act::Broken, true, roots(&claim.actor)),
            (Some("ended" | "suspended"), _) if !not => of(Act::Ended, true, roots(&claim.actor)),
            (Some("lapsed"), _) if !not => of(Act::Lapsed, true, BTreeSet::new()),
            (None, "SANCTION") if !not && claim.modes.iter().any(|m| m == "withdraw") => {
                of(Act::Ended, false, roots(&claim.actor))
            }
            // An accusation whose content is a claim of its own is heard there.
            (None, "ACCUSE") if !has_content && duties.says_broken(&claim.evidence.text) => {
                of(Act::Broken, false, roots(&claim.recipient))
            }
            (None, "REJECT" | "COERCE" | "ASSAULT")
                if claim.modes.iter().any(|m| m == "violate") || duties.says_broken(&claim.evidence.text) =>
            {
                of(Act::Broken, false, roots(&claim.actor))
            }
            _ => None,
        }
    }

    fn is_of(&self, group: &Group, claim: &ClaimRecord, duties: &Duties) -> bool {
        let text = &claim.evidence.text;
        let holders = group.holders();
        let by = !self.by.is_disjoint(&holders) || self.by.is_empty() && self.truce;
        if !by {
            return false;
        }
        if !self.truce {
            return group.is_named_in(text) || self.act == Act::Broken && group.is_worded_in(text);
        }
        // A truce of others is another truce.
        let met: BTreeSet<String> =
            claim.actor.iter().chain(&claim.recipient).filter_map(PartyRecord::whole).map(str::to_owned).collect();
        let all: BTreeSet<String> = holders.union(&group.others()).cloned().collect();
        let among = met.is_subset(&all) || all.len() < 2;
        group.is_truce(duties) && among && is_in_force(group, claim)
    }
}

/// Whether the commitment was told by the day of the event, and did not run out before.
fn is_in_force(group: &Group, claim: &ClaimRecord) -> bool {
    let day = claim.time.as_ref().and_then(|t| t.from.or(t.to)).or(claim.published).map(model::When::date);
    let Some(day) = day else { return true };
    let claims = || group.members.iter().map(|m| m.told.claim);
    let begins =
        claims().filter_map(|c| c.time.as_ref().and_then(|t| t.from).or(c.published)).map(model::When::date).min();
    let ends = claims().filter_map(|c| c.time.as_ref()?.to).map(model::When::date).max();
    begins.is_none_or(|b| b <= day) && ends.is_none_or(|e| day <= e)
}
