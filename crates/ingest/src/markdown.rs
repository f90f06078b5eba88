//! Markdown to text: headings and paragraphs parted by blank lines, marks dropped, front matter read.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::draft::Draft;
use crate::html::{Paragraphs, clean, render};

/// Reads a Markdown document.
pub(crate) fn read(markdown: &str) -> Draft {
    let mut draft = Draft { has_dateline: true, ..Draft::default() };
    let body = front_matter(markdown, &mut draft);
    let mut text = Paragraphs::default();
    let mut heading: Option<String> = None;
    let mut title = None;
    let mut hidden = 0_usize;
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    for event in Parser::new_ext(body, options) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                text.boundary("p");
                heading = Some(String::new());
            }
            Event::End(TagEnd::Heading(_)) => {
                text.boundary("p");
                let done = heading.take().and_then(|heading| clean(&heading));
                title = title.or(done);
            }
            // Descriptions of pictures and blocks of code are no prose.
            Event::Start(Tag::Image { .. } | Tag::CodeBlock(_)) => hidden += 1,
            Event::End(TagEnd::Image | TagEnd::CodeBlock) => hidden = hidden.saturating_sub(1),
            Event::Start(
                Tag::Paragraph
                | Tag::Item
                | Tag::BlockQuote(_)
                | Tag::List(_)
                | Tag::Table(_)
                | Tag::TableRow
                | Tag::TableHead
                | Tag::FootnoteDefinition(_),
            )
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::BlockQuote(_)
                | TagEnd::List(_)
                | TagEnd::Table
                | TagEnd::TableRow
                | TagEnd::TableHead
                | TagEnd::FootnoteDefinition,
            )
            | Event::Rule => text.boundary("p"),
            Event::End(TagEnd::TableCell) => text.boundary("td"),
            Event::Text(part) | Event::Code(part) if hidden == 0 => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&part);
                }
                text.push_plain(&part);
            }
            Event::Html(part) if hidden == 0 => {
                text.boundary("p");
                text.push_plain(&render(&part));
                text.boundary("p");
            }
            Event::SoftBreak | Event::HardBreak => text.push_plain(" "),
            _ => {}
        }
    }
    let text = text.finish();
    draft.title = draft.title.take().or(title);
    draft.text = match &draft.title {
        Some(title) if !text.starts_with(title.as_str()) => format!("{title}\n\n{text}"),
        _ => text,
    };
    draft
}

/// Takes what a YAML block on top says (`title: …`, `date: …`); the rest is returned.
fn front_matter<'a>(markdown: &'a str, draft: &mut Draft) -> &'a str {
    let Some(inside) = markdown.strip_prefix("---\n").or_else(|| markdown.strip_prefix("---\r\n")) else {
        return markdown;
    };
    let Some((block, rest)) = inside.split_once("\n---") else { return markdown };
    if block.lines().any(|line| !line.trim().is_empty() && !line.contains(':') && !line.starts_with([' ', '-', '#'])) {
        return markdown;
    }
    for line in block.lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = clean(value.trim().trim_matches(['"', '\'']));
        match key.trim().to_ascii_lowercase().as_str() {
            "title" => draft.title = value,
            "date" | "published" | "pubdate" => draft.dates.extend(value),
            "publisher" | "source" => draft.publisher = value,
            "url" | "link" | "canonical" => draft.url = value,
            "id" => draft.source_id = value,
            _ => {}
        }
    }
    rest.split_once('\n').map_or("", |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_paragraphs_stay() {
        let draft = read(
            "---\ntitle: A title\ndate: 2025-10-16\n---\n# Head\n\nOne *two*\n[three](http://e.org).\n\n- a\n- b\n",
        );
        assert_eq!(draft.title.as_deref(), Some("A title"));
        assert_eq!(draft.dates, ["2025-10-16"]);
        assert_eq!(draft.text, "A title\n\nHead\n\nOne two three.\n\na\n\nb");
        assert_eq!(read("# Head\n\nText & more").text, "Head\n\nText & more");
    }
}
