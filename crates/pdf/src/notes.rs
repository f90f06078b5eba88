//! A note in small type: who says it, the sentence, where it stands, its id; or, where the font lacks its letters, in which
//! script it is and where it can be read.

use present::paper::{Note, Source};

use crate::faces::Face;
use crate::line::{Line, Setter, Style, Target};

/// Share of a sentence's letters past which it is not shown with gaps but said to be in another script.
const LACKING: usize = 4;

/// A note's lines.
pub fn lines(number: usize, note: &Note, style: Style, room: f32) -> Vec<Line> {
    let mut setter = Setter::new(style);
    let back = Target::Back(number);
    match &note.source {
        None => setter.text("The claim could not be looked up.", Face::Regular, None),
        Some(source) => {
            setter.text(&format!("{}: {} ", source.says, quote(source)), Face::Regular, None);
            match &source.url {
                Some(url) => {
                    setter.text(&format!("({}). ", source.whence()), Face::Regular, Some(&Target::Web(url.clone())));
                }
                None => setter.text(&format!("({}). ", source.whence()), Face::Regular, None),
            }
        }
    }
    setter.text(note.claim.as_str(), Face::Regular, None);
    if let Some(along) = note.along() {
        setter.text(&format!(". {along}"), Face::Regular, None);
    }
    setter.text(" ↑", Face::Regular, Some(&back));
    setter.lines(room)
}

/// The sentence in quotation marks, if the font has its letters.
fn quote(source: &Source) -> String {
    let letters: Vec<char> = source.quote.chars().filter(|c| c.is_alphabetic()).collect();
    let lacking: Vec<char> = letters.iter().copied().filter(|c| !Face::Regular.has(*c)).collect();
    if lacking.len() * LACKING < letters.len().max(1) {
        return format!("“{}”", source.quote);
    }
    let place = if source.url.is_some() {
        "it stands at the address, and in the HTML form of this brief"
    } else {
        "it stands in the HTML form of this brief"
    };
    format!("[a sentence in {} script: {place}]", script(lacking[0]))
}

/// What the script of a letter is called.
fn script(c: char) -> &'static str {
    match u32::from(c) {
        0x0590..=0x05FF => "Hebrew",
        0x0600..=0x06FF | 0x0750..=0x077F | 0x08A0..=0x08FF | 0xFB50..=0xFEFC => "Arabic",
        0x0530..=0x058F => "Armenian",
        0x0900..=0x097F => "Devanagari",
        0x0980..=0x09FF => "Bengali",
        0x0A00..=0x0A7F => "Gurmukhi",
        0x0B80..=0x0BFF => "Tamil",
        0x0E00..=0x0E7F => "Thai",
        0x1000..=0x109F => "Burmese",
        0x10A0..=0x10FF => "Georgian",
        0x1200..=0x139F => "Ethiopic",
        0x3040..=0x30FF => "Japanese",
        0x3400..=0x9FFF => "Chinese",
        0xAC00..=0xD7AF => "Korean",
        _ => "another",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_that_the_font_lacks_is_said_to_be_in_its_script() {
        let source = |quote: &str| Source {
            quote: quote.to_owned(),
            says: "x".to_owned(),
            publisher: None,
            published: None,
            title: None,
            url: None,
        };
        assert_eq!(quote(&source("A truce.")), "“A truce.”");
        assert_eq!(quote(&source("Перемирие.")), "“Перемирие.”");
        assert!(quote(&source("د اوربند پرېکړه وشوه.")).contains("Arabic script"));
        assert!(quote(&source("युद्धविराम लागू हुआ।")).contains("Devanagari script"));
    }
}
