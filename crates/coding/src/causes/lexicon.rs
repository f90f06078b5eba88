//! The words that say cause and effect, and how they are found in a sentence.

use std::collections::{HashMap, HashSet};

use model::{Deprel, Sentence, Upos};
use serde::Deserialize;

use crate::frames::FrameError;
use crate::rules;
use crate::syntax;

/// Where the two sides stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// The subject is the cause, the object (or what stands after the verb's preposition) the effect.
    Verb,
    /// The subject is the effect, what stands after the preposition the cause.
    From,
    /// The subject is the cause of what the noun has after "of" or "for".
    CauseNoun,
    /// The subject is the effect of what the noun has after "of".
    EffectNoun,
    /// A preposition: what follows is the cause of the clause.
    Case,
    /// A conjunction: the clause that it opens is the cause of the other.
    Mark,
    /// The subject is the cause that the object does what the infinitive says.
    Push,
    /// "makes X likely": the subject is the cause of X.
    Make,
    /// Where the sides stand is left to the tagger; the words, in a row, give the sign alone.
    Tagged,
}

/// What must be true of the cause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Needs {
    /// Nothing.
    #[default]
    Nothing,
    /// It must be something that happens or goes on, not a person or body.
    Event,
    /// It must be a clause of its own after a comma.
    Clause,
}

/// One entry of the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Where the sides stand.
    pub shape: Shape,
    /// `+` raises, `-` lowers.
    pub sign: String,
    /// What the cause must be.
    #[serde(default)]
    pub needs: Needs,
    /// Counts only where the judge agrees.
    #[serde(default)]
    pub weak: bool,
    /// The words, head first.
    pub words: Vec<String>,
    /// Sentences in which they say cause and effect.
    pub yes: Vec<String>,
    /// Sentences in which they do not.
    pub no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    word: Vec<Entry>,
    nouns: Vec<Nouns>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nouns {
    side: NounSide,
    words: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum NounSide {
    Either,
    Effect,
    Neither,
}

#[derive(Debug)]
struct Pattern {
    entry: usize,
    below: Vec<Vec<String>>,
}

/// The words, indexed.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub(crate) entries: Vec<Entry>,
    by_lemma: HashMap<String, Vec<Pattern>>,
    cases: Vec<(usize, Vec<String>)>,
    pub(super) tagged: Vec<(usize, Vec<String>)>,
    happenings: HashSet<String>,
    changing: HashSet<String>,
    bodies: HashSet<String>,
}

impl Lexicon {
    pub(crate) fn parse(file: &str, content: &str) -> Result<Self, FrameError> {
        let parsed: File = rules::parse(file, content)?;
        let mut by_lemma: HashMap<String, Vec<Pattern>> = HashMap::new();
        let (mut cases, mut tagged) = (Vec::new(), Vec::new());
        for (entry, raw) in parsed.word.iter().enumerate() {
            for words in &raw.words {
                if matches!(raw.shape, Shape::Case | Shape::Tagged) {
                    let row = words.split(' ').map(str::to_owned).collect();
                    if raw.shape == Shape::Case { &mut cases } else { &mut tagged }.push((entry, row));
                    continue;
                }
                let mut parts = words.split(' ');
                let Some(head) = parts.next() else { continue };
                let below = parts.map(|p| p.split('/').map(str::to_owned).collect()).collect();
                by_lemma.entry(head.to_owned()).or_default().push(Pattern { entry, below });
            }
        }
        for patterns in by_lemma.values_mut() {
            patterns.sort_by_key(|p| std::cmp::Reverse((parsed.word[p.entry].shape == Shape::Push, p.below.len())));
        }
        let nouns = |side: NounSide| -> HashSet<String> {
            parsed.nouns.iter().filter(|n| n.side == side).flat_map(|n| n.words.iter().cloned()).collect()
        };
        let (happenings, changing, bodies) =
            (nouns(NounSide::Either), nouns(NounSide::Effect), nouns(NounSide::Neither));
        Ok(Self { entries: parsed.word, by_lemma, cases, tagged, happenings, changing, bodies })
    }

    /// Whether a noun names something that happens or goes on.
    pub(crate) fn is_happening(&self, lemma: &str) -> bool {
        const ENDINGS: [&str; 7] = ["tion", "sion", "ment", "ance", "ence", "ing", "ism"];
        let lemma = lemma.to_lowercase();
        self.happenings.contains(&lemma)
            || (lemma.len() > 6 && ENDINGS.iter().any(|e| lemma.ends_with(e)) && !self.bodies.contains(&lemma))
    }

    /// Whether a noun names something that can be raised or lowered, though it does not happen.
    pub(crate) fn can_change(&self, lemma: &str) -> bool {
        self.changing.contains(&lemma.to_lowercase())
    }

    /// The patterns of a lemma; of the form where a comparative is meant; of what a doubled consonant or a lost "e" has
    /// made of the lemma ("fuelled", "fired").
    fn patterns(&self, lemma: &str, form: &str) -> Option<&Vec<Pattern>> {
        let cut = lemma.trim_end_matches('e');
        let single = cut.strip_suffix('l').filter(|l| l.ends_with('l'));
        self.by_lemma
            .get(form)
            .or_else(|| self.by_lemma.get(lemma))
            .or_else(|| self.by_lemma.get(&format!("{lemma}e")))
            .or_else(|| single.and_then(|s| self.by_lemma.get(s)))
    }

    /// The entries that the words at `word` match, the closest first, with the lemmas matched below it.
    pub(crate) fn at(&self, text: &str, sentence: &Sentence, word: usize) -> Vec<(&Entry, Vec<String>)> {
        let token = &sentence.tokens[word];
        let lemma = token.lemma.to_lowercase();
        let mut found = Vec::new();
        let form = syntax::lower(text, sentence, word);
        for pattern in self.patterns(&lemma, &form).into_iter().flatten() {
            let entry = &self.entries[pattern.entry];
            let fits = match entry.shape {
                Shape::Verb | Shape::From | Shape::Push => {
                    token.upos == Upos::Verb && !matches!(token.deprel, Deprel::Amod | Deprel::Compound | Deprel::Case)
                }
                Shape::CauseNoun | Shape::EffectNoun => token.upos == Upos::Noun,
                Shape::Make => token.upos == Upos::Adj,
                Shape::Mark => token.deprel == Deprel::Mark,
                Shape::Case | Shape::Tagged => false,
            };
            if !fits {
                continue;
            }
            let below: Option<Vec<String>> = pattern.below.iter().map(|words| below(sentence, word, words)).collect();
            if let Some(below) = below {
                found.push((entry, below));
            }
        }
        for (entry, words) in &self.cases {
            let here = sentence.tokens.get(word..word + words.len()).is_some_and(|tokens| {
                tokens.iter().zip(words).all(|(t, w)| {
                    t.lemma.eq_ignore_ascii_case(w)
                        || (w == "owing" && t.lemma == "owe")
                        || (w == "a" && t.lemma == "the")
                })
            });
            // "is due to take place" governs a verb, not a noun.
            if here && matches!(token.upos, Upos::Adp | Upos::Adj | Upos::Sconj | Upos::Verb | Upos::Adv | Upos::Noun) {
                found.push((&self.entries[*entry], words.clone()));
            }
        }
        found
    }
}

fn below(sentence: &Sentence, word: usize, words: &[String]) -> Option<String> {
    let is = |lemma: &str| words.iter().find(|w| lemma.eq_ignore_ascii_case(w)).cloned();
    sentence.children(word).find_map(|(i, t)| {
        if matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Conj) {
            return None;
        }
        is(&t.lemma).or_else(|| {
            let nominal = matches!(t.deprel, Deprel::Obl | Deprel::Nmod | Deprel::Advcl | Deprel::Obj);
            nominal.then(|| syntax::preposition(sentence, i).and_then(is)).flatten().or_else(|| {
                // "gave rise to": the preposition of what hangs on the object.
                (t.deprel == Deprel::Obj)
                    .then(|| sentence.children(i).find_map(|(j, _)| syntax::preposition(sentence, j).and_then(is)))
                    .flatten()
            })
        })
    })
}
