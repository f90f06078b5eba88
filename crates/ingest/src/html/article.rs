//! Which part of a page is the article.
//!
//! Readability (through `dom_smoothie`) decides; where it finds little, the page's own copy for machines
//! (JSON-LD) or its paragraphs serve. No rule here knows a site.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_smoothie::{Config, Readability};
use model::{Problem, ProblemKind};

use super::facts::clean;
use super::prepare::{prepare, restore};
use super::render::{render, render_article};
use super::scan::{Piece, Scanner};
use crate::options::Limits;

/// What a page holds.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub title: Option<String>,
    pub publisher: Option<String>,
    /// Publication dates as written, best first.
    pub dates: Vec<String>,
    pub canonical: Option<String>,
    /// The article, paragraphs parted by blank lines; empty where there is none.
    pub body: String,
    pub problems: Vec<Problem>,
}

/// A text of fewer words is no article where the page holds a longer one elsewhere.
const FEW_WORDS: usize = 60;

/// Reads a page. Never fails: a page without an article has an empty body.
pub(crate) fn extract(html: &str, limits: &Limits) -> Page {
    let prepared = prepare(html, limits);
    let facts = &prepared.facts;
    let mut problems = Vec::new();
    if let Some(cut) = &prepared.cut {
        problems.push(Problem::new(ProblemKind::Markup, cut.clone()));
    }
    let title = facts.headline();
    let mut body = match readable(&prepared.html, limits) {
        Ok(found) => tidy(&restore(&found), title.as_deref()),
        Err(why) => {
            problems.push(Problem::new(ProblemKind::Markup, format!("{why}; all paragraphs were taken")));
            String::new()
        }
    };
    if words(&body) < FEW_WORDS {
        for other in [facts.body().map(str::to_owned), Some(restore(&paragraphs(&prepared.html)))].into_iter().flatten()
        {
            let other = tidy(&other, title.as_deref());
            // Twice as much: a short report is not to be replaced by the teasers around it.
            if words(&other) >= FEW_WORDS && words(&other) > 2 * words(&body) {
                body = other;
                break;
            }
        }
    }
    Page {
        publisher: facts.publisher(),
        dates: facts.dates().map(str::to_owned).collect(),
        canonical: facts.canonical.clone(),
        title,
        body,
        problems,
    }
}

/// The article's text as Readability sees it.
fn readable(html: &str, limits: &Limits) -> Result<String, String> {
    // The library is not ours: should it panic on a page, the page is read in a plainer way.
    catch_unwind(AssertUnwindSafe(|| {
        let doc = dom_query::Document::from(html);
        if depth(&doc) > 4 * limits.markup_depth {
            return Err("elements are nested too deep".to_owned());
        }
        let config = Config { disable_json_ld: true, ..Config::default() };
        let mut readability = Readability::with_document(doc, None, Some(config)).map_err(|e| e.to_string())?;
        Ok(readability.parse().map(|article| render_article(&article.content)).unwrap_or_default())
    }))
    .unwrap_or_else(|_| Err("the extractor failed on the page".to_owned()))
}

/// How deep the tree is. The cap before parsing is an estimate; what works on the tree may recurse.
fn depth(doc: &dom_query::Document) -> usize {
    let mut deepest = 0;
    let mut open = vec![(doc.root(), 0_usize)];
    while let Some((node, depth)) = open.pop() {
        deepest = deepest.max(depth);
        open.extend(node.children_it(false).map(|child| (child, depth + 1)));
    }
    deepest
}

/// All paragraphs of the page that are prose rather than links.
fn paragraphs(html: &str) -> String {
    let mut kept = String::new();
    let mut start = None;
    let mut linked = 0;
    let mut link_start = None;
    let mut scanner = Scanner::new(html);
    loop {
        let at = scanner.position();
        let piece = scanner.next();
        let ends = match piece {
            None => true,
            Some(Piece::Open(tag)) => {
                if tag.is("a") {
                    link_start = Some(at);
                }
                ["p", "div", "li", "td", "section", "article", "h1", "h2", "h3", "ul", "table"]
                    .iter()
                    .any(|n| tag.is(n))
            }
            Some(Piece::Close(name)) => {
                if name.eq_ignore_ascii_case("a")
                    && let Some(from) = link_start.take()
                {
                    linked += render(&html[from..at]).len();
                }
                ["p", "div", "li", "td", "section", "article"].iter().any(|n| name.eq_ignore_ascii_case(n))
            }
            _ => false,
        };
        if ends && let Some(from) = start.take() {
            let text = render(&html[from..at]);
            if words(&text) >= 8 && 3 * linked < text.len() {
                kept.push_str(&text);
                kept.push_str("\n\n");
            }
        }
        match piece {
            None => return kept,
            Some(Piece::Open(tag)) if tag.is("p") => {
                start = Some(scanner.position());
                linked = 0;
            }
            _ => {}
        }
    }
}

/// Drops paragraphs that belong to the page's furniture, and the headline where it is repeated on top.
fn tidy(text: &str, title: Option<&str>) -> String {
    let paragraphs = text.split("\n\n").map(str::trim).filter(|p| !p.is_empty());
    let mut kept: Vec<&str> = Vec::new();
    for paragraph in paragraphs {
        let repeats_title = kept.is_empty() && title.is_some_and(|title| clean(paragraph).as_deref() == Some(title));
        if !repeats_title && paragraph.chars().any(char::is_alphanumeric) && !is_furniture(paragraph) {
            kept.push(paragraph);
        }
    }
    kept.join("\n\n")
}

/// Lines of pages that are no part of any article; see the folder's README.
const FURNITURE: &str = include_str!("../../data/furniture.tsv");

fn is_furniture(paragraph: &str) -> bool {
    if words(paragraph) > 25 {
        return false;
    }
    let line = paragraph.to_lowercase();
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    FURNITURE.lines().skip(1).filter_map(|row| row.split_once('\t')).any(|(how, text)| match how {
        "is" => bare == text,
        _ => line.starts_with(text),
    })
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}
