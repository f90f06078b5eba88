//! Terms of ceasefires and truces: what is done to one, its form, when it holds and for how long
//! (after ETH/PRIO's definitions of ceasefire).

use std::collections::BTreeSet;

use model::{Attitude, Deprel, EventType, Proposition, Sentence, Status, Terms};

use crate::attach::Attachments;
use crate::draft::Draft;
use crate::frames::Frames;
use crate::roles::Scene;
use crate::status::Governors;
use crate::syntax;

/// Words that stand for a ceasefire.
#[derive(Debug, Default)]
pub(crate) struct StandIns {
    /// "it", after a sentence about a ceasefire.
    pub(crate) words: Vec<usize>,
    /// "an extension", where a ceasefire is spoken of and nothing else is named that is extended.
    pub(crate) implied: Vec<usize>,
}

/// Which words of a sentence stand for a ceasefire: "it" where the sentence before, in the same paragraph, is about one, and
/// extensions of nothing else.
pub(crate) fn stand_ins(text: &str, sentence: &Sentence, before: Option<&Sentence>) -> StandIns {
    let about = |s: &Sentence| {
        let root = s.tokens.iter().position(|t| t.deprel == Deprel::Root);
        root.and_then(|r| syntax::surface_subject(s, r)).is_some_and(|subject| is_ceasefire(s, subject))
    };
    let same_paragraph = |s: &&Sentence| {
        let between = text.get(s.span.end()..sentence.span.start());
        between.is_some_and(|b| b.matches('\n').count() < 2)
    };
    let told_before = before.filter(same_paragraph).is_some_and(about);
    let named_here = |until: usize| (0..until).any(|i| is_ceasefire(sentence, i));
    let mut found = StandIns::default();
    for (i, token) in sentence.tokens.iter().enumerate() {
        let argument = matches!(token.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj);
        if token.lemma.eq_ignore_ascii_case("it") && argument && told_before && !named_here(i) {
            found.words.push(i);
        }
        let of_something = !syntax::obliques(sentence, i, &["of", "to", "for", "on"]).is_empty()
            || sentence.child(i, &[Deprel::Compound, Deprel::NmodPoss]).is_some();
        if matches!(token.lemma.as_str(), "extension" | "renewal" | "prolongation") && !of_something {
            found.implied.push(i);
        }
    }
    if !told_before && !named_here(sentence.tokens.len()) {
        found.implied.clear();
    }
    found
}

/// "ceasefire", "truce", "armistice", also in pieces ("cease-fire").
fn is_ceasefire(sentence: &Sentence, index: usize) -> bool {
    match sentence.tokens[index].lemma.to_lowercase().as_str() {
        "ceasefire" | "truce" | "armistice" | "cease-fire" => true,
        "fire" => sentence.children(index).any(|(_, t)| t.lemma.eq_ignore_ascii_case("cease")),
        _ => false,
    }
}

/// Gives a ceasefire event its terms, as far as its sentence states them.
pub(crate) fn fill_terms(
    scene: &Scene<'_>,
    frames: &Frames,
    governors: &Governors,
    draft: &mut Draft,
    attached: &Attachments,
) {
    let Some(lead) = draft.lead() else { return };
    let Some(act) = frames.get(lead.frame).ceasefire.clone() else { return };
    let Proposition::Event(event, terms) = &mut draft.proposition else { return };
    let sentence = scene.sentence;
    let (is_verb, lead) = (lead.is_verb, lead.token);
    // The verb over the noun says what is done to the ceasefire.
    let above = syntax::light_verb_above(sentence, lead)
        .or_else(|| syntax::head(sentence, lead).filter(|&h| sentence.tokens[h].upos == model::Upos::Verb))
        .filter(|_| !is_verb);
    // "neither government announced an extension": what was not announced was not done, and who said nothing is no source.
    if let Some(verb) = above.filter(|&v| governors.status(sentence, v, true) == Status::DidNotOccur) {
        draft.status = Status::DidNotOccur;
        let said = Some(sentence.tokens[verb].span);
        draft.attribution.retain(|a| a.span != said);
        draft.asserter = draft.attribution.iter().rev().find_map(|a| a.party.clone());
        draft.attitude = draft.attribution.last().map_or(Attitude::Asserts, |a| a.attitude);
        let nobody = |p: &model::Party| {
            let first = p.mention.as_deref().and_then(|m| m.split(' ').next()).unwrap_or_default();
            matches!(first.to_lowercase().as_str(), "neither" | "no" | "none" | "nobody")
        };
        draft.actor.retain(|p| !nobody(p));
    }
    // A noun frame takes every ceasefire for one declared; a violation that is announced is none declared.
    let done = above.filter(|_| act == "declared").and_then(|verb| act_of(&sentence.tokens[verb].lemma));
    // "The truce took effect at six": the verb carries the claim.
    if let Some(verb) = above.filter(|_| done.is_some()) {
        draft.evidence = draft.evidence.cover(syntax::clause_span(sentence, verb));
    }
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
    if draft.via.is_empty() {
        let brokers = brokers(sentence, lead);
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
    let verb = if is_verb { Some(lead) } else { above };
    let alone = act == "declared"
        && *event == EventType::Concede
        && draft.actor.len() == 1
        && draft.recipient.is_empty()
        && verb.is_some_and(|v| {
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
    // What is said of the ceasefire itself, or of what is done to it.
    let mut words: Vec<usize> = sentence.subtree(lead).into_iter().filter(|&i| is_ceasefire(sentence, i)).collect();
    words.extend([Some(lead), above, syntax::surface_subject(sentence, lead)].into_iter().flatten());
    let duration = attached.duration_of(sentence, &words);
    let top = verb.unwrap_or(lead);
    let lasting = matches!(act.as_str(), "declared" | "effective" | "extended");
    let until = if lasting { attached.until(sentence, top) } else { None };
    *terms = Some(Terms {
        from: begins(sentence, attached, top, &act, draft.time.as_ref()),
        act: Some(act),
        form: form.map(str::to_owned),
        to: until,
        duration_hours: duration,
        area: None,
        mediator: draft.via.first().and_then(|p| p.id.as_ref()).map(ToString::to_string),
    });
}

/// From when it holds: when it took effect, or from when it was declared to hold. That it held or was kept at a time does
/// not say when it began, nor does the time of its breach.
fn begins(
    sentence: &Sentence,
    attached: &Attachments,
    verb: usize,
    act: &str,
    told: Option<&model::Time>,
) -> Option<model::When> {
    let kept = matches!(
        sentence.tokens[verb].lemma.as_str(),
        "hold"
            | "observe"
            | "respect"
            | "honour"
            | "honor"
            | "maintain"
            | "keep"
            | "uphold"
            | "remain"
            | "stay"
            | "continue"
    );
    let clock = |when: &model::When| matches!(when, model::When::At(..));
    match act {
        "effective" if !kept => told.and_then(|t| t.from),
        "declared" => attached.starting(sentence, verb).or_else(|| told.and_then(|t| t.from).filter(clock)),
        _ => None,
    }
}

/// Who mediates: "a ceasefire brokered by Qatar", "with Qatar as mediator".
fn brokers(sentence: &Sentence, lead: usize) -> Vec<usize> {
    let mut found: Vec<usize> = sentence
        .subtree(lead)
        .into_iter()
        .filter(|&i| matches!(sentence.tokens[i].lemma.as_str(), "mediate" | "broker" | "negotiate"))
        .flat_map(|i| syntax::agents(sentence, i))
        .collect();
    for (i, token) in sentence.tokens.iter().enumerate() {
        let role = matches!(token.lemma.as_str(), "mediator" | "broker" | "guarantor" | "facilitator");
        if !role || syntax::preposition(sentence, i) != Some("as") {
            continue;
        }
        // The name stands right before "as", wherever the two hang.
        let before = (0..i).rev().find(|&n| syntax::preposition(sentence, n) == Some("with") && n + 3 >= i);
        found.extend(syntax::with_conjuncts(sentence, before.into_iter().collect()));
    }
    found
}

/// "agreed to extend the truce", "to keep up the ceasefire": what is agreed is that it goes on.
pub(crate) fn agree_on(frames: &Frames, sentence: &Sentence, first: usize, drafts: &mut [Draft]) {
    for index in first..drafts.len() {
        let going_on = |d: &Draft| match &d.proposition {
            Proposition::Event(_, Some(terms)) if d.links.iter().any(|l| l.draft == index) => {
                terms.act.as_deref().is_some_and(|a| matches!(a, "extended" | "effective")).then(|| terms.clone())
            }
            _ => None,
        };
        let Some(terms) = drafts[first..].iter().find_map(going_on) else { continue };
        let draft = &mut drafts[index];
        let agreed = draft.lead().is_some_and(|l| {
            frames.get(l.frame).kind == crate::frames::Kind::Event(EventType::Agree)
                && matches!(sentence.tokens[l.token].lemma.as_str(), "agree" | "decide" | "pledge" | "undertake")
        });
        let mutual = (draft.actor.len() > 1).then(|| "mutual".to_owned());
        if agreed && let Proposition::Event(EventType::Agree, own @ None) = &mut draft.proposition {
            *own = Some(Terms { act: Some("extended".to_owned()), form: mutual, from: None, ..terms });
        }
    }
}

/// "The truce took effect": a ceasefire named again by a definite noun, without its sides, is that of the sides told
/// before, where they were the same each time. It is theirs, not that of one who is said to break or extend it.
pub(crate) fn recall_sides(
    sentence: &Sentence,
    stand_ins: &StandIns,
    frames: &Frames,
    first: usize,
    drafts: &mut [Draft],
) {
    let of_ceasefire = |d: &Draft| d.lead().is_some_and(|l| frames.get(l.frame).ceasefire.is_some());
    for index in first..drafts.len() {
        let draft = &drafts[index];
        if !draft.keep || !draft.actor.is_empty() || !draft.recipient.is_empty() || !of_ceasefire(draft) {
            continue;
        }
        let Some(lead) = draft.lead() else { continue };
        let subject = syntax::surface_subject(sentence, lead.token).into_iter();
        let concerned = subject.chain(syntax::patients(sentence, lead.token)).filter(|_| lead.is_verb);
        let named = concerned
            .filter(|&i| is_ceasefire(sentence, i) || stand_ins.words.contains(&i))
            .chain(std::iter::once(lead.token))
            .next()
            .unwrap_or(lead.token);
        let definite = stand_ins.words.contains(&named)
            || stand_ins.implied.contains(&named)
            || sentence
                .children(named)
                .any(|(_, t)| t.deprel == Deprel::Det && matches!(t.lemma.as_str(), "the" | "this" | "that"));
        let ids = |d: &Draft| d.actor.iter().filter_map(|p| p.id.clone()).collect::<BTreeSet<_>>();
        let mut before = drafts[..first].iter().rev().filter(|d| d.keep && d.actor.len() > 1 && of_ceasefire(d));
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
        "begin" | "start" | "come" | "take" | "enter" | "hold" | "implement" | "observe" | "keep" | "uphold"
        | "remain" => "effective",
        "extend" | "renew" | "prolong" => "extended",
        "suspend" => "suspended",
        "violate" | "break" | "breach" => "violated",
        "expire" | "lapse" => "lapsed",
        "end" | "collapse" | "terminate" | "abandon" | "cancel" => "ended",
        _ => return None,
    })
}
