//! Where the main happening of a report took place: labels of our own on reports of Wikinews
//! (`eval/gold/event_places.tsv`: ids, offsets and codes), against the first claim of an event that says where.
//!
//! Which claim tells the main happening is not asked: news tells it first. The part `dev` may be looked at, `test` is
//! only measured.

use std::collections::HashMap;
use std::fmt::Write as _;

use anyhow::{Context, bail};
use coding::gazetteer::key;
use model::document::Metadata;
use model::{Document, Place, Proposition, When};
use pipeline::{Engine, Worker};

use super::Report;
use super::gold::{Article, Table};

/// What was counted on one part of the reports.
#[derive(Default)]
struct Counts {
    reports: usize,
    placed: usize,
    country: usize,
    with_admin1: usize,
    admin1: usize,
    with_point: usize,
    within_50: usize,
    within_161: usize,
    /// Reports whose place is finer than a country, and those of them that got one.
    fine: usize,
    fine_placed: usize,
    /// The place stands in the words that the label names.
    in_words: usize,
}

/// What the table of labels holds.
pub const COLUMNS: [&str; 8] = ["article", "spans", "country", "admin1", "lat", "lon", "precision", "part"];

/// Codes the labelled reports and adds figures to `report`.
pub fn measure(
    labels: &Table<8>,
    articles: &HashMap<String, Article>,
    engine: &Engine,
    report: &mut Report,
) -> anyhow::Result<()> {
    let worker = Worker::new();
    let mut parts: [(&str, Counts); 2] = [("dev", Counts::default()), ("test", Counts::default())];
    for row in labels.rows() {
        let Some([article, spans, countries, admin1, lat, lon, precision, part]) = row? else { continue };
        let Article { date, text } = articles.get(article).with_context(|| format!("no article {article}"))?;
        let Some((_, counts)) = parts.iter_mut().find(|(name, _)| *name == part) else {
            bail!("{article}: the part is dev or test, not {part}");
        };
        let published: Option<When> = date.get(..10).and_then(|d| d.parse().ok());
        let doc = Document::new(text.clone(), Metadata { published, ..Metadata::default() });
        let claims = engine.code(&doc, &engine.annotate(&doc, &worker)?);
        let place =
            claims.iter().filter(|c| matches!(c.proposition, Proposition::Event(..))).find_map(|c| c.places.first());
        counts.reports += 1;
        let is_fine = !matches!(precision, "country" | "none");
        counts.fine += usize::from(is_fine);
        let Some(place) = place else {
            report.items.push(format!("{part}\t{article}\t{precision}\tplace=none"));
            continue;
        };
        counts.placed += 1;
        counts.fine_placed += usize::from(is_fine);
        let country = place.country.is_some_and(|c| countries.split('|').any(|wanted| wanted == c.as_str()));
        counts.country += usize::from(country);
        let mut row = format!("{part}\t{article}\t{precision}\tcountry={country}");
        if admin1 != "-" {
            let right = country && place.admin1.as_deref().is_some_and(|a| same_division(a, admin1));
            counts.with_admin1 += 1;
            counts.admin1 += usize::from(right);
            write!(row, "\tadmin1={right}")?;
        }
        if let (Ok(lat), Ok(lon)) = (lat.parse(), lon.parse()) {
            let km = distance_km(place, lat, lon);
            counts.with_point += 1;
            counts.within_50 += usize::from(km.is_some_and(|km| km <= 50.0));
            counts.within_161 += usize::from(km.is_some_and(|km| km <= 161.0));
            match km {
                Some(km) => write!(row, "\tkm={km:.0}")?,
                None => row.push_str("\tkm=-"),
            }
        }
        let inside = place.span.is_some_and(|mine| spans.split('|').any(|s| overlaps(s, mine.start(), mine.end())));
        counts.in_words += usize::from(inside);
        write!(row, "\tin_words={inside}")?;
        report.items.push(row);
    }
    for (name, counts) in &parts {
        let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
        report.figure(&format!("news_{name}_placed"), share(counts.placed, counts.reports));
        report.figure(&format!("news_{name}_fine_placed"), share(counts.fine_placed, counts.fine));
        report.figure(&format!("news_{name}_country_of_placed"), share(counts.country, counts.placed));
        report.figure(&format!("news_{name}_admin1_of_placed"), share(counts.admin1, counts.with_admin1));
        report.figure(&format!("news_{name}_within_50_km_of_placed"), share(counts.within_50, counts.with_point));
        report.figure(&format!("news_{name}_within_161_km_of_placed"), share(counts.within_161, counts.with_point));
        report.details.push(format!(
            "news, {name}: {} reports, {} placed ({} in the words named), {} with a province, {} with a point",
            counts.reports, counts.placed, counts.in_words, counts.with_admin1, counts.with_point
        ));
    }
    Ok(())
}

/// Whether a division is one of those named, written alike but for case, accents and words like "province".
fn same_division(mine: &str, wanted: &str) -> bool {
    let bare = |name: &str| {
        let name = key(name);
        let words = name.split_whitespace().filter(|w| {
            !matches!(*w, "province" | "region" | "state" | "governorate" | "oblast" | "voivodeship" | "of" | "city")
        });
        words.collect::<Vec<_>>().join(" ")
    };
    wanted.split('|').any(|w| {
        let (w, mine) = (bare(w), bare(mine));
        w == mine || (w.len() > 3 && mine.len() > 3 && (mine.starts_with(&w) || w.starts_with(&mine)))
    })
}

/// Kilometres on the sphere from a place to a point.
fn distance_km(place: &Place, lat: f64, lon: f64) -> Option<f64> {
    let (a, b) = (place.lat?.to_radians(), lat.to_radians());
    let east = (lon - place.lon?).to_radians();
    let h = ((b - a) / 2.0).sin().powi(2) + a.cos() * b.cos() * (east / 2.0).sin().powi(2);
    Some(2.0 * 6371.0 * h.sqrt().min(1.0).asin())
}

/// Whether `start..end` shares a byte with a span written "a-b".
fn overlaps(written: &str, start: usize, end: usize) -> bool {
    let Some((a, b)) = written.split_once('-') else { return false };
    match (a.parse::<usize>(), b.parse::<usize>()) {
        (Ok(a), Ok(b)) => a < end && start < b,
        _ => false,
    }
}
