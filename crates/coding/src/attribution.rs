//! Who says each thing: the chain of sources over every draft, the speech act that holds it as its content, and the
//! links between them.

use model::{Attitude, Attribution, Basis, Deprel, EventType, Party, Proposition, Rel, Sentence, Status};

use crate::draft::{Draft, DraftLink, is_pronoun};
use crate::frames::{Content, Frames};
use crate::roles::Scene;
use crate::speech::{Reporting, Source};
use crate::syntax;

/// Reads off who says each thing, and links contents to the words that pass them on.
pub(crate) fn attribute(
    reporting: &Reporting,
    frames: &Frames,
    scene: &Scene<'_>,
    statements: &[(usize, usize)],
    of_token: &[(usize, usize)],
    first: usize,
    drafts: &mut [Draft],
) {
    let sentence = scene.sentence;
    for index in first..drafts.len() {
        let at = drafts[index].happening.as_ref().map_or(drafts[index].anchor, |h| h.lead.token);
        let mut sources: Vec<(Source, Option<Party>, Option<usize>)> = reporting
            .chain(sentence, at)
            .into_iter()
            .filter(|s| s.word != at)
            .map(|source| {
                let party = source.speaker.and_then(|s| scene.speaker(s));
                let by = statements.iter().chain(of_token).find(|(token, _)| *token == source.word).map(|(_, d)| *d);
                (source, party, by)
            })
            .collect();
        // Words that are speech acts of their own and hold this one as their content.
        if let Some((act, content)) = speech_act_over(frames, sentence, at, of_token, drafts) {
            let party = drafts[act].actor.first().cloned();
            let (attitude, status) = match content {
                Content::Alleged => (Attitude::Alleges, None),
                Content::Denied => (Attitude::Denies, None),
                Content::Threatened => (Attitude::Asserts, Some(Status::Threatened)),
                Content::Demanded => (Attitude::Asserts, Some(Status::Demanded)),
                Content::Promised => (Attitude::Asserts, Some(Status::Promised)),
                Content::Plain => (Attitude::Asserts, None),
            };
            if let Some(status) = status
                && !matches!(drafts[index].status, Status::DidNotOccur | Status::Cancelled)
            {
                drafts[index].status = status;
            }
            if content == Content::Denied && drafts[index].status == Status::DidNotOccur {
                drafts[index].status = Status::Occurred;
            }
            let word = drafts[act].happening.as_ref().map_or(drafts[act].anchor, |h| h.lead.token);
            sources.retain(|(s, ..)| s.word != word);
            // The speech act's own sources come first, then its speaker.
            sources.push((Source { speaker: None, attitude, word }, party, Some(act)));
        }
        let draft = &mut drafts[index];
        draft.attribution = sources
            .iter()
            .map(|(source, party, _)| Attribution {
                party: party.clone(),
                attitude: source.attitude,
                span: Some(sentence.tokens[source.word].span),
            })
            .collect();
        if let Some((source, party, by)) = sources.last() {
            // "Kabul denied that it shelters …": the subject's pronoun in what somebody says stands for the speaker.
            if let Some(speaker) = party.as_ref().filter(|p| p.id.is_some())
                && let [actor] = &mut draft.actor[..]
                && is_pronoun(actor)
                && actor
                    .mention
                    .as_ref()
                    .is_some_and(|m| matches!(m.to_lowercase().as_str(), "it" | "they" | "he" | "she"))
            {
                *actor = Party { mention: actor.mention.clone(), span: actor.span, ..speaker.clone() };
            }
            draft.asserter.clone_from(party);
            draft.attitude = source.attitude;
            if let Some(by) = by
                && *by != index
            {
                draft.links.push(DraftLink {
                    rel: Rel::ContentOf,
                    draft: *by,
                    span: Some(sentence.tokens[source.word].span),
                    basis: Basis::Stated,
                });
            }
            // A reported "would" is what the speaker plans or threatens, no mere supposition.
            let is_cause = matches!(draft.proposition, Proposition::Cause { .. });
            if draft.status == Status::Hypothetical && !is_cause && reported_future(sentence, at) {
                draft.status = future_of(&draft.proposition);
            }
        }
    }
}

/// The nearest speech-act draft over a token with content to claim, if the token is its content.
fn speech_act_over(
    frames: &Frames,
    sentence: &Sentence,
    token: usize,
    of_token: &[(usize, usize)],
    drafts: &[Draft],
) -> Option<(usize, Content)> {
    let mut at = token;
    for _ in 0..20 {
        let up = syntax::head(sentence, at)?;
        let relation = sentence.tokens[at].deprel;
        let below = matches!(
            relation,
            Deprel::Ccomp
                | Deprel::Xcomp
                | Deprel::Advcl
                | Deprel::Acl
                | Deprel::Obl
                | Deprel::Obj
                | Deprel::Nmod
                | Deprel::Conj
        );
        if !below {
            return None;
        }
        if let Some((_, draft)) = of_token.iter().find(|(t, _)| *t == up) {
            let happening = drafts[*draft].happening.as_ref()?;
            let content = frames.get(happening.lead.frame).content;
            if content != Content::Plain && relation != Deprel::Conj {
                return Some((*draft, content));
            }
            if relation != Deprel::Conj {
                // Something else that happens stands between.
                return None;
            }
        }
        at = up;
    }
    None
}

/// "would" under a past report.
fn reported_future(sentence: &Sentence, verb: usize) -> bool {
    sentence.children(verb).any(|(_, t)| t.deprel == Deprel::Aux && t.lemma.eq_ignore_ascii_case("would"))
        && !sentence.children(verb).any(|(_, t)| t.deprel == Deprel::Advcl && t.lemma == "if")
}

fn future_of(proposition: &Proposition) -> Status {
    match proposition {
        Proposition::Event(EventType::Assault | EventType::Coerce | EventType::Sanction | EventType::Mobilize, _) => {
            Status::Threatened
        }
        _ => Status::Planned,
    }
}
