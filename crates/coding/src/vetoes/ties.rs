//! What has the words of a tie and is none.
//!
//! Looks at the two ends of a tie, never at its words.

use model::{Party, TieType};

use crate::draft::Draft;

/// What has the words of a tie and is none.
pub(super) fn is_no_tie(tie: TieType, draft: &Draft) -> bool {
    let (from, to) = (&draft.actor, &draft.recipient);
    // "The homeless are part of the community": people of a kind on both ends are no parties.
    if !to.is_empty() && to.iter().all(|p| p.sectors == ["CVL"]) {
        return true;
    }
    let is_polity = |p: &Party| {
        let country = p.country.map(|c| c.as_str().to_owned());
        p.id.as_ref().is_some_and(|id| country.as_deref() == Some(id.as_str()))
    };
    match tie {
        // "part of the history of France"
        TieType::MemberOf => to.iter().any(is_polity),
        // "hold a majority in the Senate"
        TieType::ControlsTerritory => to.iter().any(|p| p.sectors.iter().any(|s| s == "LEG")),
        // An army's camp in its own country.
        TieType::PresentIn => from.iter().any(|a| {
            let root = a.id.as_ref().map(|id| id.root().to_owned());
            let own = |code: &str| root.as_deref() == Some(code);
            to.iter().any(|b| b.id.as_ref().is_some_and(|id| own(id.root())))
                || draft.places.iter().any(|p| p.country.is_some_and(|c| own(c.as_str())))
        }),
        // "supported court packing": a plan is no party.
        TieType::Supports => !to.is_empty() && to.iter().all(|p| p.id.is_none() && p.sectors.is_empty()),
        _ => false,
    }
}

/// Whether a tie is one of public life: one end at least is in the catalogue, and the ends are not the same.
pub(super) fn is_public(draft: &Draft) -> bool {
    let ends: Vec<&Party> = draft.actor.iter().chain(&draft.recipient).collect();
    let ids: Vec<_> = ends.iter().filter_map(|p| p.id.as_ref()).collect();
    let same = ends.len() == 2 && ids.len() == 2 && ids[0] == ids[1];
    !ids.is_empty() && !same
}
