//! Where a page of a list ended, as an opaque text: the order's own key and the id, so that what comes in meanwhile neither
//! repeats nor hides a record.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// Items of a page if nothing is asked for.
const LIMIT: usize = 50;
/// Most items of a page.
const MOST: usize = 500;

/// Which page.
#[derive(Clone, Debug)]
pub struct Page<Key> {
    /// How many items at most.
    pub limit: usize,
    /// Where the page before ended.
    pub after: Option<Key>,
}

impl<Key: DeserializeOwned> Page<Key> {
    /// What is asked for.
    pub fn of(asked: &mut crate::asked::Asked, form: crate::shown::Form) -> Result<Self, Problem> {
        let limit = asked.value::<usize>("limit")?;
        let after = asked.text("after")?.map(|text| read(&text)).transpose()?;
        // A twin for other programs is the whole list unless it is told otherwise.
        let (unsaid, most) =
            if form == crate::shown::Form::Json { (LIMIT, MOST) } else { (crate::shown::ROWS, crate::shown::ROWS) };
        match limit {
            Some(limit) if limit == 0 || limit > most => {
                Err(Problem::asked(format!("`limit={limit}`: a page has 1 to {most} items; ask for more by `after`")))
            }
            limit => Ok(Self { limit: limit.unwrap_or(unsaid), after }),
        }
    }
}

/// The cursor of a key.
pub fn written(key: &impl Serialize) -> String {
    use std::fmt::Write;
    let json = serde_json::to_string(key).unwrap_or_default();
    json.bytes().fold(String::new(), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn read<Key: DeserializeOwned>(text: &str) -> Result<Key, Problem> {
    let wrong = || Problem::asked("`after` is no cursor of this list: take `next` of the page before as it is");
    if !text.is_ascii() || !text.len().is_multiple_of(2) || text.len() > 2000 {
        return Err(wrong());
    }
    let bytes: Option<Vec<u8>> =
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect();
    serde_json::from_slice(&bytes.ok_or_else(wrong)?).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_read_back_and_odd_ones_are_refused() {
        let key = (-12_i64, 3_i64, "inc_é".to_owned());
        assert_eq!(read::<(i64, i64, String)>(&written(&key)).ok(), Some(key));
        for odd in ["", "zz", "5", "é", "5b5d"] {
            assert!(read::<(i64, i64, String)>(odd).is_err(), "{odd}");
        }
    }
}
