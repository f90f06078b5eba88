//! Incidents to templates: the slots as the task writes them.

use jiff::civil::Date;

use super::MONTHS;
use super::incident::{Hit, Incident};
use super::template::{Fill, Template, slot};

/// What the slots need beside the incident.
pub struct Story<'a> {
    /// The message's id.
    pub message: &'a str,
    /// Its date.
    pub date: Option<Date>,
    /// Its country.
    pub country: Option<&'a str>,
}

/// The template of an incident.
pub fn template(story: &Story<'_>, incident: &Incident) -> Template {
    let mut template = Template { message: story.message.to_owned(), ..Template::default() };
    let mut put = |number: usize, fill: Fill| template.slots[number].push(fill);
    if let Some(date) = date(story, incident) {
        put(slot::DATE, Fill::new(date, None));
    }
    if let Some(place) = location(story, incident) {
        put(slot::LOCATION, Fill::new(place, None));
    }
    put(slot::TYPE, Fill::new(incident.kind.clone(), None));
    put(slot::STAGE, Fill::new(incident.stage, None));
    for (words, kind) in &incident.instruments {
        if let Some(words) = words {
            put(slot::INSTRUMENT, Fill::new(words.clone(), None));
        }
        put(slot::INSTRUMENT_TYPE, Fill::new(kind.clone(), words.as_deref()));
    }
    let category = if incident.state && !incident.group { "STATE-SPONSORED VIOLENCE" } else { "TERRORIST ACT" };
    put(slot::CATEGORY, Fill::new(category, None));
    for individual in &incident.individuals {
        put(slot::INDIVIDUAL, Fill::new(individual.clone(), None));
    }
    for (body, confidence) in &incident.organizations {
        put(slot::ORGANIZATION, Fill::new(body.clone(), None));
        put(slot::CONFIDENCE, Fill::new(*confidence, Some(body)));
    }
    // A nation is foreign to where the incident is.
    let home = incident.areas.first().map(|a| a.country.as_str()).or(story.country);
    let at_home = |nation: &str| home == Some(nation);
    for hit in &incident.targets {
        let Some(words) = &hit.description else { continue };
        put(slot::TARGET, Fill::new(words.clone(), None));
        put(slot::TARGET_TYPE, Fill::new(hit.kind.clone(), Some(words)));
        put(slot::TARGET_NUMBER, Fill::new(hit.number.clone(), Some(words)));
        if let Some(nation) = hit.nation.filter(|n| !at_home(n)) {
            put(slot::TARGET_NATION, Fill::new(nation, Some(words)));
        }
        let effect = match (hit.effect, incident.kind.as_str()) {
            // Arson implies damage (documentation 7.17); a bomb that went off mostly did some.
            (None, "ARSON" | "BOMBING") if incident.stage == "ACCOMPLISHED" => Some("SOME DAMAGE"),
            (effect, _) => effect.filter(|e| matches!(*e, "DESTROYED" | "SOME DAMAGE")),
        };
        if let Some(effect) = effect {
            put(slot::TARGET_EFFECT, Fill::new(effect, Some(words)));
        }
    }
    for hit in &incident.victims {
        victim(hit, &mut put);
        if let Some(nation) = hit.nation.filter(|n| !at_home(n)) {
            put(slot::VICTIM_NATION, Fill::new(nation, Some(hit.tag())));
        }
    }
    template
}

fn victim(hit: &Hit, put: &mut dyn FnMut(usize, Fill)) {
    let tag = hit.tag();
    if let Some(name) = &hit.name {
        put(slot::VICTIM, Fill::new(name.clone(), None));
    }
    if let Some(description) = &hit.description {
        put(slot::DESCRIPTION, Fill::new(description.clone(), hit.name.as_deref()));
    }
    put(slot::VICTIM_TYPE, Fill::new(hit.kind.clone(), Some(tag)));
    put(slot::VICTIM_NUMBER, Fill::new(hit.number.clone(), Some(tag)));
    if let Some(effect) =
        hit.effect.filter(|e| matches!(*e, "DEATH" | "INJURY" | "REGAINED FREEDOM" | "NO INJURY OR DEATH"))
    {
        put(slot::VICTIM_EFFECT, Fill::new(effect, Some(tag)));
    }
}

/// `DD MMM YY`, a range, or "on or before" the message's date (documentation 7.3).
fn date(story: &Story<'_>, incident: &Incident) -> Option<String> {
    match (incident.date, story.date) {
        (Some((from, to, false)), _) if from == to => Some(written(from)),
        (Some((from, to, false)), _) => Some(format!("{} - {}", written(from), written(to))),
        (_, Some(date)) => Some(format!("- {}", written(date))),
        _ => None,
    }
}

fn written(date: Date) -> String {
    let month = MONTHS.get(usize::try_from(date.month() - 1).unwrap_or(0)).unwrap_or(&"JAN");
    format!("{:02} {month} {:02}", date.day(), date.year() % 100)
}

fn location(story: &Story<'_>, incident: &Incident) -> Option<String> {
    match incident.areas.first() {
        Some(area) => {
            let mut parts = vec![area.country.clone()];
            parts.extend(area.parts.iter().cloned());
            Some(parts.join(": "))
        }
        None => story.country.map(str::to_owned),
    }
}
