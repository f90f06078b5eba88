//! For measuring on a corpus of causal news: its text has blanks around every token and marks spans with tags.

/// Text with the blanks taken out that tokenising put in.
pub fn untokenised(text: &str) -> String {
    let mut out = text.trim().to_owned();
    for (from, to) in [
        (" ,", ","),
        (" .", "."),
        (" ;", ";"),
        (" :", ":"),
        (" ?", "?"),
        (" !", "!"),
        ("( ", "("),
        (" )", ")"),
        (" 's", "'s"),
        (" ’s", "’s"),
        (" n't", "n't"),
        (" n’t", "n’t"),
        ("`` ", "\""),
        (" ''", "\""),
        ("“ ", "“"),
        (" ”", "”"),
        (" %", "%"),
        ("$ ", "$"),
    ] {
        out = out.replace(from, to);
    }
    out
}

/// One causal pair of a tagged sentence: its two sides as ranges counted in signs that are no blanks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// The cause (`ARG0`).
    pub cause: std::ops::Range<usize>,
    /// The effect (`ARG1`).
    pub effect: std::ops::Range<usize>,
}

/// Reads a sentence tagged with `<ARG0>` and `<ARG1>`; `None` where a side is missing.
pub fn pair(tagged: &str) -> Option<Pair> {
    let mut at = 0;
    let mut found = [None, None, None, None];
    let mut rest = tagged;
    while let Some(c) = rest.chars().next() {
        let tags = ["<ARG0>", "</ARG0>", "<ARG1>", "</ARG1>"];
        if let Some((i, tag)) = tags.iter().enumerate().find(|(_, t)| rest.starts_with(**t)) {
            found[i] = Some(at);
            rest = &rest[tag.len()..];
            continue;
        }
        if let Some(end) = rest.find('>').filter(|_| rest.starts_with("<SIG") || rest.starts_with("</SIG")) {
            rest = &rest[end + 1..];
            continue;
        }
        at += usize::from(!c.is_whitespace());
        rest = &rest[c.len_utf8()..];
    }
    let [Some(a), Some(b), Some(c), Some(d)] = found else { return None };
    Some(Pair { cause: a..b, effect: c..d })
}

/// How many signs that are no blanks stand before byte `at` of `text`.
pub fn signs_before(text: &str, at: usize) -> usize {
    text[..at].chars().filter(|c| !c.is_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_ranges() {
        let found = pair("<ARG1>They struck</ARG1> <SIG0>over</SIG0> <ARG0>pay</ARG0> .");
        assert_eq!(found, Some(Pair { cause: 14..17, effect: 0..10 }));
        assert_eq!(pair("<ARG0>a</ARG0> b"), None);
        assert_eq!(untokenised("He did n't , he said ."), "He didn't, he said.");
    }
}
