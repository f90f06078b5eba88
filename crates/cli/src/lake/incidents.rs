//! `annalist incidents`: claims of one happening set side by side; explained, joined, split and pinned.

mod explain;
mod print;

use ::answers::{Accounts, Weighing};
use ::lake::{AsOf, Choice, Lake, decide};
use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use model::{ClaimId, Incident, IncidentId, Standing};
use tokio::runtime::Runtime;

use super::decide::decision_line;
use super::formats::Out;
use super::which::Which;
use super::{AsOfArguments, Where, runtime};
use crate::Done;
use crate::read::counted;

/// Arguments of `annalist incidents`.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct IncidentsArguments {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    ask: AskIncidents,
}

/// What is asked for.
#[derive(Args)]
struct AskIncidents {
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    as_of: AsOfArguments,
    #[command(flatten)]
    which: Which,
    /// How it stands: retracted, denied, disputed, corroborated, reported.
    #[arg(long, value_delimiter = ',', value_parser = standing)]
    standing: Vec<Standing>,
    /// No more than this many.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    #[command(flatten)]
    out: Out,
}

/// What is done with incidents.
#[derive(Subcommand)]
enum Action {
    /// Why claims are, or are not, of one happening, field by field: of two claims or incidents, or within one incident.
    Explain(explain::ExplainArguments),
    /// Say that incidents are one happening.
    Join(DecideIncidents),
    /// Say that claims of an incident are another happening than the rest of it.
    Split(DecideIncidents),
    /// Say that an incident is as it is: nothing comes in and nothing goes out, whatever is read later.
    Pin(DecideIncidents),
}

/// A decision about incidents; `annalist restore` takes it back.
#[derive(Args)]
struct DecideIncidents {
    /// The incident (`inc_…`), then the incidents to join to it, or the claims (`clm_…`) to take out of it.
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// Why: whoever reads the decision later will ask.
    #[arg(long)]
    reason: String,
    /// Who decides; the user of this machine if not given.
    #[arg(long, value_name = "NAME", env = "ANNALIST_BY")]
    by: Option<String>,
    #[command(flatten)]
    place: Where,
}

fn standing(text: &str) -> Result<Standing, String> {
    let words = || Standing::ALL.map(Standing::as_str).join(", ");
    Standing::ALL.into_iter().find(|s| s.as_str() == text).ok_or_else(|| format!("the standings are: {}", words()))
}

/// Runs the command.
pub fn run(arguments: &IncidentsArguments) -> anyhow::Result<Done> {
    match &arguments.action {
        None => list(&arguments.ask),
        Some(Action::Explain(arguments)) => explain::run(arguments),
        Some(Action::Join(arguments)) => decided(arguments, join),
        Some(Action::Split(arguments)) => decided(arguments, split),
        Some(Action::Pin(arguments)) => decided(arguments, pin),
    }
}

fn list(ask: &AskIncidents) -> anyhow::Result<Done> {
    let runtime = runtime()?;
    let mut lake = ask.place.open(&runtime)?;
    let as_of = ask.as_of.as_of()?;
    let weighing = weighed(&runtime, &mut lake, &as_of)?;
    let filter = ask.which.filter(Some("event"));
    let mut chosen = weighing.chosen(runtime.handle(), &filter)?;
    // What no claim dates stands where it was first reported.
    chosen.sort_by_cached_key(|&at| weighing.first_day(at));
    let found = chosen.len();
    let most = ask.limit.unwrap_or(usize::MAX);
    if ask.standing.is_empty() {
        chosen.truncate(most);
    }
    let mut sink = print::Sink::start(&ask.out)?;
    let mut shown = 0;
    'all: for groups in weighing.portions(&chosen) {
        let accounts = Accounts::fetch(runtime.handle(), &weighing, groups)?;
        for incident in groups.iter().map(|&at| incident(&accounts, &weighing, at)) {
            if shown == most {
                break 'all;
            }
            if ask.standing.is_empty() || ask.standing.contains(&incident.standing) {
                sink.incident(&incident)?;
                shown += 1;
            }
        }
    }
    sink.finish()?;
    let of = weighing.of.len();
    eprintln!("annalist: {} of {} weighed; {shown} shown", counted(found, "incident"), counted(of, "claim"));
    Ok(Done::Clean)
}

/// Weighs a lake; says why ids are not kept, where they are not.
pub fn weighed(runtime: &Runtime, lake: &mut Lake, as_of: &AsOf) -> anyhow::Result<Weighing> {
    let weighing = ::answers::weigh(runtime.handle(), lake, as_of)?;
    if let Some(why) = &weighing.not_kept {
        eprintln!("annalist: ids of incidents are not kept: {why}");
    }
    Ok(weighing)
}

fn incident(accounts: &Accounts, weighing: &Weighing, at: usize) -> Incident {
    let (id, claims) = &weighing.groups[at];
    accounts.incident(id, claims)
}

/// One incident by its id or an alias of it, with its claims.
pub fn one(
    runtime: &Runtime,
    lake: &mut Lake,
    as_of: &AsOf,
    id: &str,
) -> anyhow::Result<Option<(Incident, Accounts, Weighing)>> {
    let id = IncidentId::try_from(id.to_owned())?;
    let weighing = weighed(runtime, lake, as_of)?;
    let Some(at) = weighing.group(&id) else { return Ok(None) };
    let accounts = Accounts::fetch(runtime.handle(), &weighing, &[at])?;
    let incident = incident(&accounts, &weighing, at);
    Ok(Some((incident, accounts, weighing)))
}

/// Prints one incident whole, with the words of every claim.
pub fn show(out: &mut impl std::io::Write, incident: &Incident, accounts: &Accounts) -> anyhow::Result<()> {
    print::whole(out, incident, accounts)
}

type Making = fn(&[String], &Weighing) -> anyhow::Result<(String, Choice)>;

fn decided(arguments: &DecideIncidents, choice: Making) -> anyhow::Result<Done> {
    let by = arguments.by.clone().unwrap_or_else(whoami::username);
    let runtime = runtime()?;
    let mut lake = arguments.place.open(&runtime)?;
    let weighing = weighed(&runtime, &mut lake, &AsOf::default())?;
    let (target, choice) = choice(&arguments.ids, &weighing)?;
    let decision = runtime.block_on(decide(&mut lake, &target, &choice, &by, &arguments.reason, Timestamp::now()))?;
    println!("{}", decision_line(&decision));
    // Weighed again at once, so that ids are told by this decision and not by whatever comes in with the next report.
    weighed(&runtime, &mut lake, &AsOf::default())?;
    Ok(Done::Clean)
}

fn group<'a>(weighing: &'a Weighing, id: &str) -> anyhow::Result<&'a (IncidentId, Vec<ClaimId>)> {
    let wanted = IncidentId::try_from(id.to_owned()).context("naming an incident")?;
    let at = weighing
        .group(&wanted)
        .with_context(|| format!("the lake holds no incident {id}; `annalist incidents` lists what it holds"))?;
    Ok(&weighing.groups[at])
}

fn join(ids: &[String], weighing: &Weighing) -> anyhow::Result<(String, Choice)> {
    if ids.len() < 2 {
        bail!("name the incident, and the incidents that are to be joined to it");
    }
    let groups = ids.iter().map(|id| group(weighing, id)).collect::<anyhow::Result<Vec<_>>>()?;
    // All of them, so that what stood together stays together.
    let claims: Vec<ClaimId> = groups.iter().flat_map(|(_, claims)| claims.iter().cloned()).collect();
    Ok((groups[0].0.to_string(), Choice::Join(claims)))
}

fn split(ids: &[String], weighing: &Weighing) -> anyhow::Result<(String, Choice)> {
    let (id, claims) = group(weighing, &ids[0])?;
    let mut out = Vec::new();
    for claim in &ids[1..] {
        let claim = ClaimId::try_from(claim.clone()).context("naming a claim to take out")?;
        if !claims.contains(&claim) {
            bail!("{claim} is no claim of {id}; `annalist show {id}` lists them");
        }
        out.push(claim);
    }
    let rest: Vec<ClaimId> = claims.iter().filter(|c| !out.contains(c)).cloned().collect();
    if out.is_empty() || rest.is_empty() {
        bail!("name the incident, and those of its claims that are to be taken out, not all of them");
    }
    Ok((id.to_string(), Choice::Split { out, rest }))
}

fn pin(ids: &[String], weighing: &Weighing) -> anyhow::Result<(String, Choice)> {
    let [id] = ids else { bail!("pin one incident at a time") };
    let (id, claims) = group(weighing, id)?;
    Ok((id.to_string(), Choice::Pin(claims.clone())))
}
