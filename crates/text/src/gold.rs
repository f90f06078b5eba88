//! Treebanks in CoNLL-U: their words, and the raw text that they were made of.

use std::ops::Range;

/// A sentence of a CoNLL-U file; words of ranges and without empty nodes.
#[derive(Clone, Debug, Default)]
pub struct GoldSentence {
    /// `sent_id`.
    pub id: String,
    /// Whether it opens a document or paragraph.
    pub opens: bool,
    /// Ten columns a word.
    pub words: Vec<[String; 10]>,
    /// Surface tokens: text, whether a space follows, how many words.
    pub tokens: Vec<(String, bool, usize)>,
    /// `text`.
    pub text: String,
}

/// Reads CoNLL-U.
pub fn conllu(file: &str) -> Vec<GoldSentence> {
    let mut sentences = Vec::new();
    let mut current = GoldSentence::default();
    let mut range_until = 0;
    for line in file.lines().chain([""]) {
        if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.trim_start();
            current.opens |= comment.starts_with("newpar") || comment.starts_with("newdoc");
            if let Some(id) = comment.strip_prefix("sent_id = ") {
                id.clone_into(&mut current.id);
            } else if let Some(text) = comment.strip_prefix("text = ") {
                text.clone_into(&mut current.text);
            }
        } else if line.is_empty() {
            if !current.words.is_empty() {
                sentences.push(std::mem::take(&mut current));
            }
            current = GoldSentence::default();
            range_until = 0;
        } else {
            let mut columns: [String; 10] = Default::default();
            for (slot, value) in columns.iter_mut().zip(line.split('\t')) {
                value.clone_into(slot);
            }
            let space = !columns[9].split('|').any(|m| m == "SpaceAfter=No");
            if let Some((from, to)) = columns[0].split_once('-') {
                let (from, to) = (from.parse().unwrap_or(1), to.parse().unwrap_or(0));
                range_until = to;
                current.tokens.push((columns[1].clone(), space, (to + 1_usize).saturating_sub(from)));
            } else if let Ok(number) = columns[0].parse::<usize>() {
                if number > range_until {
                    current.tokens.push((columns[1].clone(), space, 1));
                }
                current.words.push(columns);
            }
        }
    }
    sentences
}

/// The raw text of a treebank, with what is known of it.
#[derive(Clone, Debug, Default)]
pub struct RawText {
    /// Its paragraphs, parted by blank lines.
    pub text: String,
    /// Where each stands.
    pub paragraphs: Vec<Paragraph>,
}

/// One paragraph of a [`RawText`]; places are bytes of the text.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// Id of its first sentence.
    pub id: String,
    /// Where it stands.
    pub range: Range<usize>,
    /// Where its sentences end.
    pub ends: Vec<usize>,
    /// Its words; parts of a contraction have their own place where they are the contraction's letters.
    pub words: Vec<Range<usize>>,
}

/// Rebuilds the text of a file. All paragraphs stand in one text, so that what layout does to them is measured too.
pub fn raw_text(file: &str) -> RawText {
    let mut raw = RawText::default();
    let mut paragraph: Vec<GoldSentence> = Vec::new();
    for sentence in conllu(file) {
        if sentence.opens {
            raw.close(&mut paragraph);
        }
        paragraph.push(sentence);
    }
    raw.close(&mut paragraph);
    raw
}

impl RawText {
    fn close(&mut self, sentences: &mut Vec<GoldSentence>) {
        if sentences.is_empty() {
            return;
        }
        let text = &mut self.text;
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        let (mut ends, mut words) = (Vec::new(), Vec::new());
        for (i, sentence) in sentences.iter().enumerate() {
            let mut next_word = 0;
            for (t, (form, space, parts)) in sentence.tokens.iter().enumerate() {
                let at = text.len();
                text.push_str(form);
                let pieces = &sentence.words[next_word..(next_word + parts).min(sentence.words.len())];
                next_word += parts;
                let joined: String = pieces.iter().map(|c| c[1].as_str()).collect();
                if joined == *form {
                    let mut from = at;
                    for piece in pieces {
                        words.push(from..from + piece[1].len());
                        from += piece[1].len();
                    }
                } else {
                    words.push(at..text.len());
                }
                let last = t + 1 == sentence.tokens.len();
                if last {
                    ends.push(text.len());
                }
                if *space && !(last && i + 1 == sentences.len()) {
                    text.push(' ');
                }
            }
        }
        let range = start..text.len();
        self.paragraphs.push(Paragraph { id: sentences[0].id.clone(), range, ends, words });
        sentences.clear();
    }
}
