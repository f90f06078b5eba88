//! How incidents leave the program: a table for people, JSON Lines, CSV, GeoJSON; one incident whole.

use std::io::Write;

use ::answers::{Accounts, sheet};
use anyhow::bail;
use model::record::PlaceRecord;
use model::{Account, Incident};
use serde_json::{Value, json};

use super::super::formats::{Format, Out};
use crate::read::counted;
use crate::table;

/// Takes incidents one by one and prints them in the format that is asked for.
pub enum Sink {
    Table(Box<dyn Write>),
    Jsonl(Box<dyn Write>),
    Csv(Box<csv::Writer<Box<dyn Write>>>),
    /// And whether nothing was printed yet.
    Geojson(Box<dyn Write>, bool),
}

impl Sink {
    /// Opens the output and writes what comes before the first incident.
    pub fn start(to: &Out) -> anyhow::Result<Self> {
        Ok(match to.format() {
            Format::Table => Self::Table(to.writer()?),
            Format::Jsonl => Self::Jsonl(to.writer()?),
            Format::Csv => {
                let mut csv = csv::Writer::from_writer(to.writer()?);
                csv.write_record(sheet::INCIDENT)?;
                Self::Csv(Box::new(csv))
            }
            Format::Geojson => {
                let mut out = to.writer()?;
                write!(out, "{{\"type\":\"FeatureCollection\",\"features\":[")?;
                Self::Geojson(out, true)
            }
            Format::Parquet => bail!("incidents are printed as table, jsonl, csv or geojson"),
        })
    }

    /// Prints one.
    pub fn incident(&mut self, incident: &Incident) -> anyhow::Result<()> {
        match self {
            Self::Table(out) => {
                brief(out, incident)?;
                writeln!(out)?;
            }
            Self::Jsonl(out) => writeln!(out, "{}", serde_json::to_string(incident)?)?,
            Self::Csv(csv) => csv.write_record(sheet::incident(incident))?,
            Self::Geojson(out, first) => {
                if let Some(feature) = feature(incident) {
                    write!(out, "{}{feature}", if std::mem::take(first) { "\n" } else { ",\n" })?;
                }
            }
        }
        Ok(())
    }

    /// Writes what comes after the last.
    pub fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Table(mut out) | Self::Jsonl(mut out) => out.flush()?,
            Self::Csv(mut csv) => csv.flush()?,
            Self::Geojson(mut out, _) => {
                writeln!(out, "\n]}}")?;
                out.flush()?;
            }
        }
        Ok(())
    }
}

/// An incident in some lines: what, who, where, how it stands and who says what.
fn brief(out: &mut impl Write, incident: &Incident) -> anyhow::Result<()> {
    head(out, incident)?;
    for account in &incident.accounts {
        writeln!(out, "     {}", account_line(account))?;
    }
    Ok(())
}

fn head(out: &mut impl Write, incident: &Incident) -> anyhow::Result<()> {
    let modes = if incident.modes.is_empty() { String::new() } else { format!(" ({})", incident.modes.join(", ")) };
    let when = match (incident.from, incident.to) {
        (Some(from), Some(to)) if from != to => format!("{from} to {to}"),
        (Some(day), _) | (None, Some(day)) => day.to_string(),
        (None, None) => "no date".to_owned(),
    };
    writeln!(out, "━━ {}{modes} · {when} · {} · {}", incident.code, incident.standing.as_str(), incident.id)?;
    let (actor, recipient) = (table::parties(&incident.actor, " + "), table::parties(&incident.recipient, " + "));
    if !(actor.is_empty() && recipient.is_empty()) {
        let side = |parties: String| if parties.is_empty() { "?".to_owned() } else { parties };
        let arrow = if recipient.is_empty() { String::new() } else { format!(" → {recipient}") };
        writeln!(out, "   who    {}{arrow}", side(actor))?;
    }
    if let Some(place) = incident.places.first() {
        let more = incident.places.len() - 1;
        let more = if more > 0 { format!("; {} more", counted(more, "place")) } else { String::new() };
        writeln!(out, "   where  {}{more}", table::place(place))?;
    }
    for effect in &incident.effects {
        writeln!(
            out,
            "   {:<7}{} by {}",
            effect.kind.as_str(),
            table::range(effect.low, effect.high),
            effect.by.join(", ")
        )?;
    }
    writeln!(out, "   stands {}", incident.grounds)?;
    if !incident.publishers.is_empty() {
        writeln!(out, "   in     {}", incident.publishers.join(", "))?;
    }
    Ok(())
}

fn account_line(account: &Account) -> String {
    let who = claimant(account);
    let effects: Vec<String> = account.effects.iter().map(table::effect).collect();
    let effects = if effects.is_empty() { String::new() } else { format!(": {}", effects.join("; ")) };
    format!("{who} {} ({}){effects}, in {}", account.attitude, account.status, counted(account.claims.len(), "claim"))
}

fn claimant(account: &Account) -> String {
    match (&account.claimant, &account.publisher) {
        (Some(party), _) => table::party(party),
        (None, Some(publisher)) => format!("{publisher}, in its own voice,"),
        (None, None) => "an unnamed source, or a report of no known publisher,".to_owned(),
    }
}

/// One incident with the words of every claim, the tolls in the order in which they were given, and the replies.
pub fn whole(out: &mut impl Write, incident: &Incident, accounts: &Accounts) -> anyhow::Result<()> {
    head(out, incident)?;
    for account in &incident.accounts {
        writeln!(out, "\n   {}", account_line(account))?;
        if account.tolls.len() > 1 {
            for toll in &account.tolls {
                let published = toll.published.map_or_else(|| "no date".to_owned(), |p| p.to_string());
                writeln!(
                    out,
                    "     dead as given on {published}:{} ({})",
                    table::range(toll.low, toll.high),
                    toll.claim
                )?;
            }
        }
        for id in &account.claims {
            let Some(claim) = accounts.claim(id) else { continue };
            let day = claim.published.map_or_else(|| "no date".to_owned(), |p| p.to_string());
            let publisher = accounts.publisher(id).unwrap_or("unknown publisher");
            writeln!(out, "     “{}”", table::clip(&claim.evidence.text, 300))?;
            let row = claim.row.as_ref().map(|r| format!(", {} line {}", r.file, r.line)).unwrap_or_default();
            writeln!(out, "       {publisher}, {day}{row} · {} · {id}", claim.document)?;
            for link in claim.links.iter().filter(|l| l.rel == model::Rel::RepliesTo) {
                let to = link.claim.as_ref().map_or_else(|| "what no claim tells".to_owned(), ToString::to_string);
                writeln!(out, "       in reply to {to} ({})", link.basis)?;
            }
        }
    }
    Ok(())
}

/// The incident at its most exact place; `None` where it has no point.
fn feature(incident: &Incident) -> Option<Value> {
    let at = |place: &PlaceRecord| Some((place.lat?, place.lon?));
    let (lat, lon) = incident.places.iter().find_map(at)?;
    Some(json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": incident}))
}
