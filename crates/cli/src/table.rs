//! Claims for people: one block a document, one paragraph a claim, its words last.

use std::io::Write;

use model::record::{ClaimRecord, EffectRecord, PartyRecord, PlaceRecord};
use model::{Attitude, CountryCode, Document, Status};

/// What to call a document on a line: where it was found, or its headline.
pub fn name(doc: &Document) -> &str {
    let names = [&doc.url, &doc.source_id, &doc.title];
    names.into_iter().find_map(|n| n.as_deref()).unwrap_or_else(|| doc.id().as_str())
}

/// Prints a document and what it claims.
pub fn document(out: &mut impl Write, doc: &Document, claims: &[ClaimRecord]) -> std::io::Result<()> {
    writeln!(out, "━━ {}", doc.title.as_deref().unwrap_or_else(|| name(doc)))?;
    let published = doc.published.map_or_else(|| "no date".to_owned(), |p| p.to_string());
    let source = doc.publisher.as_deref().unwrap_or("unknown publisher");
    write!(out, "   {source} · {published} · {}", doc.id())?;
    match &doc.copy_of {
        Some(original) => writeln!(out, " · near-copy of {original}")?,
        None => writeln!(out)?,
    }
    for claim in claims {
        writeln!(out)?;
        self::claim(out, claim)?;
    }
    if claims.is_empty() {
        writeln!(out, "   no claims")?;
    }
    writeln!(out)
}

/// Prints one claim.
pub fn claim(out: &mut impl Write, claim: &ClaimRecord) -> std::io::Result<()> {
    let code = claim.code.as_ref().map(|c| format!(" {c}")).unwrap_or_default();
    let modes = if claim.modes.is_empty() { String::new() } else { format!(" ({})", claim.modes.join(", ")) };
    write!(out, "   {}{code}{modes}", claim.kind)?;
    if claim.status != Status::Occurred {
        write!(out, " · {}", claim.status)?;
    }
    writeln!(out)?;
    let arrow = if claim.reciprocal { " ↔ " } else { " → " };
    let actor = parties(&claim.actor, if claim.reciprocal { " ↔ " } else { " + " });
    let recipient = parties(&claim.recipient, " + ");
    match (actor.is_empty(), recipient.is_empty()) {
        (true, true) => {}
        (false, true) => writeln!(out, "     who    {actor}")?,
        (true, false) => writeln!(out, "     who    ?{arrow}{recipient}")?,
        (false, false) => writeln!(out, "     who    {actor}{arrow}{recipient}")?,
    }
    if !claim.places.is_empty() {
        writeln!(out, "     where  {}", claim.places.iter().map(place).collect::<Vec<_>>().join("; "))?;
    }
    if let Some(time) = &claim.time {
        let dates = match (time.from, time.to) {
            (Some(from), Some(to)) if from == to => from.to_string(),
            (Some(from), Some(to)) => format!("{from} to {to}"),
            (Some(from), None) => format!("from {from}"),
            (None, Some(to)) => format!("until {to}"),
            (None, None) => "not placed".to_owned(),
        };
        writeln!(out, "     when   {dates}{}", time.mention.as_ref().map(|m| format!(" (“{m}”)")).unwrap_or_default())?;
    }
    if !claim.effects.is_empty() {
        writeln!(out, "     effect {}", claim.effects.iter().map(effect).collect::<Vec<_>>().join("; "))?;
    }
    content(out, claim)?;
    if !claim.attribution.is_empty() || claim.attitude != Attitude::Asserts {
        let sources: Vec<String> = claim
            .attribution
            .iter()
            .map(|a| format!("{} {}", a.party.as_ref().map_or_else(|| "unnamed source".to_owned(), party), a.attitude))
            .collect();
        writeln!(out, "     says   {}", sources.join(" that "))?;
    }
    let [start, end] = <[u32; 2]>::from(claim.evidence.span);
    writeln!(out, "     words  “{}” [{start}–{end}]", clip(&claim.evidence.text, 300))?;
    writeln!(out, "     {} · confidence {:.2}", claim.id, claim.confidence)
}

/// What is said, counted, owed or held to be the cause.
fn content(out: &mut impl Write, claim: &ClaimRecord) -> std::io::Result<()> {
    if let Some(quote) = &claim.quote {
        let quoted = if quote.direct { " (quoted)" } else { "" };
        writeln!(out, "     said   {}{quoted}", clip(&quote.text, 160))?;
    }
    if let Some(count) = &claim.count {
        let of = count.of.as_ref().map(|o| format!(" {o}")).unwrap_or_default();
        writeln!(out, "     count {}{of}", range(count.low, count.high))?;
    }
    if let Some(Some(instrument)) = &claim.instrument {
        writeln!(out, "     under  {instrument}")?;
    }
    if let Some(Some(object)) = &claim.object {
        writeln!(out, "     to     {}", clip(&object.text, 160))?;
    }
    if let (Some(cause), Some(effect)) = (&claim.cause, &claim.effect) {
        writeln!(out, "     cause  {}", clip(&cause.text, 160))?;
        let polarity = claim.polarity.map_or("?", |p| p.as_str());
        writeln!(out, "     {polarity:<6} {}", clip(&effect.text, 160))?;
    }
    if let Some(terms) = &claim.terms {
        let parts = [terms.act.clone(), terms.form.clone(), terms.duration_hours.map(|h| format!("{h} hours"))];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if !parts.is_empty() {
            writeln!(out, "     truce  {}", parts.join(", "))?;
        }
    }
    Ok(())
}

/// Parties with their ids.
pub fn parties(parties: &[PartyRecord], joint: &str) -> String {
    parties.iter().map(party).collect::<Vec<_>>().join(joint)
}

/// A party with its id.
pub fn party(party: &PartyRecord) -> String {
    let mention = party.mention.as_deref().unwrap_or("?");
    let acts = party.acts_as.as_ref().map(|a| format!(" acting as {a}")).unwrap_or_default();
    match (&party.id, party.sectors.is_empty()) {
        (Some(id), _) => format!("{mention} [{id}{acts}]"),
        (None, false) => format!("{mention} [{}]", party.sectors.join(" ")),
        (None, true) => format!("{mention} [?]"),
    }
}

/// A place with where it lies.
pub fn place(place: &PlaceRecord) -> String {
    let mention = place.mention.as_deref().unwrap_or("?");
    let within = [place.admin2.as_deref(), place.admin1.as_deref(), place.country.as_ref().map(CountryCode::as_str)];
    let within: Vec<&str> = within.into_iter().flatten().collect();
    let precision = place.precision.map_or("unknown", |p| p.as_str());
    match (place.lat, place.lon) {
        (Some(lat), Some(lon)) => format!("{mention} [{}; {precision}; {lat:.2}, {lon:.2}]", within.join(", ")),
        _ if within.is_empty() => format!("{mention} [?]"),
        _ => format!("{mention} [{}; {precision}]", within.join(", ")),
    }
}

/// An effect with its range.
pub fn effect(effect: &EffectRecord) -> String {
    let number = range(effect.low, effect.high);
    let of = effect.of.as_ref().map(|o| format!(" {o}")).unwrap_or_default();
    let part = if effect.part_of.is_some() { " (of these)" } else { "" };
    format!("{}{number}{of}{part}", effect.kind)
}

/// A range, a space before it.
pub fn range(low: Option<f64>, high: Option<f64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) if low.to_bits() == high.to_bits() => format!(" {low}"),
        (Some(low), Some(high)) => format!(" {low}–{high}"),
        (Some(low), None) => format!(" {low} or more"),
        (None, Some(high)) => format!(" up to {high}"),
        (None, None) => String::new(),
    }
}

/// The words on one line, cut after so many characters.
pub fn clip(text: &str, most: usize) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match flat.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &flat[..at]),
        None => flat,
    }
}
