//! The two sides of a causal word, read off the tree.

use model::{Deprel, NameKind, Polarity, Sentence, Upos};

use super::lexicon::{Entry, Lexicon, Needs, Shape};
use super::{Found, Side};
use crate::roles::Scene;
use crate::speech::Reporting;
use crate::syntax;

/// Both sides of the word, if both are named.
pub(crate) fn of(
    scene: &Scene<'_>,
    reporting: &Reporting,
    lexicon: &Lexicon,
    entry: &Entry,
    word: usize,
    matched: &[String],
) -> Option<Found> {
    let sentence = scene.sentence;
    let (cause, effect) = match entry.shape {
        Shape::Verb => verb(sentence, word, matched)?,
        Shape::From => {
            let effect = subject(sentence, word)?;
            let cause = *after(sentence, word, matched).first()?;
            (nominal(sentence, cause)?, effect)
        }
        Shape::CauseNoun => noun(sentence, word, &["of", "for", "behind"])?,
        Shape::EffectNoun => {
            let (subject, of) = noun(sentence, word, &["of"])?;
            (of, subject)
        }
        Shape::Case => preposition(sentence, reporting, word, matched.len())?,
        Shape::Mark => {
            let inner = syntax::head(sentence, word)?;
            let outer = syntax::head(sentence, inner)?;
            if sentence.tokens[inner].deprel != Deprel::Advcl || sentence.tokens[outer].upos == Upos::Pron {
                return None;
            }
            // "not because": denied as the reason. "Because we …": talk, whose "we" names nobody.
            let denied = word > 0 && sentence.tokens[word - 1].lemma == "not";
            if denied || subject_of(sentence, inner).is_some_and(|s| is_talk(sentence, s)) {
                return None;
            }
            (after_mark(sentence, inner, word)?, explained(sentence, reporting, outer, inner)?)
        }
        Shape::Push => push(sentence, word)?,
        Shape::Make => make(sentence, word)?,
        Shape::Tagged => return None,
    };
    // What acts on people is an event; a name alone causes nothing in particular.
    let cause_is_named = is_name_or_person(scene, lexicon, cause.head);
    let needs_event = entry.needs == Needs::Event || entry.shape == Shape::Push;
    if needs_event && !happens(lexicon, sentence, cause.head) || cause_is_named {
        return None;
    }
    if entry.shape != Shape::Push && is_name_or_person(scene, lexicon, effect.head) {
        return None;
    }
    if matches!(entry.shape, Shape::Verb | Shape::From) && entry.needs == Needs::Nothing {
        // "The road leads to the border": one side at least must be something that happens.
        if !happens(lexicon, sentence, cause.head) && !happens(lexicon, sentence, effect.head) {
            return None;
        }
    }
    if matches!(entry.shape, Shape::CauseNoun | Shape::EffectNoun)
        && !(happens(lexicon, sentence, cause.head) && happens(lexicon, sentence, effect.head))
    {
        return None;
    }
    if entry.needs == Needs::Event && !abstract_thing(lexicon, sentence, effect.head) {
        return None;
    }
    if cause.span.overlaps(effect.span) {
        return None;
    }
    let mut polarity = if entry.sign == "-" { Polarity::Lowers } else { Polarity::Raises };
    // "less likely", "made it no easier"
    if entry.shape == Shape::Make
        && sentence.children(word).any(|(_, t)| matches!(t.lemma.as_str(), "less" | "little" | "least" | "no"))
    {
        polarity = match polarity {
            Polarity::Lowers => Polarity::Raises,
            Polarity::Raises => Polarity::Lowers,
        };
    }
    Some(Found { word, cause, effect, polarity, tagged: false })
}

fn verb(sentence: &Sentence, word: usize, matched: &[String]) -> Option<(Side, Side)> {
    const PREPOSITIONS: [&str; 5] = ["to", "in", "for", "into", "from"];
    let preposition = matched.last().filter(|m| PREPOSITIONS.contains(&m.as_str()));
    if preposition.is_some() {
        let effect = *after(sentence, word, matched).first()?;
        return Some((subject(sentence, word)?, nominal(sentence, effect)?));
    }
    if syntax::is_passive(sentence, word) {
        let cause = *syntax::obliques(sentence, word, &["by"]).first()?;
        let effect = syntax::surface_subject(sentence, word)?;
        return Some((nominal(sentence, cause)?, nominal(sentence, effect)?));
    }
    let effect = *syntax::patients(sentence, word).first()?;
    Some((subject(sentence, word)?, nominal(sentence, effect)?))
}

/// What stands after the preposition that the pattern asks for.
fn after(sentence: &Sentence, word: usize, matched: &[String]) -> Vec<usize> {
    let Some(preposition) = matched.last().map(String::as_str) else { return Vec::new() };
    let own = syntax::obliques(sentence, word, &[preposition]);
    if !own.is_empty() {
        return own;
    }
    sentence
        .children(word)
        .filter(|(_, t)| t.deprel == Deprel::Obj)
        .flat_map(|(i, _)| syntax::obliques(sentence, i, &[preposition]))
        .collect()
}

/// The subject as a side: a nominal, a clause for a participle that comments on it, or what a relative stands for.
fn subject(sentence: &Sentence, word: usize) -> Option<Side> {
    let token = &sentence.tokens[word];
    let own = sentence.child(word, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Csubj]);
    if let Some(own) = own {
        let relative = sentence.tokens[own].upos == Upos::Pron
            && matches!(sentence.tokens[own].lemma.to_lowercase().as_str(), "which" | "that");
        if !relative {
            return if sentence.tokens[own].deprel == Deprel::Csubj {
                clause(sentence, own, None)
            } else {
                nominal(sentence, own)
            };
        }
        let antecedent = syntax::head(sentence, word)?;
        if sentence.tokens[antecedent].upos == Upos::Verb {
            return clause(sentence, antecedent, Some(word));
        }
        // ", which has hurt trade" with an auxiliary in the singular after a plural: the clause, not the noun.
        let before = sentence.tokens[..own].last().is_some_and(|t| t.lemma == ",");
        let plural = sentence.tokens[antecedent].feats.has("Number", "Plur");
        let singular = sentence.children(word).chain(std::iter::once((word, token))).any(|(_, t)| {
            t.feats.has("Number", "Sing") && t.feats.has("Person", "3") && t.feats.has("VerbForm", "Fin")
        });
        if before && plural && singular {
            return clause(sentence, syntax::clause_head(sentence, antecedent), Some(word));
        }
        return nominal(sentence, antecedent);
    }
    match token.deprel {
        Deprel::Acl => nominal(sentence, syntax::head(sentence, word)?),
        // "…, sparking protests": all that stands before.
        Deprel::Advcl if !token.feats.has("VerbForm", "Fin") && !token.feats.has("VerbForm", "Inf") => {
            let up = syntax::head(sentence, word)?;
            if up > word || sentence.children(word).any(|(_, t)| matches!(t.deprel, Deprel::Mark | Deprel::Case)) {
                return None;
            }
            clause(sentence, up, Some(word))
        }
        _ => {
            let shared = syntax::surface_subject(sentence, word)?;
            nominal(sentence, shared)
        }
    }
}

fn noun(sentence: &Sentence, word: usize, of: &[&str]) -> Option<(Side, Side)> {
    // "X is the cause of Y", or turned round: "The reason for Y was X".
    let other = *syntax::obliques(sentence, word, of).first()?;
    if sentence.child(word, &[Deprel::Cop]).is_some() {
        let subject = sentence.child(word, &[Deprel::Nsubj])?;
        return Some((nominal(sentence, subject)?, nominal(sentence, other)?));
    }
    let up = syntax::head(sentence, word)?;
    let turned = sentence.tokens[word].deprel == Deprel::Nsubj && sentence.child(up, &[Deprel::Cop]).is_some();
    if turned && sentence.tokens[up].upos == Upos::Noun {
        return Some((nominal(sentence, up)?, nominal(sentence, other)?));
    }
    None
}

fn preposition(sentence: &Sentence, reporting: &Reporting, word: usize, length: usize) -> Option<(Side, Side)> {
    // The nominal is the one that the last word of the preposition, or the first, marks.
    let last = word + length - 1;
    let mut inner = syntax::head(sentence, word)?;
    if (word..=last).contains(&inner) {
        inner = (word..=last)
            .find_map(|i| syntax::head(sentence, i).filter(|h| !(word..=last).contains(h) && *h > last))
            .or_else(|| {
                let nominal = |i: &usize| syntax::is_nominal(sentence, *i);
                (last + 1..sentence.tokens.len())
                    .find(|i| nominal(i) && syntax::head(sentence, *i).is_some_and(|h| (word..=last).contains(&h)))
            })?;
    }
    if inner <= last {
        inner = sentence
            .tokens
            .iter()
            .enumerate()
            .skip(last + 1)
            .find(|(_, t)| t.head == model::Head::Token(word) || t.head == model::Head::Token(last))
            .map(|(i, _)| i)?;
    }
    if !syntax::is_nominal(sentence, inner) {
        return None;
    }
    // Up from the nominal, past the preposition's own words, to what it explains.
    let mut outer = syntax::head(sentence, inner)?;
    for _ in 0..length {
        if (word..=last).contains(&outer) {
            outer = syntax::head(sentence, outer)?;
        }
    }
    let cause = nominal(sentence, inner)?;
    let effect = if syntax::is_nominal(sentence, outer) && sentence.child(outer, &[Deprel::Cop]).is_none() {
        nominal_before(sentence, outer, word)?
    } else if sentence.child(outer, &[Deprel::Cop]).is_some() && (outer == inner) {
        nominal(sentence, sentence.child(outer, &[Deprel::Nsubj])?)?
    } else {
        explained(sentence, reporting, outer, inner)?
    };
    Some((cause, effect))
}

/// The clause that a reason explains: with its subject, and not the words that report it.
fn explained(sentence: &Sentence, reporting: &Reporting, mut outer: usize, reason: usize) -> Option<Side> {
    for _ in 0..4 {
        let token = &sentence.tokens[outer];
        let subject = sentence.child(outer, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Csubj, Deprel::Expl]);
        if subject.is_some() || !matches!(token.deprel, Deprel::Xcomp | Deprel::Conj) {
            break;
        }
        outer = syntax::head(sentence, outer)?;
    }
    let token = &sentence.tokens[outer];
    let subject = sentence.child(outer, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Csubj, Deprel::Expl]);
    if subject.is_none() && token.deprel != Deprel::Conj && token.deprel != Deprel::Root {
        return None;
    }
    // "…, his wife said because": the reason belongs to what is said, not to the saying.
    let unnamed = subject.is_some_and(|s| sentence.tokens[s].upos == Upos::Pron);
    if unnamed || token.deprel == Deprel::AclRelcl {
        return None;
    }
    let reports = token.upos == Upos::Verb
        && reporting.verb(&token.lemma).is_some()
        && reporting.content_of(sentence, outer).is_some();
    if reports {
        return None;
    }
    clause(sentence, outer, Some(reason))
}

fn subject_of(sentence: &Sentence, clause: usize) -> Option<usize> {
    sentence.child(clause, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Expl])
}

/// Pronouns of conversation, or that point at what was said.
fn is_talk(sentence: &Sentence, index: usize) -> bool {
    matches!(
        sentence.tokens[index].lemma.to_lowercase().as_str(),
        "i" | "we" | "you" | "this" | "that" | "there" | "nobody" | "somebody" | "who" | "which"
    )
}

/// A clause from its conjunction on, without the conjunction and what widens it ("partly because").
fn after_mark(sentence: &Sentence, head: usize, mark: usize) -> Option<Side> {
    let side = clause(sentence, head, None)?;
    let next = (mark + 1..sentence.tokens.len()).find(|&i| sentence.tokens[i].upos != Upos::Punct)?;
    let start = sentence.tokens[next].span;
    if start.start() > side.span.start() && start.start() < side.span.end() {
        let mut last = head;
        while last + 1 < sentence.tokens.len() && sentence.tokens[last + 1].span.end() <= side.span.end() {
            last += 1;
        }
        return Some(Side { head, span: start.cover(sentence.tokens[last].span) });
    }
    Some(side)
}

fn push(sentence: &Sentence, word: usize) -> Option<(Side, Side)> {
    let infinitive = sentence
        .children(word)
        .find(|(i, t)| {
            matches!(t.deprel, Deprel::Xcomp | Deprel::Advcl)
                && t.upos == Upos::Verb
                && sentence.children(*i).any(|(_, m)| m.deprel == Deprel::Mark && m.lemma == "to")
        })
        .map(|(i, _)| i)?;
    if syntax::is_passive(sentence, word) {
        return None;
    }
    let object = sentence.child(word, &[Deprel::Obj, Deprel::Iobj])?;
    let effect = syntax::clause_span(sentence, infinitive).cover(nominal(sentence, object)?.span);
    Some((subject(sentence, word)?, Side { head: infinitive, span: effect }))
}

fn make(sentence: &Sentence, word: usize) -> Option<(Side, Side)> {
    let up = syntax::head(sentence, word)?;
    let token = &sentence.tokens[word];
    if sentence.tokens[up].lemma != "make" || !matches!(token.deprel, Deprel::Xcomp | Deprel::Obj | Deprel::Ccomp) {
        return None;
    }
    let object =
        sentence.child(up, &[Deprel::Obj]).filter(|&o| o != word).or_else(|| sentence.child(word, &[Deprel::Nsubj]))?;
    Some((subject(sentence, up)?, nominal(sentence, object)?))
}

/// A nominal with what belongs to it, without what is said about it on the side. Pronouns name nothing.
pub(super) fn nominal(sentence: &Sentence, head: usize) -> Option<Side> {
    if !syntax::is_nominal(sentence, head) {
        // A gerund or clause as subject.
        return (sentence.tokens[head].upos == Upos::Verb).then(|| clause(sentence, head, None)).flatten();
    }
    nominal_before(sentence, head, usize::MAX)
}

fn nominal_before(sentence: &Sentence, head: usize, end: usize) -> Option<Side> {
    if sentence.tokens[head].upos == Upos::Pron {
        return None;
    }
    let mut keep = vec![head];
    let mut at = 0;
    while at < keep.len() && keep.len() < 60 {
        let here = keep[at];
        for (i, token) in sentence.children(here) {
            let aside = match token.deprel {
                Deprel::AclRelcl | Deprel::Appos | Deprel::Parataxis | Deprel::Advcl => true,
                Deprel::Punct => i < head || !within(sentence, &keep, i),
                Deprel::Case | Deprel::Mark | Deprel::Cc => here == head && token.deprel != Deprel::Cc,
                Deprel::Cop | Deprel::Aux | Deprel::Nsubj | Deprel::Advmod => {
                    here == head && i > head || {
                        matches!(token.deprel, Deprel::Cop | Deprel::Aux | Deprel::Nsubj) && here == head
                    }
                }
                Deprel::Conj => token.upos == Upos::Verb,
                _ => false,
            };
            if !aside && i < end {
                keep.push(i);
            }
        }
        at += 1;
    }
    keep.sort_unstable();
    keep.dedup();
    let mut first = head;
    let mut last = head;
    let has = |i: usize| keep.binary_search(&i).is_ok();
    let bridge = |i: usize| sentence.tokens[i].upos == Upos::Punct && sentence.tokens[i].lemma != ",";
    while first > 0 && (has(first - 1) || (first > 1 && bridge(first - 1) && has(first - 2))) {
        first -= 1;
    }
    while last + 1 < sentence.tokens.len()
        && last + 1 < end
        && (has(last + 1)
            || (last + 2 < sentence.tokens.len() && sentence.tokens[last + 1].upos == Upos::Punct && has(last + 2)))
    {
        last += 1;
    }
    while first < head && matches!(sentence.tokens[first].upos, Upos::Punct | Upos::Cconj | Upos::Adp) {
        first += 1;
    }
    while last > head && matches!(sentence.tokens[last].upos, Upos::Punct | Upos::Cconj | Upos::Adp) {
        last -= 1;
    }
    Some(Side { head, span: sentence.tokens[first].span.cover(sentence.tokens[last].span) })
}

/// Whether a comma stands inside a row of conjuncts that is kept.
fn within(sentence: &Sentence, keep: &[usize], index: usize) -> bool {
    syntax::head(sentence, index).is_some_and(|h| keep.contains(&h) && sentence.tokens[h].deprel == Deprel::Conj)
}

/// A clause without the one that comments on it, from its first to its last word; reporting clauses are left out.
pub(super) fn clause(sentence: &Sentence, head: usize, without: Option<usize>) -> Option<Side> {
    let mut words: Vec<usize> = (0..sentence.tokens.len())
        .filter(|&i| sentence.is_within(i, head) && without.is_none_or(|w| !sentence.is_within(i, w)))
        .filter(|&i| !under_aside(sentence, i, head))
        .collect();
    // The stretch around the head.
    if let Some(w) = without {
        words.retain(|&i| (i < w) == (head < w) || sentence.is_within(i, head) && i > w && head > w);
    }
    let edge = |i: usize| {
        let token = &sentence.tokens[i];
        token.upos == Upos::Punct || matches!(token.deprel, Deprel::Cc | Deprel::Mark)
    };
    while words.first().is_some_and(|&i| edge(i)) {
        words.remove(0);
    }
    while words.last().is_some_and(|&i| edge(i)) {
        words.pop();
    }
    let (&first, &last) = (words.first()?, words.last()?);
    Some(Side { head, span: sentence.tokens[first].span.cover(sentence.tokens[last].span) })
}

fn under_aside(sentence: &Sentence, mut index: usize, head: usize) -> bool {
    while index != head {
        let token = &sentence.tokens[index];
        let own_subject = sentence.child(index, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some();
        if token.deprel == Deprel::Parataxis
            || (token.deprel == Deprel::Conj && own_subject && token.upos == Upos::Verb)
        {
            return true;
        }
        match syntax::head(sentence, index) {
            Some(up) => index = up,
            None => return false,
        }
    }
    false
}

/// A person, a body or a place known by name, or a noun for people.
pub(super) fn is_name_or_person(scene: &Scene<'_>, lexicon: &Lexicon, head: usize) -> bool {
    let sentence = scene.sentence;
    let token = &sentence.tokens[head];
    if token.upos == Upos::Verb || happens(lexicon, sentence, head) {
        return false;
    }
    if token.upos == Upos::Pron || token.upos == Upos::Num {
        return true;
    }
    let named = sentence.names.iter().any(|n| {
        n.tokens.contains(&head) && matches!(n.kind, NameKind::Person | NameKind::Organisation | NameKind::Place)
    });
    named || scene.party(head).is_some_and(|p| p.id.is_some() || !p.sectors.is_empty())
}

fn happens(lexicon: &Lexicon, sentence: &Sentence, head: usize) -> bool {
    let token = &sentence.tokens[head];
    match token.upos {
        Upos::Noun => lexicon.is_happening(&token.lemma),
        Upos::Verb => true,
        _ => false,
    }
}

/// What can be raised or lowered: no thing to hold in the hand. Known by its name or its ending, or by an owner.
fn abstract_thing(lexicon: &Lexicon, sentence: &Sentence, head: usize) -> bool {
    let token = &sentence.tokens[head];
    match token.upos {
        Upos::Verb => true,
        Upos::Noun => lexicon.is_happening(&token.lemma) || lexicon.can_change(&token.lemma),
        _ => false,
    }
}
