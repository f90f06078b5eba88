//! Which type of event holds between two given parties of a sentence, always answering.
//!
//! Three sources, the surer the heavier: what the coder makes of the sentence, weighed by whether its actor and
//! recipient are the two; the same without the conditions under which a frame is coded; and, as a last resort, the
//! mere head words of frames, weighed by whether they stand on the path between the two in the dependency tree.
//! It answers for parties that no catalogue knows, and it does not say that anything happened: use it where a reader
//! has marked two names and asks what is told of them, never to add claims.

use std::collections::BTreeMap;

use model::{Deprel, EventType, Party, Proposition, Rel, Sentence, Span};

use crate::draft::Draft;
use crate::frames::{Frames, Kind};
use crate::syntax;

/// The types by falling score; every type that any word of the sentence speaks for, and one at the least.
pub(crate) fn rank(
    frames: &Frames,
    sentence: &Sentence,
    drafts: &[Draft],
    source: Span,
    target: Span,
) -> Vec<(EventType, f64)> {
    let from = head_of(sentence, source);
    let to = head_of(sentence, target);
    let path = path(sentence, from, to);
    let mut scores: BTreeMap<EventType, f64> = BTreeMap::new();
    for draft in drafts {
        let Proposition::Event(event, _) = draft.proposition else { continue };
        if !sentence.span.contains(draft.evidence) {
            continue;
        }
        let at = draft.lead().map_or(draft.anchor, |l| l.token);
        let mut score = roles(draft, source, target) + place(sentence, &path, at, from, to);
        // The content of an act is what the act is about; the act is what holds between the two.
        let is_content = draft
            .links
            .iter()
            .any(|l| l.rel == Rel::ContentOf && matches!(drafts[l.draft].proposition, Proposition::Event(..)));
        if is_content {
            score *= 0.35;
        }
        if !draft.keep {
            score *= 0.6;
        }
        let best = scores.entry(event).or_default();
        *best = best.max(score);
    }
    for (token, event, share) in frames.weakly(sentence) {
        let score = 0.5 * share * (0.5 + place(sentence, &path, token, from, to));
        let best = scores.entry(event).or_default();
        *best = best.max(score);
    }
    if scores.is_empty() {
        // Nothing speaks: the commonest thing that is told of two parties is that one speaks of the other.
        scores.insert(EventType::Accuse, 0.0);
    }
    let mut ranked: Vec<(EventType, f64)> = scores.into_iter().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked
}

/// How well a draft's roles fit the two.
fn roles(draft: &Draft, source: Span, target: Span) -> f64 {
    let any = |parties: &[Party], at: Span| parties.iter().any(|p| p.span.is_some_and(|s| overlap(s, at)));
    let (acts, suffers) = if draft.reciprocal {
        (any(&draft.actor, source), any(&draft.actor, target))
    } else {
        (any(&draft.actor, source), any(&draft.recipient, target))
    };
    let victim = draft.effects.iter().any(|e| e.span.is_some_and(|s| overlap(s, target)));
    let reversed = any(&draft.recipient, source) || (!draft.reciprocal && any(&draft.actor, target));
    match (acts, suffers || victim) {
        (true, true) => 5.0,
        (true, false) => 3.2,
        (false, true) => 2.6,
        (false, false) if reversed => 0.6,
        (false, false) => 1.0,
    }
}

fn overlap(a: Span, b: Span) -> bool {
    a.start() < b.end() && b.start() < a.end()
}

/// Where a word stands to the two: on the path between them, between them in the text, over the source.
fn place(sentence: &Sentence, path: &[usize], token: usize, from: Option<usize>, to: Option<usize>) -> f64 {
    let mut score = 0.0;
    if path.contains(&token) {
        score += 1.5;
    } else if syntax::head(sentence, token).is_some_and(|h| path.contains(&h))
        && matches!(sentence.tokens[token].deprel, Deprel::Obj | Deprel::Obl | Deprel::Xcomp | Deprel::Ccomp)
    {
        score += 0.8;
    }
    if let (Some(from), Some(to)) = (from, to)
        && (from.min(to)..=from.max(to)).contains(&token)
    {
        score += 0.5;
    }
    if from.is_some_and(|f| syntax::head(sentence, f) == Some(token)) {
        score += 0.7;
    }
    score
}

/// The word of a span that the others hang on.
fn head_of(sentence: &Sentence, span: Span) -> Option<usize> {
    let inside = |i: usize| overlap(sentence.tokens[i].span, span);
    (0..sentence.tokens.len()).find(|&i| inside(i) && syntax::head(sentence, i).is_none_or(|h| !inside(h)))
}

/// The words between two in the tree, both ends left out where they are not each other's ancestors.
fn path(sentence: &Sentence, from: Option<usize>, to: Option<usize>) -> Vec<usize> {
    let up = |start: Option<usize>| {
        let mut chain = Vec::new();
        let mut at = start;
        while let Some(i) = at {
            if chain.len() > sentence.tokens.len() {
                break;
            }
            chain.push(i);
            at = syntax::head(sentence, i);
        }
        chain
    };
    let (left, right) = (up(from), up(to));
    let Some(&meet) = left.iter().find(|i| right.contains(i)) else { return Vec::new() };
    let mut path: Vec<usize> = left.iter().copied().take_while(|&i| i != meet).collect();
    path.push(meet);
    path.extend(right.iter().copied().take_while(|&i| i != meet));
    path.retain(|&i| Some(i) != from && Some(i) != to);
    path
}

impl Frames {
    /// Every head word of an event frame, whatever the conditions: (token, type, how much it speaks for the type).
    fn weakly(&self, sentence: &Sentence) -> Vec<(usize, EventType, f64)> {
        let mut found = Vec::new();
        for (index, token) in sentence.tokens.iter().enumerate() {
            let mut of: BTreeMap<EventType, f64> = BTreeMap::new();
            for (frame, share) in self.shares(sentence, index, &token.lemma.to_lowercase(), token.upos) {
                if let Kind::Event(event) = self.get(frame).kind {
                    let best = of.entry(event).or_default();
                    *best = best.max(share);
                }
            }
            let all: f64 = of.values().sum();
            found.extend(of.into_iter().map(|(event, share)| (index, event, share * share / all.max(share))));
        }
        found
    }
}
