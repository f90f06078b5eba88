//! Documents to annotated sentences: tokens, tags, trees, names, by one small neural model.
//!
//! ```text
//! text ── sentences, words ──▶ byte ranges ── pieces, shape ──▶ network ──▶ scores
//!         (rules, data/)                                          │
//!               Annotated ◀── lemma, tree, names (decoding) ◀─────┘
//! ```
//!
//! Word and sentence boundaries are rules over word lists; everything else comes from the network under
//! `model/`, trained and exported by `training/`. A sentence's labels depend on nothing but the sentence. Nothing here reads files (but [`TextModel::load`]), prints or keeps state between documents.

mod addresses;
pub mod conllu;
mod dateline;
pub mod gold;
mod labels;
mod lemma;
mod lexicon;
mod names;
mod network;
#[cfg(test)]
mod parity;
mod pieces;
pub mod score;
pub mod sentences;
mod shape;
mod tree;
mod words;

use std::ops::Range;
use std::path::Path;

use model::{Annotated, Deprel, Head, Name, Problem, ProblemKind, Sentence, Span, Token};

pub use crate::network::Worker;

use crate::labels::Labels;
use crate::lexicon::LEXICON;
use crate::network::{Input, Network, Scores};
use crate::pieces::WordPieces;

/// Why text could not be annotated. An odd text is never an error.
#[derive(Debug, thiserror::Error)]
pub enum TextError {
    /// A model file could not be read from disk.
    #[error(
        "reading the model file {path}: {source}; a model folder holds model.safetensors, causes.safetensors, labels.json and vocab.txt"
    )]
    Read {
        /// Which file.
        path: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A model file is not what this version reads.
    #[error(
        "loading the model's {file}: {why}; write it anew with training/export.py (causes.safetensors: training/causes.py)"
    )]
    Model {
        /// Which file.
        file: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// The network failed on a sentence.
    #[error(
        "running the model on a sentence of {pieces} word pieces: {why}; this is a fault of annalist or of its model file"
    )]
    Run {
        /// Length of the sentence.
        pieces: usize,
        /// What failed.
        why: String,
    },
    /// The text is longer than spans can point into.
    #[error("annotating a text of {bytes} bytes: spans reach 4 GiB; split the document")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
}

/// A sentence of more words is split, at punctuation if there is some.
pub const MOST_WORDS: usize = 200;
/// Likewise a sentence of more word pieces; the encoder has positions for 512.
const MOST_PIECES: usize = 500;
/// Sentences go through the network together until they have so many word pieces: enough that fetching the weights
/// no longer counts, few enough that a layer's rows stay in the processor's second cache.
const ROWS: usize = 512;

/// The model with its vocabulary and labels; shared between threads.
#[derive(Debug)]
pub struct TextModel {
    network: Network,
    pieces: WordPieces,
    labels: Labels,
    root: usize,
    fingerprint: String,
}

impl TextModel {
    /// The model that the program carries.
    pub fn embedded() -> Result<Self, TextError> {
        let labels = include_str!("../model/labels.json");
        let vocabulary = include_str!("../model/vocab.txt");
        let causes = include_bytes!("../model/causes.safetensors");
        Self::assemble(include_bytes!("../model/model.safetensors"), causes, labels, vocabulary)
    }

    /// The model in a folder as `training/export.py` and `training/causes.py` write it.
    pub fn load(folder: &Path) -> Result<Self, TextError> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|source| TextError::Read { path, source })
        };
        let text = |name: &'static str| {
            String::from_utf8(read(name)?).map_err(|e| TextError::Model { file: name, why: e.to_string() })
        };
        Self::assemble(&read(network::FILE)?, &read(network::CAUSES_FILE)?, &text("labels.json")?, &text("vocab.txt")?)
    }

    fn assemble(weights: &[u8], causes: &[u8], labels: &str, vocabulary: &str) -> Result<Self, TextError> {
        let mut hash = blake3::Hasher::new();
        for part in [weights, causes, labels.as_bytes(), vocabulary.as_bytes()] {
            hash.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        let network = Network::load(weights, causes)?;
        let labels = Labels::parse(labels)?;
        let root = labels.rel.iter().position(|r| *r == Deprel::Root).unwrap_or(usize::MAX);
        let fingerprint = hash.finalize().to_hex()[..16].to_owned();
        Ok(Self { network, pieces: WordPieces::new(vocabulary), labels, root, fingerprint })
    }

    /// Names this model in records: the start of the hash of all its files.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Annotates a text; spans of the result point into it.
    pub fn annotate(&self, text: &str, worker: &Worker) -> Result<Annotated, TextError> {
        if u32::try_from(text.len()).is_err() {
            return Err(TextError::TooLong { bytes: text.len() });
        }
        worker.within(|| self.annotate_within(text))
    }

    fn annotate_within(&self, text: &str) -> Result<Annotated, TextError> {
        let segmented = sentences::split(text);
        let mut annotated = Annotated::default();
        let mut waiting = Vec::new();
        let mut rows = 0;
        for range in segmented.sentences() {
            let words = &segmented.words[range];
            let encoded = self.encode(words.iter().map(|w| &text[w.clone()]));
            let cuts = encoded.cuts(|i| &text[words[i].clone()]);
            if cuts.len() > 1 {
                let detail = format!("a sentence of {} words was split into {} parts", words.len(), cuts.len());
                annotated.problems.push(Problem::new(ProblemKind::LongSentence, detail));
            }
            for cut in cuts {
                let part = Part::new(text, &words[cut.clone()], &encoded, cut);
                rows += part.input.pieces.len();
                waiting.push(part);
            }
            if rows >= ROWS {
                self.sentences(text, &mut waiting, &mut annotated.sentences)?;
                rows = 0;
            }
        }
        self.sentences(text, &mut waiting, &mut annotated.sentences)?;
        Ok(annotated)
    }

    /// Sends what waits through the network and empties it.
    fn sentences(&self, text: &str, waiting: &mut Vec<Part<'_>>, out: &mut Vec<Sentence>) -> Result<(), TextError> {
        if waiting.is_empty() {
            return Ok(());
        }
        let (inputs, words): (Vec<Input>, Vec<_>) = waiting.drain(..).map(|p| (p.input, p.words)).unzip();
        let scores = self.network.run(&inputs, self.root)?;
        out.extend(words.into_iter().zip(&scores).map(|(words, scores)| self.decode(text, words, scores)));
        Ok(())
    }

    /// Annotates given words, for measuring against a treebank. Spans point into the words joined by spaces.
    pub fn annotate_pretokenised(&self, words: &[&str], worker: &Worker) -> Result<(String, Sentence), TextError> {
        let text = words.join(" ");
        let mut at = 0;
        let ranges: Vec<Range<usize>> = words
            .iter()
            .map(|w| {
                let start = at;
                at += w.len() + 1;
                start..start + w.len()
            })
            .collect();
        let encoded = self.encode(words.iter().copied());
        let cuts = encoded.cuts(|i| words[i]);
        let mut parts =
            cuts.iter().map(|cut| Part::new(&text, &ranges[cut.clone()], &encoded, cut.clone())).collect::<Vec<_>>();
        let mut sentences = Vec::new();
        worker.within(|| self.sentences(&text, &mut parts, &mut sentences))?;
        let mut whole: Option<Sentence> = None;
        for (part, cut) in sentences.into_iter().zip(cuts) {
            match &mut whole {
                None => whole = Some(part),
                Some(sentence) => append(sentence, part, cut.start),
            }
        }
        let empty = || Sentence { span: Span::from([0, 0]), tokens: Vec::new(), names: Vec::new(), causality: None };
        Ok((text, whole.unwrap_or_else(empty)))
    }

    fn encode<'a>(&self, words: impl Iterator<Item = &'a str>) -> Encoded {
        let mut encoded = Encoded::default();
        for word in words {
            encoded.starts.push(encoded.pieces.len());
            self.pieces.split(word, &mut encoded.pieces);
        }
        encoded.starts.push(encoded.pieces.len());
        encoded
    }

    /// The labels of a sentence, or of a part of an over-long one, from the network's scores.
    fn decode(&self, text: &str, words: &[Range<usize>], scores: &Scores) -> Sentence {
        let count = words.len();
        let labels = &self.labels;
        let bounds = [labels.upos.len(), labels.feats.len(), labels.lemma.len()];
        let row = bounds.iter().sum::<usize>();
        let span = |range: &Range<usize>| Span::new(text, range.start, range.end).expect("words are cut at characters");
        let tokens = words.iter().enumerate().map(|(i, range)| {
            let tags = &scores.tags[(i + 1) * row..(i + 2) * row];
            let (upos, tags) = tags.split_at(bounds[0]);
            let (feats, lemma) = tags.split_at(bounds[1]);
            let word = &text[range.clone()];
            let (head, deprel) = match scores.heads[i] {
                0 => (Head::Root, Deprel::Root),
                head => (Head::Token(head - 1), labels.rel[scores.relations[i]]),
            };
            let upos = labels.upos[network::best(upos)];
            let word = visible(word);
            let lower = word.to_lowercase();
            let irregular = LEXICON.irregular.get(&(lower.as_str(), upos));
            Token {
                span: span(range),
                lemma: irregular.map_or_else(
                    || {
                        lemma::mend(labels.lemma[network::best(lemma)].apply(&word), &lower, upos, |w| {
                            self.pieces.is_word(w)
                        })
                    },
                    |l| (*l).to_owned(),
                ),
                upos,
                feats: labels.feats[network::best(feats)].clone(),
                head,
                deprel,
                space_after: text[range.end..].chars().next().is_none_or(words::is_blank),
            }
        });
        let tokens: Vec<Token> = tokens.collect();
        let cover = |range: Range<usize>| tokens[range.start].span.cover(tokens[range.end - 1].span);
        let names = names::decode(&scores.ner[names::LABELS.len()..])
            .into_iter()
            .map(|(range, kind)| Name { span: cover(range.clone()), tokens: range, kind })
            .collect();
        Sentence { span: cover(0..count), tokens, names, causality: scores.causality.clone() }
    }
}

/// The word without characters that have no width.
fn visible(word: &str) -> std::borrow::Cow<'_, str> {
    let hidden = |c: char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}');
    if word.contains(hidden) { word.replace(hidden, "").into() } else { word.into() }
}

/// Joins a later part of one sentence to the first: its root becomes a parataxis of the first root.
fn append(sentence: &mut Sentence, part: Sentence, offset: usize) {
    let root = sentence.tokens.iter().position(|t| t.head == Head::Root).unwrap_or(0);
    let later = |range: Range<usize>| range.start + offset..range.end + offset;
    sentence.span = sentence.span.cover(part.span);
    for mut token in part.tokens {
        (token.head, token.deprel) = match token.head {
            Head::Root => (Head::Token(root), Deprel::Parataxis),
            Head::Token(head) => (Head::Token(head + offset), token.deprel),
        };
        sentence.tokens.push(token);
    }
    for mut name in part.names {
        name.tokens = later(name.tokens);
        sentence.names.push(name);
    }
    match (&mut sentence.causality, part.causality) {
        (Some(whole), Some(part)) => {
            whole.probability = whole.probability.max(part.probability);
            whole.relations.extend(part.relations.into_iter().map(|r| model::CausalRelation {
                signal: r.signal + offset,
                cause: later(r.cause),
                effect: later(r.effect),
                ..r
            }));
        }
        (whole, part) => *whole = part,
    }
}

/// A sentence, or part of an over-long one, on its way to the network.
struct Part<'a> {
    words: &'a [Range<usize>],
    input: Input,
}

impl<'a> Part<'a> {
    /// The words `cut` of `encoded`, which stand at `words` of the text.
    fn new(text: &str, words: &'a [Range<usize>], encoded: &Encoded, cut: Range<usize>) -> Self {
        Self { words, input: encoded.input(cut, |i| shape::shape(&text[words[i].clone()], i == 0)) }
    }
}

/// Word pieces of a sentence's words.
#[derive(Debug, Default)]
struct Encoded {
    pieces: Vec<u32>,
    /// Where each word's pieces start, and the end.
    starts: Vec<usize>,
}

impl Encoded {
    /// Parts that the network can take: the whole, unless it is too long. An over-long sentence is cut after
    /// punctuation in the second half of what fits, else where nothing more fits.
    fn cuts<'a>(&self, word: impl Fn(usize) -> &'a str) -> Vec<Range<usize>> {
        let count = self.starts.len() - 1;
        let mut cuts = Vec::new();
        let mut start = 0;
        while start < count {
            let fits = |end: usize| end - start <= MOST_WORDS && self.starts[end] - self.starts[start] <= MOST_PIECES;
            let mut end = start + 1;
            while end < count && fits(end + 1) {
                end += 1;
            }
            if end < count {
                let middle = start + (end - start) / 2;
                let after = |marks: &[&str]| (middle..end).rev().find(|&i| marks.contains(&word(i))).map(|i| i + 1);
                end = after(&[".", ";", "!", "?", ":"])
                    .or_else(|| after(&[",", "--", "—", "–", ")", "|"]))
                    .unwrap_or(end);
            }
            cuts.push(start..end);
            start = end;
        }
        cuts
    }

    /// What the network reads of the words `cut`.
    fn input(&self, cut: Range<usize>, shape: impl Fn(usize) -> u32) -> Input {
        let mut input = Input { pieces: vec![pieces::OPEN], shapes: vec![0], first: vec![0], last: vec![0] };
        for i in cut.clone() {
            let pieces = &self.pieces[self.starts[i]..self.starts[i + 1]];
            input.first.push(input.pieces.len());
            input.pieces.extend_from_slice(pieces);
            input.last.push(input.pieces.len() - 1);
            let shape = shape(i - cut.start);
            input.shapes.extend(std::iter::repeat_n(shape, pieces.len()));
        }
        input.pieces.push(pieces::CLOSE);
        input.shapes.push(0);
        input
    }
}
