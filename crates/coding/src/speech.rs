//! The words of saying: reporting verbs, acts of speech, nouns, adverbs and adjectives of report, and who speaks at
//! each. The words are data (`data/lexicons/reporting.tsv`); how they pass on a word's content is read in `sources`.

use std::collections::HashMap;

use model::{Attitude, Deprel, Sentence, Upos};

use crate::lexicons::entry;
use crate::mouths;
use crate::syntax;

/// One word's entry: the attitude that it lends, and the ways in which it takes what it passes on, besides a clause.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub(crate) attitude: Attitude,
    takes: Vec<String>,
}

impl Word {
    /// Whether the word passes on what it takes in this way: `obj`, `to`, `ing`, or a preposition.
    pub(crate) fn takes(&self, way: &str) -> bool {
        self.takes.iter().any(|t| t == way)
    }
}

/// Lemmas that report, with the attitude that they lend.
#[derive(Debug, Default)]
pub struct Reporting {
    verbs: HashMap<String, Word>,
    acts: HashMap<String, Word>,
    nouns: HashMap<String, Word>,
    documents: HashMap<String, Word>,
    adverbs: HashMap<String, Word>,
    adjectives: HashMap<String, Word>,
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
    /// Reads `lemma<TAB>class<TAB>attitude<TAB>what it takes<TAB>example<TAB>counter-example` lines.
    ///
    /// Classes: verb, act (promise, threat, demand: its subject speaks for its content), noun, document, adverb,
    /// adjective.
    pub fn parse(content: &str) -> Self {
        let mut reporting = Self::default();
        for line in content.lines().filter(|l| !l.starts_with('#')) {
            let mut fields = line.split('\t').map(str::trim);
            let (Some(lemma), Some(class), Some(attitude), Some(takes)) =
                (fields.next(), fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            let Ok(attitude) = attitude.parse() else { continue };
            let table = match class {
                "verb" => &mut reporting.verbs,
                "act" => &mut reporting.acts,
                "noun" => &mut reporting.nouns,
                "document" => &mut reporting.documents,
                "adjective" => &mut reporting.adjectives,
                _ => &mut reporting.adverbs,
            };
            let takes = takes.split_whitespace().map(str::to_owned).collect();
            table.insert(lemma.to_owned(), Word { attitude, takes });
        }
        reporting
    }

    /// The attitude of a reporting verb.
    pub fn verb(&self, lemma: &str) -> Option<Attitude> {
        entry(&self.verbs, lemma).map(|w| w.attitude)
    }

    pub(crate) fn verb_entry(&self, lemma: &str) -> Option<&Word> {
        entry(&self.verbs, lemma)
    }

    pub(crate) fn act(&self, lemma: &str) -> Option<&Word> {
        entry(&self.acts, lemma)
    }

    pub(crate) fn noun(&self, lemma: &str) -> Option<&Word> {
        entry(&self.nouns, lemma)
    }

    pub(crate) fn adverb(&self, lemma: &str) -> Option<&Word> {
        entry(&self.adverbs, lemma)
    }

    pub(crate) fn adjective(&self, lemma: &str) -> Option<&Word> {
        let table = &self.adjectives;
        entry(table, lemma)
            .or_else(|| entry(table, &format!("{lemma}ed")))
            .or_else(|| entry(table, &format!("{lemma}d")))
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
            .find(|(_, t)| {
                // "reported the possibility, saying …": the second verb has words of its own.
                let says = t.deprel == Deprel::Advcl && self.verb(&t.lemma).is_some();
                matches!(t.deprel, Deprel::Xcomp | Deprel::Advcl) && t.upos == Upos::Verb && !says
            })
            .map(|(i, _)| i)
            .filter(|_| self.verb_entry(&token.lemma).is_some_and(|w| w.takes("ing")))
    }

    /// Who speaks at a reporting verb; where that is a paper ("a statement saying …"), whoever put it out.
    pub fn speaker(&self, sentence: &Sentence, verb: usize) -> Option<usize> {
        if let Some(speaker) = mouths::speaker(sentence, verb) {
            return Some(self.issuer(sentence, speaker));
        }
        if syntax::is_passive(sentence, verb) {
            // "was accused by", "it was reported by"; "is said to" names nobody.
            return syntax::obliques(sentence, verb, &["by"]).first().copied();
        }
        let subject = syntax::surface_subject(sentence, verb).or_else(|| inverted_subject(sentence, verb))?;
        let subject = self.mouth(sentence, verb, subject);
        let token = &sentence.tokens[subject];
        if token.lemma == "it" && sentence.tokens[verb].lemma == "say" || token.deprel == Deprel::Expl {
            return None;
        }
        Some(self.issuer(sentence, subject))
    }

    /// "…explained the decision to ban the players, saying": a participle that the parser hangs on the object belongs to
    /// the subject, unless the object is a paper ("a statement saying").
    fn mouth(&self, sentence: &Sentence, verb: usize, noun: usize) -> usize {
        let token = &sentence.tokens[noun];
        let hangs = sentence.tokens[verb].deprel == Deprel::Acl && syntax::head(sentence, verb) == Some(noun);
        if !hangs || self.documents.contains_key(&token.lemma.to_lowercase()) {
            return noun;
        }
        let mut at = noun;
        for _ in 0..8 {
            let Some(up) = syntax::head(sentence, at) else { return noun };
            match sentence.tokens[at].deprel {
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::Root => return noun,
                Deprel::Obj | Deprel::Obl if sentence.tokens[up].upos == Upos::Verb => {
                    let above = syntax::surface_subject(sentence, up);
                    return above.filter(|&s| s != noun && s != at).unwrap_or(noun);
                }
                _ => at = up,
            }
        }
        noun
    }

    /// Who put a paper out, where the text says so: "the army's statement", "a report by the UN", "the group released a
    /// statement"; else the nominal itself.
    pub(crate) fn issuer(&self, sentence: &Sentence, nominal: usize) -> usize {
        if !self.is_document(sentence, nominal) {
            return nominal;
        }
        author(sentence, nominal).unwrap_or(nominal)
    }

    /// Who put a paper out, where its own phrase says so: "according to a tweet on Monday by the minister".
    pub(crate) fn writer(&self, sentence: &Sentence, nominal: usize) -> usize {
        if !self.is_document(sentence, nominal) {
            return nominal;
        }
        writer(sentence, nominal).unwrap_or(nominal)
    }

    /// Whether a nominal is a paper, whose words are those of whoever put it out.
    pub(crate) fn is_document(&self, sentence: &Sentence, nominal: usize) -> bool {
        self.documents.contains_key(&sentence.tokens[nominal].lemma.to_lowercase())
    }
}

/// Whose a word of report is, as its own phrase says.
fn writer(sentence: &Sentence, noun: usize) -> Option<usize> {
    if let Some(owner) = sentence.child(noun, &[Deprel::NmodPoss]) {
        return Some(owner);
    }
    if let Some(&by) = syntax::obliques(sentence, noun, &["by", "from"]).first() {
        return Some(by);
    }
    let issued = sentence.children(noun).filter(|(_, t)| t.deprel == Deprel::Acl).map(|(i, _)| i);
    for verb in issued {
        if let Some(&by) = syntax::obliques(sentence, verb, &["by"]).first() {
            return Some(by);
        }
    }
    // "a report on Wednesday by the firm"
    let below = sentence.children(noun).filter(|(i, t)| *i > noun && matches!(t.deprel, Deprel::Nmod | Deprel::Obl));
    below.flat_map(|(i, _)| syntax::obliques(sentence, i, &["by"])).next()
}

/// Whose a word of report is.
pub(crate) fn author(sentence: &Sentence, noun: usize) -> Option<usize> {
    if let Some(writer) = writer(sentence, noun) {
        return Some(writer);
    }
    // "the ministry issued a statement", "arrested by police on suspicion of"
    let verb = syntax::head(sentence, noun).filter(|&v| sentence.tokens[v].upos == Upos::Verb)?;
    match sentence.tokens[noun].deprel {
        Deprel::Obj => syntax::surface_subject(sentence, verb).filter(|&s| s != noun),
        Deprel::NsubjPass | Deprel::Obl => syntax::agents(sentence, verb).first().copied().filter(|&s| s != noun),
        _ => None,
    }
}

/// "read the statement", "said a spokesman": a subject that the parser takes for an object after a quotation.
fn inverted_subject(sentence: &Sentence, verb: usize) -> Option<usize> {
    let object = sentence.child(verb, &[Deprel::Obj])?;
    (object == verb + 1 || object == verb + 2 || object == verb + 3)
        .then_some(object)
        .filter(|&o| o > verb && sentence.child(verb, &[Deprel::Ccomp, Deprel::Parataxis]).is_some_and(|c| c < verb))
}
