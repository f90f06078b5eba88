//! Which happening of a sentence tells again what the sentence has told.
//!
//! Within a sentence only: two sentences, or two reports, on the same happening stay two claims.

use model::{Deprel, Party, Proposition, Sentence};

use crate::draft::{Draft, is_pronoun};
use crate::effects;

/// "stormed a post, in one of the deadliest attacks this year": the class in which a happening is put tells no second
/// one.
pub(crate) fn drop_classes(sentence: &Sentence, first: usize, drafts: &mut [Draft]) {
    for later in first..drafts.len() {
        let Some(lead) = drafts[later].lead().filter(|l| !l.is_verb) else { continue };
        let superlative =
            sentence.children(lead.token).any(|(_, t)| t.deprel == Deprel::Amod && t.feats.has("Degree", "Sup"));
        let told = (first..later).any(|e| {
            drafts[e].keep
                && drafts[e].lead().is_some()
                && drafts[e].proposition.code() == drafts[later].proposition.code()
        });
        if superlative && told {
            drafts[later].keep = false;
        }
    }
}

/// The same kind of happening between the same named parties, told twice in one sentence, is one: the later telling
/// goes, and the first takes its effects and modes.
pub(crate) fn merge_retold(first: usize, drafts: &mut [Draft]) {
    for later in first..drafts.len() {
        let Some(earlier) = (first..later).find(|&e| retells(&drafts[e], &drafts[later])) else { continue };
        let (modes, effects) = (drafts[later].modes.clone(), drafts[later].effects.clone());
        drafts[later].keep = false;
        let draft = &mut drafts[earlier];
        draft.modes.extend(modes);
        draft.modes.sort();
        draft.modes.dedup();
        effects::merge(&mut draft.effects, effects);
    }
}

fn retells(one: &Draft, other: &Draft) -> bool {
    let (Proposition::Event(a, _), Proposition::Event(b, _)) = (&one.proposition, &other.proposition) else {
        return false;
    };
    let spans = |parties: &[Party]| parties.iter().map(|p| p.span).collect::<Vec<_>>();
    one.keep
        && other.keep
        && a == b
        && one.status == other.status
        && one.attitude == other.attitude
        && one.happening.is_some()
        && other.happening.is_some()
        && !one.recipient.is_empty()
        && spans(&one.actor) == spans(&other.actor)
        // "arrested 40 people and detained them"
        && (spans(&one.recipient) == spans(&other.recipient)
            || !other.recipient.is_empty() && other.recipient.iter().all(|p| p.id.is_none() && is_pronoun(p)))
        && (one.effects.is_empty() || other.effects.is_empty())
}
