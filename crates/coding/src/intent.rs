//! What a party says it will do, will not do, or wants done is an act of its own: "will release prisoners" agrees,
//! "will not lift the embargo" rejects, "will impose a curfew" threatens, "must withdraw" requests (PLOVER manual
//! 2021: future commitments are AGREE, announced hostile acts THREATEN).
//!
//! The happening spoken of stays a claim with its status, as the content of that act. Nothing is added where a word
//! of its own already tells the act ("agreed to", "threatened to"), nor for plans that only a noun or a purpose
//! clause names.

use model::{Attitude, Basis, Deprel, EventType, Party, Proposition, Rel, Status, Upos};

use crate::attribution::presupposes;
use crate::draft::{Draft, DraftLink, is_pronoun};
use crate::frames::{Frames, Kind};
use crate::happenings;
use crate::roles::{Filler, Scene};
use crate::speech::Reporting;
use crate::syntax;

/// How a clause stands to reality, in its speaker's mouth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stance {
    Will,
    WillNot,
    Must,
}

/// Adds the acts to the drafts of one sentence, which begin at `first`.
pub(crate) fn add_acts(
    reporting: &Reporting,
    frames: &Frames,
    scene: &Scene<'_>,
    first: usize,
    drafts: &mut Vec<Draft>,
) {
    for index in first..drafts.len() {
        let Proposition::Event(event, _) = drafts[index].proposition else { continue };
        let Some(stance) = stance(scene, &drafts[index]) else { continue };
        if told_by_another_word(&drafts[index], drafts) || is_speech_act(frames, &drafts[index]) {
            continue;
        }
        let Some(act) = act_of(event, stance) else { continue };
        let draft = &drafts[index];
        let (actor, recipient) = match stance {
            Stance::Must => {
                let Some(asserter) = draft.asserter.clone().filter(is_known) else { continue };
                let addressed: Vec<Party> = draft.actor.iter().filter(|p| p.span != asserter.span).cloned().collect();
                (vec![asserter], addressed)
            }
            // "Obama said he will not …": the pronoun alone stands for whoever says so.
            _ => match (&draft.actor[..], &draft.asserter) {
                ([actor], Some(asserter)) if is_pronoun(actor) && is_known(asserter) => {
                    (vec![asserter.clone()], draft.recipient.clone())
                }
                _ => (draft.actor.clone(), draft.recipient.clone()),
            },
        };
        if !actor.iter().any(is_known) || (stance == Stance::Must && !recipient.iter().any(is_known)) {
            continue;
        }
        let speech = Draft {
            modes: mode_of(event, act, &draft.modes).into_iter().map(str::to_owned).collect(),
            contexts: draft.contexts.clone(),
            reciprocal: draft.reciprocal && stance != Stance::Must,
            actor,
            recipient,
            time: None,
            asserter: draft.asserter.clone(),
            attribution: draft.attribution.clone(),
            anchor: draft.anchor,
            ..Draft::new(Proposition::Event(act, None), draft.evidence)
        };
        let added = drafts.len();
        drafts.push(speech);
        let content = &mut drafts[index];
        content.links.push(DraftLink { rel: Rel::ContentOf, draft: added, span: None, basis: Basis::Inferred });
    }
    link_refused(scene, first, drafts);
    address(first, drafts);
    aim_vengeance(scene, first, drafts);
    demands(reporting, scene, first, drafts);
}

/// An act that names nobody stands on the happening that it speaks of: where that is none, so is the act ("will defend
/// every village" agrees to nothing with anybody).
pub(crate) fn drop_hollow(first: usize, drafts: &mut [Draft]) {
    for act in first..drafts.len() {
        if drafts[act].happening.is_some() || !drafts[act].recipient.is_empty() || !drafts[act].keep {
            continue;
        }
        let Proposition::Event(EventType::Agree, _) = drafts[act].proposition else { continue };
        let mut contents = drafts[first..]
            .iter()
            .filter(|d| d.links.iter().any(|l| l.rel == Rel::ContentOf && l.draft == act && l.basis == Basis::Inferred))
            .peekable();
        let hollow = contents.peek().is_some()
            && contents.all(|d| !d.keep && matches!(d.proposition, Proposition::Event(EventType::Support, _)));
        drafts[act].keep = !hollow;
    }
}

/// A promise, threat, refusal or demand that names nobody is aimed at whom its content concerns: "threatened to shell
/// Haifa", "agreed to lift the ban on Egypt"; a demand, at whoever is to act.
fn address(first: usize, drafts: &mut [Draft]) {
    for index in first..drafts.len() {
        let Some(act) = drafts[index].links.iter().find(|l| l.rel == Rel::ContentOf).map(|l| l.draft) else { continue };
        let Proposition::Event(event, _) = drafts[act].proposition else { continue };
        if act < first || !drafts[act].recipient.is_empty() || drafts[act].reciprocal {
            continue;
        }
        let tie_alleged = event == EventType::Accuse && matches!(drafts[index].proposition, Proposition::Tie(_));
        if !matches!(drafts[index].proposition, Proposition::Event(..)) && !tie_alleged {
            continue;
        }
        let concerned = match event {
            EventType::Agree | EventType::Threaten | EventType::Reject if !drafts[index].reciprocal => {
                &drafts[index].recipient
            }
            EventType::Agree | EventType::Threaten | EventType::Reject | EventType::Request => &drafts[index].actor,
            // "the accusation that B backs the group"
            EventType::Accuse if drafts[index].attitude == Attitude::Alleges => &drafts[index].actor,
            _ => continue,
        };
        let by = &drafts[act].actor;
        let to: Vec<Party> = concerned
            .iter()
            .filter(|p| !is_pronoun(p) && !by.iter().any(|a| a.span == p.span || (a.id.is_some() && a.id == p.id)))
            .cloned()
            .collect();
        drafts[act].recipient = to;
    }
}

/// "vowed to avenge the killing of its general by B": whoever did the deed is threatened.
fn aim_vengeance(scene: &Scene<'_>, first: usize, drafts: &mut [Draft]) {
    let sentence = scene.sentence;
    for index in first..drafts.len() {
        let Proposition::Event(EventType::Threaten, _) = drafts[index].proposition else { continue };
        let Some(lead) = drafts[index].lead().filter(|_| drafts[index].recipient.is_empty()) else { continue };
        let avenged = sentence
            .children(lead.token)
            .find(|(_, t)| t.deprel == Deprel::Xcomp && presupposes(&t.lemma))
            .and_then(|(i, _)| sentence.child(i, &[Deprel::Obj]));
        let Some(deed) = avenged else { continue };
        let by = drafts[first..]
            .iter()
            .find(|d| d.lead().is_some_and(|l| l.token == deed))
            .map(|d| d.actor.clone())
            .unwrap_or_default();
        drafts[index].recipient = by;
    }
}

/// "refused to meet", "rejected talks": what is refused is the content of the refusal.
fn link_refused(scene: &Scene<'_>, first: usize, drafts: &mut [Draft]) {
    let sentence = scene.sentence;
    for index in first..drafts.len() {
        let Some(lead) = drafts[index].lead() else { continue };
        if matches!(drafts[index].status, Status::Occurred | Status::Ongoing)
            || told_by_another_word(&drafts[index], drafts)
        {
            continue;
        }
        let anchor = happenings::anchor(sentence, lead);
        let below = matches!(
            sentence.tokens[anchor].deprel,
            Deprel::Xcomp | Deprel::Obj | Deprel::Ccomp | Deprel::Obl | Deprel::NsubjPass
        );
        let Some(up) = syntax::head(sentence, anchor).filter(|_| below) else { continue };
        let refusal = (first..drafts.len()).find(|&other| {
            other != index
                && matches!(drafts[other].proposition, Proposition::Event(EventType::Reject, _))
                && drafts[other].lead().is_some_and(|l| l.token == up)
        });
        if let Some(refusal) = refusal {
            let span = Some(sentence.tokens[up].span);
            drafts[index].links.push(DraftLink { rel: Rel::ContentOf, draft: refusal, span, basis: Basis::Stated });
        }
    }
}

/// "X said that Y must …": a request whatever it is that must be done, where both are parties.
fn demands(reporting: &Reporting, scene: &Scene<'_>, first: usize, drafts: &mut Vec<Draft>) {
    let sentence = scene.sentence;
    for (verb, token) in sentence.tokens.iter().enumerate() {
        if !matches!(token.deprel, Deprel::Ccomp | Deprel::Parataxis | Deprel::Root) || !must(scene, verb) {
            continue;
        }
        let Some(subject) = sentence.child(verb, &[Deprel::Nsubj, Deprel::NsubjPass]) else { continue };
        let said =
            syntax::head(sentence, verb).filter(|&h| token.deprel == Deprel::Ccomp && is_report(reporting, scene, h));
        let said = said.or_else(|| {
            sentence
                .children(verb)
                .find(|(i, t)| t.deprel == Deprel::Parataxis && is_report(reporting, scene, *i))
                .map(|(i, _)| i)
        });
        let Some(speaker) = said.and_then(|s| syntax::surface_subject(sentence, s)) else { continue };
        let by = scene.fillers(vec![speaker]);
        let of = scene.fillers(syntax::with_conjuncts(sentence, vec![subject]));
        let known = |f: &[Filler]| f.iter().any(|f| f.party.id.is_some() || !f.party.sectors.is_empty());
        let taken = drafts[first..]
            .iter()
            .any(|d| d.keep && matches!(d.proposition, Proposition::Event(EventType::Request, _)));
        if taken || !known(&by) || !known(&of) || by[0].party.id == of[0].party.id {
            continue;
        }
        let evidence = syntax::clause_span(sentence, verb).cover(sentence.tokens[speaker].span);
        drafts.push(Draft {
            modes: vec!["change".to_owned()],
            actor: by.into_iter().map(|f| f.party).collect(),
            recipient: of.into_iter().map(|f| f.party).collect(),
            attitude: Attitude::Asserts,
            anchor: verb,
            ..Draft::new(Proposition::Event(EventType::Request, None), evidence)
        });
    }
}

fn is_report(reporting: &Reporting, scene: &Scene<'_>, word: usize) -> bool {
    let token = &scene.sentence.tokens[word];
    token.upos == Upos::Verb && reporting.verb(&token.lemma).is_some()
}

/// "must", "has to", "needs to" on a predicate.
fn must(scene: &Scene<'_>, verb: usize) -> bool {
    let sentence = scene.sentence;
    let token = &sentence.tokens[verb];
    sentence.children(verb).any(|(_, t)| t.deprel == Deprel::Aux && matches!(t.lemma.as_str(), "must"))
        || (matches!(token.lemma.as_str(), "have" | "need")
            && sentence.children(verb).any(|(i, t)| t.deprel == Deprel::Xcomp && has_to(scene, i)))
}

fn has_to(scene: &Scene<'_>, verb: usize) -> bool {
    scene.sentence.children(verb).any(|(_, t)| t.deprel == Deprel::Mark && t.lemma == "to")
}

fn is_known(party: &Party) -> bool {
    party.id.is_some() || !party.sectors.is_empty() || !is_pronoun(party)
}

/// Whether a claim is already the content of an event that the sentence tells.
fn told_by_another_word(draft: &Draft, drafts: &[Draft]) -> bool {
    draft.links.iter().any(|l| {
        l.rel == Rel::ContentOf && matches!(drafts[l.draft].proposition, Proposition::Event(..)) && drafts[l.draft].keep
    })
}

/// Promising, threatening, demanding in the future tense stays what it is.
fn is_speech_act(frames: &Frames, draft: &Draft) -> bool {
    draft.lead().is_some_and(|lead| {
        let frame = frames.get(lead.frame);
        matches!(
            frame.kind,
            Kind::Event(EventType::Accuse | EventType::Reject | EventType::Request | EventType::Threaten)
        ) && !frame.modes.iter().any(|m| m == "meet")
    })
}

fn stance(scene: &Scene<'_>, draft: &Draft) -> Option<Stance> {
    let sentence = scene.sentence;
    let lead = draft.lead()?;
    let anchor = happenings::anchor(sentence, lead);
    let token = &sentence.tokens[anchor];
    if !matches!(token.upos, Upos::Verb | Upos::Adj)
        || matches!(token.deprel, Deprel::Advcl | Deprel::Acl | Deprel::AclRelcl)
    {
        return None;
    }
    let aux = |verb: usize, lemmas: &[&str]| {
        sentence
            .children(verb)
            .any(|(_, t)| t.deprel == Deprel::Aux && lemmas.contains(&t.lemma.to_lowercase().as_str()))
    };
    let conditional = sentence.children(anchor).any(|(_, t)| {
        t.deprel == Deprel::Advcl && sentence.tokens.iter().any(|m| m.deprel == Deprel::Mark && m.lemma == "if")
    }) && aux(anchor, &["would"]);
    // The verb under which an infinitive stands: "failed to reach", "is going to hold", "is willing to".
    let above = (token.deprel == Deprel::Xcomp).then(|| syntax::head(sentence, anchor)).flatten();
    let above_lemma = above.map(|a| sentence.tokens[a].lemma.to_lowercase()).unwrap_or_default();
    match draft.status {
        Status::DidNotOccur => {
            let refused = aux(anchor, &["will", "would", "'ll", "wo"]) || above_lemma == "fail";
            refused.then_some(Stance::WillNot)
        }
        Status::Planned | Status::Promised | Status::Threatened | Status::Hypothetical => {
            let will = aux(anchor, &["will", "'ll", "shall"])
                || (aux(anchor, &["would"]) && token.deprel == Deprel::Ccomp && !conditional)
                || matches!(
                    above_lemma.as_str(),
                    "willing" | "ready" | "prepared" | "go" | "set" | "decide" | "plan" | "intend" | "commit"
                )
                || above.is_some_and(|a| aux(a, &["will"]));
            // A supposition is meant only as somebody's word: "said it would".
            let meant = draft.status != Status::Hypothetical || token.deprel == Deprel::Ccomp;
            (will && meant).then_some(Stance::Will)
        }
        Status::Demanded => {
            (aux(anchor, &["must"]) || matches!(above_lemma.as_str(), "have" | "need")).then_some(Stance::Must)
        }
        _ => None,
    }
}

/// The act of saying so.
fn act_of(event: EventType, stance: Stance) -> Option<EventType> {
    use EventType::{
        Agree, Aid, Assault, Coerce, Concede, Consult, Cooperate, Mobilize, Protest, Reject, Request, Retreat,
        Sanction, Support, Threaten,
    };
    Some(match (stance, event) {
        (Stance::Will, Consult | Support | Concede | Cooperate | Aid | Retreat) => Agree,
        (Stance::Will, Assault | Coerce | Sanction | Mobilize | Protest | Reject) => Threaten,
        (Stance::WillNot, Agree | Consult | Support | Concede | Cooperate | Aid | Retreat) => Reject,
        (Stance::Must, _) => Request,
        _ => return None,
    })
}

/// The mode of the act by what it is about (manual, "modes of AGREE, REQUEST, REJECT" and "of THREATEN").
fn mode_of(event: EventType, act: EventType, modes: &[String]) -> Option<&'static str> {
    let has = |mode: &str| modes.iter().any(|m| m == mode);
    Some(match (act, event) {
        (EventType::Threaten, EventType::Assault) => "violence",
        (EventType::Threaten, EventType::Coerce) if has("arrest") => "arrest",
        (EventType::Threaten, EventType::Sanction) if has("expel") => "expel",
        (EventType::Threaten, EventType::Coerce | EventType::Protest | EventType::Reject) => "restrict",
        (EventType::Threaten, EventType::Sanction) => "relations",
        (EventType::Threaten, _) => return None,
        (_, EventType::Consult) => "meet",
        (_, EventType::Retreat | EventType::Concede) => "yield",
        (_, EventType::Aid | EventType::Cooperate | EventType::Support) => "assist",
        _ => "change",
    })
}
