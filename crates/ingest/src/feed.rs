//! RSS (all versions), Atom and JSON Feed: one report an item.
//!
//! The full text counts where the feed carries it, else the summary. Reading is forgiving: unknown entities stay
//! as they are written, unclosed elements close with their item, and after a place that is no XML at all
//! reading resumes at the next item. An item that the feed breaks off is not read in part.

use model::{Problem, ProblemKind};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use serde_json::Value;
use url::Url;

use crate::draft::Draft;
use crate::html::{clean, render};
use crate::outcome::SkipReason;

type Emit<'a> = dyn FnMut(u64, Result<Draft, SkipReason>) -> bool + 'a;

/// What the feed says of itself.
#[derive(Default)]
struct Channel {
    title: Option<String>,
    base: Option<Url>,
    /// The name space prefix of the feed's own elements.
    prefix: String,
}

/// Fields of an item as they are read.
#[derive(Default)]
struct Item {
    title: Option<String>,
    full: Option<String>,
    summary: Option<String>,
    link: Option<String>,
    id: Option<String>,
    source: Option<String>,
    published: Vec<String>,
    updated: Vec<String>,
    undefined: Vec<String>,
}

/// Which field an element is.
#[derive(Clone, Copy, PartialEq)]
enum Field {
    Title,
    Full,
    Summary,
    Link,
    Id,
    Source,
    Published,
    Updated,
}

/// Places that are no XML after which a feed is given up.
const MOST_BREAKS: usize = 50;

/// Reads items of RSS and Atom; `emit` gets the item's number and what became of it, and says whether to go on.
pub(crate) fn read_xml(xml: &str, address: Option<&Url>, emit: &mut Emit) {
    let mut channel = Channel { base: address.cloned(), ..Channel::default() };
    let mut number = 0;
    let mut from = 0;
    let mut breaks = 0;
    while let Some((at, why)) = read_from(&xml[from..], &mut channel, &mut number, emit) {
        number += 1;
        let at = from + at;
        // Each break may cost a look through all that follows, so that their number must be limited.
        breaks += 1;
        if breaks > MOST_BREAKS {
            emit(number, Err(SkipReason::Broken(format!("{why}; after {MOST_BREAKS} such places reading stops"))));
            return;
        }
        let next = ["<item", "<entry"].iter().filter_map(|tag| xml[at..].find(tag)).min();
        let reason = match next {
            Some(_) => SkipReason::Broken(why),
            None => SkipReason::Truncated(why),
        };
        if !emit(number, Err(reason)) {
            return;
        }
        let Some(next) = next else { return };
        from = at + next;
    }
}

/// Reads up to the end, or to where the text is no XML: that place (never the start) and what is wrong.
fn read_from(xml: &str, channel: &mut Channel, number: &mut u64, emit: &mut Emit) -> Option<(usize, String)> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut path: Vec<String> = Vec::new();
    // The item that is open, and the length of `path` outside it.
    let mut item: Option<(Item, usize)> = None;
    // The field that is open, the length of `path` outside it, and its text.
    let mut field: Option<(Field, usize, String)> = None;
    let mut channel_title: Option<String> = None;
    loop {
        let before = usize::try_from(reader.buffer_position()).unwrap_or(xml.len());
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => return Some((past(xml, before), format!("not XML after byte {before} ({error})"))),
        };
        match event {
            Event::Eof => {
                return item.map(|_| (xml.len(), "the feed stops inside an item".to_owned()));
            }
            Event::Start(start) => {
                let name = start.name();
                let name = name.as_ref();
                if path.is_empty() && channel.prefix.is_empty() {
                    let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
                    prefix.clone_into(&mut channel.prefix);
                }
                let local = own_name(name, channel);
                if path.len() < 200 {
                    path.push(local.to_owned());
                }
                // Items do not nest: one that starts inside another's field means that nothing was closed.
                if matches!(local, "item" | "entry") {
                    if let Some((mut open, outside)) = item.take() {
                        if let Some((found, _, text)) = field.take() {
                            open.set(found, text);
                        }
                        path.truncate(outside);
                        path.push(local.to_owned());
                        *number += 1;
                        if !emit(*number, open.finish(channel, true)) {
                            return None;
                        }
                    }
                    item = Some((Item::default(), path.len() - 1));
                } else if let Some((_, _, text)) = &mut field {
                    // Mark-up inside a field, as Atom's xhtml has it.
                    text.push('<');
                    text.push_str(&start);
                    text.push('>');
                } else if let Some((open, outside)) = &mut item {
                    let within = &path[(*outside + 1).min(path.len())..];
                    let found = match within {
                        [only] => field_of(only),
                        [source, title] if source == "source" && title == "title" => Some(Field::Source),
                        _ => None,
                    };
                    if within.len() == 1 && local == "link" {
                        open.take_link(&start);
                    }
                    if let Some(found) = found {
                        field = Some((found, path.len() - 1, String::new()));
                    }
                } else if local == "title" && path.len() <= 3 && path.iter().all(|p| p != "image" && p != "textinput") {
                    channel_title = Some(String::new());
                }
            }
            Event::Empty(start) => {
                let name = start.name();
                let local = own_name(name.as_ref(), channel);
                if let Some((_, _, text)) = &mut field {
                    text.push('<');
                    text.push_str(&start);
                    text.push('>');
                } else if let Some((open, outside)) = &mut item
                    && local == "link"
                    && path.len() == *outside + 1
                {
                    open.take_link(&start);
                } else if local == "link" && item.is_none() && channel.base.is_none() {
                    channel.base = attribute(&start, "href").and_then(|href| Url::parse(&href).ok());
                }
            }
            Event::End(end) => {
                let name = end.name();
                let local = own_name(name.as_ref(), channel);
                if let Some(title) = channel_title.take() {
                    channel.title = channel.title.take().or_else(|| line(&title));
                }
                let closes_item = matches!(local, "item" | "entry") && item.is_some();
                // An end tag closes what it names, and all that was left open in it; one that names nothing is lost.
                let level = path.iter().rposition(|open| open == local);
                if let Some((found, outside, text)) = &mut field {
                    if level.is_some_and(|level| level <= *outside) {
                        let text = std::mem::take(text);
                        let found = *found;
                        field = None;
                        if let Some((open, _)) = &mut item {
                            open.set(found, text);
                        }
                    } else {
                        text.push_str("</");
                        text.push_str(name.as_ref());
                        text.push('>');
                    }
                }
                if let Some(level) = level {
                    path.truncate(level);
                }
                if closes_item
                    && field.is_none()
                    && let Some((open, _)) = item.take()
                {
                    *number += 1;
                    if !emit(*number, open.finish(channel, false)) {
                        return None;
                    }
                }
            }
            Event::Text(text) => push(&mut field, &mut channel_title, &text),
            Event::CData(data) => push(&mut field, &mut channel_title, &data),
            Event::GeneralRef(entity) => {
                let written = format!("&{};", &*entity);
                let decoded = crate::html::decode_entities(&written);
                if decoded == written
                    && let Some((open, _)) = &mut item
                    && open.undefined.len() < 10
                {
                    open.undefined.push(written.clone());
                }
                push(&mut field, &mut channel_title, &decoded);
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// The place after `at` from which to look for the next item.
fn past(xml: &str, at: usize) -> usize {
    let mut next = (at + 1).min(xml.len());
    while !xml.is_char_boundary(next) {
        next += 1;
    }
    next
}

fn push(field: &mut Option<(Field, usize, String)>, title: &mut Option<String>, text: &str) {
    match (field, title) {
        (Some((_, _, open)), _) => open.push_str(text),
        (None, Some(title)) => title.push_str(text),
        _ => {}
    }
}

/// The name of an element without the feed's own prefix; those of other name spaces keep theirs.
fn own_name<'a>(name: &'a str, channel: &Channel) -> &'a str {
    match name.split_once(':') {
        Some((prefix, local)) if prefix == channel.prefix || matches!(prefix, "atom" | "rss" | "rdf") => local,
        _ => name,
    }
}

fn field_of(name: &str) -> Option<Field> {
    Some(match name {
        "title" => Field::Title,
        "content:encoded" | "content" | "body" | "xhtml:body" => Field::Full,
        "description" | "summary" => Field::Summary,
        "link" => Field::Link,
        "guid" | "id" => Field::Id,
        "source" => Field::Source,
        "pubDate" | "pubdate" | "published" | "issued" | "dc:date" | "date" | "dcterms:issued" => Field::Published,
        "updated" | "modified" | "dcterms:modified" | "a10:updated" => Field::Updated,
        _ => return None,
    })
}

fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    start.html_attributes().with_checks(false).flatten().find_map(|attribute| {
        let local = attribute.key.as_ref();
        (local == name).then(|| crate::html::decode_entities(&attribute.value).into_owned())
    })
}

impl Item {
    fn take_link(&mut self, start: &BytesStart) {
        let alternate = attribute(start, "rel").is_none_or(|rel| rel == "alternate");
        if alternate && self.link.is_none() {
            self.link = attribute(start, "href");
        }
    }

    fn set(&mut self, field: Field, text: String) {
        if text.trim().is_empty() {
            return;
        }
        match field {
            Field::Title => self.title = self.title.take().or(Some(text)),
            Field::Full if self.full.as_ref().is_none_or(|old| old.len() < text.len()) => self.full = Some(text),
            Field::Summary if self.summary.as_ref().is_none_or(|old| old.len() < text.len()) => {
                self.summary = Some(text);
            }
            Field::Link => self.link = self.link.take().or(Some(text.trim().to_owned())),
            Field::Id => self.id = Some(text.trim().to_owned()),
            Field::Source => self.source = Some(text),
            Field::Published => self.published.push(text),
            Field::Updated => self.updated.push(text),
            Field::Full | Field::Summary => {}
        }
    }

    fn finish(self, channel: &Channel, unclosed: bool) -> Result<Draft, SkipReason> {
        let mut problems = Vec::new();
        if !self.undefined.is_empty() {
            let detail = format!("entities that nothing defines were left as written: {}", self.undefined.join(" "));
            problems.push(Problem::new(ProblemKind::Markup, detail));
        }
        if unclosed {
            problems.push(Problem::new(ProblemKind::Markup, "the item is not closed before the next one"));
        }
        let body = self.full.or(self.summary).map(|markup| render(&markup)).unwrap_or_default();
        let mut dates = self.published;
        dates.extend(self.updated);
        let url = self.link.or_else(|| self.id.clone().filter(|id| id.starts_with("http")));
        draft(Parts {
            title: self.title.as_deref().and_then(line),
            body,
            url: url.map(|url| match &channel.base {
                Some(base) => base.join(&url).map_or(url, String::from),
                None => url,
            }),
            id: self.id,
            publisher: self.source.as_deref().and_then(line).or_else(|| channel.title.clone()),
            dates,
            problems,
        })
    }
}

/// One line out of mark-up. Entities in headlines are often escaped once too many.
fn line(markup: &str) -> Option<String> {
    let once = render(markup);
    if once.contains('&') { clean(&render(&once)) } else { clean(&once) }
}

struct Parts {
    title: Option<String>,
    body: String,
    url: Option<String>,
    id: Option<String>,
    publisher: Option<String>,
    dates: Vec<String>,
    problems: Vec<Problem>,
}

/// Title, blank line, body.
fn draft(parts: Parts) -> Result<Draft, SkipReason> {
    let Parts { title, body, url, id, publisher, dates, problems } = parts;
    let text = match &title {
        Some(title) if body.is_empty() => title.clone(),
        Some(title) => format!("{title}\n\n{body}"),
        None => body,
    };
    if text.is_empty() {
        return Err(SkipReason::Empty);
    }
    Ok(Draft { text, source_id: id, url, title, publisher, dates, problems, has_dateline: true, ..Draft::default() })
}

/// Reads the items of a JSON Feed.
pub(crate) fn read_json(json: &str, emit: &mut Emit) -> Result<(), SkipReason> {
    let feed: Value = serde_json::from_str(json).map_err(|e| {
        if e.is_eof() { SkipReason::Truncated(e.to_string()) } else { SkipReason::Broken(e.to_string()) }
    })?;
    let text = |value: &Value, key: &str| match value.get(key) {
        Some(Value::String(text)) if !text.trim().is_empty() => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let channel = text(&feed, "title");
    let none = Vec::new();
    let items = feed.get("items").and_then(Value::as_array).unwrap_or(&none);
    for (i, item) in items.iter().enumerate() {
        let body = text(item, "content_html")
            .map(|html| render(&html))
            .or_else(|| text(item, "content_text"))
            .or_else(|| text(item, "summary").map(|summary| render(&summary)))
            .unwrap_or_default();
        let made = draft(Parts {
            title: text(item, "title").and_then(|title| clean(&title)),
            body,
            url: text(item, "url").or_else(|| text(item, "external_url")),
            id: text(item, "id"),
            publisher: channel.clone(),
            dates: [text(item, "date_published"), text(item, "date_modified")].into_iter().flatten().collect(),
            problems: Vec::new(),
        });
        if !emit(i as u64 + 1, made) {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(xml: &str, expected: &[&str]) {
        let mut found = Vec::new();
        read_xml(xml, None, &mut |number, made| {
            found.push(match made {
                Ok(draft) => {
                    format!("{number} {} | {:?}", draft.text.replace('\n', "/"), draft.url.unwrap_or_default())
                }
                Err(reason) => format!("{number} {}", reason.kind()),
            });
            true
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn items_are_read_and_breaks_are_named() {
        check(
            "<rss><channel><title>P</title><item><title>A &amp; B</title><description>&lt;p&gt;One&lt;p&gt;Two \
             &nbsp;&madeup;</description><link>http://e.org/1</link></item><item><title>Unclosed<item><title>C</title>\
             </item></channel></rss>",
            &["1 A & B//One//Two &madeup; | \"http://e.org/1\"", "2 Unclosed | \"\"", "3 C | \"\""],
        );
        check(
            "<feed xmlns='a'><entry><title type='html'>T</title><content type='xhtml'><div><p>X &lt; y</p></div></content>\
             <link href='http://e.org/2'/></entry><entry><title>Cut",
            &["1 T//X < y | \"http://e.org/2\"", "2 truncated"],
        );
        check(
            "<rss><channel><item><title>A</title></item><item><![CDATA[ open <item><title>B</title></item></rss>",
            &["1 A | \"\"", "2 broken", "3 B | \"\""],
        );
    }
}
