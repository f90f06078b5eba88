//! Strings as small integers, so that a million claims are compared without touching text.
//!
//! Only equality and the order "is a part of" are ever read from the numbers: they depend on the order of arrival, and no
//! result may.

use rustc_hash::FxHashMap;

/// Every string that a corpus holds, once.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    ids: FxHashMap<Box<str>, u32>,
    texts: Vec<Box<str>>,
    /// Of a dotted path, the path one step up; 0 where there is none.
    above: Vec<u32>,
}

impl Words {
    /// The number of a string, from 1: 0 is "not known".
    pub(super) fn id(&mut self, text: &str) -> u32 {
        if let Some(&id) = self.ids.get(text) {
            return id;
        }
        self.texts.push(text.into());
        self.above.push(0);
        let id = u32::try_from(self.texts.len()).expect("fewer than four thousand million different strings");
        self.ids.insert(text.into(), id);
        id
    }

    /// The number of a dotted path, whose upper paths are then known too.
    pub(super) fn path(&mut self, text: &str) -> u32 {
        if let Some(&id) = self.ids.get(text) {
            return id;
        }
        let id = self.id(text);
        if let Some((above, _)) = text.rsplit_once('.') {
            let above = self.path(above);
            self.above[id as usize - 1] = above;
        }
        id
    }

    /// Whether a path is another or a part of it.
    pub(super) fn is_within(&self, mut path: u32, whole: u32) -> bool {
        while path != 0 {
            if path == whole {
                return true;
            }
            path = self.above[path as usize - 1];
        }
        false
    }

    /// The string of a number; empty for 0.
    pub(super) fn text(&self, id: u32) -> &str {
        if id == 0 { "" } else { &self.texts[id as usize - 1] }
    }
}

/// A word's own number, the same wherever it is computed (FNV-1a): for bags of words, where a rare clash does no harm.
pub(super) fn fingerprint(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// A name as it is compared: lower case, without what only says what kind of place it is.
pub(super) fn plain_name(name: &str) -> String {
    let mut kept: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .filter(|w| !KINDS_OF_PLACE.contains(&w.as_str()))
        .collect();
    if kept.is_empty() {
        kept = name.split_whitespace().map(str::to_lowercase).collect();
    }
    kept.join(" ")
}

/// Words that gazetteers and data sets add or leave out: "Swat district" is "Swat".
const KINDS_OF_PLACE: &[&str] = &[
    "province",
    "district",
    "division",
    "agency",
    "town",
    "city",
    "village",
    "governorate",
    "oblast",
    "raion",
    "region",
    "county",
    "territory",
    "state",
    "tehsil",
    "municipality",
    "prefecture",
    "department",
    "the",
    "of",
];
