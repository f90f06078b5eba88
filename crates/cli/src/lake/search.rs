//! `annalist search WORDS`: full text over documents and claims.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use ::lake::{Found, Lake, LakeError, Scope};
use anyhow::Context;
use clap::{Args, ValueEnum};
use serde_json::json;
use tokio::runtime::Runtime;

use super::{AsOfArguments, Where, runtime};
use crate::Done;
use crate::read::{Format, counted};
use crate::table;

/// Arguments of `annalist search`.
#[derive(Args)]
pub struct SearchArguments {
    /// What to look for: words, all of which must be there; "a phrase" in quotes; -word to exclude; OR between words.
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,
    /// Where to look.
    #[arg(long = "in", value_enum, default_value_t = Within::Both)]
    within: Within,
    /// No more than this many, the best first.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    as_of: AsOfArguments,
    /// How to print: for people, or one JSON object a line.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Within {
    /// Documents and claims.
    Both,
    /// Titles and texts of documents.
    Documents,
    /// Words of claims.
    Claims,
}

/// Runs the command.
pub fn run(arguments: &SearchArguments) -> anyhow::Result<Done> {
    let runtime = runtime()?;
    let lake = arguments.place.open(&runtime)?;
    let scope = match arguments.within {
        Within::Both => Scope::Both,
        Within::Documents => Scope::Documents,
        Within::Claims => Scope::Claims,
    };
    let as_of = arguments.as_of.as_of()?;
    let words = arguments.words.join(" ");
    let search = |folder: &Path| runtime.block_on(lake.search(&as_of, folder, &words, scope, arguments.limit));
    let results = indexed(&lake, search)?;
    let mut out = std::io::stdout().lock();
    let bold = out.is_terminal();
    for found in &results.found {
        match arguments.format {
            Format::Table => paragraph(&mut out, found, bold)?,
            Format::Jsonl => {
                let Found { score, claim, document, snippet, highlights } = found;
                let object = json!({
                    "score": score, "claim": claim, "document": document.id, "title": document.title,
                    "publisher": document.publisher, "published": document.published, "snippet": snippet,
                    "highlights": highlights,
                });
                writeln!(out, "{object}")?;
            }
        }
    }
    say_behind(results.behind);
    let more = if results.found.len() == arguments.limit { " (there may be more: --limit N)" } else { "" };
    eprintln!("annalist: {} found{more}", counted(results.found.len(), "record"));
    Ok(Done::Clean)
}

/// Ids of the claims with these words.
pub fn claims_with(runtime: &Runtime, lake: &Lake, words: &str) -> anyhow::Result<Vec<String>> {
    let (ids, behind) = indexed(lake, |folder| runtime.block_on(lake.claims_with(folder, words)))?;
    say_behind(behind);
    Ok(ids)
}

fn say_behind(behind: bool) {
    if behind {
        eprintln!("annalist: another process is writing the index; the newest reports may be missing here");
    }
}

/// Asks the index in the lake's folder; of a lake in a bucket, or one that this user may not write to, this user's own.
fn indexed<T>(lake: &Lake, ask: impl Fn(&Path) -> Result<T, LakeError>) -> anyhow::Result<T> {
    Ok(match lake.index_folder().map(|folder| ask(&folder)) {
        None | Some(Err(LakeError::Environment { .. })) => ask(&cache_folder(lake)?)?,
        Some(found) => found?,
    })
}

/// Where the platform keeps what can be made again, a folder for each lake.
pub fn cache_folder(lake: &Lake) -> anyhow::Result<PathBuf> {
    let cache = dirs::cache_dir().context("this platform names no cache folder to keep the index in")?;
    let address = lake.address().url().as_str();
    let name: String = address.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    Ok(cache.join("annalist").join("index").join(name))
}

fn paragraph(out: &mut impl Write, found: &Found, bold: bool) -> anyhow::Result<()> {
    let (open, close) = if bold { ("\x1b[1m", "\x1b[0m") } else { ("»", "«") };
    let mut marked = String::new();
    let mut at = 0;
    for (start, end) in &found.highlights {
        let (Some(before), Some(words)) = (found.snippet.get(at..*start), found.snippet.get(*start..*end)) else {
            continue;
        };
        marked.push_str(before);
        marked.extend([open, words, close]);
        at = *end;
    }
    marked.push_str(found.snippet.get(at..).unwrap_or_default());
    let doc = &found.document;
    let source = doc.publisher.as_deref().or(doc.title.as_deref()).unwrap_or("unknown publisher");
    let date = doc.published.as_deref().unwrap_or("no date");
    match &found.claim {
        Some(claim) => {
            let code = claim.code.as_deref().unwrap_or_default();
            let says =
                claim.asserter.as_ref().map(|a| format!(" · says {}", table::parties(std::slice::from_ref(a), "")));
            writeln!(out, "{} {} {code}{} · {source} · {date}", claim.id, claim.kind, says.unwrap_or_default())?;
        }
        None => writeln!(out, "{} {} · {source} · {date}", doc.id, doc.title.as_deref().unwrap_or("no title"))?,
    }
    writeln!(out, "   {}\n", table::clip(&marked, 2 * 240))?;
    Ok(())
}
