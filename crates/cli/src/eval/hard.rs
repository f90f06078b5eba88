//! The sentences of `docs/hard.md`, each with the claims that a careful reader wants. The page itself says how its
//! mark-up is read. A sentence is right when all that is written below it holds.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::{Context, bail, ensure};
use model::document::Metadata;
use model::{Basis, Claim, Document, Effect, Party, Proposition, Rel, Status};
use pipeline::{Engine, Worker};

use super::Report;
use super::gold::{Article, Table};

/// Scores the page: the share of sentences wholly right in each section, and of expectations met over all.
pub fn sentences(page: &Path, engine: &Engine) -> anyhow::Result<Report> {
    let content = std::fs::read_to_string(page).with_context(|| format!("reading {}", page.display()))?;
    let worker = Worker::new();
    let mut report = Report::default();
    let (mut wanted, mut refused, mut all) = (Share::default(), Share::default(), Share::default());
    for section in content.split("\n## ").skip(1) {
        let name = section.lines().next().unwrap_or_default().trim();
        let mut whole = Share::default();
        for (sentence, expectations) in items(section) {
            ensure!(!expectations.is_empty(), "nothing is expected of: {sentence}");
            let metadata = Metadata { published: "2025-10-19".parse().ok(), ..Metadata::default() };
            let (number, text) = sentence.split_once(". ").unwrap_or(("", sentence));
            let doc = Document::new(text.to_owned(), metadata);
            let claims = engine.code(&doc, &engine.annotate(&doc, &worker)?);
            let mut right = true;
            for expectation in expectations {
                let expected = Expected::parse(expectation).with_context(|| format!("in sentence {number}"))?;
                let met = expected.met(&claims).with_context(|| format!("in `{expectation}`, sentence {number}"))?;
                if expected.how == How::Not { &mut refused } else { &mut wanted }.add(met);
                right &= met;
                if !met {
                    let coded: Vec<String> = claims.iter().map(shown).collect();
                    report.items.push(format!("{number}\t{name}\t{expectation}\t{}", coded.join(" ")));
                }
            }
            whole.add(right);
            all.add(right);
        }
        report.details.push(format!("{name:<44} {}/{}", whole.right, whole.of));
    }
    ensure!(all.of > 0, "{} holds no sentences", page.display());
    report.figure("sentences", all.rate());
    report.figure("wanted", wanted.rate());
    report.figure("refused", refused.rate());
    Ok(report)
}

/// What the table of passages holds.
pub const COLUMNS: [&str; 4] = ["article", "start", "end", "expected"];

/// Passages that nobody here wrote, by article and bytes (`eval/gold/counter.tsv`, no words): what must be coded there,
/// and what must not. Adds the share of rows that hold.
pub fn passages(
    rows: &Table<4>,
    articles: &HashMap<String, Article>,
    engine: &Engine,
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut wanted: BTreeMap<&str, Vec<[&str; 4]>> = BTreeMap::new();
    for row in rows.rows() {
        let Some(row) = row? else { continue };
        wanted.entry(row[0]).or_default().push(row);
    }
    let worker = Worker::new();
    let mut share = Share::default();
    for (article, rows) in wanted {
        let Article { date, text } = articles.get(article).with_context(|| format!("no article {article}"))?;
        let published = date.get(..10).unwrap_or(date).parse().ok();
        let doc = Document::new(text.clone(), Metadata { published, ..Metadata::default() });
        let claims = engine.code(&doc, &engine.annotate(&doc, &worker)?);
        for [_, start, end, expectation] in rows {
            let (from, to): (usize, usize) = (start.parse()?, end.parse()?);
            let inside = |c: &&Claim| from <= c.evidence.span.start() && c.evidence.span.start() < to;
            let here: Vec<Claim> = claims.iter().filter(inside).cloned().collect();
            let met = Expected::parse(expectation)?.met(&here)?;
            share.add(met);
            if !met {
                report.items.push(format!("{article}\t{start}-{end}\t{expectation}"));
            }
        }
    }
    report.figure("passages", share.rate());
    Ok(())
}

#[derive(Default)]
struct Share {
    right: u32,
    of: u32,
}

impl Share {
    fn add(&mut self, right: bool) {
        self.right += u32::from(right);
        self.of += 1;
    }

    fn rate(&self) -> f64 {
        f64::from(self.right) / f64::from(self.of.max(1))
    }
}

/// The numbered lines of a section, each with the expectations below it.
fn items(section: &str) -> Vec<(&str, Vec<&str>)> {
    let mut items: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in section.lines() {
        if line.starts_with(|c: char| c.is_ascii_digit()) {
            items.push((line, Vec::new()));
        } else if let (Some(item), Some(expectation)) = (items.last_mut(), line.trim().strip_prefix("- `")) {
            item.1.push(expectation.trim_end_matches('`'));
        }
    }
    items
}

#[derive(Clone, Copy, PartialEq)]
enum How {
    Some,
    One,
    Not,
}

struct Expected<'a> {
    how: How,
    types: Vec<&'a str>,
    fields: Vec<(&'a str, &'a str)>,
}

impl<'a> Expected<'a> {
    fn parse(words: &'a str) -> anyhow::Result<Self> {
        let mut words = words.split_whitespace().peekable();
        let how = match words.peek() {
            Some(&"no") => How::Not,
            Some(&"one") => How::One,
            _ => How::Some,
        };
        if how != How::Some {
            words.next();
        }
        let types = words.next().context("a type is missing")?.split('|').collect();
        let fields = words.map(|w| match w.split_once('=') {
            Some(field) => Ok(field),
            None if w.parse::<Status>().is_ok() => Ok(("status", w)),
            None => bail!("`{w}` is neither a status nor key=value"),
        });
        Ok(Self { how, types, fields: fields.collect::<anyhow::Result<_>>()? })
    }

    fn met(&self, claims: &[Claim]) -> anyhow::Result<bool> {
        let of_type: Vec<&Claim> = claims.iter().filter(|c| self.of_type(c)).collect();
        let mut like = 0;
        for claim in &of_type {
            let mut all = true;
            for (key, value) in &self.fields {
                all &= holds(claim, key, value)?;
            }
            like += usize::from(all);
        }
        Ok(match self.how {
            How::Not => like == 0,
            How::Some => like > 0,
            How::One => like == 1 && of_type.len() == 1,
        })
    }

    fn of_type(&self, claim: &Claim) -> bool {
        let code = claim.proposition.code().unwrap_or(claim.proposition.kind());
        self.types.iter().any(|t| *t == code || *t == "any")
    }
}

/// Whether a claim has what one `key=value` asks.
fn holds(claim: &Claim, key: &str, value: &str) -> anyhow::Result<bool> {
    let terms = if let Proposition::Event(_, terms) = &claim.proposition { terms.as_ref() } else { None };
    let count = if let Proposition::Figure(count) = &claim.proposition { Some(count) } else { None };
    let words = |text: &str| text.to_lowercase().contains(&value.to_lowercase());
    Ok(match (key, &claim.proposition) {
        ("status", _) => claim.status.as_str() == value,
        ("actor", _) => parties(&claim.actor, value),
        ("recipient", _) => parties(&claim.recipient, value),
        ("via", _) => parties(&claim.via, value),
        ("asserter", _) => parties(claim.asserter.as_slice(), value),
        ("attitude", _) => claim.attitude.as_str() == value,
        ("chain", _) => {
            let chain: Vec<&str> = value.split(',').collect();
            chain.len() == claim.attribution.len()
                && chain.iter().zip(&claim.attribution).all(|(v, a)| parties(a.party.as_slice(), v))
        }
        ("modes", _) => claim.modes.iter().any(|m| m == value),
        ("effect", _) if value == "-" => claim.effects.is_empty(),
        ("effect" | "part", _) => claim.effects.iter().any(|e| effect(e, value, key == "part")),
        ("place", _) => claim.places.iter().any(|p| {
            [&p.mention, &p.name].into_iter().flatten().any(|n| words(n))
                || value == "border" && p.precision.is_some_and(|p| p.as_str() == "border")
        }),
        ("time", _) => {
            let day = |w: Option<model::When>| w.map(|w| w.to_string().chars().take(10).collect::<String>());
            let (from, to) = value.split_once("..").unwrap_or((value, value));
            claim
                .time
                .as_ref()
                .is_some_and(|t| day(t.from).as_deref() == Some(from) && day(t.to).as_deref() == Some(to))
        }
        ("act", _) => terms.is_some_and(|t| t.act.as_deref() == Some(value)),
        ("form", _) => terms.is_some_and(|t| t.form.as_deref() == Some(value)),
        ("hours", _) => terms.is_some_and(|t| t.duration_hours == value.parse().ok()),
        ("count", _) => count.is_some_and(|c| range(c.low, c.high, value)),
        ("of", _) => count.is_some_and(|c| c.of.as_deref().is_some_and(words)),
        ("polarity", Proposition::Cause { polarity, .. }) => polarity.as_str() == value,
        ("cause", Proposition::Cause { cause, .. }) => words(&cause.phrase.text),
        ("outcome", Proposition::Cause { effect, .. }) => words(&effect.phrase.text),
        ("reply", _) => {
            let basis = if value == "stated" { Basis::Stated } else { Basis::Inferred };
            claim.links.iter().any(|l| l.rel == Rel::RepliesTo && l.basis == basis)
        }
        ("polarity" | "cause" | "outcome", _) => false,
        _ => bail!("there is no key `{key}`"),
    })
}

fn parties(parties: &[Party], value: &str) -> bool {
    if value == "-" {
        return parties.is_empty();
    }
    parties.iter().any(|p| match value.strip_prefix('~') {
        Some(word) => p.mention.as_ref().is_some_and(|m| m.to_lowercase().contains(&word.to_lowercase())),
        None => {
            p.id.as_ref()
                .map(ToString::to_string)
                .is_some_and(|id| id.strip_prefix(value).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
        }
    })
}

fn effect(effect: &Effect, value: &str, part: bool) -> bool {
    let (kind, number) = value.split_once(':').unwrap_or((value, ""));
    let running = number.ends_with('*');
    effect.kind.as_str() == kind
        && effect.part_of.is_some() == part
        && (!running || effect.cumulative)
        && (number.is_empty() || range(effect.low, effect.high, number.trim_end_matches('*')))
}

/// Whether two ends are those of `5`, `20..25`, `14..` or `..60`.
fn range(low: Option<f64>, high: Option<f64>, value: &str) -> bool {
    let (from, to) = value.split_once("..").unwrap_or((value, value));
    low == from.parse().ok() && high == to.parse().ok()
}

/// A claim in short, for the list of misses.
fn shown(claim: &Claim) -> String {
    let parties = |parties: &[Party]| {
        let id = |p: &Party| p.id.as_ref().map_or_else(|| p.mention.clone().unwrap_or_default(), ToString::to_string);
        parties.iter().map(id).collect::<Vec<_>>().join("+")
    };
    let effects: Vec<String> = claim.effects.iter().map(|e| format!(";{} {:?}-{:?}", e.kind, e.low, e.high)).collect();
    let effects = effects.concat();
    format!(
        "{}[{}>{};{}{effects};{}:{}]",
        claim.proposition.code().unwrap_or(claim.proposition.kind()),
        parties(&claim.actor),
        parties(&claim.recipient),
        claim.status,
        parties(claim.asserter.as_slice()),
        claim.attitude
    )
}
