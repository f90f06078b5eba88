//! Words broken into lines by the widths of letters.

use present::paper::{Piece, Words};

use crate::faces::{Face, shown};

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Its face.
    pub face: Face,
    /// Size of the type in points.
    pub size: f32,
    /// From line to line.
    pub leading: f32,
    /// 0 is black, 1 is white.
    pub gray: f32,
}

/// Where a piece of text leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// To a note, by its number.
    Note(usize),
    /// Back to where a note is first referred to.
    Back(usize),
    /// To an address.
    Web(String),
}

/// A piece of text on a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// From the left end of the line.
    pub x: f32,
    /// The letters.
    pub text: String,
    /// Its face.
    pub face: Face,
    /// Size of the type.
    pub size: f32,
    /// 0 is black.
    pub gray: f32,
    /// How far above the line.
    pub rise: f32,
    /// How wide.
    pub width: f32,
    /// Where it leads.
    pub to: Option<Target>,
}

/// A line.
pub type Line = Vec<Run>;

/// An unbroken piece: what stands between two blanks, in runs of one style each.
#[derive(Default)]
struct Unit {
    runs: Vec<Run>,
}

impl Unit {
    fn width(&self) -> f32 {
        self.runs.iter().map(|run| run.width).sum()
    }
}

/// Sets words into units as they come.
pub struct Setter {
    style: Style,
    units: Vec<Unit>,
    /// Whether the next piece is joined to the last unit.
    joined: bool,
}

impl Setter {
    /// With nothing in it.
    pub fn new(style: Style) -> Self {
        Self { style, units: Vec::new(), joined: false }
    }

    /// Plain text.
    pub fn text(&mut self, text: &str, face: Face, to: Option<&Target>) {
        let text = shown(text);
        let Style { size, gray, .. } = self.style;
        for (at, word) in text.split(' ').enumerate() {
            if at > 0 {
                self.joined = false;
            }
            if word.is_empty() {
                continue;
            }
            let run = Run {
                x: 0.0,
                width: face.width(word, size),
                text: word.to_owned(),
                face,
                size,
                gray,
                rise: 0.0,
                to: to.cloned(),
            };
            self.push(run);
        }
    }

    /// A reference to a note, raised.
    pub fn note(&mut self, note: usize, after_note: bool) {
        let (size, rise) = (self.style.size * 0.66, self.style.size * 0.34);
        let face = self.style.face;
        let mut raised = |text: String, to: Option<Target>| {
            self.joined = true;
            let width = face.width(&text, size);
            self.push(Run { x: 0.0, text, face, size, gray: 0.0, rise, width, to });
        };
        if after_note {
            raised(",".to_owned(), None);
        }
        raised(note.to_string(), Some(Target::Note(note)));
    }

    /// Words with their notes.
    pub fn words(&mut self, words: &Words) {
        let mut after_note = false;
        for piece in &words.0 {
            match piece {
                Piece::Plain(text) => self.text(text, self.style.face, None),
                Piece::Strong(text) => self.text(text, Face::Bold, None),
                Piece::Note(note) => self.note(*note, after_note),
            }
            after_note = matches!(piece, Piece::Note(_));
        }
    }

    fn push(&mut self, run: Run) {
        if self.joined && !self.units.is_empty() {
            self.units.last_mut().expect("there is one").runs.push(run);
        } else {
            self.units.push(Unit { runs: vec![run] });
        }
        self.joined = true;
    }

    /// The lines, none wider than the room.
    pub fn lines(self, room: f32) -> Vec<Line> {
        let blank = self.style.face.width(" ", self.style.size);
        let mut lines: Vec<Line> = Vec::new();
        let (mut line, mut at) = (Line::new(), 0.0_f32);
        for unit in self.units.into_iter().flat_map(|unit| pieces(unit, room)) {
            let width = unit.width();
            if !line.is_empty() && at + blank + width > room {
                lines.push(std::mem::take(&mut line));
                at = 0.0;
            }
            if !line.is_empty() {
                at += blank;
            }
            for run in unit.runs {
                let x = at;
                at += run.width;
                line.push(Run { x, ..run });
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }
}

/// A unit that is wider than a line, such as an address, in pieces that fit.
fn pieces(unit: Unit, room: f32) -> Vec<Unit> {
    if unit.width() <= room {
        return vec![unit];
    }
    let mut pieces = vec![Unit::default()];
    let mut wide = 0.0;
    for run in unit.runs {
        let mut text = String::new();
        let mut taken = 0.0;
        for c in run.text.chars() {
            let width = run.face.width_of(c) * run.size;
            if wide + width > room && wide > 0.0 {
                let cut = Run { text: std::mem::take(&mut text), width: taken, ..run.clone() };
                pieces.last_mut().expect("there is one").runs.push(cut);
                pieces.push(Unit::default());
                (wide, taken) = (0.0, 0.0);
            }
            text.push(c);
            wide += width;
            taken += width;
        }
        pieces.last_mut().expect("there is one").runs.push(Run { text, width: taken, ..run });
    }
    pieces
}

/// Words in lines.
pub fn set(words: &Words, style: Style, room: f32) -> Vec<Line> {
    let mut setter = Setter::new(style);
    setter.words(words);
    setter.lines(room)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { face: Face::Regular, size: 10.0, leading: 13.0, gray: 0.0 };

    fn told(line: &Line) -> String {
        line.iter().map(|run| run.text.as_str()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn lines_fit_and_a_note_stays_with_its_word() {
        let words = Words::of("Jets struck seven sites in the district, killing")
            .strong(" 20 to 25")
            .noted([1, 12])
            .and(", he said.");
        let lines = set(&words, STYLE, 90.0);
        assert!(lines.len() > 2);
        for line in &lines {
            let last = line.last().expect("no line is empty");
            assert!(last.x + last.width <= 90.0, "{}", told(line));
            assert!((line[0].rise - STYLE.size * 0.34).abs() > 1e-3, "a note begins no line: {}", told(line));
        }
    }

    #[test]
    fn an_address_is_broken_where_it_must() {
        let address = "https://example.org/a-very-long-address/that-goes-on-and-on/without-end.html";
        let lines = set(&Words::of(address), STYLE, 80.0);
        assert!(lines.len() > 2);
        assert_eq!(lines.iter().flatten().map(|run| run.text.as_str()).collect::<String>(), address);
    }
}
