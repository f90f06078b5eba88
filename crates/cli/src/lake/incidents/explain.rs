//! `annalist incidents explain`: why claims are, or are not, of one happening, field by field.

use std::io::Write;

use ::answers::{Accounts, Weighing};
use ::lake::AsOf;
use analysis::incidents::{Corpus, Happening, explain};
use anyhow::{Context, bail};
use clap::Args;
use model::{ClaimId, IncidentId};
use serde_json::json;

use super::super::{AsOfArguments, Where, runtime};
use super::weighed;
use crate::Done;
use crate::read::Format;

/// Arguments of `annalist incidents explain`.
#[derive(Args)]
pub struct ExplainArguments {
    /// An incident, to see each of its claims beside the first; or two claims or incidents, to see their nearest claims.
    #[arg(required = true, num_args = 1..=2, value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    as_of: AsOfArguments,
    /// How to print: for people, or one JSON object a pair.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// Runs the command.
pub fn run(arguments: &ExplainArguments) -> anyhow::Result<Done> {
    let runtime = runtime()?;
    let mut lake = arguments.place.open(&runtime)?;
    let as_of: AsOf = arguments.as_of.as_of()?;
    let weighing = weighed(&runtime, &mut lake, &as_of)?;
    let groups = arguments.ids.iter().map(|id| group(&weighing, id)).collect::<anyhow::Result<Vec<_>>>()?;
    let corpus = Accounts::fetch(runtime.handle(), &weighing.view, &weighing, &groups)?.corpus();
    let sides = arguments.ids.iter().zip(&groups).map(|(id, at)| claims(&weighing, &corpus, id, *at));
    let sides = sides.collect::<anyhow::Result<Vec<_>>>()?;
    let pairs: Vec<(&Happening, &Happening)> = match sides.as_slice() {
        [one] if one.len() == 1 => bail!("one claim alone needs no explaining; name two, or an incident of several"),
        [one] => one[1..].iter().map(|other| (one[0], *other)).collect(),
        [one, other] => vec![nearest(&corpus, one, other)?],
        _ => bail!("name one or two ids"),
    };
    let mut out = std::io::stdout().lock();
    for (a, b) in pairs {
        let (a, b) = if a.claim() <= b.claim() { (a, b) } else { (b, a) };
        let explanation = explain(&corpus, a, b);
        if arguments.format == Format::Jsonl {
            let lines: Vec<_> = explanation
                .lines
                .iter()
                .map(|l| {
                    json!({"field": l.field.as_str(), "verdict": l.verdict.as_str(), "weight": l.weight, "words": l.words})
                })
                .collect();
            let whole = json!({"a": a.claim(), "b": b.claim(), "lines": lines, "sum": explanation.sum,
                "threshold": explanation.threshold, "one": explanation.is_one()});
            writeln!(out, "{whole}")?;
            continue;
        }
        let together = weighing.of.get(a.claim()) == weighing.of.get(b.claim());
        let verdict = if together { "of one incident" } else { "of two incidents" };
        writeln!(out, "{} and {}: {verdict}", a.claim(), b.claim())?;
        for line in &explanation.lines {
            writeln!(
                out,
                "   {:<10} {:<9} {:>7.2}  {}",
                line.field.as_str(),
                line.verdict.as_str(),
                line.weight,
                line.words
            )?;
        }
        match explanation.sum {
            Some(sum) => {
                writeln!(out, "   {:<20} {sum:>7.2}  one happening from {:.2} on", "sum", explanation.threshold)?;
            }
            None => writeln!(out, "   they cannot be one happening: a field excludes it")?,
        }
        if explanation.is_one() != together {
            writeln!(
                out,
                "   the pair alone would say otherwise: other claims, or a person's decision, tip the scales"
            )?;
        }
        writeln!(out)?;
    }
    Ok(Done::Clean)
}

/// Where the group of an incident stands, or of a claim.
fn group(weighing: &Weighing, id: &str) -> anyhow::Result<usize> {
    if id.starts_with("clm_") {
        let claim = ClaimId::try_from(id.to_owned())?;
        return weighing.of.get(&claim).copied().with_context(|| {
            format!("the lake holds no claim {claim} that tells of a happening; `annalist claims` lists what it holds")
        });
    }
    let wanted = IncidentId::try_from(id.to_owned()).context("naming a claim (clm_…) or an incident (inc_…)")?;
    weighing
        .group(&wanted)
        .with_context(|| format!("the lake holds no incident {id}; `annalist incidents` lists what it holds"))
}

/// The claims of an incident, or the one claim.
fn claims<'a>(weighing: &Weighing, corpus: &'a Corpus, id: &str, at: usize) -> anyhow::Result<Vec<&'a Happening>> {
    let of_corpus = |claim: &ClaimId| corpus.find(claim).with_context(|| format!("{claim} is no longer there"));
    if id.starts_with("clm_") {
        return Ok(vec![of_corpus(&ClaimId::try_from(id.to_owned())?)?]);
    }
    weighing.groups[at].1.iter().map(of_corpus).collect()
}

/// The pair of claims, one of each side, that speaks most for one happening.
fn nearest<'a>(
    corpus: &Corpus,
    one: &[&'a Happening],
    other: &[&'a Happening],
) -> anyhow::Result<(&'a Happening, &'a Happening)> {
    let pairs = one.iter().flat_map(|a| other.iter().map(|b| (*a, *b))).filter(|(a, b)| a.claim() != b.claim());
    let sum = |(a, b): &(&Happening, &Happening)| explain(corpus, a, b).sum.unwrap_or(f64::NEG_INFINITY);
    pairs.max_by(|p, q| sum(p).total_cmp(&sum(q))).context("a claim is always one with itself; name two")
}
