//! A paper as Markdown: footnotes as most readers of it know them, small tables, pictures as files beside it or as tables.

use std::fmt::Write;

use super::{Block, Figure, Note, Paper, Piece, Table, Words};

impl Paper {
    /// The paper as Markdown. With a folder, figures are pictures in it (`FOLDER/NAME.svg`); without, they are tables.
    pub fn markdown(&self, figures: Option<&str>) -> String {
        let mut out = format!("# {}\n", escaped(&self.title));
        for line in &self.under {
            write!(out, "\n{}\n", escaped(line)).expect("memory");
        }
        for block in &self.blocks {
            out.push('\n');
            match block {
                Block::Heading { level, words } => {
                    writeln!(out, "{} {}", "#".repeat(usize::from(*level)), escaped(words)).expect("memory");
                }
                Block::Paragraph(words) => writeln!(out, "{}", inline(words)).expect("memory"),
                Block::List(points) => points.iter().for_each(|p| writeln!(out, "- {}", inline(p)).expect("memory")),
                Block::Facts(facts) => {
                    for (name, words) in facts {
                        writeln!(out, "- *{name}:* {}", inline(words)).expect("memory");
                    }
                }
                Block::Table(rows) => table(&mut out, rows),
                Block::Figure(figure) => picture(&mut out, figure, figures),
            }
        }
        if !self.notes.is_empty() {
            out.push_str("\n## Notes\n");
        }
        for (at, one) in self.notes.iter().enumerate() {
            write!(out, "\n[^{}]: {}\n", at + 1, note(one)).expect("memory");
        }
        out
    }
}

fn picture(out: &mut String, figure: &Figure, folder: Option<&str>) {
    if let Some(folder) = folder {
        writeln!(out, "![{}]({folder}/{}.svg)", escaped(&figure.caption), figure.name).expect("memory");
    } else {
        writeln!(out, "{}:\n", escaped(&figure.caption)).expect("memory");
        table(out, &figure.rows);
    }
}

fn table(out: &mut String, table: &Table) {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    out.push_str(&line(table.head.iter().map(|(name, _)| escaped(name)).collect()));
    out.push_str(&line(table.head.iter().map(|_| "---".to_owned()).collect()));
    for row in &table.rows {
        out.push_str(&line(row.iter().map(inline).collect()));
    }
}

fn inline(words: &Words) -> String {
    let pieces = words.0.iter().map(|piece| match piece {
        Piece::Plain(words) => escaped(words),
        Piece::Strong(words) => format!("**{}**", escaped(words.trim())),
        Piece::Note(note) => format!("[^{note}]"),
    });
    pieces.collect()
}

fn note(note: &Note) -> String {
    let mut words = match &note.source {
        None => "the claim could not be looked up".to_owned(),
        Some(source) => {
            let whence = escaped(&source.whence());
            let whence = source.url.as_ref().map_or(whence.clone(), |url| format!("{whence}, <{url}>"));
            format!("{}: “{}” ({whence})", escaped(&source.says), escaped(&source.quote))
        }
    };
    write!(words, ". `{}`", note.claim).expect("memory");
    if let Some(along) = note.along() {
        write!(words, ". {}", escaped(&along)).expect("memory");
    }
    words
}

/// Words in which nothing is taken for markup: no emphasis, link, note, table or HTML; on one line.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' => out.extend(['\\', c]),
            '&' => out.push_str("&amp;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
