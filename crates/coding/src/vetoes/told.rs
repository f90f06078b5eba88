//! Whether a draft tells what its frame asks for: who did it, to whom, and somebody of public life among them.
//!
//! Asks what is there, not whether it is true.

use model::{Category, Effect, EffectKind, EventType, Party, TieType};

use super::ties::is_public;
use crate::draft::{Draft, is_pronoun};
use crate::frames::{Frames, Kind, Needs};
use crate::happenings::Happening;

/// Whether the roles that a frame asks for are told.
pub(super) fn told(frames: &Frames, draft: &Draft) -> bool {
    let Some(happening) = &draft.happening else { return true };
    let frame = frames.get(happening.lead.frame);
    // A pronoun that is not resolved fills no role: it may stand for anything.
    let named = |parties: &[Party]| parties.iter().any(|p| p.id.is_some() || !p.sectors.is_empty() || !is_pronoun(p));
    let actor = named(&draft.actor);
    let recipient = named(&draft.recipient)
        || draft.effects.iter().any(befalls_people)
        || (draft.reciprocal && draft.actor.len() > 1)
        || !draft.places.is_empty();
    let weapon = frame.kind == Kind::Event(EventType::Assault) && acts_by_weapon(&frame.modes, &draft.modes);
    let killed_by = frame.effect.is_some() && is_killed_by(draft);
    let needs = match frame.needs {
        Needs::Nothing => true,
        Needs::Actor => actor || weapon,
        Needs::Recipient => recipient || killed_by,
        Needs::Either => actor || recipient,
        Needs::Armed => draft.actor.iter().any(is_armed),
        // "The blast killed six": whom it killed is told, and whoever set it off need not be.
        Needs::Both if frame.effect.is_none() && kills(frames, happening) && frame.modes == ["explosives"] => {
            draft.effects.iter().any(befalls_people)
        }
        Needs::Both => {
            actor && recipient && (!matches!(frame.kind, Kind::Tie(_)) || holds_between_two(frame.kind, draft))
        }
    };
    // A happening of which neither party, place, time nor effect is told is no account of anything.
    let told = actor
        || !draft.recipient.is_empty()
        || !draft.places.is_empty()
        || !draft.effects.is_empty()
        || draft.time.is_some()
        // "The truce took effect": whose it is was told before.
        || frame.ceasefire.is_some();
    // A ceasefire without its sides is one all the same; with sides it is one between them.
    let bare_truce = frame.ceasefire.is_some() && draft.actor.is_empty() && draft.recipient.is_empty();
    needs && told && (!is_talk(frame.kind) || bare_truce || is_of_public_life(draft))
}

/// Whether one of a happening's other words says what it did to people.
fn kills(frames: &Frames, happening: &Happening) -> bool {
    let hurts = |effect| matches!(effect, Some(EffectKind::Killed | EffectKind::Injured));
    happening.more.iter().any(|more| hurts(frames.get(more.frame).effect))
}

/// Whether an effect befalls people: "killed six", "wounded the minister"; not "some damage".
fn befalls_people(effect: &Effect) -> bool {
    let category = effect.category;
    category.is_some_and(|c| c != Category::Unknown)
        || effect.party.is_some()
        || category.is_some() && effect.low.is_some()
}

/// "A drone destroyed a house": the weapon acts for whoever sent it, and its mode, which is not the frame's, tells of it.
fn acts_by_weapon(of_frame: &[String], told: &[String]) -> bool {
    let weapons = ["drone", "heavy-weapons", "aerial", "explosives"];
    told.iter().any(|m| weapons.contains(&m.as_str()) && !of_frame.contains(m))
}

/// "They were killed by the group": people, though nobody knows who.
fn is_killed_by(draft: &Draft) -> bool {
    let they = |m: &String| matches!(m.to_lowercase().as_str(), "they" | "he" | "she" | "them");
    draft.actor.iter().any(|p| p.id.is_some()) && draft.recipient.iter().any(|p| p.mention.as_ref().is_some_and(they))
}

/// Whether somebody bears arms, by his sector.
fn is_armed(party: &Party) -> bool {
    party.sectors.iter().any(|s| matches!(s.as_str(), "MIL" | "REB" | "UAF" | "PRM" | "COP"))
}

/// A tie holds between two who are named; one of both sides has them all as actors. A land that is held or stayed in may
/// be a place that is no polity.
fn holds_between_two(kind: Kind, draft: &Draft) -> bool {
    let land = matches!(kind, Kind::Tie(TieType::ControlsTerritory | TieType::PresentIn)) && !draft.places.is_empty();
    let second = if draft.reciprocal { draft.actor.len() > 1 } else { land || !draft.recipient.is_empty() };
    second && is_public(draft)
}

/// Happenings that are mostly talk.
fn is_talk(kind: Kind) -> bool {
    use EventType::{Accuse, Agree, Concede, Consult, Cooperate, Reject, Request, Support, Threaten};
    matches!(kind, Kind::Event(Agree | Consult | Support | Concede | Cooperate | Request | Accuse | Reject | Threaten))
}

/// Talk between parties that nobody knows is mostly business, sport or private life: whether one of them, or who tells
/// of it, is known by id or by a sector of public life.
fn is_of_public_life(draft: &Draft) -> bool {
    let private = |s: &String| matches!(s.as_str(), "BUS" | "CVL" | "EDU" | "JRN");
    let known = |p: &Party| p.id.is_some() || p.sectors.iter().any(|s| !private(s));
    draft.actor.iter().chain(&draft.recipient).chain(&draft.asserter).any(known)
}
