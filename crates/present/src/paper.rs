//! A report to be handed on: headings, paragraphs, tables and figures, with a note behind each number.
//!
//! [`Paper`] is the document; [`Paper::markdown`] and [`Paper::html`] write it, and the `pdf` crate lays it out on pages. A
//! [`Note`] quotes one sentence of one claim. Writers lay out what is here and decide nothing about it; the same paper is written
//! the same, to the last byte.

mod html;
mod markdown;

use model::{ClaimId, When};
use serde::Serialize;

/// A report.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Paper {
    /// What it is.
    pub title: String,
    /// Of which time, as of when, from what; a line each.
    pub under: Vec<String>,
    /// As of when it tells, for the properties of a file.
    pub as_of: Option<When>,
    /// What it says.
    pub blocks: Vec<Block>,
    /// What its numbers rest on, in the order in which they are first referred to; notes are counted from 1.
    pub notes: Vec<Note>,
}

/// A part of a paper.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading; level 2 is a section, 3 a part of it.
    Heading {
        /// 2 or 3.
        level: u8,
        /// Its words.
        words: String,
    },
    /// A paragraph.
    Paragraph(Words),
    /// Points, one below another.
    List(Vec<Words>),
    /// Named facts: "When", "Where".
    Facts(Vec<(&'static str, Words)>),
    /// Rows under a head.
    Table(Table),
    /// A picture, with its numbers as rows for those who do not see it.
    Figure(Figure),
}

/// Rows under a head.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Table {
    /// Names of the columns, with how wide each is beside the others.
    pub head: Vec<(&'static str, u16)>,
    /// The rows.
    pub rows: Vec<Vec<Words>>,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// For the name of its file: "over-time".
    pub name: &'static str,
    /// What it shows.
    pub caption: String,
    /// As SVG, for a page.
    pub wide: String,
    /// As SVG, for a telephone.
    pub narrow: String,
    /// The numbers that it draws.
    pub rows: Table,
}

/// How wide a figure for a page is, in points of its own.
pub const WIDE: u32 = 720;
/// How wide one for a telephone is.
pub const NARROW: u32 = 350;

/// Words with references to notes.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Words(pub Vec<Piece>);

/// A piece of words.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// Plain.
    Plain(String),
    /// Said with weight.
    Strong(String),
    /// A reference to a note, by its number.
    Note(usize),
}

impl Words {
    /// Plain words.
    pub fn of(words: impl Into<String>) -> Self {
        Self(vec![Piece::Plain(words.into())])
    }

    /// The same, with more plain words.
    #[must_use]
    pub fn and(mut self, words: impl Into<String>) -> Self {
        self.0.push(Piece::Plain(words.into()));
        self
    }

    /// The same, with words of weight.
    #[must_use]
    pub fn strong(mut self, words: impl Into<String>) -> Self {
        self.0.push(Piece::Strong(words.into()));
        self
    }

    /// The same, with references to these notes; each once.
    #[must_use]
    pub fn noted(mut self, notes: impl IntoIterator<Item = usize>) -> Self {
        for note in notes {
            // The same claim behind both ends of a sentence is referred to once at each.
            if self.0.last() != Some(&Piece::Note(note)) {
                self.0.push(Piece::Note(note));
            }
        }
        self
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|piece| matches!(piece, Piece::Plain(words) if words.is_empty()))
    }

    /// Without notes and weight.
    pub fn plain(&self) -> String {
        let words = self.0.iter().filter_map(|piece| match piece {
            Piece::Plain(words) | Piece::Strong(words) => Some(words.as_str()),
            Piece::Note(_) => None,
        });
        words.collect()
    }
}

/// What stands behind a number or a statement: one sentence of one claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Note {
    /// The claim.
    pub claim: ClaimId,
    /// What is counted along with it, by id; empty where the claim says it all by itself.
    pub counted: Vec<String>,
    /// The claim's sentence, who says it and where; `None` where it could not be looked up.
    pub source: Option<Source>,
}

/// Where a claim stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Source {
    /// Its sentence.
    pub quote: String,
    /// Who says it, and how: "Taliban, denies".
    pub says: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub published: Option<When>,
    /// The title of the document.
    pub title: Option<String>,
    /// Its address, where that is one of `http` or `https`.
    pub url: Option<String>,
}

impl Source {
    /// Who, where and when, in one line.
    pub fn whence(&self) -> String {
        let publisher = self.publisher.clone().unwrap_or_else(|| "publisher not named".to_owned());
        let day = self.published.map_or_else(|| "undated".to_owned(), |day| day.date().to_string());
        // A headline that is quoted needs no saying twice.
        let title = self.title.as_ref().filter(|title| **title != self.quote);
        let title = title.map(|title| format!(", “{title}”")).unwrap_or_default();
        format!("{publisher}, {day}{title}")
    }
}

impl Note {
    /// What is counted along with it, in a phrase.
    pub fn along(&self) -> Option<String> {
        const NAMED: usize = 6;
        let (named, rest) = self.counted.split_at(self.counted.len().min(NAMED));
        let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
        (!named.is_empty()).then(|| format!("The first of those counted; also {}{more}.", named.join(", ")))
    }
}

impl Paper {
    /// All words outside the notes, block by block; of a table cell by cell.
    pub fn words(&self) -> Vec<&Words> {
        let mut all = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Heading { .. } => {}
                Block::Paragraph(words) => all.push(words),
                Block::List(points) => all.extend(points),
                Block::Facts(facts) => all.extend(facts.iter().map(|(_, words)| words)),
                Block::Table(table) | Block::Figure(Figure { rows: table, .. }) => {
                    all.extend(table.rows.iter().flatten());
                }
            }
        }
        all
    }
}

/// Whether an address is one to link to.
pub fn is_web(url: &str) -> bool {
    let plain = !url.contains(|c: char| c.is_whitespace() || c.is_control());
    plain && (url.starts_with("https://") || url.starts_with("http://"))
}
