//! What a happening did to people and things: killed, injured, captured, displaced, destroyed, closed …
//! with the number as the text has it.
//!
//! Who suffered together is counted together, with each as a part (`totals`); what the report counts up from one
//! happening to the next is a running toll (`tolls`). Shares ("40 per cent of") count nobody.

mod tolls;
mod totals;

use model::{Category, Deprel, Effect, EffectKind, NameKind, Party, Sentence, Upos};

use crate::frames::{Frame, Trigger};
use crate::numbers;
use crate::roles::Scene;
use crate::syntax;

pub(crate) use tolls::of_tolls;
pub(crate) use totals::merge;

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
    let together = totals::together(sentence, &victims);
    for victim in victims {
        let kind = own_kind(sentence, victim).filter(|_| hurts(kind)).unwrap_or(kind);
        // "claimed the lives of nine people"
        let lives = (sentence.tokens[victim].lemma == "life")
            .then(|| syntax::obliques(sentence, victim, &["of"]).first().copied())
            .flatten();
        add(scene, kind, lives.unwrap_or(victim), None, &mut effects);
    }
    if trigger.is_verb {
        included_beside(scene, kind, trigger.token, &mut effects);
    }
    if together {
        totals::add_up(kind, &mut effects);
    }
    if trigger.is_verb {
        counted_alone(scene, kind, trigger.token, &mut effects);
        gapped(scene, trigger.token, &mut effects);
    }
    effects
}

/// "ten civilians were killed and twelve wounded": the second participle has a number and no words of its own.
fn gapped(scene: &Scene<'_>, verb: usize, effects: &mut Vec<Effect>) {
    let sentence = scene.sentence;
    if !syntax::is_passive(sentence, verb) {
        return;
    }
    for (state, token) in sentence.children(verb).filter(|(i, t)| *i > verb && t.deprel == Deprel::Conj) {
        let Some(kind) = state_kind(sentence, state).filter(|_| matches!(token.upos, Upos::Adj | Upos::Verb)) else {
            continue;
        };
        if sentence.child(state, &[Deprel::AuxPass, Deprel::Obj]).is_some() {
            continue;
        }
        let subject = sentence.child(state, &[Deprel::Nsubj, Deprel::NsubjPass]).filter(|&i| counted(sentence, i));
        if let Some(number) = subject.or_else(|| counted(sentence, state).then_some(state)) {
            let before = effects.len();
            add(scene, kind, number, None, effects);
            if let Some(effect) = effects.get_mut(before) {
                effect.span = effect.span.map(|s| s.cover(token.span));
            }
        }
    }
}

/// Numbers that stand without a noun: "left six dead and ten wounded", "injured as many as ten".
fn counted_alone(scene: &Scene<'_>, kind: EffectKind, verb: usize, effects: &mut Vec<Effect>) {
    let sentence = scene.sentence;
    if sentence.tokens[verb].lemma == "leave" {
        let states: Vec<usize> = sentence
            .children(verb)
            .flat_map(|(i, _)| std::iter::once(i).chain(sentence.children(i).map(|(j, _)| j)))
            .filter(|&i| matches!(sentence.tokens[i].deprel, Deprel::Xcomp | Deprel::Conj))
            .collect();
        for state in states {
            let Some(kind) = state_kind(sentence, state) else { continue };
            if sentence.child(state, &[Deprel::Nummod]).is_some() {
                add(scene, kind, state, None, effects);
            }
        }
    } else if effects.is_empty()
        && let Some((number, _)) = sentence.children(verb).find(|(i, t)| {
            t.deprel == Deprel::Obl && t.upos == Upos::Num && syntax::preposition(sentence, *i).is_none()
        })
    {
        add(scene, kind, number, None, effects);
    }
}

/// "20 people died": the subject is who suffers.
fn intransitive(kind: EffectKind, sentence: &Sentence, verb: usize) -> bool {
    kind == EffectKind::Killed && matches!(sentence.tokens[verb].lemma.as_str(), "die" | "perish" | "drown")
}

/// What a word says of the people to whom it is given: "dead", "injured".
fn state_kind(sentence: &Sentence, index: usize) -> Option<EffectKind> {
    match sentence.tokens[index].lemma.to_lowercase().as_str() {
        "dead" => Some(EffectKind::Killed),
        "wounded" | "injured" | "wound" | "injure" | "hurt" => Some(EffectKind::Injured),
        _ => None,
    }
}

fn hurts(kind: EffectKind) -> bool {
    matches!(kind, EffectKind::Killed | EffectKind::Injured)
}

/// "left 12 people dead and more than 30 injured", "killed ten and injured eight", "killed ten and eight wounded": a
/// number that is joined to the victims of one word may have a word of its own.
fn own_kind(sentence: &Sentence, victim: usize) -> Option<EffectKind> {
    if sentence.tokens[victim].deprel != Deprel::Conj || !counted(sentence, victim) {
        return None;
    }
    let state = |i: usize| (i < sentence.tokens.len()).then(|| state_kind(sentence, i)).flatten();
    let before = syntax::mention_tokens(sentence, victim).start.checked_sub(1).and_then(state);
    let after = || {
        let below = sentence.children(victim).filter(|(i, t)| *i > victim && t.deprel == Deprel::Orphan);
        below.map(|(i, _)| i).find_map(state)
    };
    let beside = || (sentence.tokens[victim].upos == Upos::Num).then(|| state(victim + 1)).flatten();
    state(victim).or(before).or_else(after).or_else(beside)
}

/// "12 people were killed, including two children, in the raid": the parts hang on the verb.
fn included_beside(scene: &Scene<'_>, kind: EffectKind, verb: usize, effects: &mut Vec<Effect>) {
    let sentence = scene.sentence;
    let Some(whole) = effects.iter().rposition(|e| e.part_of.is_none() && e.kind == kind) else { return };
    let parts = sentence.children(verb).filter(|(i, t)| t.deprel == Deprel::Obl && is_included(sentence, *i));
    for part in syntax::with_conjuncts(sentence, parts.map(|(i, _)| i).collect()) {
        add(scene, kind, part, Some(whole), effects);
    }
}

fn is_included(sentence: &Sentence, index: usize) -> bool {
    syntax::preposition(sentence, index).is_some_and(|p| p.eq_ignore_ascii_case("including") || p == "include")
}

/// "40 per cent of the villagers" counts nobody.
fn is_share(scene: &Scene<'_>, index: usize) -> bool {
    let share = |i: usize| {
        let word = scene.sentence.tokens[i].span.of(scene.text).to_lowercase();
        matches!(word.as_str(), "percent" | "cent" | "pct" | "percentage") || word.ends_with('%')
    };
    let of = |i: usize| {
        let range = syntax::mention_tokens(scene.sentence, i);
        range.start..i
    };
    share(index) || of(index).any(share)
}

fn add(scene: &Scene<'_>, kind: EffectKind, victim: usize, part_of: Option<usize>, effects: &mut Vec<Effect>) {
    let sentence = scene.sentence;
    if sentence.tokens[victim].upos == Upos::Pron && !counted(sentence, victim) || is_share(scene, victim) {
        return;
    }
    let mut range = syntax::mention_tokens(sentence, victim);
    let name = named_beside(sentence, victim);
    if let Some(name) = name {
        range.end = range.end.max(syntax::mention_tokens(sentence, name).end);
    }
    let Some(mut span) = syntax::span_of(sentence, &range) else { return };
    let party = scene.party(victim);
    let quantity = numbers::quantity_at(scene.text, sentence, victim).or_else(|| {
        // "four of them officers"
        sentence
            .child(victim, &[Deprel::Nummod, Deprel::Nsubj])
            .filter(|&n| sentence.children(n).any(|(_, t)| t.deprel == Deprel::Nmod))
            .and_then(|n| numbers::quantity_at(scene.text, sentence, n))
    });
    // "200 Taliban and allied fighters": the number hangs on the first of two words before the noun.
    let quantity = quantity.or_else(|| {
        let before = sentence.child(victim, &[Deprel::Compound]).filter(|&c| c < victim && counted(sentence, c))?;
        numbers::quantity_at(scene.text, sentence, before)
    });
    if let Some(q) = &quantity {
        span = span.cover(q.span);
    }
    let counted = quantity.as_ref().map(|q| q.span);
    let (low, high, best) = quantity.map_or((None, None, None), |q| (q.low, q.high, q.best));
    let about_people = totals::is_of_people(kind);
    // A named person killed is one; a thing without a number keeps none.
    let one_person =
        about_people && low.is_none() && high.is_none() && (name.is_some() || singular_person(sentence, victim));
    let category = about_people.then(|| category(scene, victim, party.as_ref()));
    let index = effects.len();
    effects.push(Effect {
        kind,
        low: if one_person { Some(1.0) } else { low },
        high: if one_person { Some(1.0) } else { high },
        best,
        of: words_without_number(scene, victim, &range, counted),
        party: party.filter(|p| p.id.is_some()),
        category,
        part_of,
        cumulative: false,
        span: Some(span),
    });
    // "46 people, including 10 women and two children"
    let included: Vec<usize> = sentence
        .children(victim)
        .filter(|(i, t)| matches!(t.deprel, Deprel::Nmod | Deprel::Obl) && is_included(sentence, *i))
        .map(|(i, _)| i)
        .collect();
    // "23 people, among them five children"; "14 soldiers, four of them officers"
    if part_of.is_none() {
        let named: Vec<usize> = sentence
            .children(victim)
            .filter(|(i, t)| t.deprel == Deprel::Appos && names_part(sentence, victim, *i))
            .map(|(i, _)| i)
            .collect();
        for part in syntax::with_conjuncts(sentence, named) {
            add(scene, kind, part, Some(index), effects);
        }
    }
    if part_of.is_none() {
        for part in syntax::with_conjuncts(sentence, included) {
            add(scene, kind, part, Some(index), effects);
        }
    }
}

/// Whether an apposition with a number names some of those before it.
fn names_part(sentence: &Sentence, whole: usize, part: usize) -> bool {
    let them = |i: usize| matches!(sentence.tokens[i].lemma.as_str(), "they" | "which" | "who" | "whom");
    let number = sentence
        .child(part, &[Deprel::Nummod])
        .or_else(|| sentence.child(part, &[Deprel::Nsubj]).filter(|&n| sentence.tokens[n].upos == Upos::Num));
    let among = (whole + 1..part).any(|i| sentence.tokens[i].lemma == "among" && i + 1 < part && them(i + 1));
    let of_them = number.is_some_and(|n| sentence.children(n).any(|(i, t)| t.deprel == Deprel::Nmod && them(i)));
    number.is_some() && (among || of_them)
}

fn counted(sentence: &Sentence, index: usize) -> bool {
    sentence.children(index).any(|(_, t)| t.deprel == Deprel::Nummod) || sentence.tokens[index].upos == Upos::Num
}

/// Who it is, said right behind what he is: "protester Ali Khan", "the commander, Noor Wali".
fn named_beside(sentence: &Sentence, victim: usize) -> Option<usize> {
    let is_person = |i: usize| sentence.names.iter().any(|n| n.kind == NameKind::Person && n.tokens.contains(&i));
    let beside = |i: usize| i > victim && sentence.tokens[victim + 1..i].iter().all(|t| t.lemma == ",");
    let name = sentence.child(victim, &[Deprel::Appos]).filter(|&i| beside(i) && is_person(i))?;
    let alone = !sentence.children(name).any(|(_, t)| t.deprel == Deprel::Conj);
    (alone && sentence.tokens[victim].feats.has("Number", "Sing")).then_some(name)
}

/// A singular noun or a name that stands for one person.
fn singular_person(sentence: &Sentence, index: usize) -> bool {
    let token = &sentence.tokens[index];
    let person = sentence.names.iter().any(|n| n.tokens.contains(&index) && n.kind == NameKind::Person);
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
        | "baby" | "protester" | "elder" | "teacher" | "mother" | "wife" | "husband" | "daughter" | "toddler"
        | "infant" | "bystander" | "farmer" | "pupil" | "nurse" => {
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
fn words_without_number(
    scene: &Scene<'_>,
    victim: usize,
    range: &std::ops::Range<usize>,
    counted: Option<model::Span>,
) -> Option<String> {
    let sentence = scene.sentence;
    let is_count = counted.is_some_and(|c| c.overlaps(sentence.tokens[victim].span));
    if is_count {
        // "dozens of civilians" are civilians; "six dead" and "ten" leave open who.
        let of = syntax::obliques(sentence, victim, &["of"]).first().copied()?;
        return words_without_number(scene, of, &syntax::mention_tokens(sentence, of), None);
    }
    if matches!(sentence.tokens[victim].upos, Upos::Adj | Upos::Num) {
        return None;
    }
    let skip = |i: usize| {
        let token = &sentence.tokens[i];
        token.upos == Upos::Num
            || counted.is_some_and(|c| c.overlaps(token.span))
            || matches!(token.deprel, Deprel::Nummod | Deprel::Det)
            || (token.deprel == Deprel::Advmod && i < victim)
            || token.upos == Upos::Adp && i < victim
            || token.upos == Upos::Adv && i < victim
    };
    let first = (range.start..=victim).find(|&i| !skip(i) || i == victim).unwrap_or(victim);
    // "a 36-year-old man": that number is his age.
    let hyphen = first > range.start && sentence.tokens[first].span.of(scene.text).starts_with('-');
    let first = if hyphen { first - 1 } else { first };
    let span = sentence.tokens[first].span.cover(sentence.tokens[range.end.max(victim + 1) - 1].span);
    Some(span.of(scene.text).to_owned())
}
