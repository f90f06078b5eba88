//! Cycles as lines for people.

use std::io::{self, Write};

use analysis::cycles::{Choice, Entry, Inferred, Language, Replies, Report, Within};

use super::name_of;
use crate::grounds::counted;
use crate::said::{clip, paragraph};

/// Most entries of the matrix that a table shows one by one; of more, those that are told.
const ENTRIES: usize = 36;
/// Stated replies that a table shows one by one.
const REPLIES: usize = 6;
/// Characters of a stream's name.
const NAME: usize = 38;

/// The branching matrix under every baseline, side by side.
pub(super) fn matrix(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let choices: Vec<&Choice> = report.choices.all().collect();
    let chosen = report.choices.chosen().knots;
    writeln!(out, "\n━━ Further events that one event brings, by how freely the baseline moves")?;
    let line = |label: &str, cells: Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|cell| format!("{cell:>9}")).collect();
        format!("   {:<NAME$} {}", clip(label, NAME), cells.join(" "))
    };
    let heads = choices.iter().map(|c| if c.knots == chosen { format!("{} *", name_of(c)) } else { name_of(c) });
    writeln!(out, "{}", line("", heads.collect()))?;
    let n = report.streams.len();
    for (of, stream) in report.streams.iter().enumerate() {
        writeln!(out, "   {}", stream.name)?;
        for by in (0..n).filter(|by| is_shown(report, &report.entries[of * n + by])) {
            let name = &report.streams[by].name;
            let label = if of == by { "  by its own events".to_owned() } else { format!("  by {name}") };
            writeln!(out, "{}", line(&label, choices.iter().map(|c| format!("{:.2}", c.branching[of][by])).collect()))?;
        }
        let days = |c: &&Choice| c.half_lives_days[of].map_or_else(|| "–".to_owned(), |days| format!("{days:.1}"));
        writeln!(out, "{}", line("  half-life, days", choices.iter().map(days).collect()))?;
    }
    let radii = choices.iter().map(|c| format!("{:.2}", c.spectral_radius));
    writeln!(out, "{}", line("spectral radius", radii.collect()))?;
    let best = report.choices.chosen().held_out;
    let behind = choices.iter().map(|c| format!("{:.1}", c.held_out - best));
    writeln!(out, "{}", line("held out, behind the best", behind.collect()))?;
    writeln!(out, "{}", line("weight", choices.iter().map(|c| format!("{:.2}", c.weight)).collect()))?;
    paragraph(
        out,
        "",
        "* foretells best. If a row changes much from one column to the next, trust none of them alone. Under a constant baseline slow change passes for excitation.",
    )
}

/// Whether an entry is shown: all of them, or of many those that are told.
fn is_shown(report: &Report, entry: &Entry) -> bool {
    report.entries.len() <= ENTRIES || entry.is_told || entry.of == entry.by
}

/// Each entry with what the data allow.
pub(super) fn entries(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let head = match report.language {
        Language::AttackAndReply => "Attack and reply",
        Language::Excitation => "Which stream excites which",
    };
    writeln!(out, "\n━━ {head} (95 % intervals; before each how often chance gives as much, told from .05 down)")?;
    let shown: Vec<&Entry> = report.entries.iter().filter(|entry| is_shown(report, entry)).collect();
    for entry in &shown {
        let told = if entry.is_told { "told" } else { "" };
        paragraph(out, &format!("{told:<4} {:>5}", p(entry.p_value)), &entry.words)?;
    }
    let left = report.entries.len() - shown.len();
    if left > 0 {
        writeln!(
            out,
            "              {} that are no more than chance; JSON and CSV have them all",
            counted(left, "other entry")
        )?;
    }
    Ok(())
}

/// Each stream: how much of it happens by itself, how soon what is brought has come, and how well the model fits.
pub(super) fn streams(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    writeln!(out, "\n━━ Streams")?;
    writeln!(
        out,
        "   {:<NAME$} {:>8} {:>10} {:>22} {:>8} {:>10}",
        "", "events", "by itself", "half-life, days", "fit, p", "dispersion"
    )?;
    for stream in &report.streams {
        let half_life = stream.half_life_days.map_or_else(|| "–".to_owned(), |h| within(h, 1));
        let dispersion = stream.goodness.dispersion.map_or_else(|| "–".to_owned(), |d| format!("{d:.2}"));
        writeln!(
            out,
            "   {:<NAME$} {:>8} {:>10} {half_life:>22} {:>8} {dispersion:>10}",
            clip(&stream.name, NAME),
            stream.events,
            format!("{:.0} %", stream.share_by_itself * 100.0),
            p(stream.goodness.p_value),
        )?;
    }
    Ok(())
}

/// Whether it comes to rest, and where.
pub(super) fn long_run(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    writeln!(out, "\n━━ In the long run")?;
    paragraph(out, "radius", &report.spectral_radius_words)?;
    paragraph(out, "level", &super::long_run(report))
}

/// What to heed.
pub(super) fn heed(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    if report.warnings.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n━━ To heed")?;
    report.warnings.iter().try_for_each(|warning| paragraph(out, "", warning))
}

/// Stated replies beside inferred ones.
pub(super) fn replies(out: &mut dyn Write, report: &Report, replies: &Replies) -> io::Result<()> {
    writeln!(out, "\n━━ Replies that texts state, beside what the model infers")?;
    let share = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |v| format!("{:.0} %", v * 100.0));
    let found = format!(
        "{} of {} ({}), from a probability of {} on; of pairs drawn at random {}, at most {} in 95 of 100 drawings",
        replies.found,
        replies.replies.len(),
        share(replies.share_found),
        replies.threshold,
        share(replies.share_by_chance),
        share(replies.share_by_chance_95),
    );
    paragraph(out, "found", &found)?;
    if let Some((mean, most)) = replies.share_by_shift.zip(replies.share_by_shift_95) {
        let (mean, most) = (share(Some(mean)), share(Some(most)));
        let shifted = format!("with one stream shifted against the other {mean}, at most {most} in 95 of 100 shifts");
        paragraph(out, "by chance", &shifted)?;
    }
    let days = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |v| format!("{v:.1} days"));
    let lags = format!("{}, of those found {}", days(replies.median_lag_days), days(replies.median_lag_found_days));
    paragraph(out, "lag", &format!("median {lags}"))?;
    let left = [
        (replies.of_one_day, "stated within one day"),
        (replies.reversed, "stated the wrong way round in time"),
        (replies.without_event, "without an event at that time in that stream"),
    ];
    let left: Vec<String> = left.iter().filter(|(n, _)| *n > 0).map(|(n, why)| format!("{n} {why}")).collect();
    if !left.is_empty() {
        paragraph(out, "left out", &left.join(", "))?;
    }
    let mut each: Vec<&Inferred> = replies.replies.iter().collect();
    each.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    for reply in each.iter().take(REPLIES) {
        let name = |stream: usize| report.streams.get(stream).map_or("?", |s| s.name.as_str());
        let stated = &reply.stated;
        let mark = if reply.is_found { "found" } else { "" };
        let line = format!(
            "{} ({}) answers {} ({}) after {:.1} days · probability {:.2}, some event of that stream {:.2}",
            stated.later,
            name(stated.later_stream),
            stated.earlier,
            name(stated.earlier_stream),
            reply.lag_days,
            reply.probability,
            reply.stream_probability
        );
        paragraph(out, mark, &line)?;
    }
    let more = each.len().saturating_sub(REPLIES);
    if more > 0 { writeln!(out, "              and {more} more; JSON has them all") } else { Ok(()) }
}

/// A value with its ends.
pub(super) fn within(value: Within, decimals: usize) -> String {
    let Within { best, low, high } = value;
    match high {
        Some(high) => format!("{best:.decimals$} ({low:.decimals$} to {high:.decimals$})"),
        None => format!("{best:.decimals$} ({low:.decimals$} or more)"),
    }
}

/// A p-value, with no more digits than are meant.
fn p(value: f64) -> String {
    if value < 0.001 { "<.001".to_owned() } else { format!("{value:.3}").trim_start_matches('0').to_owned() }
}
