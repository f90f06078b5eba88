//! `annalist incidents`: claims of one happening set side by side; explained, joined, split and pinned.

mod explain;
mod print;

use std::cmp::Reverse;

use ::answers::decide::Grouping;
use ::answers::{Accounts, Desk, Order, Weighing};
use ::lake::{AsOf, Lake};
use clap::{Args, Subcommand};
use model::{Incident, IncidentId, Standing};
use tokio::runtime::Runtime;

use super::answers::say_not_kept;
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
    /// In this order: recent, gravity, dispute. In the order of their days, if not given.
    #[arg(long, value_name = "ORDER", value_parser = order)]
    sort: Option<Order>,
    /// No more than this many.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    #[command(flatten)]
    out: Out,
}

fn order(text: &str) -> Result<Order, String> {
    let words = || Order::WORDS.map(|(word, _)| word).join(", ");
    let found = Order::WORDS.into_iter().find(|(word, _)| *word == text).map(|(_, order)| order);
    found.ok_or_else(|| format!("the orders are: {}", words()))
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
        Some(Action::Join(arguments)) => decided(arguments, Grouping::Join),
        Some(Action::Split(arguments)) => decided(arguments, Grouping::Split),
        Some(Action::Pin(arguments)) => decided(arguments, Grouping::Pin),
    }
}

fn list(ask: &AskIncidents) -> anyhow::Result<Done> {
    let runtime = runtime()?;
    let desk = Desk::new(runtime.handle().clone(), ask.place.open(&runtime)?, ask.as_of.as_of()?)?;
    let weighing = desk.weighing()?;
    say_not_kept(&desk);
    let filter = ask.which.filter(Some("event"));
    let mut chosen = weighing.chosen(runtime.handle(), desk.view(), &filter)?;
    match ask.sort {
        // What no claim dates stands where it was first reported.
        None => chosen.sort_by_cached_key(|&at| weighing.first_day(at)),
        Some(order) => {
            let entries = desk.entries()?;
            chosen.sort_by_cached_key(|&at| entries.get(at).map(|entry| Reverse(order.place(&entry.brief))));
        }
    }
    let found = chosen.len();
    let most = ask.limit.unwrap_or(usize::MAX);
    if ask.standing.is_empty() {
        chosen.truncate(most);
    }
    let mut sink = print::Sink::start(&ask.out)?;
    let mut shown = 0;
    'all: for groups in weighing.portions(&chosen) {
        let accounts = Accounts::fetch(runtime.handle(), desk.view(), weighing, groups)?;
        for incident in groups.iter().map(|&at| incident(&accounts, weighing, at)) {
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
    let accounts = Accounts::fetch(runtime.handle(), &weighing.view, &weighing, &[at])?;
    let incident = incident(&accounts, &weighing, at);
    Ok(Some((incident, accounts, weighing)))
}

/// Prints one incident whole, with the words of every claim.
pub fn show(out: &mut impl std::io::Write, incident: &Incident, accounts: &Accounts) -> anyhow::Result<()> {
    print::whole(out, incident, accounts)
}

fn decided(arguments: &DecideIncidents, action: Grouping) -> anyhow::Result<Done> {
    let by = arguments.by.clone().unwrap_or_else(whoami::username);
    let runtime = runtime()?;
    let mut lake = arguments.place.open(&runtime)?;
    let decision =
        ::answers::decide::incidents(runtime.handle(), &mut lake, &arguments.ids, action, &by, &arguments.reason)?;
    println!("{}", decision_line(&decision));
    Ok(Done::Clean)
}
