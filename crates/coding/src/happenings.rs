//! One happening told by several words in one sentence is one claim: "launched an attack, killing 20".
//!
//! Triggers are joined where one is an effect or an elaboration of the other; otherwise they stay apart.

use model::{Deprel, EventType, Sentence};

use crate::frames::{Frames, Kind, Trigger};
use crate::syntax;

/// Triggers that tell of one happening; `lead` names it, the others add to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// The trigger whose frame is coded.
    pub lead: Trigger,
    /// The others.
    pub more: Vec<Trigger>,
}

/// Groups the triggers of a sentence.
pub fn group(sentence: &Sentence, frames: &Frames, triggers: &[Trigger]) -> Vec<Happening> {
    let mut group_of: Vec<usize> = (0..triggers.len()).collect();
    for later in 0..triggers.len() {
        for earlier in 0..triggers.len() {
            if earlier != later && joins(sentence, frames, triggers[earlier], triggers[later]) {
                let (from, to) = (group_of[later], group_of[earlier]);
                for group in &mut group_of {
                    if *group == from {
                        *group = to;
                    }
                }
            }
        }
    }
    let mut happenings = Vec::new();
    let mut seen = Vec::new();
    for &group in &group_of {
        if seen.contains(&group) {
            continue;
        }
        seen.push(group);
        let members: Vec<Trigger> =
            triggers.iter().zip(&group_of).filter(|(_, g)| **g == group).map(|(t, _)| *t).collect();
        let lead = lead(sentence, frames, &members);
        let more = members.into_iter().filter(|t| *t != lead).collect();
        happenings.push(Happening { lead, more });
    }
    happenings
}

fn is_effect(frames: &Frames, trigger: Trigger) -> bool {
    frames.get(trigger.frame).effect.is_some()
}

fn is_assault(frames: &Frames, trigger: Trigger) -> bool {
    frames.get(trigger.frame).kind == Kind::Event(EventType::Assault)
}

/// The trigger that names the happening: one that is more than an effect, and highest in the tree.
fn lead(sentence: &Sentence, frames: &Frames, members: &[Trigger]) -> Trigger {
    let depth = |t: &Trigger| {
        let mut at = t.token;
        let mut depth = 0;
        while let Some(up) = syntax::head(sentence, at) {
            at = up;
            depth += 1;
        }
        depth
    };
    *members.iter().min_by_key(|t| (is_effect(frames, **t), depth(t), t.token)).unwrap_or(&members[0])
}

/// Whether `effect` tells more of the happening that `event` tells.
fn joins(sentence: &Sentence, frames: &Frames, event: Trigger, effect: Trigger) -> bool {
    if !is_assault(frames, event) || !is_assault(frames, effect) {
        return false;
    }
    let (e, k) = (event.token, effect.token);
    if is_effect(frames, effect) {
        // "The attack killed 20"; "20 were killed in the attack".
        if !event.is_verb && effect.is_verb {
            let subject = syntax::surface_subject(sentence, k);
            if subject == Some(e) {
                return true;
            }
            if syntax::obliques(sentence, k, &["in", "by", "during", "as", "from", "when", "after", "amid"])
                .contains(&e)
            {
                return true;
            }
        }
        // "a blast that killed 20", "an attack killing 20"
        if sentence.tokens[k].deprel == Deprel::AclRelcl && syntax::head(sentence, k) == Some(e) {
            return true;
        }
        if sentence.tokens[k].deprel == Deprel::Acl && syntax::head(sentence, k) == Some(e) {
            return true;
        }
        // "launched an attack, killing 20", "stormed the post and killed two"
        let anchor = anchor(sentence, event);
        if hangs_on(sentence, k, anchor) {
            return true;
        }
        // "killed six and wounded nine"
        if is_effect(frames, event) && hangs_on(sentence, k, e) {
            return true;
        }
        // "Two were killed and eight were injured in a bombing": the occasion of one is that of both.
        if is_effect(frames, event)
            && sentence.tokens[k].deprel == Deprel::Conj
            && syntax::head(sentence, k) == Some(e)
            && syntax::is_passive(sentence, e)
            && syntax::is_passive(sentence, k)
            && (unexplained(sentence, e) || unexplained(sentence, k))
        {
            return true;
        }
        // "Soldiers were killed when militants attacked": the event explains the effect.
        if event.is_verb
            && sentence.tokens[e].deprel == Deprel::Advcl
            && syntax::head(sentence, e) == Some(k)
            && syntax::is_passive(sentence, k)
        {
            return sentence.children(e).any(|(_, t)| matches!(t.lemma.as_str(), "when" | "as" | "after"));
        }
        return false;
    }
    // "fired at a checkpoint; the shooting wounded a policeman", "bombed a camp, and the bombing killed six"
    if event.is_verb && !effect.is_verb && e < k && is_plain_definite(sentence, k) {
        let clause = syntax::clause_head(sentence, k);
        let next = matches!(sentence.tokens[clause].deprel, Deprel::Conj | Deprel::Parataxis)
            && syntax::head(sentence, clause) == Some(syntax::clause_head(sentence, e));
        if next {
            return true;
        }
    }
    // Two words for one act: "hit in an air strike", "carried out strikes, bombing a camp".
    if !event.is_verb && effect.is_verb && syntax::surface_subject(sentence, k) == Some(e) {
        return true;
    }
    if !event.is_verb && effect.is_verb && syntax::obliques(sentence, k, &["in", "with", "by"]).contains(&e) {
        return true;
    }
    let anchor = anchor(sentence, event);
    sentence.tokens[k].deprel == Deprel::Advcl
        && effect.is_verb
        && hangs_on(sentence, k, anchor)
        && is_ing_form(sentence, k)
}

/// "bombing a camp", a gerund to some annotators and a present participle to others.
fn is_ing_form(sentence: &Sentence, verb: usize) -> bool {
    let feats = &sentence.tokens[verb].feats;
    feats.has("VerbForm", "Ger") || feats.has("VerbForm", "Part") && feats.has("Tense", "Pres")
}

/// "the shooting": a happening named again, with nothing of its own said of it.
fn is_plain_definite(sentence: &Sentence, noun: usize) -> bool {
    let mut definite = false;
    sentence.children(noun).all(|(_, t)| {
        let article = t.deprel == Deprel::Det && matches!(t.lemma.as_str(), "the" | "this" | "that");
        definite |= article;
        article || matches!(t.deprel, Deprel::Punct | Deprel::Case)
    }) && definite
}

/// The predicate on which a trigger's clause turns: itself, or the verb that an event noun leans on.
pub fn anchor(sentence: &Sentence, trigger: Trigger) -> usize {
    if trigger.is_verb {
        return trigger.token;
    }
    syntax::light_verb_above(sentence, trigger.token)
        .filter(|&verb| crate::roles::is_light(&sentence.tokens[verb].lemma))
        .unwrap_or(trigger.token)
}

/// Whether the predicate `low` depends on `high` as a participle, a coordinated verb without a subject
/// of its own, or an infinitive.
fn hangs_on(sentence: &Sentence, low: usize, high: usize) -> bool {
    let mut at = low;
    for _ in 0..3 {
        let token = &sentence.tokens[at];
        let Some(up) = syntax::head(sentence, at) else { return false };
        let own_subject = sentence.child(at, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some();
        let linked = match token.deprel {
            Deprel::Advcl | Deprel::Xcomp => {
                !own_subject && !sentence.children(at).any(|(_, t)| t.deprel == Deprel::Mark && t.lemma != "by")
            }
            // "jets bombed the village, and 46 people were killed": nobody else is named for it.
            Deprel::Conj => !own_subject || unexplained(sentence, at),
            _ => false,
        };
        if !linked {
            return false;
        }
        if up == high {
            return true;
        }
        at = up;
    }
    false
}

/// A passive that names neither agent nor occasion of its own.
fn unexplained(sentence: &Sentence, verb: usize) -> bool {
    syntax::is_passive(sentence, verb)
        && syntax::obliques(sentence, verb, &["by", "in", "during", "after", "when"]).is_empty()
}
