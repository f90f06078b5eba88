//! Statements: words that a named speaker is reported to have said, each a claim of its own beside what is said in them.

use model::{Attitude, Deprel, Party, Phrase, Proposition, Quote, Sentence, Span, Status};

use crate::attribution::heard_from;
use crate::discourse::Discourse;
use crate::draft::{Draft, is_pronoun};
use crate::happenings::Happening;
use crate::roles::Scene;
use crate::speech::Reporting;
use crate::status::Governors;
use crate::syntax;

/// One draft of a statement for every reporting verb with something to pass on.
pub(crate) fn statements(
    reporting: &Reporting,
    governors: &Governors,
    discourse: &Discourse<'_>,
    scene: &Scene<'_>,
    happenings: &[Happening],
    drafts: &mut Vec<Draft>,
) -> Vec<(usize, usize)> {
    let sentence = scene.sentence;
    let mut made = Vec::new();
    for (index, token) in sentence.tokens.iter().enumerate() {
        if token.upos != model::Upos::Verb {
            continue;
        }
        // "Qaboos bin Said" says nothing.
        if reporting.verb(&token.lemma).is_none() || sentence.names.iter().any(|n| n.tokens.contains(&index)) {
            continue;
        }
        // Words that are events of their own (accuse, deny, warn of …) are coded as such.
        if happenings.iter().any(|h| h.lead.token == index) {
            continue;
        }
        let Some(content) = reporting.content_of(sentence, index) else { continue };
        // "to determine whether it had come": a question is open and nothing said.
        if sentence.children(content).any(|(_, t)| t.deprel == Deprel::Mark && t.lemma.eq_ignore_ascii_case("whether"))
        {
            continue;
        }
        let Some(speaker) = reporting.speaker(sentence, index) else { continue };
        // "((WN))" before a question or an answer marks whose turn it is.
        if scene.text[..sentence.tokens[speaker].span.start()].ends_with("((") {
            continue;
        }
        let mut actor: Vec<Party> =
            scene.fillers(syntax::with_conjuncts(sentence, vec![speaker])).into_iter().map(|f| f.party).collect();
        if actor.is_empty() {
            actor.extend(scene.speaker(speaker));
        }
        // "He added": whoever spoke before. "I", "we" in an interview and "it showed" name nobody.
        if let [party] = &mut actor[..]
            && party.id.is_none()
            && is_pronoun(party)
            && let Some(known) = heard_from(discourse, scene, speaker)
        {
            *party = known;
        }
        if actor.is_empty()
            || matches!(governors.status(sentence, index, true), Status::Hypothetical | Status::DidNotOccur)
        {
            continue;
        }
        let quote = statement_span(scene, content, index);
        let quote = whole_quotation(discourse, scene, quote, index);
        made.push((index, drafts.len()));
        drafts.push(Draft {
            actor,
            attitude: Attitude::Asserts,
            anchor: index,
            ..Draft::new(
                Proposition::Statement(Quote {
                    phrase: Phrase::of(quote, scene.text),
                    direct: is_quoted(scene.text, quote),
                }),
                syntax::clause_span(sentence, top_of(sentence, index, content)),
            )
        });
    }
    made
}

/// The clause that holds both the reporting verb and what it passes on.
fn top_of(sentence: &Sentence, verb: usize, content: usize) -> usize {
    if sentence.is_within(content, verb) { verb } else { content }
}

/// The words that a reporting verb passes on, without the reporting clause inside them.
fn statement_span(scene: &Scene<'_>, content: usize, verb: usize) -> Span {
    let sentence = scene.sentence;
    if sentence.is_within(content, verb) {
        let whole = syntax::clause_span(sentence, content);
        // "posts which state media said were under control": the reporting clause in the midst is no part of it.
        let said = sentence.tokens[verb].span;
        if !(whole.start() < said.start() && said.end() < whole.end()) {
            return whole;
        }
        let side = (0..sentence.tokens.len()).filter(|&i| {
            (i > verb) == (content > verb)
                && sentence.is_within(i, content)
                && whole.contains(sentence.tokens[i].span)
                && sentence.tokens[i].upos != model::Upos::Punct
        });
        return side.map(|i| sentence.tokens[i].span).reduce(Span::cover).unwrap_or(whole);
    }
    // "…", he said: what stands before the reporting clause, or after it if that is longer.
    let inside = |i: usize| sentence.is_within(i, verb);
    let first_reporting = (0..sentence.tokens.len()).find(|&i| inside(i)).unwrap_or(verb);
    let last_reporting = (0..sentence.tokens.len()).rev().find(|&i| inside(i)).unwrap_or(verb);
    let (before, after) = (0..first_reporting, last_reporting + 1..sentence.tokens.len());
    let part = if before.contains(&content) || after.is_empty() { before } else { after };
    let words: Vec<usize> = part.filter(|&i| sentence.tokens[i].upos != model::Upos::Punct).collect();
    match (words.first(), words.last()) {
        (Some(&a), Some(&b)) => sentence.tokens[a].span.cover(sentence.tokens[b].span),
        _ => syntax::clause_span(sentence, content),
    }
}

/// Words that open or stand in a quotation are all of it, over as many sentences as it runs; where the reporter's own
/// words lead into it ("said it was \"a long and bitter fight\""), they stay.
fn whole_quotation(discourse: &Discourse<'_>, scene: &Scene<'_>, words: Span, verb: usize) -> Span {
    let text = scene.text;
    let said = scene.sentence.tokens[verb].span;
    let Some(quotation) = discourse.opened(words).filter(|q| !q.holds(said)) else { return words };
    let inside = text[quotation.start..quotation.end].trim_end_matches([' ', ',', '.', '\n']);
    let start = quotation.start + (inside.len() - inside.trim_start().len());
    // A narrator who goes on after the mark is no part of it, unless a second quotation follows.
    let goes_on = words.end() > quotation.end && text[quotation.end..words.end()].chars().any(char::is_alphanumeric);
    let end = quotation.start + inside.len();
    if goes_on { words } else { Span::new(text, start, end).unwrap_or(words) }
}

/// Whether a quotation mark stands right before or after the words.
fn is_quoted(text: &str, span: Span) -> bool {
    let quote = |c: char| matches!(c, '"' | '“' | '”' | '«' | '»' | '„');
    let before = text[..span.start()].trim_end().chars().next_back().is_some_and(quote);
    let inside = span.of(text).chars().next().is_some_and(quote);
    let after = text[span.end()..].trim_start_matches([',', '.', ' ', '!', '?']).chars().next().is_some_and(quote);
    inside || (before && after) || (before && span.of(text).contains(quote))
}
