//! What a happening did to people and things: killed, injured, captured, displaced, destroyed, closed …
//! with the number as the text has it.

use model::{Category, Deprel, Effect, EffectKind, Party, Sentence, Upos};

use crate::frames::{Frame, Trigger};
use crate::numbers;
use crate::roles::Scene;
use crate::syntax;

/// The effects that a trigger's own words state, a part after the total that includes it.
pub fn of_trigger(scene: &Scene<'_>, trigger: Trigger, frame: &Frame) -> Vec<Effect> {
    let Some(kind) = frame.effect else { return Vec::new() };
    let sentence = scene.sentence;
    let victims = if trigger.is_verb {
        let mut victims = syntax::patients(sentence, trigger.token);
        if victims.is_empty() && intransitive(kind, sentence, trigger.token) {
            victims = syntax::surface_subject(sentence, trigger.token)
                .map(|s| syntax::with_conjuncts(sentence, vec![s]))
                .unwrap_or_default();
        }
        victims
    } else {
        syntax::with_conjuncts(sentence, syntax::obliques(sentence, trigger.token, &["of", "among"]))
    };
    let mut effects = Vec::new();
    for victim in victims {
        add(scene, kind, victim, None, &mut effects);
    }
    effects
}

/// "20 people died": the subject is who suffers.
fn intransitive(kind: EffectKind, sentence: &Sentence, verb: usize) -> bool {
    kind == EffectKind::Killed && matches!(sentence.tokens[verb].lemma.as_str(), "die" | "perish" | "drown")
}

fn add(scene: &Scene<'_>, kind: EffectKind, victim: usize, part_of: Option<usize>, effects: &mut Vec<Effect>) {
    let sentence = scene.sentence;
    if sentence.tokens[victim].upos == Upos::Pron && !counted(sentence, victim) {
        return;
    }
    let range = syntax::mention_tokens(sentence, victim);
    let Some(mut span) = syntax::span_of(sentence, &range) else { return };
    let party = scene.party(victim);
    let quantity = numbers::quantity_at(scene.text, sentence, victim);
    if let Some(q) = &quantity {
        span = span.cover(q.span);
    }
    let (low, high, best) = quantity.map_or((None, None, None), |q| (q.low, q.high, q.best));
    let about_people = matches!(
        kind,
        EffectKind::Killed | EffectKind::Injured | EffectKind::Captured | EffectKind::Abducted | EffectKind::Displaced
    );
    // A named person killed is one; a thing without a number keeps none.
    let one_person = about_people && low.is_none() && high.is_none() && singular_person(sentence, victim);
    let category = about_people.then(|| category(scene, victim, party.as_ref()));
    let index = effects.len();
    effects.push(Effect {
        kind,
        low: if one_person { Some(1.0) } else { low },
        high: if one_person { Some(1.0) } else { high },
        best,
        of: Some(words_without_number(scene, victim, &range)),
        party: party.filter(|p| p.id.is_some()),
        category,
        part_of,
        cumulative: false,
        span: Some(span),
    });
    // "46 people, including 10 women and two children"
    let included: Vec<usize> = sentence
        .children(victim)
        .filter(|(i, t)| {
            matches!(t.deprel, Deprel::Nmod | Deprel::Obl)
                && syntax::preposition(sentence, *i)
                    .is_some_and(|p| p.eq_ignore_ascii_case("including") || p == "include")
        })
        .map(|(i, _)| i)
        .collect();
    if part_of.is_none() {
        for part in syntax::with_conjuncts(sentence, included) {
            add(scene, kind, part, Some(index), effects);
        }
    }
}

fn counted(sentence: &Sentence, index: usize) -> bool {
    sentence.children(index).any(|(_, t)| t.deprel == Deprel::Nummod) || sentence.tokens[index].upos == Upos::Num
}

/// A singular noun or a name that stands for one person.
fn singular_person(sentence: &Sentence, index: usize) -> bool {
    let token = &sentence.tokens[index];
    let person = sentence.names.iter().any(|n| n.tokens.contains(&index) && n.kind == model::NameKind::Person);
    let indefinite = sentence
        .children(index)
        .any(|(_, t)| t.deprel == Deprel::Det && matches!(t.lemma.as_str(), "a" | "an" | "another"));
    person || (token.feats.has("Number", "Sing") && indefinite)
}

fn category(scene: &Scene<'_>, victim: usize, party: Option<&Party>) -> Category {
    let sectors: &[String] = party.map_or(&[], |p| &p.sectors);
    let has = |codes: &[&str]| sectors.iter().any(|s| codes.contains(&s.as_str()));
    let lemma = scene.sentence.tokens[victim].lemma.to_lowercase();
    match lemma.as_str() {
        "civilian" | "woman" | "child" | "girl" | "boy" | "villager" | "resident" | "worker" | "passenger"
        | "student" | "refugee" | "pilgrim" | "worshipper" | "player" | "cricketer" | "journalist" | "family"
        | "baby" | "protester" | "elder" | "teacher" => {
            return Category::Civilian;
        }
        "soldier" | "troop" | "troops" | "policeman" | "officer" | "serviceman" | "guard" | "personnel" | "police"
        | "paramilitary" | "cop" => {
            return Category::StateForce;
        }
        "militant" | "fighter" | "insurgent" | "rebel" | "terrorist" | "gunman" | "attacker" | "bomber"
        | "commander" | "assailant" | "khawarij" => {
            // Fighters of a body that acts for a state are that state's force.
            if party.is_some_and(|p| p.acts_as.is_some()) {
                return Category::StateForce;
            }
            return Category::Combatant;
        }
        _ => {}
    }
    if has(&["MIL", "COP", "SPY"]) {
        Category::StateForce
    } else if has(&["REB", "UAF", "PRM"]) {
        Category::Combatant
    } else if has(&["CVL", "REF", "JRN", "EDU", "HLH", "LAB", "AGR"]) {
        Category::Civilian
    } else {
        Category::Unknown
    }
}

/// The counted words without the number: "civilians" of "at least 46 civilians".
fn words_without_number(scene: &Scene<'_>, victim: usize, range: &std::ops::Range<usize>) -> String {
    let sentence = scene.sentence;
    let skip = |i: usize| {
        let token = &sentence.tokens[i];
        token.upos == Upos::Num
            || matches!(token.deprel, Deprel::Nummod | Deprel::Det)
            || (token.deprel == Deprel::Advmod && i < victim)
            || token.upos == Upos::Adp && i < victim
            || token.upos == Upos::Adv && i < victim
    };
    let first = (range.start..=victim).find(|&i| !skip(i) || i == victim).unwrap_or(victim);
    let span = sentence.tokens[first].span.cover(sentence.tokens[range.end.max(victim + 1) - 1].span);
    span.of(scene.text).to_owned()
}
