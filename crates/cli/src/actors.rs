//! `annalist actors`: the party catalogue, listed, asked, and extended from files of the user's own.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use coding::catalogue::{Catalogue, Context, Entry, Resolved};
use jiff::civil::Date;
use model::{CountryCode, PartyId};
use serde::Serialize;

use crate::Done;
use crate::read::Format;

/// Arguments of `annalist actors`.
#[derive(Args)]
pub struct ActorsArguments {
    /// Names, phrases or ids to look up ("TTP", "the Pakistani army", PAK.MIL); all parties are listed if none is given.
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// The day for which to answer: offices, and movements in power, change.
    #[arg(long, value_name = "DATE")]
    date: Option<Date>,
    /// Countries in play, foremost first, where a name means different parties; also limits the list to them. ISO
    /// 3166-1 alpha-3.
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = |code: &str| CountryCode::new(code))]
    country: Vec<CountryCode>,
    /// List only parties of this PLOVER sector (REB, MIL, …).
    #[arg(long, value_name = "SECTOR")]
    sector: Option<String>,
    /// List the parts that every state has (its army, its police, …), too.
    #[arg(long)]
    parts: bool,
    #[command(flatten)]
    more: MoreActors,
    /// How to print: a table for people, or one JSON record a line.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// Parties that a user adds to the catalogue.
#[derive(Args)]
pub struct MoreActors {
    /// Parties of your own: a tab-separated file with the columns id, name, sectors, and any of country, parent,
    /// aliases, `acts_as`, from, to (see `data/parties/README.md`). May be given again.
    #[arg(long, value_name = "FILE")]
    actors: Vec<PathBuf>,
    /// UCDP's actor list (CSV): actors that the catalogue does not know are added as `UCDP_<ActorId>`.
    #[arg(long, value_name = "FILE")]
    ucdp: Option<PathBuf>,
}

impl MoreActors {
    /// The catalogue with these parties, or `None` where none were given.
    pub fn catalogue(&self) -> anyhow::Result<Option<Catalogue>> {
        if self.actors.is_empty() && self.ucdp.is_none() {
            return Ok(None);
        }
        let mut catalogue = Catalogue::embedded().clone();
        for path in &self.actors {
            let text =
                std::fs::read_to_string(path).with_context(|| format!("reading the parties in {}", path.display()))?;
            catalogue = catalogue.extend_from_tsv(&path.display().to_string(), &text)?;
        }
        if let Some(path) = &self.ucdp {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("reading UCDP's actors in {}", path.display()))?;
            let (extended, count) = catalogue.extend_from_ucdp(&path.display().to_string(), &text)?;
            eprintln!(
                "annalist: {}: {} actors known by name, {} added, {} governments passed over",
                path.display(),
                count.known,
                count.added,
                count.governments
            );
            catalogue = extended;
        }
        Ok(Some(catalogue))
    }
}

/// A party as printed.
#[derive(Serialize)]
struct PartyRow<'a> {
    /// The words asked for; absent in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    mention: Option<&'a str>,
    id: Option<&'a str>,
    name: Option<&'a str>,
    country: Option<CountryCode>,
    acts_as: Option<String>,
    sectors: &'a [String],
    parent: Option<&'a str>,
    from: Option<Date>,
    to: Option<Date>,
    /// Gleditsch-Ward number of a state.
    gw: Option<u16>,
    names: Vec<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_private: bool,
}

/// Runs the command.
pub fn run(arguments: &ActorsArguments) -> anyhow::Result<Done> {
    let extended = arguments.more.catalogue()?;
    let catalogue = extended.as_ref().unwrap_or_else(|| Catalogue::embedded());
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut done = Done::Clean;
    if arguments.names.is_empty() {
        let listed = catalogue.entries().iter().filter(|e| is_wanted(e, arguments));
        let mut count = 0;
        for entry in listed {
            print(&mut out, &row_of(catalogue, entry, arguments.date), arguments.format)?;
            count += 1;
        }
        out.flush()?;
        eprintln!("annalist: {count} parties of {}", catalogue.entries().len());
        if count == 0 {
            done = Done::WithFailures;
        }
        return Ok(done);
    }
    let context = Context { date: arguments.date, countries: &arguments.country };
    for name in &arguments.names {
        let by_id = PartyId::new(name.as_str()).ok().and_then(|id| catalogue.get(&id));
        if let Some(entry) = by_id {
            let row = PartyRow { mention: Some(name), ..row_of(catalogue, entry, arguments.date) };
            print(&mut out, &row, arguments.format)?;
            continue;
        }
        let found = catalogue.resolve_all(name, &context);
        if found.is_empty() {
            done = Done::WithFailures;
            eprintln!("annalist: {}", unknown(catalogue, name));
        }
        for resolved in &found {
            print(&mut out, &answer(catalogue, name, resolved), arguments.format)?;
            if resolved.id.is_none() && resolved.sectors.is_empty() {
                done = Done::WithFailures;
                eprintln!("annalist: {}", unnamed(catalogue, name));
            }
        }
    }
    out.flush()?;
    Ok(done)
}

/// Whether an entry belongs into the list asked for.
fn is_wanted(entry: &Entry, arguments: &ActorsArguments) -> bool {
    (arguments.parts || !entry.is_general_part)
        && (arguments.country.is_empty() || entry.country.is_some_and(|c| arguments.country.contains(&c)))
        && arguments.sector.as_ref().is_none_or(|s| entry.sectors_on(arguments.date).contains(s))
        && arguments.date.is_none_or(|day| entry.period.holds(day))
}

fn row_of<'a>(catalogue: &'a Catalogue, entry: &'a Entry, date: Option<Date>) -> PartyRow<'a> {
    PartyRow {
        mention: None,
        id: Some(entry.id.as_str()),
        name: Some(&entry.name),
        country: entry.country,
        acts_as: entry.acts_as_on(date).map(ToString::to_string),
        sectors: match entry.acts_as_on(date).and_then(|body| catalogue.get(body)) {
            Some(body) => &body.sectors,
            None => entry.sectors_on(date),
        },
        parent: entry.parent.as_ref().map(PartyId::as_str),
        from: entry.period.from,
        to: entry.period.to,
        gw: entry.gw,
        names: catalogue.names_of(&entry.id),
        is_private: false,
    }
}

fn answer<'a>(catalogue: &'a Catalogue, asked: &'a str, resolved: &'a Resolved) -> PartyRow<'a> {
    let entry = resolved.id.as_ref().and_then(|id| catalogue.get(id));
    PartyRow {
        mention: Some(asked),
        id: resolved.id.as_ref().map(PartyId::as_str),
        name: resolved.name.as_deref(),
        country: resolved.country,
        acts_as: resolved.acts_as.as_ref().map(ToString::to_string),
        sectors: &resolved.sectors,
        parent: entry.and_then(|e| e.parent.as_ref()).map(PartyId::as_str),
        from: entry.and_then(|e| e.period.from),
        to: entry.and_then(|e| e.period.to),
        gw: entry.and_then(|e| e.gw),
        names: entry.map(|e| catalogue.names_of(&e.id)).unwrap_or_default(),
        is_private: resolved.is_private,
    }
}

fn print(out: &mut impl Write, row: &PartyRow, format: Format) -> std::io::Result<()> {
    if format == Format::Jsonl {
        serde_json::to_writer(&mut *out, row)?;
        return out.write_all(b"\n");
    }
    if let Some(asked) = row.mention {
        write!(out, "{asked}: ")?;
    }
    let dash = "-";
    write!(out, "{:<24} {:<44}", row.id.unwrap_or(dash), row.name.unwrap_or(dash))?;
    write!(out, " {:<4} {}", row.country.map_or(dash.to_owned(), |c| c.to_string()), row.sectors.join(" "))?;
    if let Some(body) = &row.acts_as {
        write!(out, " · acts as {body}")?;
    }
    match (row.from, row.to) {
        (None, None) => {}
        (from, to) => {
            let day = |d: Option<Date>| d.map_or(String::new(), |d| d.to_string());
            write!(out, " · {}..{}", day(from), day(to))?;
        }
    }
    if row.is_private {
        write!(out, " · private person")?;
    }
    writeln!(out)?;
    let others: Vec<&str> = row.names.iter().copied().filter(|n| Some(*n) != row.name).collect();
    if row.mention.is_some() && !others.is_empty() {
        writeln!(out, "    also {}", others.join("; "))?;
    }
    Ok(())
}

fn unknown(catalogue: &Catalogue, name: &str) -> String {
    let near: Vec<&str> = catalogue.like(name).into_iter().take(6).map(|e| e.id.as_str()).collect();
    if near.is_empty() {
        format!("no party is known as `{name}`; `annalist actors` lists all, --actors FILE adds your own")
    } else {
        format!("no party is known as `{name}`; names that hold these words: {}", near.join(" "))
    }
}

fn unnamed(catalogue: &Catalogue, name: &str) -> String {
    let near: Vec<&str> = catalogue.like(name).into_iter().take(6).map(|e| e.id.as_str()).collect();
    let hint = if near.is_empty() { String::new() } else { format!("; it may be: {}", near.join(" ")) };
    format!("`{name}` names no one party; --country or --date may settle it{hint}")
}
