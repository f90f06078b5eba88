//! What an answer rests on, in words.

use analysis::Grounds;
use model::Dataset;

/// What an answer rests on, in lines for people.
pub fn words(grounds: &Grounds) -> Vec<String> {
    let mut lines = vec![format!("asked     {}", grounds.asked)];
    let until = match (grounds.as_of, grounds.known_at) {
        (None, None) => "all that the lake holds".to_owned(),
        (Some(day), None) => format!("as of {day}"),
        (None, Some(day)) => format!("as known at {day}"),
        (Some(day), Some(known)) => format!("as of {day}, as known at {known}"),
    };
    lines.push(format!("rests on  {}; {until}", source(grounds)));
    if !grounds.publishers.is_empty() {
        let publishers: Vec<String> = grounds.publishers.iter().map(|(name, n)| format!("{name} {n}")).collect();
        lines.push(format!("read      {}", publishers.join(", ")));
    }
    if !grounds.languages.is_empty() {
        let languages: Vec<String> = grounds.languages.iter().map(|(code, n)| format!("{code} {n}")).collect();
        lines.push(format!("languages {}; no other language is read", languages.join(", ")));
    }
    if !grounds.not_read.is_empty() {
        let (few, more) = grounds.not_read.split_at(grounds.not_read.len().min(8));
        let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
        lines.push(format!("not read  {}{more}", few.join(", ")));
    }
    if !grounds.method.is_empty() {
        lines.push(format!("method    {}", grounds.method));
    }
    lines.extend(grounds.caveats.iter().map(|caveat| format!("note      {caveat}")));
    lines
}

/// What went in, in one phrase: claims, incidents, reports, rows, and when they were published.
pub fn source(grounds: &Grounds) -> String {
    let mut parts = Vec::new();
    let rows: usize = grounds.datasets.values().sum();
    if grounds.claims > rows || rows == 0 {
        parts.push(format!("{} of {}", counted(grounds.claims - rows, "claim"), counted(grounds.reports, "report")));
    }
    if grounds.copies > 0 {
        parts.push(counted(grounds.copies, "near-copy"));
    }
    parts.extend(grounds.datasets.iter().map(|(name, n)| match name.parse::<Dataset>() {
        Ok(set) => format!("{} of {} ({})", counted(*n, "row"), set.name(), set.terms()),
        Err(_) => format!("{} of {name}", counted(*n, "row")),
    }));
    if let Some(incidents) = grounds.incidents {
        parts.push(counted(incidents, "incident"));
    }
    let published = grounds
        .published
        .map(|(a, b)| if a == b { format!(", published {a}") } else { format!(", published {a} to {b}") });
    parts.join(", ") + &published.unwrap_or_default()
}

/// A number with its noun: `1 claim`, `2 near-copies`.
pub fn counted(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{count} {stem}ies"),
        _ => format!("{count} {noun}s"),
    }
}
