//! What parties and documents are called in a brief, where answers give their ids.

use std::collections::BTreeMap;

/// Names by id.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Of parties: `PAK.MIL`.
    pub parties: BTreeMap<String, String>,
    /// Of documents whose publisher is not told: a title, or the day.
    pub documents: BTreeMap<String, String>,
}

impl Names {
    /// Words with names in the place of ids, and times as people write them.
    pub fn of(&self, words: &str) -> String {
        let mut out = String::with_capacity(words.len());
        let mut rest = words;
        while let Some(first) = rest.chars().next() {
            let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
            let end = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
            if end == 0 {
                out.push(first);
                rest = &rest[first.len_utf8()..];
                continue;
            }
            let run = &rest[..end];
            let id = run.trim_end_matches('.');
            out.push_str(self.id(id).unwrap_or(id));
            out.push_str(&run[id.len()..]);
            rest = &rest[end..];
        }
        plain_times(&without_ids(&out))
    }

    fn id(&self, id: &str) -> Option<&str> {
        let known = self.parties.get(id).or_else(|| self.documents.get(id)).map(String::as_str);
        known.or_else(|| id.starts_with("doc_").then_some("a report of no named publisher"))
    }
}

/// Without ids of ceasefires in brackets, which a reader of a brief cannot open.
fn without_ids(words: &str) -> String {
    let mut parts = words.split(" (cea_");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once(')').map_or(part, |(_, rest)| rest))
}

/// `2025-10-15T18:00:00+05:00` as `2025-10-15 18:00 +05:00`.
fn plain_times(words: &str) -> String {
    let bytes = words.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut out = String::with_capacity(words.len());
    for (at, c) in words.char_indices() {
        // A day, then a time of day.
        let begins_time = at >= 10
            && bytes[at - 3] == b'-'
            && digit(at - 1)
            && digit(at + 1)
            && digit(at + 2)
            && bytes.get(at + 3) == Some(&b':');
        if c == 'T' && begins_time {
            out.push(' ');
            continue;
        }
        let is_time = out.len() >= 5
            && out.as_bytes()[out.len() - 3] == b':'
            && out[..out.len() - 3].ends_with(|c: char| c.is_ascii_digit());
        if (c == '+' || c == 'Z') && is_time && digit(at - 1) {
            out.push_str(if c == 'Z' { " UTC" } else { " +" });
            continue;
        }
        // Seconds: the second colon of a time.
        let of_seconds = |colon: usize| {
            colon >= 6
                && bytes[colon] == b':'
                && bytes[colon - 3] == b':'
                && digit(colon - 1)
                && digit(colon - 4)
                && bytes.get(colon - 6) != Some(&b'+')
                && digit(colon + 1)
                && digit(colon + 2)
        };
        if of_seconds(at) || (at >= 1 && of_seconds(at - 1)) || (at >= 2 && of_seconds(at - 2)) {
            continue;
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_named_and_times_are_plain() {
        let names = Names {
            parties: [("PAK", "Pakistan"), ("PAK.MIL", "Pakistan armed forces")]
                .map(|(a, b)| (a.into(), b.into()))
                .into(),
            documents: [("doc_1".into(), "“A truce”".into())].into(),
        };
        assert_eq!(names.of("Another (cea_8b25791e) holds."), "Another holds.");
        assert_eq!(names.of("PAK.MIL and PAK."), "Pakistan armed forces and Pakistan.");
        assert_eq!(names.of("PAKISTAN, according to doc_1"), "PAKISTAN, according to “A truce”");
        assert_eq!(names.of("doc_2 says"), "a report of no named publisher says");
        assert_eq!(
            names.of("between 2025-10-15T18:00:00+05:00 and 2025-10-17T22:59:00"),
            "between 2025-10-15 18:00 +05:00 and 2025-10-17 22:59"
        );
        assert_eq!(names.of("at 2025-10-15T18:00:00Z, é 12:00:00"), "at 2025-10-15 18:00 UTC, é 12:00");
    }
}
