//! `annalist show ID`: one record with its words in context, its links and its decisions.

use std::io::Write;

use ::lake::{DocumentRow, Filter, ReadingRow, Shown};
use anyhow::bail;
use clap::Args;
use serde_json::json;

use ::answers::records::{decision as decision_json, document as document_json};

use super::decide::decision_line;
use super::{AsOfArguments, Where, runtime};
use crate::read::{Format, counted};
use crate::{Done, table};

/// How many bytes of the document to show before and after the words.
const CONTEXT: usize = 240;

/// Arguments of `annalist show`.
#[derive(Args)]
pub struct ShowArguments {
    /// The id of a claim (`clm_…`), a document (`doc_…`), an incident (`inc_…`) or a decision (`dec_…`).
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    as_of: AsOfArguments,
    /// How to print: for people, or as one JSON object.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// Runs the command.
pub fn run(arguments: &ShowArguments) -> anyhow::Result<Done> {
    let runtime = runtime()?;
    let mut lake = arguments.place.open(&runtime)?;
    let as_of = arguments.as_of.as_of()?;
    let id = arguments.id.as_str();
    let json = arguments.format == Format::Jsonl;
    let mut out = std::io::stdout().lock();
    if id.starts_with("clm_") {
        if let Some(shown) = runtime.block_on(lake.show(&as_of, id))? {
            if json {
                claim_json(&mut out, &shown)?;
            } else {
                claim(&mut out, &shown)?;
            }
            return Ok(Done::Clean);
        }
    } else if id.starts_with("doc_") {
        if let Some((doc, readings)) = runtime.block_on(lake.show_document(&as_of, id))? {
            let filter = Filter { documents: vec![id.to_owned()], ..Filter::default() };
            let mut claims = runtime.block_on(lake.few_claims(&as_of, &filter))?;
            claims.sort_by_key(|c| c.evidence.span);
            if json {
                let readings: Vec<_> = readings.iter().map(reading_json).collect();
                writeln!(out, "{}", json!({"document": document_json(&doc), "readings": readings, "claims": claims}))?;
            } else {
                document(&mut out, &doc, &readings)?;
                for claim in &claims {
                    writeln!(out)?;
                    table::claim(&mut out, claim)?;
                }
            }
            return Ok(Done::Clean);
        }
    } else if id.starts_with("inc_") {
        if let Some((incident, accounts, weighing)) = super::incidents::one(&runtime, &mut lake, &as_of, id)? {
            if json {
                writeln!(out, "{}", serde_json::to_string(&incident)?)?;
            } else {
                super::incidents::show(&mut out, &incident, &accounts)?;
                if incident.id.as_str() != id {
                    writeln!(out, "\n   {id} is another name of it, from before it was joined")?;
                }
                let decisions = runtime.block_on(lake.decisions(&as_of))?;
                let of_it = |target: &str| {
                    let target = model::IncidentId::try_from(target.to_owned());
                    target.is_ok_and(|t| *weighing.known.current(&t) == incident.id)
                };
                for decision in decisions.iter().filter(|d| of_it(&d.target)) {
                    writeln!(out, "   {}", decision_line(decision))?;
                }
            }
            return Ok(Done::Clean);
        }
    } else if id.starts_with("dec_") {
        let decisions = runtime.block_on(lake.decisions(&as_of))?;
        if let Some(decision) = decisions.iter().find(|d| d.id == id) {
            if json {
                writeln!(out, "{}", decision_json(decision))?;
            } else {
                writeln!(out, "{}", decision_line(decision))?;
            }
            return Ok(Done::Clean);
        }
    } else {
        bail!("`{id}` is no id: claims begin with clm_, documents with doc_, incidents with inc_, decisions with dec_");
    }
    let list = if id.starts_with("inc_") { "incidents" } else { "claims" };
    bail!("the lake holds no {id} (as of then, if a date was given); `annalist {list}` lists what it holds")
}

fn claim(out: &mut impl Write, shown: &Shown) -> anyhow::Result<()> {
    table::claim(out, &shown.claim)?;
    let claim = &shown.claim;
    writeln!(out, "     coded  by {} in {}", claim.coder, claim.run)?;
    if let Some(recorded) = claim.recorded {
        writeln!(out, "     kept   {recorded}")?;
    }
    if !shown.stands {
        writeln!(out, "     It does not stand: rejected, or superseded by a later run.")?;
    }
    if let Some(doc) = &shown.document {
        let publisher = doc.publisher.as_deref().unwrap_or("unknown publisher");
        writeln!(out, "\n   {} · {publisher} · {}", doc.title.as_deref().unwrap_or("no title"), doc.id)?;
        writeln!(out, "   {}", in_context(&doc.text, claim.evidence.span.start(), claim.evidence.span.end()))?;
    }
    for linked in &shown.linked {
        let out_rel = claim.links.iter().find(|l| l.claim.as_ref() == Some(&linked.id));
        let in_rel = linked.links.iter().find(|l| l.claim.as_ref() == Some(&claim.id));
        match (out_rel, in_rel) {
            (Some(link), _) => writeln!(out, "\n   {} ({}):", link.rel.as_str(), link.basis.as_str())?,
            (None, Some(link)) => {
                writeln!(out, "\n   is what follows {} ({}):", link.rel.as_str(), link.basis.as_str())?;
            }
            (None, None) => {}
        }
        table::claim(out, linked)?;
    }
    if !shown.decisions.is_empty() {
        writeln!(out, "\n   {}:", counted(shown.decisions.len(), "decision"))?;
        for decision in &shown.decisions {
            writeln!(out, "   {}", decision_line(decision))?;
        }
    }
    Ok(())
}

fn claim_json(out: &mut impl Write, shown: &Shown) -> anyhow::Result<()> {
    let Shown { claim, stands, document, linked, decisions } = shown;
    let context =
        document.as_ref().map(|d| in_context(&d.text, claim.evidence.span.start(), claim.evidence.span.end()));
    let whole = json!({
        "claim": claim, "stands": stands, "context": context, "linked": linked,
        "decisions": decisions.iter().map(decision_json).collect::<Vec<_>>(),
    });
    writeln!(out, "{whole}")?;
    Ok(())
}

fn reading_json(reading: &ReadingRow) -> serde_json::Value {
    json!({
        "run": reading.run, "recorded": reading.recorded.when(), "sentences": reading.sentences,
        "claims": reading.claims,
    })
}

fn document(out: &mut impl Write, doc: &DocumentRow, readings: &[ReadingRow]) -> anyhow::Result<()> {
    writeln!(out, "━━ {}", doc.title.as_deref().unwrap_or("no title"))?;
    let publisher = doc.publisher.as_deref().unwrap_or("unknown publisher");
    writeln!(out, "   {publisher} · {} · {}", doc.published.as_deref().unwrap_or("no date"), doc.id)?;
    if let Some(url) = &doc.url {
        writeln!(out, "   {url}")?;
    }
    for reading in readings {
        let (sentences, claims) = (reading.sentences, reading.claims);
        writeln!(
            out,
            "   read by {} on {}: {sentences} sentences, {claims} claims",
            reading.run,
            reading.recorded.when()
        )?;
    }
    writeln!(out, "\n{}", doc.text)?;
    Ok(())
}

/// The words between marks, with what stands around them; cut at characters.
fn in_context(text: &str, start: usize, end: usize) -> String {
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    if end > text.len() || start > end || !text.is_char_boundary(start) || !text.is_char_boundary(end) {
        return String::new();
    }
    let (from, to) = (floor(start.saturating_sub(CONTEXT)), floor((end + CONTEXT).min(text.len())));
    let flat = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
    let space = |edge: Option<char>| if edge.is_some_and(char::is_whitespace) { " " } else { "" };
    format!(
        "{}{}{}»{}«{}{}{}",
        if from > 0 { "…" } else { "" },
        flat(&text[from..start]),
        space(text[..start].chars().next_back()),
        flat(&text[start..end]),
        space(text[end..].chars().next()),
        flat(&text[end..to]),
        if to < text.len() { "…" } else { "" }
    )
}
