//! Who says so and whether it happened, against labels of our own on Wikinews passages
//! (`eval/gold/attribution.tsv`: offsets and labels, no words).
//!
//! Two ways of asking: `asked` takes the labelled word as given and asks the coder about it; `coded` takes what the
//! claim says that the coder made of the word, and counts words without a claim apart. The `dev` half may be looked
//! at; the `test` half is only measured.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::Context;
use model::document::Metadata;
use model::{Annotated, Attitude, Claim, Document, Proposition, Span, Status};
use pipeline::{Engine, Worker};

use super::gold::{Article, Table};
use super::{Prf, Report};

/// One labelled word.
struct Label {
    article: String,
    mention: Span,
    /// The words that name the source, any of which will do; empty for the publication's own voice.
    asserters: Vec<Span>,
    /// Whether the publication's own voice will do.
    own_voice: bool,
    attitude: Attitude,
    status: Status,
    part: String,
}

/// What the coder makes of a labelled word.
#[derive(Clone)]
struct Found {
    asserter: Option<Span>,
    /// A source without words of its own to point at ("reportedly").
    attitude: Attitude,
    status: Status,
}

impl Label {
    fn asserter_met(&self, found: &Found) -> bool {
        match found.asserter {
            None => self.own_voice,
            Some(span) => self.asserters.iter().any(|a| a.start() < span.end() && span.start() < a.end()),
        }
    }
}

/// Both suites' readings of the labelled words.
pub struct Readings {
    rows: Vec<(Label, Option<Found>, Option<Found>)>,
}

/// What the table of labels holds.
pub const COLUMNS: [&str; 8] = ["article", "start", "end", "asserter", "attitude", "status", "quote", "part"];

/// Reads the labelled articles.
pub fn read(labels: &Table<8>, articles: &HashMap<String, Article>, engine: &Engine) -> anyhow::Result<Readings> {
    let mut by_article: BTreeMap<&str, Vec<[&str; 8]>> = BTreeMap::new();
    for row in labels.rows() {
        let Some(row) = row? else { continue };
        by_article.entry(row[0]).or_default().push(row);
    }
    let worker = Worker::new();
    let mut rows = Vec::new();
    for (article, lines) in by_article {
        let Article { date, text } = articles.get(article).with_context(|| format!("no article {article}"))?;
        let published = date.get(..10).unwrap_or(date).parse().ok();
        let doc = Document::new(text.clone(), Metadata { published, ..Metadata::default() });
        let annotated = engine.annotate(&doc, &worker)?;
        let claims = engine.code(&doc, &annotated);
        let labels = lines.iter().map(|row| label(doc.text(), row)).collect::<anyhow::Result<Vec<Label>>>()?;
        let offsets: Vec<usize> = labels.iter().map(|l| l.mention.start()).collect();
        let asked = asked(engine, &doc, &annotated, &offsets);
        for (label, asked) in labels.into_iter().zip(asked) {
            let coded = coded(&claims, label.mention);
            rows.push((label, asked, coded));
        }
    }
    Ok(Readings { rows })
}

fn label(text: &str, row: &[&str; 8]) -> anyhow::Result<Label> {
    let [article, start, end, asserter, attitude, status, _quote, part] = *row;
    let span = |start: &str, end: &str| -> anyhow::Result<Span> {
        Span::new(text, start.parse()?, end.parse()?).with_context(|| format!("article {article}: {start}-{end}"))
    };
    let mut asserters = Vec::new();
    for alternative in asserter.split('|').filter(|a| *a != "-") {
        let (from, to) = alternative.split_once('-').with_context(|| format!("{article}: asserter {alternative}"))?;
        asserters.push(span(from, to)?);
    }
    Ok(Label {
        article: article.to_owned(),
        mention: span(start, end)?,
        asserters,
        own_voice: asserter.split('|').any(|a| a == "-"),
        attitude: attitude.parse().map_err(|_| anyhow::anyhow!("{article}: no attitude {attitude}"))?,
        status: status.parse().map_err(|_| anyhow::anyhow!("{article}: no status {status}"))?,
        part: part.to_owned(),
    })
}

fn asked(engine: &Engine, doc: &Document, annotated: &Annotated, offsets: &[usize]) -> Vec<Option<Found>> {
    engine
        .coder()
        .realities(doc, annotated, offsets)
        .into_iter()
        .map(|reality| {
            reality.map(|r| Found { asserter: r.asserter.and_then(|p| p.span), attitude: r.attitude, status: r.status })
        })
        .collect()
}

/// The claim that stands on the fewest words around the labelled one; statements are about the telling.
fn coded(claims: &[Claim], mention: Span) -> Option<Found> {
    claims
        .iter()
        .filter(|c| !matches!(c.proposition, Proposition::Statement(_)))
        .filter(|c| c.evidence.span.start() <= mention.start() && mention.end() <= c.evidence.span.end())
        .min_by_key(|c| c.evidence.span.end() - c.evidence.span.start())
        .map(|c| Found { asserter: c.asserter.as_ref().and_then(|p| p.span), attitude: c.attitude, status: c.status })
}

impl Readings {
    fn of(&self, part: &str, coded: bool) -> Vec<(&Label, &Found)> {
        self.rows
            .iter()
            .filter(|(label, ..)| label.part == part)
            .filter_map(|(label, asked, as_coded)| {
                let found = if coded { as_coded } else { asked };
                found.as_ref().map(|f| (label, f))
            })
            .collect()
    }

    /// The suite on who says so.
    pub fn attribution(&self) -> Report {
        let mut report = Report::default();
        for part in ["dev", "test"] {
            for (mode, coded) in [("asked", false), ("coded", true)] {
                let rows = self.of(part, coded);
                let (mut asserter, mut voice) = (Prf::default(), Prf::default());
                let mut accurate = 0;
                for (label, found) in &rows {
                    let met = label.asserter_met(found);
                    let named = !label.own_voice;
                    asserter.gold += usize::from(named);
                    // Where both readings are right, a source found is neither credited nor blamed.
                    let optional = label.own_voice && !label.asserters.is_empty() && met;
                    asserter.found += usize::from(found.asserter.is_some() && !optional);
                    asserter.right += usize::from(named && met);
                    let marked = named || label.attitude != Attitude::Asserts;
                    voice.gold += usize::from(marked);
                    voice.found +=
                        usize::from((found.asserter.is_some() || found.attitude != Attitude::Asserts) && !optional);
                    let both = met && label.attitude == found.attitude;
                    voice.right += usize::from(marked && both);
                    accurate += usize::from(both);
                }
                report.figure(&format!("{part}_{mode}_asserter_f1"), asserter.f1());
                report.figure(&format!("{part}_{mode}_asserter_attitude_f1"), voice.f1());
                report.figure(&format!("{part}_{mode}_accuracy"), accurate as f64 / rows.len().max(1) as f64);
                report.details.push(format!(
                    "{part} {mode}: {} words; asserter P {:.3} R {:.3}, with attitude P {:.3} R {:.3}",
                    rows.len(),
                    asserter.precision(),
                    asserter.recall(),
                    voice.precision(),
                    voice.recall()
                ));
            }
        }
        for (label, asked, coded) in &self.rows {
            let describe = |found: &Option<Found>| {
                found.as_ref().map_or_else(
                    || "none".to_owned(),
                    |f| {
                        let asserter = if label.asserter_met(f) { "right" } else { "wrong" };
                        let place = f.asserter.map_or_else(String::new, |s| format!("@{}-{}", s.start(), s.end()));
                        format!("{asserter}/{}{place}", f.attitude)
                    },
                )
            };
            report.items.push(format!(
                "{}\t{}\t{}\tgold={}/{}\tasked={}\tcoded={}",
                label.article,
                label.mention.start(),
                label.part,
                if label.own_voice { "own" } else { "named" },
                label.attitude,
                describe(asked),
                describe(coded)
            ));
        }
        report
    }

    /// The suite on whether it happened.
    pub fn status(&self) -> Report {
        let mut report = Report::default();
        for part in ["dev", "test"] {
            let all = self.rows.iter().filter(|(label, ..)| label.part == part).count();
            for (mode, coded) in [("asked", false), ("coded", true)] {
                let rows = self.of(part, coded);
                let classes: BTreeSet<&str> = rows.iter().map(|(label, _)| label.status.as_str()).collect();
                let mut macro_f1 = 0.0;
                let mut marked = Prf::default();
                for class in &classes {
                    let mut prf = Prf::default();
                    for (label, found) in &rows {
                        let (gold, guess) = (label.status.as_str() == *class, found.status.as_str() == *class);
                        prf.gold += usize::from(gold);
                        prf.found += usize::from(guess);
                        prf.right += usize::from(gold && guess);
                    }
                    macro_f1 += prf.f1() / classes.len() as f64;
                    report.details.push(format!(
                        "{part} {mode} {class:<14} P {:.3} R {:.3} F1 {:.3} of {}",
                        prf.precision(),
                        prf.recall(),
                        prf.f1(),
                        prf.gold
                    ));
                }
                for (label, found) in &rows {
                    let plain = |status: Status| status == Status::Occurred;
                    marked.gold += usize::from(!plain(label.status));
                    marked.found += usize::from(!plain(found.status));
                    marked.right += usize::from(!plain(label.status) && label.status == found.status);
                }
                let right = rows.iter().filter(|(label, found)| label.status == found.status).count();
                let occurred = rows.iter().filter(|(label, _)| label.status == Status::Occurred).count();
                let real = |status: Status| matches!(status, Status::Occurred | Status::Ongoing);
                let reality = rows.iter().filter(|(label, found)| real(label.status) == real(found.status)).count();
                let of_rows = |count: usize| count as f64 / rows.len().max(1) as f64;
                report.figure(&format!("{part}_{mode}_accuracy"), of_rows(right));
                report.figure(&format!("{part}_{mode}_real_or_not"), of_rows(reality));
                report.figure(&format!("{part}_{mode}_macro_f1"), macro_f1);
                // Micro-averaged over every status but the commonest, which would flatter.
                report.figure(&format!("{part}_{mode}_unlike_occurred_f1"), marked.f1());
                report.details.push(format!(
                    "{part} {mode}: {} of {all} words; always \"occurred\" would be right on {:.3}",
                    rows.len(),
                    of_rows(occurred)
                ));
            }
        }
        for (label, asked, coded) in &self.rows {
            let given = |found: &Option<Found>| found.as_ref().map_or("none", |f| f.status.as_str());
            report.items.push(format!(
                "{}\t{}\t{}\tgold={}\tasked={}\tcoded={}",
                label.article,
                label.mention.start(),
                label.part,
                label.status,
                given(asked),
                given(coded)
            ));
        }
        report
    }
}
