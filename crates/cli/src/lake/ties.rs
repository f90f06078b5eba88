//! `annalist ties`: claims of lasting relations, one by one, and what they come to over time.

use std::collections::BTreeMap;

use ::lake::{AsOf, Filter, Lake};
use analysis::ties::{self, Act, Key, Period, Ties, Window};
use anyhow::{Context, bail};
use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use model::{ClaimId, IncidentId};
use present::{Between, Levers, TieNetwork, Tied};
use tokio::runtime::Runtime;

use super::answers::{Asking, gather};
use super::incidents::Known;
use super::which::Which;
use super::{ask, runtime};
use crate::Done;

/// What is asked of them together.
#[derive(Subcommand)]
pub enum Action {
    /// Each tie as a stretch of time: who asserts it, who denies it, since when, last said.
    Spans(Asking),
    /// How two parties stand to each other: where they grew warmer or colder, with the sentences behind it.
    Shifts(ShiftsArguments),
    /// Which ties stand on a day, with their signs, and the threes that they make.
    Network(NetworkArguments),
    /// Who depends on what, and when it was closed and opened.
    Leverage(Asking),
}

/// Arguments of `annalist ties shifts`.
#[derive(Args)]
pub struct ShiftsArguments {
    #[command(flatten)]
    asking: Asking,
    /// How long a period is.
    #[arg(long, value_enum, default_value_t = PeriodWord::Week)]
    unit: PeriodWord,
}

/// How long a period of the level is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PeriodWord {
    /// A week.
    Week,
    /// A month.
    Month,
}

/// Arguments of `annalist ties network`.
#[derive(Args)]
pub struct NetworkArguments {
    #[command(flatten)]
    asking: Asking,
    /// The day; that of the last report if not given.
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Attacks of so many days before count as hostile sides; 0 for none.
    #[arg(long, value_name = "DAYS", default_value_t = 90)]
    attacks: u16,
}

/// Runs the command.
pub fn run(arguments: &ask::Together<Action>) -> anyhow::Result<Done> {
    match &arguments.action {
        None => ask::run(&arguments.ask, Some("tie")),
        Some(Action::Spans(asking)) => with(asking, |bases| {
            let told = bases.gathered.told();
            let mut grounds = bases.gathered.grounds(&asking.which, "ties");
            (grounds.method, grounds.caveats) = (Tied::method(), Tied::caveats());
            asking.out.write(&Tied::new(bases.ties.clone(), &told), &grounds)
        }),
        Some(Action::Shifts(shifts)) => with(&shifts.asking, |bases| self::shifts(shifts, bases)),
        Some(Action::Network(network)) => with(&network.asking, |bases| self::network(network, bases)),
        Some(Action::Leverage(asking)) => with(asking, |bases| {
            let leverage = ties::leverage(&bases.gathered.told(), &bases.ties.ties);
            let mut grounds = bases.gathered.grounds(&asking.which, "dependences and what was closed");
            (grounds.method, grounds.caveats) = (Levers::method(), Levers::caveats());
            asking.out.write(&Levers(leverage), &grounds)
        }),
    }
}

/// What every answer about ties is made from.
struct Bases {
    gathered: gather::Gathered,
    acts: Vec<Act>,
    ties: Ties,
    as_of: AsOf,
}

fn with(asking: &Asking, answer: impl FnOnce(&Bases) -> anyhow::Result<()>) -> anyhow::Result<Done> {
    let runtime = runtime()?;
    let mut lake = asking.place.open(&runtime)?;
    let as_of = asking.as_of.as_of()?;
    let gathered = gather::Gathered::around(&runtime, &lake, &as_of, &asking.which)?;
    let incidents = memberships(&runtime, &mut lake, &as_of, &asking.which)?;
    let told = gathered.told();
    let acts = ties::acts(&told, &incidents);
    let ties = ties::intervals(&told, &acts, &Known::of(&told));
    drop(told);
    answer(&Bases { gathered, acts, ties, as_of })?;
    Ok(Done::Clean)
}

/// The incident of each claim, so that what several reports tell counts once.
fn memberships(
    runtime: &Runtime,
    lake: &mut Lake,
    as_of: &AsOf,
    which: &Which,
) -> anyhow::Result<BTreeMap<ClaimId, IncidentId>> {
    let filter = Filter { dataset: Some(None), about: Vec::new(), types: Vec::new(), ..which.filter(Some("event")) };
    let (pairs, _) = gather::incidents(runtime, lake, as_of, &filter, |incident, told| {
        told.iter().map(|t| (t.claim.id.clone(), incident.id.clone())).collect::<Vec<_>>()
    })?;
    Ok(pairs.into_iter().flatten().collect())
}

fn shifts(arguments: &ShiftsArguments, bases: &Bases) -> anyhow::Result<()> {
    let asking = &arguments.asking;
    let (a, b) = match asking.which.about() {
        [a, b] => (Key::of_id(a), Key::of_id(b)),
        [] => {
            let dyads = ties::dyads(&bases.acts);
            let (a, b, _) = dyads.first().context("no two parties do anything to each other in what was asked for")?;
            eprintln!("annalist: {a} and {b}, of whom most is told; --about A,B asks of others");
            (a.clone(), b.clone())
        }
        _ => bail!("--about A,B: how two parties stand is asked of two"),
    };
    let (from, to) = asking.which.days();
    let period = match arguments.unit {
        PeriodWord::Week => Period::Week,
        PeriodWord::Month => Period::Month,
    };
    let told = bases.gathered.told();
    let warming = ties::warming(&told, &bases.acts, &bases.ties, (&a, &b), period, from.zip(to));
    let name = |key: &Key| bases.ties.names.get(key).cloned().unwrap_or_else(|| key.to_string());
    let mut grounds = bases.gathered.grounds(&asking.which, "how two parties stand");
    (grounds.method, grounds.caveats) = (Between::method(), Between::caveats());
    asking.out.write(&Between { names: (name(&a), name(&b)), warming }, &grounds)
}

fn network(arguments: &NetworkArguments, bases: &Bases) -> anyhow::Result<()> {
    let asking = &arguments.asking;
    let day = arguments.on.or_else(|| gather::day_of(&bases.as_of, &bases.gathered.reports));
    let day = day.context("no report of the lake has a date: name the day by --on DATE")?;
    let window = (arguments.attacks > 0).then(|| Window { acts: &bases.acts, days: arguments.attacks.into() });
    let network = ties::network(&bases.ties, day, window);
    let triads = ties::triads(&network);
    let told = bases.gathered.told();
    let mut grounds = bases.gathered.grounds(&asking.which, "ties that stand");
    (grounds.method, grounds.caveats) = (TieNetwork::method(), TieNetwork::caveats());
    asking.out.write(&TieNetwork::new(network, triads, &told), &grounds)
}
