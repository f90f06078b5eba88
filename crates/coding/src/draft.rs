//! Claims in the making, and how they become claims with ids and links.

use model::{
    Attitude, Attribution, Basis, Claim, ClaimId, Document, Effect, Link, Party, Phrase, Place, Proposition, Rel,
    RunId, Span, Status, Time,
};

use crate::coder::CODER;
use crate::confidence;
use crate::frames::Trigger;
use crate::happenings::Happening;

/// A claim in the making: links are indices into the document's drafts.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) proposition: Proposition,
    pub(crate) modes: Vec<String>,
    pub(crate) contexts: Vec<String>,
    pub(crate) reciprocal: bool,
    pub(crate) actor: Vec<Party>,
    pub(crate) recipient: Vec<Party>,
    pub(crate) via: Vec<Party>,
    pub(crate) places: Vec<Place>,
    pub(crate) time: Option<Time>,
    pub(crate) effects: Vec<Effect>,
    pub(crate) status: Status,
    pub(crate) asserter: Option<Party>,
    pub(crate) attitude: Attitude,
    pub(crate) attribution: Vec<Attribution>,
    pub(crate) links: Vec<DraftLink>,
    pub(crate) evidence: Span,
    pub(crate) happening: Option<Happening>,
    /// The predicate on which its clause turns.
    pub(crate) anchor: usize,
    pub(crate) keep: bool,
    /// For a cause: the drafts that its two sides make on their own.
    pub(crate) sides: [Option<usize>; 2],
    /// What this draft answers.
    pub(crate) answers: Vec<Answer>,
    /// Who says it, where its own words say so and no reporting clause does.
    pub(crate) source: Option<Attribution>,
    /// The coder and its version.
    pub(crate) coder: &'static str,
}

/// A link from a reply to what it answers; `None` where the text does not say which.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) to: Option<usize>,
    pub(crate) span: Span,
    pub(crate) basis: Basis,
}

#[derive(Clone, Debug)]
pub(crate) struct DraftLink {
    pub(crate) rel: Rel,
    pub(crate) draft: usize,
    pub(crate) span: Option<Span>,
    pub(crate) basis: Basis,
}

impl Draft {
    pub(crate) fn new(proposition: Proposition, evidence: Span) -> Self {
        Self {
            proposition,
            modes: Vec::new(),
            contexts: Vec::new(),
            reciprocal: false,
            actor: Vec::new(),
            recipient: Vec::new(),
            via: Vec::new(),
            places: Vec::new(),
            time: None,
            effects: Vec::new(),
            status: Status::Occurred,
            asserter: None,
            attitude: Attitude::Asserts,
            attribution: Vec::new(),
            links: Vec::new(),
            evidence,
            happening: None,
            anchor: 0,
            keep: true,
            sides: [None; 2],
            answers: Vec::new(),
            source: None,
            coder: CODER,
        }
    }

    /// Makes the source in the claim's own words the innermost.
    pub(crate) fn settle_source(&mut self) {
        if let Some(source) = self.source.take()
            && !self.attribution.iter().any(|a| a.span == source.span)
        {
            self.asserter.clone_from(&source.party);
            self.attitude = source.attitude;
            self.attribution.push(source);
        }
    }

    pub(crate) fn lead(&self) -> Option<Trigger> {
        self.happening.as_ref().map(|h| h.lead)
    }
}

/// Drafts become claims; the same claim told twice by one set of words is one.
pub(crate) fn claims(doc: &Document, run: &RunId, drafts: &[Draft]) -> Vec<Claim> {
    let placeholder = ClaimId::of([b"".as_slice()]);
    let mut made: Vec<Option<Claim>> = drafts
        .iter()
        .map(|draft| {
            draft.keep.then(|| {
                let mut claim = Claim {
                    id: placeholder.clone(),
                    document: doc.id().clone(),
                    source_id: doc.source_id.clone(),
                    published: doc.published,
                    recorded: None,
                    run: run.clone(),
                    proposition: draft.proposition.clone(),
                    modes: draft.modes.clone(),
                    contexts: draft.contexts.clone(),
                    reciprocal: draft.reciprocal,
                    undirected: false,
                    actor: draft.actor.clone(),
                    recipient: draft.recipient.clone(),
                    via: draft.via.clone(),
                    places: draft.places.clone(),
                    time: draft.time.clone(),
                    effects: draft.effects.clone(),
                    status: draft.status,
                    asserter: draft.asserter.clone(),
                    attitude: draft.attitude,
                    attribution: draft.attribution.clone(),
                    links: Vec::new(),
                    evidence: Phrase::of(draft.evidence, doc.text()),
                    confidence: confidence::of(draft),
                    coder: draft.coder.to_owned(),
                };
                claim.id = claim.identify();
                claim
            })
        })
        .collect();
    let ids: Vec<Option<ClaimId>> = made.iter().map(|c| c.as_ref().map(|c| c.id.clone())).collect();
    for (claim, draft) in made.iter_mut().zip(drafts) {
        let Some(claim) = claim else { continue };
        for link in &draft.links {
            if let Some(target) = &ids[link.draft]
                && *target != claim.id
            {
                claim.links.push(Link {
                    rel: link.rel,
                    claim: Some(target.clone()),
                    span: link.span,
                    basis: link.basis,
                });
            }
        }
    }
    for (index, draft) in drafts.iter().enumerate() {
        let id_of = |side: Option<usize>| side.and_then(|s| ids.get(s).cloned().flatten());
        let Some(claim) = &mut made[index] else { continue };
        if let Proposition::Cause { cause, effect, .. } = &mut claim.proposition {
            cause.claim = id_of(draft.sides[0]);
            effect.claim = id_of(draft.sides[1]);
        }
        for answer in &draft.answers {
            let target = id_of(answer.to);
            if (target.is_some() || answer.to.is_none()) && target.as_ref() != Some(&claim.id) {
                let link = Link { rel: Rel::RepliesTo, claim: target, span: Some(answer.span), basis: answer.basis };
                claim.links.push(link);
            }
        }
    }
    let mut claims: Vec<Claim> = made.into_iter().flatten().collect();
    claims.sort_by(|a, b| a.evidence.span.cmp(&b.evidence.span).then_with(|| a.id.cmp(&b.id)));
    claims.dedup_by(|a, b| a.id == b.id);
    claims
}

/// Whether a party is known by a pronoun alone.
pub(crate) fn is_pronoun(party: &Party) -> bool {
    const PRONOUNS: [&str; 14] =
        ["he", "she", "it", "they", "we", "him", "her", "them", "us", "i", "you", "me", "both", "each"];
    party.mention.as_ref().is_none_or(|m| PRONOUNS.contains(&m.to_lowercase().as_str()))
}
