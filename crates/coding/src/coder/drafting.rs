//! What a happening says: its draft, from the trigger's frame, roles and effects.
//!
//! Where and when it was, who tells it and whether it is worth telling are not asked here.

use model::{Deprel, Effect, EventType, NameKind, Party, Proposition, Sentence, Span, Status, TieType, Upos};

use super::Coder;
use crate::draft::{Draft, is_pronoun};
use crate::effects;
use crate::frames::{Kind, Trigger};
use crate::happenings::{self, Happening};
use crate::roles::{Filler, Roles, Scene};
use crate::syntax;

impl Coder {
    /// The draft of a happening: who did what to whom, with what effect, in which words.
    pub(super) fn draft(&self, scene: &Scene<'_>, happening: &Happening) -> Draft {
        let sentence = scene.sentence;
        let frame = self.frames.get(happening.lead.frame);
        let mut roles = scene.roles(happening.lead, frame);
        for named in names_beside(sentence, happening.lead, frame.kind).into_iter().flatten() {
            if roles.actor.is_empty() {
                roles.actor = scene.fillers(vec![named]);
            }
        }
        let mut effects = effects::of_trigger(scene, happening.lead, frame);
        let mut modes = frame.modes.clone();
        for &more in &happening.more {
            let other = self.frames.get(more.frame);
            effects::merge(&mut effects, effects::of_trigger(scene, more, other));
            modes.extend(other.modes.iter().cloned());
            let others = scene.roles(more, other);
            if roles.actor.is_empty() {
                // The blast that killed six is no party; whoever is named beside it is.
                roles.actor = others.actor;
            }
            if roles.recipient.is_empty() && !frame.reciprocal {
                roles.recipient = others.recipient;
            }
        }
        if frame.kind == Kind::Event(EventType::Assault) {
            effects::merge(&mut effects, effects::of_tolls(scene, happening));
        }
        // "it brokered": beside parties that are known an unresolved pronoun is none.
        let unknown = |f: &Filler| f.party.id.is_none() && is_pronoun(&f.party);
        if !roles.actor.iter().all(unknown) {
            roles.actor.retain(|f| !unknown(f));
        }
        if frame.kind == Kind::Event(EventType::Assault) && is_only_called(sentence, happening.lead) {
            roles.actor.clear();
        }
        // "injured two women on the High Road": where victims are told, the place is no recipient.
        if !effects.is_empty() {
            roles
                .recipient
                .retain(|f| !sentence.names.iter().any(|n| n.kind == NameKind::Place && n.tokens.contains(&f.token)));
        }
        let actors: Vec<Option<Span>> = roles.actor.iter().map(|f| f.party.span).collect();
        roles.recipient.retain(|f| !actors.contains(&f.party.span));
        let status = self.governors.status(sentence, happening.lead.token, happening.lead.is_verb);
        // A relation lasts, unless it is told in the past.
        let past = happening.lead.is_verb && sentence.tokens[happening.lead.token].feats.has("Tense", "Past");
        let status = match (frame.kind, status) {
            (Kind::Tie(_), Status::Occurred) if !past => Status::Ongoing,
            _ => status,
        };
        if let Kind::Event(event) = frame.kind {
            self.modes.extend(scene, happening, &roles, event, &mut modes);
        }
        let mut kind = frame.kind;
        if is_joint_exercise(sentence, happening.lead, kind, &roles) {
            kind = Kind::Event(EventType::Cooperate);
            modes.clear();
            roles.reciprocal = true;
            let others = std::mem::take(&mut roles.recipient);
            roles.actor.extend(others);
        }
        modes.sort();
        modes.dedup();
        let anchor = happenings::anchor(sentence, happening.lead);
        let evidence = evidence(sentence, happening.lead, anchor, &roles, &effects);
        let proposition = match kind {
            Kind::Event(event) => Proposition::Event(event, None),
            Kind::Tie(tie) => Proposition::Tie(tie),
        };
        let contexts = self.contexts.of(scene.text, evidence, &roles);
        let party = |fillers: &[Filler]| fillers.iter().map(|f| f.party.clone()).collect::<Vec<_>>();
        Draft {
            modes,
            contexts,
            reciprocal: roles.reciprocal,
            actor: party(&roles.actor),
            recipient: if roles.reciprocal { Vec::new() } else { party(&roles.recipient) },
            via: party(&roles.via),
            effects,
            status,
            happening: Some(happening.clone()),
            anchor,
            ..Draft::new(proposition, evidence)
        }
    }
}

/// "held naval drills with China", "Iran, Russia and China began exercises": several states exercise together, which is
/// cooperation (PLOVER manual, MOBILIZE); an exercise against or near somebody is not.
fn is_joint_exercise(sentence: &Sentence, lead: Trigger, kind: Kind, roles: &Roles) -> bool {
    let exercises = |i: usize| {
        matches!(
            sentence.tokens[i].lemma.to_lowercase().as_str(),
            "exercise" | "drill" | "manoeuvre" | "maneuver" | "game" | "wargame"
        )
    };
    let told = exercises(lead.token) || syntax::patients(sentence, lead.token).into_iter().any(exercises);
    if kind != Kind::Event(EventType::Mobilize) || !told {
        return false;
    }
    let anchor = happenings::anchor(sentence, lead);
    let partners: Vec<usize> =
        [lead.token, anchor].iter().flat_map(|&at| syntax::obliques(sentence, at, &["with", "alongside"])).collect();
    let root = |f: &Filler| f.party.id.as_ref().map(|id| id.root().to_owned());
    let of_recipients = roles.recipient.iter().filter(|f| partners.contains(&f.token));
    let mut sides: Vec<String> = roles.actor.iter().chain(of_recipients.clone()).filter_map(root).collect();
    sides.sort();
    sides.dedup();
    sides.len() > 1 && of_recipients.count() == roles.recipient.len()
}

/// The names beside what is said of them: "Hibatullah Akhundzada, leader of the Taliban", and for an office also "Boko
/// Haram's chief, Abubakar Shekau".
fn names_beside(sentence: &Sentence, lead: Trigger, kind: Kind) -> [Option<usize>; 2] {
    let Kind::Tie(tie) = kind else { return [None; 2] };
    let beside = sentence.tokens[lead.token].deprel == Deprel::Appos;
    let office = !lead.is_verb && matches!(tie, TieType::Leads | TieType::Commands);
    let above = syntax::head(sentence, lead.token).filter(|_| beside);
    let below = sentence.child(lead.token, &[Deprel::Appos]).filter(|&i| sentence.tokens[i].upos == Upos::Propn);
    [above, below.filter(|_| office)]
}

/// "what police declared an attack": who names it did not do it.
fn is_only_called(sentence: &Sentence, lead: Trigger) -> bool {
    !lead.is_verb
        && syntax::light_verb_above(sentence, lead.token)
            .is_some_and(|v| matches!(sentence.tokens[v].lemma.as_str(), "declare" | "announce"))
}

/// The words that a happening stands on: its clause, its parties, its effects.
fn evidence(sentence: &Sentence, lead: Trigger, anchor: usize, roles: &Roles, effects: &[Effect]) -> Span {
    let clause = syntax::clause_head(sentence, anchor);
    let whole = lead.is_verb || anchor != lead.token || clause == anchor;
    let words = syntax::clause_span(sentence, if whole { clause } else { lead.token });
    let parties = roles.actor.iter().chain(&roles.recipient).filter_map(|f| f.party.span);
    parties.chain(effects.iter().filter_map(|e| e.span)).fold(words, Span::cover)
}

/// "The group has bases in the east of a country": who stays in a place stays in its state.
pub(super) fn stay_in_land(scene: &Scene<'_>, draft: &mut Draft) {
    let Proposition::Tie(TieType::PresentIn) = draft.proposition else { return };
    let [place] = &draft.places[..] else { return };
    if !draft.recipient.is_empty() {
        return;
    }
    let state = place.country.and_then(|c| scene.catalogue.id(c.as_str()));
    let Some(entry) = state.as_ref().and_then(|id| scene.catalogue.get(id)) else { return };
    // A state is no guest of its own.
    if draft.actor.iter().any(|p| p.id.as_ref().is_some_and(|id| id.root() == entry.id.root())) {
        return;
    }
    draft.recipient.push(Party {
        mention: place.mention.clone(),
        span: place.span,
        id: Some(entry.id.clone()),
        name: Some(entry.name.clone()),
        country: entry.country,
        sectors: entry.sectors.clone(),
        ..Party::default()
    });
}
