//! Rule files: TOML tables whose entries carry example sentences beside their words.
//!
//! What the words mean is each reader's own affair; here stands only what the files share. The examples are no part of
//! the rules: nothing but an evaluation reads them.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::frames::FrameError;

/// Words of one kind, with examples. The kind is an enumeration of the reader's; a file may call it `shape`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule<K> {
    /// What the words do.
    #[serde(alias = "shape")]
    pub kind: K,
    /// The words.
    pub words: Vec<String>,
    /// Sentences in which they do it.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Sentences in which they do not.
    #[serde(default)]
    pub no: Vec<String>,
}

/// The example sentences of one entry, whatever else it says.
#[derive(Clone, Debug, Deserialize)]
pub struct Examples {
    /// Sentences that must give a claim of the file's kind.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Sentences that must not.
    #[serde(default)]
    pub no: Vec<String>,
}

/// The file's only table, under the heading that its readers find plainest.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound = "K: DeserializeOwned")]
struct File<K> {
    #[serde(alias = "of", alias = "cue")]
    word: Vec<Rule<K>>,
}

/// The rules of a file that holds nothing else.
pub fn rules<K: DeserializeOwned>(file: &str, content: &str) -> Result<Vec<Rule<K>>, FrameError> {
    parse::<File<K>>(file, content).map(|file| file.word)
}

/// The examples of a rule file of any shape, in order of its tables.
pub fn examples(file: &str, content: &str) -> Result<Vec<Examples>, FrameError> {
    parse::<BTreeMap<String, Vec<Examples>>>(file, content).map(|tables| tables.into_values().flatten().collect())
}

/// A rule file as its reader's own structs.
pub(crate) fn parse<F: DeserializeOwned>(file: &str, content: &str) -> Result<F, FrameError> {
    toml::from_str(content).map_err(|source| FrameError::Syntax { file: file.to_owned(), source: Box::new(source) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        Verb,
    }

    #[test]
    fn reads_headings_and_names_what_is_unknown() {
        let read = |content: &str| rules::<Kind>("test.toml", content);
        let rule = "shape = \"verb\"\nwords = [\"bomb\"]\nyes = [\"They bombed.\"]\n";
        for heading in ["word", "of", "cue"] {
            let content = format!("[[{heading}]]\n{rule}");
            let found = read(&content).expect("the file is sound");
            assert_eq!(found[0].kind, Kind::Verb);
            assert_eq!(examples("test.toml", &content).expect("the file is sound")[0].yes, ["They bombed."]);
        }
        for content in [format!("[[other]]\n{rule}"), format!("[[word]]\n{rule}maybe = []\n"), "[[word".to_owned()] {
            let message = read(&content).expect_err("the file is unsound").to_string();
            assert!(message.contains("test.toml"), "{message}");
        }
    }
}
