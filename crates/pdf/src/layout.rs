//! Blocks made into rows, and rows set on pages: headings stay with what they head, no line of a paragraph stands alone, the head
//! of a table is said again on each page.

use std::collections::BTreeMap;

use present::paper::{Block, Figure, Paper, Table, Words};

use crate::faces::{Face, shown};
use crate::figure::Picture;
use crate::line::{self, Line, Run, Setter, Style, Target};
use crate::{PdfError, notes};

/// A4 in points.
pub const PAGE: (f32, f32) = (595.276, 841.89);
/// Left and right.
pub const SIDE: f32 = 54.0;
/// Above.
const TOP: f32 = 54.0;
/// Below, with the number of the page in it.
const BOTTOM: f32 = 62.0;
/// Width of a line.
const ROOM: f32 = PAGE.0 - 2.0 * SIDE;
/// Room for rows on a page.
const HIGH: f32 = PAGE.1 - TOP - BOTTOM;
/// Where facts begin, beside their names.
const FACTS: f32 = 78.0;
/// Where points begin, beside their bullets.
const POINTS: f32 = 12.0;
/// Where notes begin, beside their numbers.
const NOTES: f32 = 22.0;
/// Between the columns of a table.
const GUTTER: f32 = 8.0;
/// A picture is no higher than this, so that its heading fits above it.
const PICTURE: f32 = HIGH - 60.0;

const BODY: Style = Style { face: Face::Regular, size: 10.0, leading: 13.6, gray: 0.0 };
const TITLE: Style = Style { face: Face::Bold, size: 21.0, leading: 25.0, gray: 0.0 };
const UNDER: Style = Style { face: Face::Regular, size: 9.5, leading: 12.8, gray: 0.35 };
const SECTION: Style = Style { face: Face::Bold, size: 13.5, leading: 17.0, gray: 0.0 };
const PART: Style = Style { face: Face::Bold, size: 10.5, leading: 14.0, gray: 0.0 };
const NAME: Style = Style { face: Face::Regular, size: 10.0, leading: 13.6, gray: 0.35 };
const CELL: Style = Style { face: Face::Regular, size: 9.0, leading: 11.8, gray: 0.0 };
const HEAD: Style = Style { face: Face::Bold, size: 8.5, leading: 11.4, gray: 0.25 };
const NOTE: Style = Style { face: Face::Regular, size: 8.0, leading: 10.4, gray: 0.0 };
const FOOT: Style = Style { face: Face::Regular, size: 8.5, leading: 11.0, gray: 0.35 };

/// What stands on the pages.
#[derive(Default)]
pub struct Pages {
    /// One by one.
    pub each: Vec<Page>,
    /// The pictures, in the order in which pages name them.
    pub pictures: Vec<Picture>,
    /// Headings with their level, page, and distance from its top.
    pub headings: Vec<(u8, String, usize, f32)>,
    /// Where each note stands.
    pub notes: BTreeMap<usize, (usize, f32)>,
    /// Where each note is first referred to.
    pub references: BTreeMap<usize, (usize, f32)>,
}

/// A page. Distances are from the left and from the top.
#[derive(Default)]
pub struct Page {
    /// Text, each with the place of its baseline.
    pub runs: Vec<(f32, f32, Run)>,
    /// Lines from left to right.
    pub rules: Vec<Rule>,
    /// Pictures with the place of their upper left corner and their width and height.
    pub pictures: Vec<(usize, [f32; 4])>,
}

/// A thin line.
#[derive(Clone, Copy)]
pub struct Rule {
    /// Its ends.
    pub x: (f32, f32),
    /// How far down.
    pub y: f32,
    /// How thick.
    pub thick: f32,
    /// 0 is black.
    pub gray: f32,
}

/// What stays together on a page.
#[derive(Clone, Default)]
struct Row {
    /// Space above, which is nothing at the top of a page.
    before: f32,
    height: f32,
    runs: Vec<(f32, f32, Run)>,
    rules: Vec<Rule>,
    picture: Option<(usize, [f32; 4])>,
    /// Whether the next row is to be on the same page.
    keep: bool,
    heading: Option<(u8, String)>,
    note: Option<usize>,
    /// The head of the table that it belongs to, as a position among the heads.
    head: Option<usize>,
}

/// Rows, and the heads of tables, which may be set again.
#[derive(Default)]
struct Rows {
    set: Vec<Row>,
    heads: Vec<Row>,
    pictures: Vec<Picture>,
}

/// A paper on pages.
pub fn pages(paper: &Paper) -> Result<Pages, PdfError> {
    let mut rows = Rows::default();
    rows.lines(line::set(&Words::of(paper.title.clone()), TITLE, ROOM), TITLE, 0.0, 0.0);
    for under in &paper.under {
        rows.lines(line::set(&Words::of(under.clone()), UNDER, ROOM), UNDER, 0.0, 3.0);
    }
    for block in &paper.blocks {
        rows.block(block)?;
    }
    if !paper.notes.is_empty() {
        rows.heading(2, "Notes");
    }
    for (at, note) in paper.notes.iter().enumerate() {
        let number = at + 1;
        let first = rows.set.len();
        rows.lines(notes::lines(number, note, NOTE, ROOM - NOTES), NOTE, NOTES, 2.6);
        let mut setter = Setter::new(NOTE);
        setter.text(&format!("{number}"), Face::Regular, Some(&Target::Back(number)));
        let label = setter.lines(NOTES).into_iter().flatten().next();
        if let (Some(row), Some(label)) = (rows.set.get_mut(first), label) {
            row.note = Some(number);
            // Numbers stand right, before the text.
            row.runs.push((NOTES - 6.0 - label.width, baseline(NOTE), label));
        }
    }
    Ok(rows.placed(&paper.title))
}

/// How far below the top of a line its letters stand.
fn baseline(style: Style) -> f32 {
    style.leading * 0.5 + style.size * 0.34
}

impl Rows {
    fn block(&mut self, block: &Block) -> Result<(), PdfError> {
        match block {
            Block::Heading { level, words } => self.heading(*level, words),
            Block::Paragraph(words) => self.lines(line::set(words, BODY, ROOM), BODY, 0.0, 4.0),
            Block::List(points) => points.iter().for_each(|point| {
                self.labelled(("•", BODY), line::set(point, BODY, ROOM - POINTS), POINTS, 3.0);
            }),
            Block::Facts(facts) => {
                let last = facts.len().saturating_sub(1);
                for (at, (name, words)) in facts.iter().enumerate() {
                    self.labelled((name, NAME), line::set(words, BODY, ROOM - FACTS), FACTS, 1.0);
                    // The facts of one thing stay with their first, and the last two with each other.
                    if let Some(row) = self.set.last_mut() {
                        row.keep = at == 0 && last > 0 || at + 1 == last;
                    }
                }
            }
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure)?,
        }
        Ok(())
    }

    fn heading(&mut self, level: u8, words: &str) {
        let (style, before) = if level == 2 { (SECTION, 20.0) } else { (PART, 9.0) };
        let first = self.set.len();
        let lines = line::set(&Words::of(words), style, ROOM);
        self.lines(lines, style, 0.0, before);
        for row in &mut self.set[first..] {
            row.keep = true;
        }
        if let Some(row) = self.set.get_mut(first) {
            row.heading = Some((level, words.to_owned()));
            if level == 2 {
                row.height += 5.0;
                row.runs.iter_mut().for_each(|(_, y, _)| *y += 5.0);
                row.rules.push(Rule { x: (0.0, ROOM), y: 0.0, thick: 0.6, gray: 0.5 });
            }
        }
    }

    /// Lines of text, the first with space above; neither the first nor the last stands alone on a page.
    fn lines(&mut self, lines: Vec<Line>, style: Style, x: f32, before: f32) {
        let count = lines.len();
        for (at, line) in lines.into_iter().enumerate() {
            self.set.push(Row {
                before: if at == 0 { before } else { 0.0 },
                height: style.leading,
                runs: line.into_iter().map(|run| (x + run.x, baseline(style), run)).collect(),
                keep: count > 1 && (at == 0 || at + 2 == count),
                ..Row::default()
            });
        }
    }

    fn labelled(&mut self, (label, style): (&str, Style), lines: Vec<Line>, x: f32, before: f32) {
        let first = self.set.len();
        self.lines(lines, BODY, x, before);
        let label = line::set(&Words::of(label), style, x).into_iter().flatten();
        if let Some(row) = self.set.get_mut(first) {
            row.runs.extend(label.map(|run| (run.x, baseline(BODY), run)));
        }
    }

    fn table(&mut self, table: &Table) {
        if table.rows.is_empty() {
            return;
        }
        let sum: f32 = table.head.iter().map(|(_, share)| f32::from(*share)).sum();
        let gutters = GUTTER * table.head.len().saturating_sub(1) as f32;
        let widths: Vec<f32> =
            table.head.iter().map(|(_, share)| (ROOM - gutters) * f32::from(*share) / sum.max(1.0)).collect();
        let head: Vec<Words> = table.head.iter().map(|(name, _)| Words::of(*name)).collect();
        let mut top = cells(&head, &widths, HEAD, 0.8);
        (top.before, top.keep) = (6.0, true);
        let at = self.heads.len();
        self.heads.push(top.clone());
        self.set.push(top);
        let last = table.rows.len() - 1;
        for (number, row) in table.rows.iter().enumerate() {
            let mut row = cells(row, &widths, CELL, 0.35);
            // A table leaves no single row behind.
            (row.head, row.keep) = (Some(at), number == 0 || number + 1 == last);
            self.set.push(row);
        }
        if let Some(row) = self.set.last_mut() {
            row.keep = false;
            row.height += 3.0;
        }
    }

    fn figure(&mut self, figure: &Figure) -> Result<(), PdfError> {
        let picture = Picture::of(figure)?;
        let scale = (ROOM / picture.width).min(PICTURE / picture.height);
        let (width, height) = (picture.width * scale, picture.height * scale);
        self.set.push(Row {
            before: 8.0,
            height: height + 4.0,
            picture: Some((self.pictures.len(), [0.0, 0.0, width, height])),
            ..Row::default()
        });
        self.pictures.push(picture);
        Ok(())
    }

    /// Sets the rows on pages.
    fn placed(self, title: &str) -> Pages {
        let mut pages = Pages { each: vec![Page::default()], pictures: self.pictures, ..Pages::default() };
        let mut at = 0.0_f32;
        let mut start = 0;
        // Pictures that had no room where they belong, and stand at the top of the next page: text goes on below them.
        let mut floating: Vec<&Row> = Vec::new();
        while start < self.set.len() {
            let kept = self.set[start..].iter().take_while(|row| row.keep).count();
            let end = (start + kept + 1).min(self.set.len());
            let group = &self.set[start..end];
            let high: f32 = group.iter().map(|row| row.before + row.height).sum();
            let is_full = at > 0.0 && at + high > HIGH;
            start = end;
            if let ([picture], true) = (group, is_full && group[0].picture.is_some()) {
                floating.push(picture);
                continue;
            }
            if is_full && high <= HIGH {
                at = pages.turned(&mut floating);
                if let Some(head) = group[0].head {
                    at = pages.set(&self.heads[head], at);
                }
            }
            for row in group {
                if at > 0.0 && at + row.before + row.height > HIGH {
                    at = pages.turned(&mut floating);
                }
                at = pages.set(row, at);
            }
        }
        while !floating.is_empty() {
            pages.turned(&mut floating);
        }
        pages.feet(title);
        pages
    }
}

/// Cells side by side, with a rule below.
fn cells(cells: &[Words], widths: &[f32], style: Style, thick: f32) -> Row {
    let mut row = Row::default();
    let (mut x, mut most) = (0.0, 1);
    for (words, width) in cells.iter().zip(widths) {
        let lines = line::set(words, style, *width);
        most = most.max(lines.len());
        for (at, line) in lines.into_iter().enumerate() {
            let y = 2.5 + style.leading * at as f32 + baseline(style);
            row.runs.extend(line.into_iter().map(|run| (x + run.x, y, run)));
        }
        x += width + GUTTER;
    }
    row.height = style.leading * most as f32 + 5.0;
    row.rules.push(Rule { x: (0.0, ROOM), y: row.height, thick, gray: 0.6 });
    row
}

impl Pages {
    /// Sets a row on the last page, so far down; how far down it ends.
    fn set(&mut self, row: &Row, at: f32) -> f32 {
        let number = self.each.len() - 1;
        let at = if at > 0.0 { at + row.before } else { at };
        let y = TOP + at;
        let page = &mut self.each[number];
        for (x, down, run) in &row.runs {
            if let Some(Target::Note(note)) = run.to {
                self.references.entry(note).or_insert((number, y));
            }
            page.runs.push((SIDE + x, y + down, run.clone()));
        }
        let moved = |rule: &Rule| Rule { x: (SIDE + rule.x.0, SIDE + rule.x.1), y: y + rule.y, ..*rule };
        page.rules.extend(row.rules.iter().map(moved));
        page.pictures.extend(row.picture.map(|(id, [x, down, w, h])| (id, [SIDE + x, y + down, w, h])));
        if let Some((level, words)) = &row.heading {
            self.headings.push((*level, words.clone(), number, y));
        }
        if let Some(note) = row.note {
            self.notes.insert(note, (number, y));
        }
        at + row.height
    }

    /// Turns to a new page, with pictures that wait for room at its top; how far down they end.
    fn turned(&mut self, floating: &mut Vec<&Row>) -> f32 {
        self.each.push(Page::default());
        let mut at = 0.0_f32;
        while let Some(picture) = floating.first().filter(|picture| at <= 0.0 || at + picture.height <= HIGH / 2.0) {
            at = self.set(picture, at);
            floating.remove(0);
        }
        at
    }

    /// The title and the number at the foot of each page.
    fn feet(&mut self, title: &str) {
        let all = self.each.len();
        let y = PAGE.1 - BOTTOM + 30.0;
        for (at, page) in self.each.iter_mut().enumerate() {
            let number = format!("{} / {all}", at + 1);
            let x = PAGE.0 - SIDE - FOOT.face.width(&number, FOOT.size);
            let mut line = line::set(&Words::of(title), FOOT, ROOM - 60.0).into_iter().next().unwrap_or_default();
            for run in &mut line {
                run.x += SIDE;
            }
            page.runs.extend(line.into_iter().map(|run| (run.x, y, run)));
            let run = Run {
                x: 0.0,
                width: 0.0,
                text: shown(&number),
                face: FOOT.face,
                size: FOOT.size,
                gray: FOOT.gray,
                rise: 0.0,
                to: None,
            };
            page.runs.push((x, y, run));
        }
    }
}
