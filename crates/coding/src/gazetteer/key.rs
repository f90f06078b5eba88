//! The form in which names are compared: lower case, no diacritics, no apostrophes, hyphens as blanks.
//!
//! Shared with the build script, so that the embedded list is sorted by what is looked up.

use unicode_normalization::UnicodeNormalization;

/// The key of a name. Empty where the name has no letter or figure.
pub fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    if name.is_ascii() {
        fold(name.chars(), &mut out);
    } else {
        fold(name.nfd(), &mut out);
    }
    out.truncate(out.trim_end().len());
    match out.strip_prefix("the ") {
        Some(rest) => rest.to_owned(),
        None => out,
    }
}

fn fold(chars: impl Iterator<Item = char>, out: &mut String) {
    for c in chars {
        match c {
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            'a'..='z' | '0'..='9' => out.push(c),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            'ħ' | 'Ħ' => out.push('h'),
            'ı' => out.push('i'),
            'ə' | 'Ə' => out.push('a'),
            'ß' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'þ' | 'Þ' => out.push_str("th"),
            // Marks of letters, and the signs that stand for hamza and ayn.
            '\u{300}'..='\u{36f}' | '\'' | '`' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' | '´' => {}
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn spellings_meet() {
        assert_eq!(key("Sana’a"), key("Sanaa"));
        assert_eq!(key("Deir ez-Zor"), "deir ez zor");
        assert_eq!(key("Şırnak"), "sirnak");
        assert_eq!(key("  The   Hague. "), "hague");
        assert_eq!(key("Łódź"), "lodz");
        assert_eq!(key("—"), "");
    }
}
