//! Hostile incidents as the definitions have them, seen from the parties of a ceasefire.

use std::collections::BTreeSet;

use jiff::tz::Offset;
use model::{EffectKind, EventType, Incident, Standing};

use super::definitions::Hostile as Rule;
use super::moment::{DAY, Moment, Seconds};
use super::sides::{Fronts, Key};

/// A hostile incident that concerns the parties.
#[derive(Clone, Debug)]
pub(super) struct Hostile<'a> {
    pub incident: &'a Incident,
    pub at: Moment,
    pub span: Seconds,
    pub fronts: Fronts,
    /// Who acted against whom, where it is between the parties.
    pub between: Option<(BTreeSet<Key>, BTreeSet<Key>)>,
}

impl Hostile<'_> {
    pub fn is_between(&self) -> bool {
        self.between.is_some()
    }
}

/// The hostile incidents in which a party acts, suffers, or has its soil, in the order of their times. Left out: what
/// nobody dates well enough, what only denials tell of, and what was taken back.
pub(super) fn hostile<'a>(
    incidents: &'a [Incident],
    parties: &BTreeSet<Key>,
    rule: &Rule,
    zone: Offset,
) -> Vec<Hostile<'a>> {
    let concerns = |f: &Fronts| !f.acting.is_empty() || !f.suffering.is_empty() || !f.soil.is_empty();
    let found = incidents.iter().filter(|i| is_hostile(i, rule)).filter_map(|incident| {
        let at = Moment { from: incident.from.or(incident.to)?, to: incident.to.or(incident.from)? };
        let span = at.span(zone);
        if span.to - span.from > i64::from(rule.widest_days) * DAY {
            return None;
        }
        let fronts = Fronts::of(incident, parties);
        let between = fronts.between(rule.on_soil);
        concerns(&fronts).then_some(Hostile { incident, at, span, fronts, between })
    });
    let mut found: Vec<Hostile> = found.collect();
    found.sort_by(|a, b| (a.span.from, a.span.to, &a.incident.id).cmp(&(b.span.from, b.span.to, &b.incident.id)));
    found.dedup_by(|a, b| a.incident.id == b.incident.id);
    found
}

/// Whether an incident is hostile by the definitions, whenever and between whomever it was.
pub(super) fn is_hostile(incident: &Incident, rule: &Rule) -> bool {
    let typed = incident.code.parse::<EventType>().is_ok_and(|code| rule.types.contains(&code));
    let mild = !incident.modes.is_empty() && incident.modes.iter().all(|m| rule.without_modes.contains(m));
    let enough = rule.least_dead <= 0.0 || dead(incident).is_some_and(|(low, _)| low >= rule.least_dead);
    typed && !mild && enough && !matches!(incident.standing, Standing::Denied | Standing::Retracted)
}

/// The fewest and the most dead that anybody gives, people; `None` where nobody gives a number.
pub(super) fn dead(incident: &Incident) -> Option<(f64, Option<f64>)> {
    let killed = incident.effects.iter().find(|e| e.kind == EffectKind::Killed)?;
    Some((killed.low?, killed.high))
}
