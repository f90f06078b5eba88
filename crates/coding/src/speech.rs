//! Who says it: reporting verbs, "according to", evidential adverbs, and the chain of sources over a
//! clause. The words are data (`data/lexicons/reporting.tsv`).

use std::collections::HashMap;

use model::{Attitude, Deprel, Sentence, Upos};

use crate::syntax;

/// Lemmas that report, with the attitude that they lend.
#[derive(Debug, Default)]
pub struct Reporting {
    verbs: HashMap<String, Attitude>,
    nouns: HashMap<String, Attitude>,
    adverbs: HashMap<String, Attitude>,
}

/// One source found over a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The token that names the source; `None` where nobody is named ("reportedly").
    pub speaker: Option<usize>,
    /// What the source does with it.
    pub attitude: Attitude,
    /// The reporting word.
    pub word: usize,
}

impl Reporting {
    /// Reads `lemma<TAB>verb|noun|adverb<TAB>attitude<TAB>example` lines.
    pub fn parse(content: &str) -> Self {
        let mut reporting = Self::default();
        for line in content.lines().filter(|l| !l.starts_with('#')) {
            let mut fields = line.split('\t').map(str::trim);
            let (Some(lemma), Some(class), Some(attitude)) = (fields.next(), fields.next(), fields.next()) else {
                continue;
            };
            let Ok(attitude) = attitude.parse() else { continue };
            let table = match class {
                "verb" => &mut reporting.verbs,
                "noun" => &mut reporting.nouns,
                _ => &mut reporting.adverbs,
            };
            table.insert(lemma.to_owned(), attitude);
        }
        reporting
    }

    /// The attitude of a reporting verb.
    pub fn verb(&self, lemma: &str) -> Option<Attitude> {
        self.verbs.get(&lemma.to_lowercase()).copied()
    }

    /// The clause that a reporting verb passes on: its complement, or, where the quotation is the main
    /// clause ("…", he said), the clause over it.
    pub fn content_of(&self, sentence: &Sentence, verb: usize) -> Option<usize> {
        if let Some(complement) = sentence.child(verb, &[Deprel::Ccomp]) {
            return Some(complement);
        }
        let token = &sentence.tokens[verb];
        if token.deprel == Deprel::Parataxis {
            return syntax::head(sentence, verb);
        }
        // A quotation parsed as an aside of the reporting verb.
        let quoted = sentence.children(verb).find(|(i, t)| {
            t.deprel == Deprel::Parataxis
                && matches!(t.upos, Upos::Verb | Upos::Adj | Upos::Noun)
                && self.verb(&t.lemma).is_none()
                && *i != verb
        });
        if let Some((i, _)) = quoted {
            return Some(i);
        }
        // "denied sheltering", "vowed to", "admitted killing".
        sentence
            .children(verb)
            .find(|(_, t)| matches!(t.deprel, Deprel::Xcomp | Deprel::Advcl) && t.upos == Upos::Verb)
            .map(|(i, _)| i)
            .filter(|_| takes_gerund(&token.lemma))
    }

    /// The sources over the word at `index`, outermost first.
    pub fn chain(&self, sentence: &Sentence, index: usize) -> Vec<Source> {
        let mut chain = Vec::new();
        let mut at = index;
        for _ in 0..sentence.tokens.len().min(40) {
            self.beside(sentence, at, index, &mut chain);
            let Some(up) = syntax::head(sentence, at) else { break };
            let token = &sentence.tokens[at];
            let governor = &sentence.tokens[up];
            let passes_on = match token.deprel {
                Deprel::Ccomp => true,
                Deprel::Xcomp | Deprel::Advcl => takes_gerund(&governor.lemma) || said_to(sentence, up, token.deprel),
                Deprel::Parataxis => self.verb(&token.lemma).is_none(),
                // "denied the attack", "claimed responsibility", "confirmed the deaths"
                Deprel::Obj => {
                    governor.upos == Upos::Verb
                        && matches!(governor.lemma.as_str(), "deny" | "confirm" | "report" | "claim" | "allege")
                }
                _ => false,
            };
            if passes_on && let Some(attitude) = self.verb(&governor.lemma) {
                let negated = sentence
                    .children(up)
                    .any(|(_, t)| t.deprel == Deprel::Advmod && matches!(t.lemma.as_str(), "not" | "n't" | "never"));
                if !negated {
                    let speaker = self.speaker(sentence, up);
                    push(&mut chain, Source { speaker, attitude, word: up });
                }
            }
            // "the claim that …", "reports of …", "allegations of …"
            if matches!(token.deprel, Deprel::Acl | Deprel::Ccomp | Deprel::Nmod)
                && governor.upos == Upos::Noun
                && let Some(&attitude) = self.nouns.get(&governor.lemma)
            {
                let speaker = syntax::surface_subject(sentence, at)
                    .filter(|_| false)
                    .or_else(|| sentence.child(up, &[Deprel::NmodPoss]))
                    .or_else(|| syntax::obliques(sentence, up, &["by", "from"]).first().copied());
                push(&mut chain, Source { speaker, attitude, word: up });
            }
            at = up;
        }
        chain.reverse();
        chain
    }

    /// Sources that stand beside a clause: "…, he said", "according to X", "reportedly".
    fn beside(&self, sentence: &Sentence, at: usize, index: usize, chain: &mut Vec<Source>) {
        for (i, child) in sentence.children(at) {
            match child.deprel {
                Deprel::Parataxis if self.verb(&child.lemma).is_some() && !sentence.is_within(index, i) => {
                    // Only where the aside has nothing of its own to pass on.
                    if sentence.child(i, &[Deprel::Ccomp, Deprel::Obj]).is_none()
                        && let Some(attitude) = self.verb(&child.lemma)
                    {
                        push(chain, Source { speaker: self.speaker(sentence, i), attitude, word: i });
                    }
                }
                Deprel::Advcl if self.verb(&child.lemma).is_some() && !sentence.is_within(index, i) => {
                    // "…, as the army said"
                    let as_said = sentence.children(i).any(|(_, t)| t.deprel == Deprel::Mark && t.lemma == "as");
                    if as_said && let Some(attitude) = self.verb(&child.lemma) {
                        push(chain, Source { speaker: self.speaker(sentence, i), attitude, word: i });
                    }
                }
                Deprel::Obl | Deprel::Nmod | Deprel::OblUnmarked if !sentence.is_within(index, i) => {
                    if let Some((case, _)) = sentence.children(i).find(|(_, t)| {
                        t.deprel == Deprel::Case && matches!(t.lemma.as_str(), "accord" | "according" | "According")
                    }) {
                        push(chain, Source { speaker: Some(i), attitude: Attitude::Asserts, word: case });
                    }
                }
                Deprel::Advmod => {
                    if let Some(&attitude) = self.adverbs.get(&child.lemma.to_lowercase()) {
                        push(chain, Source { speaker: None, attitude, word: i });
                    }
                }
                _ => {}
            }
            // "according" tagged as a verb heading its own phrase: "according to the army".
            if matches!(child.lemma.as_str(), "accord" | "according")
                && !sentence.is_within(index, i)
                && child.deprel != Deprel::Case
                && let Some(&speaker) = syntax::obliques(sentence, i, &["to"]).first()
            {
                push(chain, Source { speaker: Some(speaker), attitude: Attitude::Asserts, word: i });
            }
        }
    }

    /// Who speaks at a reporting verb.
    pub fn speaker(&self, sentence: &Sentence, verb: usize) -> Option<usize> {
        if syntax::is_passive(sentence, verb) {
            // "was accused by", "it was reported by"; "is said to" names nobody.
            return syntax::obliques(sentence, verb, &["by"]).first().copied();
        }
        syntax::surface_subject(sentence, verb).filter(|&s| {
            let token = &sentence.tokens[s];
            !(token.lemma == "it" && sentence.tokens[verb].lemma == "say") && token.deprel != Deprel::Expl
        })
    }
}

fn takes_gerund(lemma: &str) -> bool {
    matches!(lemma, "deny" | "admit" | "acknowledge" | "claim" | "report")
}

/// "is said to have attacked", "is believed to shelter".
fn said_to(sentence: &Sentence, verb: usize, relation: Deprel) -> bool {
    let reports = matches!(
        sentence.tokens[verb].lemma.as_str(),
        "say" | "report" | "believe" | "allege" | "claim" | "think" | "know" | "understand" | "suspect" | "estimate"
    );
    reports && relation == Deprel::Xcomp && syntax::is_passive(sentence, verb)
}

fn push(chain: &mut Vec<Source>, source: Source) {
    if !chain.iter().any(|s| s.word == source.word) {
        chain.push(source);
    }
}
