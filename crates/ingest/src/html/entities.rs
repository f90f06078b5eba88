//! Decodes the entities of HTML.

use std::borrow::Cow;

/// The longest name of an entity, with its signs.
const LONGEST: usize = 40;

/// The text with its entities decoded; what is none stays as written. Only what stands between `&` and a near `;`
/// is given to the library, whose time on text full of bare `&` would grow with the square of its length.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let mut decoded = String::with_capacity(text.len());
    decoded.push_str(&text[..first]);
    let mut rest = &text[first..];
    while !rest.is_empty() {
        let near = rest.bytes().take(LONGEST).skip(1).position(|b| matches!(b, b';' | b'&'));
        match near {
            Some(at) if rest.as_bytes()[at + 1] == b';' => {
                decoded.push_str(&html_escape::decode_html_entities(&rest[..at + 2]));
                rest = &rest[at + 2..];
            }
            _ => {
                decoded.push('&');
                rest = &rest[1..];
            }
        }
        let next = rest.find('&').unwrap_or(rest.len());
        decoded.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    Cow::Owned(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_decoded_and_the_rest_stays() {
        assert_eq!(decode("a &amp; b &#x2014; &eacute;&lt;"), "a & b — é<");
        assert_eq!(decode("AT&T; R&D &undefined; & &é;"), "AT&T; R&D &undefined; & &é;");
        assert_eq!(decode("none"), "none");
    }
}
