//! Terms of ceasefires and truces: what is done to one, its form, when it holds and for how long
//! (after ETH/PRIO's definitions of ceasefire).

use model::{EventType, Proposition, Terms};

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
    // The verb over the noun says what is done to the ceasefire.
    let above = syntax::light_verb_above(sentence, lead.token)
        .or_else(|| syntax::head(sentence, lead.token).filter(|&h| sentence.tokens[h].upos == model::Upos::Verb));
    let act = above.and_then(|verb| act_of(&sentence.tokens[verb].lemma)).map_or(act, str::to_owned);
    if act == "violated" && *event != EventType::Accuse {
        draft.modes.retain(|m| m != "ceasefire");
    }
    let unilateral =
        sentence.subtree(lead.token).iter().any(|&i| sentence.tokens[i].lemma.eq_ignore_ascii_case("unilateral"));
    let form = if unilateral {
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

/// What a verb does to the ceasefire that is its subject or object.
fn act_of(lemma: &str) -> Option<&'static str> {
    Some(match lemma {
        "declare" | "announce" | "agree" | "sign" | "reach" | "broker" | "accept" | "offer" | "proclaim" => "declared",
        "begin" | "start" | "come" | "take" | "enter" | "hold" | "implement" | "observe" => "effective",
        "extend" | "renew" | "prolong" => "extended",
        "suspend" => "suspended",
        "violate" | "break" | "breach" => "violated",
        "expire" | "lapse" => "lapsed",
        "end" | "collapse" | "terminate" | "abandon" | "cancel" => "ended",
        _ => return None,
    })
}
