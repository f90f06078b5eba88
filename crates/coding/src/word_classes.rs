//! Classes of words, as a lexicon file lists them: one class a line, `class<TAB>lemmas`.
//!
//! What a class means is its reader's own affair, and so is the case in which a word is asked for.

use std::collections::{HashMap, HashSet};

/// Words by class.
#[derive(Debug, Default)]
pub(crate) struct WordClasses {
    words: HashMap<&'static str, HashSet<&'static str>>,
}

impl WordClasses {
    /// Reads `class<TAB>lemmas` lines; `#` starts a comment.
    pub(crate) fn parse(content: &'static str) -> Self {
        let mut classes = Self::default();
        for line in content.lines().filter(|l| !l.starts_with('#')) {
            if let Some((class, lemmas)) = line.split_once('\t') {
                classes.words.entry(class).or_default().extend(lemmas.split_whitespace());
            }
        }
        classes
    }

    /// Whether a class lists a word, in this case.
    pub(crate) fn has(&self, class: &str, word: &str) -> bool {
        self.words.get(class).is_some_and(|words| words.contains(word))
    }

    /// How many words a class has.
    #[cfg(test)]
    pub(crate) fn size(&self, class: &str) -> usize {
        self.words.get(class).map_or(0, HashSet::len)
    }
}
