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
        // "claimed the lives of nine people"
        let lives = (sentence.tokens[victim].lemma == "life")
            .then(|| syntax::obliques(sentence, victim, &["of"]).first().copied())
            .flatten();
        add(scene, kind, lives.unwrap_or(victim), None, &mut effects);
    }
    if trigger.is_verb {
        counted_alone(scene, kind, trigger.token, &mut effects);
    }
    effects
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
            let kind = match sentence.tokens[state].lemma.as_str() {
                "dead" => EffectKind::Killed,
                "wounded" | "injured" | "wound" | "injure" | "hurt" => EffectKind::Injured,
                _ => continue,
            };
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

/// The revised toll of a happening: "the death toll from the attack rose to 40", "the number of dead in the blast has
/// climbed to 40". It replaces what was said before.
pub fn of_toll(scene: &Scene<'_>, trigger: Trigger) -> Option<Effect> {
    let sentence = scene.sentence;
    if trigger.is_verb {
        return None;
    }
    let mut at = trigger.token;
    let mut dead = false;
    for _ in 0..3 {
        let token = &sentence.tokens[at];
        dead |= matches!(token.lemma.as_str(), "dead" | "death" | "fatality");
        if !matches!(token.deprel, Deprel::Nmod | Deprel::NmodPoss | Deprel::Compound) {
            return None;
        }
        at = syntax::head(sentence, at)?;
        let head = &sentence.tokens[at];
        let is_toll = head.lemma == "toll" && sentence.children(at).any(|(_, t)| t.lemma == "death")
            || (head.lemma == "number"
                && (dead || sentence.children(at).any(|(_, t)| matches!(t.lemma.as_str(), "dead" | "death"))));
        if is_toll {
            break;
        }
    }
    let toll = &sentence.tokens[at];
    if !matches!(toll.lemma.as_str(), "toll" | "number") || toll.deprel != Deprel::Nsubj {
        return None;
    }
    let verb = syntax::head(sentence, at)?;
    let to = match sentence.tokens[verb].lemma.as_str() {
        "rise" | "climb" | "grow" | "jump" | "increase" | "soar" | "go" => "to",
        "stand" => "at",
        "reach" | "hit" | "pass" | "exceed" | "top" => "",
        _ => return None,
    };
    let number = if to.is_empty() {
        sentence.child(verb, &[Deprel::Obj])
    } else {
        syntax::obliques(sentence, verb, &[to]).first().copied()
    }?;
    let quantity = numbers::quantity_at(scene.text, sentence, number)?;
    let passed = matches!(sentence.tokens[verb].lemma.as_str(), "pass" | "exceed" | "top");
    Some(Effect {
        kind: EffectKind::Killed,
        low: if passed { quantity.low.map(|n| n + 1.0) } else { quantity.low },
        high: if passed { None } else { quantity.high },
        best: quantity.best,
        of: None,
        party: None,
        category: Some(Category::Unknown),
        part_of: None,
        cumulative: true,
        span: Some(quantity.span),
    })
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
    let quantity = numbers::quantity_at(scene.text, sentence, victim).or_else(|| {
        // "four of them officers"
        sentence
            .child(victim, &[Deprel::Nummod])
            .filter(|&n| sentence.children(n).any(|(_, t)| t.deprel == Deprel::Nmod))
            .and_then(|n| numbers::quantity_at(scene.text, sentence, n))
    });
    if let Some(q) = &quantity {
        span = span.cover(q.span);
    }
    let counted = quantity.as_ref().map(|q| q.span);
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
        .filter(|(i, t)| {
            matches!(t.deprel, Deprel::Nmod | Deprel::Obl)
                && syntax::preposition(sentence, *i)
                    .is_some_and(|p| p.eq_ignore_ascii_case("including") || p == "include")
        })
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
    let number = sentence.child(part, &[Deprel::Nummod]);
    let among = (whole + 1..part).any(|i| sentence.tokens[i].lemma == "among" && i + 1 < part && them(i + 1));
    let of_them = number.is_some_and(|n| sentence.children(n).any(|(i, t)| t.deprel == Deprel::Nmod && them(i)));
    number.is_some() && (among || of_them)
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
    let span = sentence.tokens[first].span.cover(sentence.tokens[range.end.max(victim + 1) - 1].span);
    Some(span.of(scene.text).to_owned())
}
