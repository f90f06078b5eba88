//! Replies: which act answers which, where the text says so ("in retaliation for", "responded with", "In reply, …").
//!
//! The cues are data (`data/lexicons/replies.toml`). What is answered is looked for where the cue points: its object,
//! else the last act before it that went the other way. Where the text says that something is answered and not what,
//! the link names no claim. "After" alone is order in time: it links only acts whose sides change places, as inferred.

use model::{Basis, Deprel, EventType, Party, Proposition, Sentence, Upos};
use serde::Deserialize;

use crate::draft::{Answer, Draft};
use crate::frames::FrameError;
use crate::roles::Scene;
use crate::rules::rules;
use crate::syntax;

/// The data file.
pub const LEXICON: &str = include_str!("../../../data/lexicons/replies.toml");

/// How many drafts before the sentence may hold what "in reply" answers.
const REACH: usize = 12;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Shape {
    Phrase,
    Verb,
    Avenge,
    Adjective,
    After,
}

/// The cues.
#[derive(Debug, Default)]
pub struct Replies {
    /// Words and shape, the longest first.
    cues: Vec<(Vec<String>, Shape)>,
}

struct Cue {
    first: usize,
    last: usize,
    shape: Shape,
}

impl Replies {
    /// The cues that come along.
    pub fn embedded() -> Result<Self, FrameError> {
        let mut cues: Vec<(Vec<String>, Shape)> = rules::<Shape>("replies.toml", LEXICON)?
            .iter()
            .flat_map(|rule| rule.words.iter().map(|w| (w.split(' ').map(str::to_owned).collect(), rule.kind)))
            .collect();
        cues.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        Ok(Self { cues })
    }

    /// Links the acts of a sentence, whose drafts start at `first`, to what they answer.
    pub(crate) fn link(&self, scene: &Scene<'_>, first: usize, drafts: &mut [Draft]) {
        let sentence = scene.sentence;
        let mut at = 0;
        while at < sentence.tokens.len() {
            let Some(cue) = self.at(scene.text, sentence, at) else {
                at += 1;
                continue;
            };
            let span = sentence.tokens[cue.first].span.cover(sentence.tokens[cue.last].span);
            for (reply, to, basis) in resolve(sentence, &cue, first, drafts) {
                if Some(reply) != to && drafts[reply].answers.is_empty() {
                    drafts[reply].answers.push(Answer { to, span, basis });
                }
            }
            at = cue.last + 1;
        }
    }

    fn at(&self, text: &str, sentence: &Sentence, at: usize) -> Option<Cue> {
        self.cues.iter().find_map(|(words, shape)| {
            let tokens = sentence.tokens.get(at..at + words.len())?;
            let by_lemma = matches!(shape, Shape::Verb | Shape::Avenge | Shape::Adjective);
            let same = tokens.iter().zip(words).enumerate().all(|(i, (t, w))| {
                if by_lemma { t.lemma.eq_ignore_ascii_case(w) } else { syntax::lower(text, sentence, at + i) == *w }
            });
            let verb = sentence.tokens[at].upos == Upos::Verb;
            let fits = match shape {
                Shape::Verb | Shape::Avenge => verb,
                Shape::Phrase => true,
                Shape::Adjective => sentence.tokens[at].deprel == Deprel::Amod,
                Shape::After => matches!(sentence.tokens[at].deprel, Deprel::Mark | Deprel::Case),
            };
            (same && fits).then_some(Cue { first: at, last: at + words.len() - 1, shape: *shape })
        })
    }
}

/// Which drafts answer which.
fn resolve(sentence: &Sentence, cue: &Cue, first: usize, drafts: &[Draft]) -> Vec<(usize, Option<usize>, Basis)> {
    match cue.shape {
        Shape::Phrase => {
            let inside = |i: usize| (cue.first..=cue.last).contains(&i);
            // The nominal that the phrase opens: the first after it that hangs on one of its words or is marked by one.
            let object = (cue.last + 1..sentence.tokens.len().min(cue.last + 12)).find(|&i| {
                let below =
                    syntax::head(sentence, i).is_some_and(inside) && !matches!(sentence.tokens[i].upos, Upos::Punct);
                let marked = (cue.first..=cue.last).any(|c| syntax::head(sentence, c) == Some(i));
                let takes = matches!(sentence.tokens[cue.last].lemma.as_str(), "to" | "for");
                takes && (below || marked) && (syntax::is_nominal(sentence, i) || sentence.tokens[i].upos == Upos::Verb)
            });
            let mut governor = syntax::head(sentence, object.unwrap_or(cue.first));
            while let Some(g) = governor.filter(|&g| inside(g)) {
                governor = syntax::head(sentence, g);
            }
            let Some(governor) = governor else { return Vec::new() };
            // "The strikes came in reply to …": the act is the subject.
            let bare = matches!(sentence.tokens[governor].lemma.as_str(), "come" | "follow" | "be" | "happen" | "take");
            let subject = sentence.child(governor, &[Deprel::Nsubj, Deprel::NsubjPass]).filter(|_| bare);
            let reply = subject
                .and_then(|s| act_at(sentence, s, first, drafts, false))
                .or_else(|| act_at(sentence, governor, first, drafts, true));
            let Some(reply) = reply else { return Vec::new() };
            let to = match object {
                Some(object) => act_at(sentence, object, first, drafts, false).filter(|&d| d != reply),
                None => answered_before(reply, first, drafts),
            };
            vec![(reply, to, Basis::Stated)]
        }
        Shape::Verb => {
            let word = cue.first;
            let below: Vec<usize> = sentence
                .children(word)
                .filter(|(i, t)| match t.deprel {
                    Deprel::Obl => syntax::preposition(sentence, *i).is_some_and(|p| matches!(p, "by" | "with")),
                    Deprel::Conj => t.upos == Upos::Verb,
                    Deprel::Advcl => true,
                    _ => false,
                })
                .map(|(i, _)| i)
                .collect();
            let reply = act_at(sentence, word, first, drafts, false)
                .or_else(|| below.iter().find_map(|&b| act_at(sentence, b, first, drafts, false)));
            let Some(reply) = reply else { return Vec::new() };
            let object = syntax::obliques(sentence, word, &["to", "for"]).first().copied();
            // "returned fire when gunmen shot at them"
            let occasion = sentence.children(word).find(|(i, t)| {
                t.deprel == Deprel::Advcl
                    && sentence.children(*i).any(|(_, m)| matches!(m.lemma.to_lowercase().as_str(), "when" | "after"))
            });
            let to = object
                .or(occasion.map(|(i, _)| i))
                .and_then(|o| act_at(sentence, o, first, drafts, false))
                .filter(|&d| d != reply)
                .or_else(|| answered_before(reply, first, drafts));
            // "The patient responded": a reply to nothing known is none.
            if to.is_none() { Vec::new() } else { vec![(reply, to, Basis::Stated)] }
        }
        Shape::Avenge => {
            let Some(up) = syntax::head(sentence, cue.first) else { return Vec::new() };
            let Some(reply) = act_at(sentence, up, first, drafts, true) else { return Vec::new() };
            let to = sentence
                .child(cue.first, &[Deprel::Obj])
                .and_then(|o| act_at(sentence, o, first, drafts, false))
                .filter(|&d| d != reply);
            vec![(reply, to, Basis::Stated)]
        }
        Shape::Adjective => {
            let Some(noun) = syntax::head(sentence, cue.first) else { return Vec::new() };
            act_at(sentence, noun, first, drafts, false)
                .map(|reply| vec![(reply, answered_before(reply, first, drafts), Basis::Stated)])
                .unwrap_or_default()
        }
        Shape::After => {
            let Some(inner) = syntax::head(sentence, cue.first) else { return Vec::new() };
            let Some(mut outer) = syntax::head(sentence, inner) else { return Vec::new() };
            // "hours after": the hours hang between.
            if sentence.tokens[outer].upos == Upos::Noun && sentence.tokens[outer].deprel == Deprel::OblUnmarked {
                outer = syntax::head(sentence, outer).unwrap_or(outer);
            }
            // "after a rocket fired by the SDF hit the town": the only act that the clause holds.
            let to =
                act_at(sentence, inner, first, drafts, false).or_else(|| only_within(sentence, inner, first, drafts));
            let (Some(reply), Some(to)) = (act_at(sentence, outer, first, drafts, false), to) else {
                return Vec::new();
            };
            if reply != to && sides_change(&drafts[reply], &drafts[to]) {
                vec![(reply, Some(to), Basis::Inferred)]
            } else {
                Vec::new()
            }
        }
    }
}

/// The kept event that a word tells, or that hangs nearest below it; `up` looks at the clause over it too.
fn act_at(sentence: &Sentence, word: usize, first: usize, drafts: &[Draft], up: bool) -> Option<usize> {
    let mut at = word;
    for _ in 0..6 {
        let told = (first..drafts.len()).find(|&d| {
            drafts[d].keep
                && is_act(&drafts[d])
                && drafts[d].happening.as_ref().is_some_and(|h| {
                    drafts[d].anchor == at || std::iter::once(&h.lead).chain(&h.more).any(|t| t.token == at)
                })
        });
        if told.is_some() {
            return told;
        }
        if !up || syntax::CLAUSAL.contains(&sentence.tokens[at].deprel) {
            return None;
        }
        at = syntax::head(sentence, at)?;
    }
    None
}

/// The act that a clause holds, where it holds one alone.
fn only_within(sentence: &Sentence, clause: usize, first: usize, drafts: &[Draft]) -> Option<usize> {
    let mut held = (first..drafts.len()).filter(|&d| {
        let lead = drafts[d].happening.as_ref().map(|h| h.lead.token);
        drafts[d].keep && is_act(&drafts[d]) && lead.is_some_and(|token| sentence.is_within(token, clause))
    });
    let only = held.next()?;
    held.next().is_none().then_some(only)
}

/// The last act before the sentence that went the other way: its recipient acts now.
fn answered_before(reply: usize, first: usize, drafts: &[Draft]) -> Option<usize> {
    let from = first.saturating_sub(REACH);
    let same_sentence =
        (first..drafts.len()).filter(|&d| d != reply && drafts[d].evidence.start() < drafts[reply].evidence.start());
    let before = (from..first).chain(same_sentence).rev().filter(|&d| drafts[d].keep && is_act(&drafts[d]));
    let mut candidates = before.filter(|&d| d != reply);
    candidates.find(|&d| turns(&drafts[reply], &drafts[d]))
}

/// Whether the one who was acted on, or whose land it was, acts now on the one who acted.
fn turns(reply: &Draft, to: &Draft) -> bool {
    sides_change(reply, to) || {
        let acts_now = reply.actor.iter().any(|r| {
            let country = r.country;
            to.places.iter().any(|p| p.country.is_some() && p.country == country)
                && !to.actor.iter().any(|a| a.country.is_some() && a.country == country)
        });
        acts_now
            && (reply.recipient.is_empty() || reply.recipient.iter().any(|r| to.actor.iter().any(|a| same_side(r, a))))
    }
}

fn sides_change(reply: &Draft, to: &Draft) -> bool {
    let meet = |a: &[Party], b: &[Party]| a.iter().any(|x| b.iter().any(|y| same_side(x, y)));
    meet(&reply.actor, &to.recipient) && (meet(&reply.recipient, &to.actor) || reply.recipient.is_empty())
        || meet(&reply.recipient, &to.actor) && to.recipient.is_empty() && !meet(&reply.actor, &to.actor)
}

/// Whether two parties belong to one polity or group.
fn same_side(a: &Party, b: &Party) -> bool {
    let root = |p: &Party| {
        let id = p.acts_as.as_ref().or(p.id.as_ref())?;
        Some(id.as_str().split('.').next().unwrap_or_default().to_owned())
    };
    root(a).is_some_and(|x| root(b) == Some(x))
}

/// Acts that can answer or be answered: no ties, figures or words about words.
fn is_act(draft: &Draft) -> bool {
    matches!(&draft.proposition, Proposition::Event(event, _) if !matches!(event, EventType::Consult))
}
