//! What a page says about itself outside its article: meta tags, JSON-LD, `title`, `time`, the first heading.
//!
//! Collected from the stream of tags, since a tree does not hold scripts and costs more. What is not said is
//! `None`; nothing is made up here. Dates stay as written, to be read by [`crate::date`].

use serde_json::Value;

use super::scan::Tag;

/// Text collected inside an element.
#[derive(Default)]
struct Inside {
    text: String,
    open: bool,
}

/// What a page says about itself.
#[derive(Default)]
pub(crate) struct Facts {
    metas: Vec<(String, String)>,
    title: Option<String>,
    heading: Inside,
    headings: usize,
    times: Vec<String>,
    articles: Vec<Article>,
    organisations: Vec<(String, String)>,
    /// The canonical address.
    pub canonical: Option<String>,
    /// The declared language.
    pub language: Option<String>,
}

/// An article in JSON-LD.
#[derive(Default, Clone)]
struct Article {
    headline: Option<String>,
    published: Option<String>,
    publisher: Option<String>,
    body: Option<String>,
}

/// Meta names that hold a publication date, best first.
const DATES: [&str; 17] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date.published",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "article_date_original",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "originalpublicationdate",
    "date",
];
const TITLES: [&str; 5] = ["og:title", "twitter:title", "dc.title", "headline", "parsely-title"];
const PUBLISHERS: [&str; 5] = ["og:site_name", "application-name", "dc.publisher", "publisher", "copyright"];

/// How much of one fact is kept.
const LONGEST: usize = 600;

impl Facts {
    pub fn tag(&mut self, tag: &Tag) {
        if tag.is("meta") {
            let name =
                tag.attribute("property").or_else(|| tag.attribute("name")).or_else(|| tag.attribute("itemprop"));
            if let (Some(name), Some(content)) = (name, tag.attribute("content"))
                && self.metas.len() < 400
                && content.len() <= 4 * LONGEST
            {
                self.metas.push((name.trim().to_ascii_lowercase(), content.trim().to_owned()));
            }
        } else if tag.is("time") {
            let published = tag.attribute("itemprop").is_some_and(|p| p.contains("datePublished"))
                || tag.attribute("pubdate").is_some();
            if let Some(written) = tag.attribute("datetime")
                && self.times.len() < 50
                && written.len() < 100
            {
                let at = if published { 0 } else { self.times.len() };
                self.times.insert(at, written.into_owned());
            }
        } else if tag.is("link") {
            if tag.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) {
                self.canonical = self.canonical.take().or_else(|| tag.attribute("href").map(|h| h.trim().to_owned()));
            }
        } else if tag.is("html") {
            self.language = self.language.take().or_else(|| tag.attribute("lang").map(|l| l.trim().to_owned()));
        } else if tag.is("h1") {
            self.headings += 1;
            self.heading.open = self.headings == 1;
        }
    }

    pub fn text(&mut self, text: &str) {
        if self.heading.open && self.heading.text.len() < LONGEST {
            self.heading.text.push_str(text);
        }
    }

    pub fn close(&mut self, name: &str) {
        if name.eq_ignore_ascii_case("h1") {
            self.heading.open = false;
        }
    }

    pub fn raw(&mut self, tag: &Tag, content: &str) {
        if tag.is("title") {
            self.title = self.title.take().or_else(|| clean(&super::entities::decode(content)));
        } else if tag.is("script")
            && tag.attribute("type").is_some_and(|t| t.trim().to_ascii_lowercase().starts_with("application/ld+json"))
        {
            // Some sites wrap it in a comment or leave line ends in strings.
            let content = content.trim().trim_start_matches("<!--").trim_end_matches("-->");
            let value = serde_json::from_str(content)
                .or_else(|_| serde_json::from_str::<Value>(&content.replace(['\n', '\r', '\t'], " ")));
            if let Ok(value) = value {
                self.linked_data(&value, 0);
            }
        }
    }

    fn linked_data(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Array(items) if depth < 8 => items.iter().for_each(|item| self.linked_data(item, depth + 1)),
            Value::Object(object) => {
                for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                    if let Some(inner) = object.get(key)
                        && depth < 8
                    {
                        self.linked_data(inner, depth + 1);
                    }
                }
                let kinds: Vec<&str> = match object.get("@type") {
                    Some(Value::String(kind)) => vec![kind],
                    Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
                    _ => Vec::new(),
                };
                let text = |key: &str| object.get(key).and_then(Value::as_str).and_then(|t| clean(&decode(t)));
                if kinds
                    .iter()
                    .any(|kind| kind.ends_with("Article") || kind.ends_with("BlogPosting") || *kind == "Report")
                {
                    let publisher = object.get("publisher").and_then(|p| match p {
                        Value::String(name) => clean(name),
                        Value::Array(all) => {
                            all.first().and_then(|p| p.get("name")).and_then(Value::as_str).and_then(clean)
                        }
                        // A publisher given by reference is looked up later.
                        other => other
                            .get("name")
                            .and_then(Value::as_str)
                            .and_then(clean)
                            .or_else(|| other.get("@id").and_then(Value::as_str).map(|id| format!("@id {id}"))),
                    });
                    let body = object.get("articleBody").and_then(Value::as_str).map(decode).filter(|b| !b.is_empty());
                    self.articles.push(Article {
                        headline: text("headline").or_else(|| text("name")),
                        published: text("datePublished").or_else(|| text("dateCreated")),
                        publisher,
                        body,
                    });
                } else if let (Some(id), Some(name)) = (text("@id"), text("name"))
                    && kinds.iter().any(|kind| kind.ends_with("Organization"))
                {
                    self.organisations.push((id, name));
                }
            }
            _ => {}
        }
    }

    fn meta(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.metas.iter().find(|(n, _)| n == name).and_then(|(_, value)| clean(value)))
    }

    /// The headline: what meta tags or JSON-LD say, else the first heading, else `title` without the site's name.
    pub fn headline(&self) -> Option<String> {
        let heading = clean(&super::entities::decode(&self.heading.text));
        let said = self.articles.iter().find_map(|a| a.headline.clone()).or_else(|| self.meta(&TITLES));
        let site = self.publisher();
        let said = said.or_else(|| self.title.clone()).map(|title| without_site(&title, site.as_deref()));
        match (heading, said) {
            // The heading is what the reader saw; it is the headline where the page says the same of itself.
            (Some(heading), Some(said)) if said.contains(&heading) && heading.len() >= 15 => Some(heading),
            (_, Some(said)) => Some(said),
            (heading, None) => heading,
        }
    }

    /// Who published it. Where a site gives its address for a name, the address's host.
    pub fn publisher(&self) -> Option<String> {
        let name = self.named_publisher()?;
        match url::Url::parse(&name) {
            Ok(url) if name.contains("://") => url.host_str().map(|h| h.strip_prefix("www.").unwrap_or(h).to_owned()),
            _ => Some(name),
        }
    }

    fn named_publisher(&self) -> Option<String> {
        self.meta(&PUBLISHERS[..1])
            .or_else(|| {
                self.articles.iter().find_map(|a| a.publisher.clone()).and_then(|p| match p.strip_prefix("@id ") {
                    Some(id) => self.organisations.iter().find(|(i, _)| i == id).map(|(_, name)| name.clone()),
                    None => Some(p),
                })
            })
            .or_else(|| self.meta(&PUBLISHERS[1..4]))
    }

    /// Publication dates as written, best first.
    pub fn dates(&self) -> impl Iterator<Item = &str> {
        let linked = self.articles.iter().filter_map(|a| a.published.as_deref());
        let metas =
            DATES.iter().flat_map(|name| self.metas.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str()));
        linked.chain(metas).chain(self.times.iter().map(String::as_str))
    }

    /// The article's text as the page gives it for machines.
    pub fn body(&self) -> Option<&str> {
        self.articles.iter().filter_map(|a| a.body.as_deref()).max_by_key(|body| body.len())
    }
}

/// Entities in JSON-LD were often escaped once too many; tags slip in.
fn decode(text: &str) -> String {
    let text = super::entities::decode(text);
    if text.contains('<') {
        return super::render::render(&text);
    }
    text.into_owned()
}

/// One line without surplus blanks; `None` when nothing is left.
pub(crate) fn clean(text: &str) -> Option<String> {
    let mut line = String::with_capacity(text.len().min(LONGEST));
    for word in text.split_whitespace() {
        if line.len() + word.len() > LONGEST {
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    (!line.is_empty()).then_some(line)
}

/// `Headline - The Daily Example` without the part after the last separator, where it names the site or is
/// much shorter than what stands before.
fn without_site(title: &str, site: Option<&str>) -> String {
    for separator in [" | ", " - ", " – ", " — ", " :: ", " » "] {
        let Some((head, tail)) = title.rsplit_once(separator) else { continue };
        let names_site = site.is_some_and(|site| tail.eq_ignore_ascii_case(site));
        let (head_words, tail_words) = (head.split_whitespace().count(), tail.split_whitespace().count());
        if names_site || (head_words >= 4 && tail_words <= 4 && tail_words < head_words) {
            return head.trim().to_owned();
        }
    }
    title.to_owned()
}
