//! The case shape of a word, which the uncased vocabulary of the encoder hides.
//!
//! Same rules as `shape` in `training/data.py`; a golden test holds the two together.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// How many shapes there are, not counting whether the word comes first.
const SHAPES: u32 = 9;

/// The row of the shape embedding for this word; words that open a sentence have rows of their own.
pub fn shape(word: &str, is_first: bool) -> u32 {
    let mut letters = 0;
    let (mut has_upper, mut has_lower, mut has_digit) = (false, false, false);
    let (mut first_is_upper, mut upper_after_first) = (false, false);
    for c in word.chars() {
        has_digit |= is_digit(c);
        if is_letter(c) {
            let upper = c.is_uppercase();
            if letters == 0 {
                first_is_upper = upper;
            } else {
                upper_after_first |= upper;
            }
            letters += 1;
            has_upper |= upper;
            has_lower |= c.is_lowercase();
        }
    }
    // 0 is the shape of the special pieces
    let kind = if has_digit {
        if letters > 0 { 7 } else { 6 }
    } else if letters == 0 {
        8
    } else if !has_upper {
        1
    } else if !has_lower {
        if letters == 1 { 4 } else { 3 }
    } else if first_is_upper && !upper_after_first {
        2
    } else {
        5
    };
    kind + if is_first { SHAPES } else { 0 }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Letter)
}

/// Decimal digits, and the superscripts and circled ones that Unicode calls digits.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
        || (!c.is_ascii()
            && (c.general_category() == unicode_properties::GeneralCategory::DecimalNumber
                || matches!(c, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '₀'..='₉' | '①'..='⑨' | '⑴'..='⑼' | '⒈'..='⒐'
                    | '⓪' | '⓵'..='⓽' | '⓿' | '❶'..='❾' | '➀'..='➈' | '➊'..='➒' | '🄀'..='🄊')))
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn shapes_are_told_apart() {
        let words = ["the", "Kabul", "NATO", "A", "al-Qaeda", "2025", "F-16", "--", "O'Neil", "I", "U.S.", "Türkiye"];
        let found: Vec<_> = words.iter().map(|w| shape(w, false)).collect();
        assert_eq!(found, [1, 2, 3, 4, 5, 6, 7, 8, 5, 4, 3, 2]);
        assert_eq!(shape("The", true), 11);
        assert_eq!(shape("", false), 8);
    }
}
