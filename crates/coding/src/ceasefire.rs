//! Terms of ceasefires and truces: what is done to one, its form, when it holds and for how long
//! (after ETH/PRIO's definitions of ceasefire).

use std::collections::BTreeSet;

use model::{EventType, Proposition, Status, Terms};

use crate::attach::Attachments;
use crate::draft::Draft;
use crate::frames::Frames;
use crate::roles::Scene;
use crate::syntax;

/// Gives a ceasefire event its terms, as far as its sentence states them.
pub(crate) fn fill_terms(scene: &Scene<'_>, frames: &Frames, draft: &mut Draft, attached: &Attachments) {
    let Some(lead) = draft.lead() else { return };
    let Some(act) = frames.get(lead.frame).ceasefire.clone() else { return };
    let Proposition::Event(event, terms) = &mut draft.proposition else { return };
    let sentence = scene.sentence;
    let lead = lead.token;
    // The verb over the noun says what is done to the ceasefire.
    let above = syntax::light_verb_above(sentence, lead)
        .or_else(|| syntax::head(sentence, lead).filter(|&h| sentence.tokens[h].upos == model::Upos::Verb));
    let done = above.and_then(|verb| act_of(&sentence.tokens[verb].lemma));
    // "The truce took effect at six": the verb carries the claim.
    if let Some(verb) = above.filter(|_| done.is_some()) {
        draft.evidence = draft.evidence.cover(syntax::clause_span(sentence, verb));
    }
    // A noun frame takes every ceasefire for one declared; the verb over it decides what happened.
    if let Some(done) = done
        && matches!(event, EventType::Agree | EventType::Concede)
        && let Some((now, mode)) = type_of(done)
    {
        *event = now;
        draft.modes = mode.map(str::to_owned).into_iter().collect();
    }
    let act = done.map_or(act, str::to_owned);
    // Who orders a truce lays down arms himself.
    let order = above.filter(|&verb| sentence.tokens[verb].lemma == "order" && !draft.actor.is_empty());
    if order.is_some() && *event == EventType::Agree && draft.status == Status::Demanded && draft.actor.len() == 1 {
        *event = EventType::Concede;
        draft.status = Status::Occurred;
        draft.asserter = None;
        draft.attribution.clear();
        draft.links.clear();
    }
    // "a ceasefire brokered by Qatar"
    if draft.via.is_empty() {
        let brokers = sentence
            .subtree(lead)
            .into_iter()
            .filter(|&i| matches!(sentence.tokens[i].lemma.as_str(), "mediate" | "broker" | "negotiate"))
            .flat_map(|i| syntax::agents(sentence, i))
            .collect();
        let acting = |p: &model::Party| draft.actor.iter().any(|a| a.id == p.id);
        draft.via =
            scene.fillers(brokers).into_iter().map(|f| f.party).filter(|p| p.id.is_some() && !acting(p)).collect();
    }
    if act == "violated" && *event != EventType::Accuse {
        draft.modes.retain(|m| m != "ceasefire");
    }
    let unilateral =
        sentence.subtree(lead).iter().any(|&i| sentence.tokens[i].lemma.eq_ignore_ascii_case("unilateral"));
    // One side alone declares its own; who announces one between others names them.
    let alone = act == "declared"
        && *event == EventType::Concede
        && draft.actor.len() == 1
        && draft.recipient.is_empty()
        && above.is_some_and(|v| {
            matches!(sentence.tokens[v].lemma.as_str(), "declare" | "announce" | "proclaim" | "order")
        })
        && !sentence.subtree(lead).iter().any(|&i| matches!(sentence.tokens[i].lemma.as_str(), "between" | "with"));
    let form = if unilateral || alone {
        Some("unilateral")
    } else if draft.actor.len() > 1 {
        Some("mutual")
    } else {
        None
    };
    let duration = attached.duration_hours();
    let moments: Vec<_> = attached.dated().filter_map(|t| t.from).collect();
    let begins = attached.dated().find_map(|t| match t.from {
        Some(model::When::At(..)) => t.from,
        _ => None,
    });
    let from = begins.or_else(|| (act == "effective").then(|| moments.first().copied()).flatten());
    *terms = Some(Terms {
        act: Some(act),
        form: form.map(str::to_owned),
        from,
        to: None,
        duration_hours: duration,
        area: None,
        mediator: draft.via.first().and_then(|p| p.id.as_ref()).map(ToString::to_string),
    });
}

/// "The truce took effect": a ceasefire named again by a definite noun, without its sides, is that of the sides told
/// before, where they were the same each time. It is theirs, not that of one who is said to break or extend it.
pub(crate) fn recall_sides(sentence: &model::Sentence, frames: &Frames, first: usize, drafts: &mut [Draft]) {
    let is_ceasefire = |d: &Draft| d.lead().is_some_and(|l| frames.get(l.frame).ceasefire.is_some());
    for index in first..drafts.len() {
        let draft = &drafts[index];
        if !draft.keep || !draft.actor.is_empty() || !draft.recipient.is_empty() || !is_ceasefire(draft) {
            continue;
        }
        let Some(lead) = draft.lead() else { continue };
        let named = syntax::surface_subject(sentence, lead.token).filter(|_| lead.is_verb).unwrap_or(lead.token);
        let definite = sentence
            .children(named)
            .any(|(_, t)| t.deprel == model::Deprel::Det && matches!(t.lemma.as_str(), "the" | "this" | "that"));
        let ids = |d: &Draft| d.actor.iter().filter_map(|p| p.id.clone()).collect::<BTreeSet<_>>();
        let mut before = drafts[..first].iter().rev().filter(|d| d.keep && d.actor.len() > 1 && is_ceasefire(d));
        let Some(last) = before.next().filter(|_| definite) else { continue };
        if before.all(|d| ids(d) == ids(last)) {
            let (sides, form) = (last.actor.clone(), Some("mutual".to_owned()));
            let draft = &mut drafts[index];
            draft.actor = sides;
            draft.reciprocal = true;
            if let Proposition::Event(_, Some(terms)) = &mut draft.proposition {
                terms.form = form;
            }
        }
    }
}

/// The type of event, and its mode, that an act other than declaring makes.
fn type_of(act: &str) -> Option<(EventType, Option<&'static str>)> {
    Some(match act {
        "effective" => (EventType::Retreat, Some("ceasefire")),
        "extended" => (EventType::Concede, None),
        "suspended" | "lapsed" | "ended" => (EventType::Sanction, Some("discontinue")),
        "violated" => (EventType::Assault, None),
        _ => return None,
    })
}

/// What a verb does to the ceasefire that is its subject or object.
fn act_of(lemma: &str) -> Option<&'static str> {
    Some(match lemma {
        "declare" | "announce" | "agree" | "sign" | "reach" | "broker" | "accept" | "offer" | "proclaim" | "order" => {
            "declared"
        }
        "begin" | "start" | "come" | "take" | "enter" | "hold" | "implement" | "observe" => "effective",
        "extend" | "renew" | "prolong" => "extended",
        "suspend" => "suspended",
        "violate" | "break" | "breach" => "violated",
        "expire" | "lapse" => "lapsed",
        "end" | "collapse" | "terminate" | "abandon" | "cancel" => "ended",
        _ => return None,
    })
}
