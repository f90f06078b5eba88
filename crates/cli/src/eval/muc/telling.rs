//! A claim as the telling of an incident: of what kind, how far it went, when and where; and what claims of
//! blame and release add.

use coding::{syntax, times};
use jiff::civil::Date;
use model::{
    Attitude, Claim, EffectKind, EventType, Granularity, NameKind, Place, Proposition, Sentence, Status, Time, Upos,
};

use super::incident::{Hit, Incident, NEAR, View, add_hit, same_hit};
use super::mentions::{bare, lemma};
use super::places::Area;

impl View<'_> {
    pub(super) fn incident(&self, claim: &Claim) -> Option<Incident> {
        let Proposition::Event(event, _) = &claim.proposition else { return None };
        let abducted =
            claim.modes.iter().any(|m| m == "abduct") || claim.effects.iter().any(|e| e.kind == EffectKind::Abducted);
        if *event != EventType::Assault && !abducted {
            return None;
        }
        let at = self.annotated.sentences.iter().position(|s| s.span.overlaps(claim.evidence.span))?;
        let sentence = &self.annotated.sentences[at];
        let evidence: Vec<usize> =
            (0..sentence.tokens.len()).filter(|i| claim.evidence.span.contains(sentence.tokens[*i].span)).collect();
        let lemmas: Vec<String> = evidence.iter().map(|i| lemma(sentence, *i)).collect();
        let stage = stage(claim, &lemmas)?;
        let mut incident = Incident {
            kind: self.kind(claim, sentence, &lemmas, abducted),
            stage,
            date: self.date(claim, sentence)?,
            areas: self.where_(&claim.places, sentence),
            sentences: vec![at],
            clash: claim.reciprocal,
            deed: claim.modes.iter().any(|m| m == "targeted" || m == "firearms")
                && !claim.modes.iter().any(|m| m == "explosives"),
            ..Incident::default()
        };
        self.hits(claim, sentence, &evidence, &mut incident);
        self.perpetrators(claim, sentence, &mut incident);
        self.agents(sentence, &evidence, &mut incident);
        self.bodies_beside(claim, sentence, &mut incident);
        if incident.kind != "KIDNAPPING" && incident.kind != "ARSON" {
            self.instruments(sentence, &mut incident);
        }
        Some(incident)
    }

    pub(super) fn kind(&self, claim: &Claim, sentence: &Sentence, lemmas: &[String], abducted: bool) -> String {
        if abducted {
            return "KIDNAPPING".to_owned();
        }
        if claim.modes.iter().any(|m| m == "aerial") {
            return "ATTACK".to_owned();
        }
        let first = |lemmas: &[String]| {
            let mut found = self.words.incidents.within(lemmas);
            found.retain(|(_, _, fields)| fields[0] != "KIDNAPPING");
            found.sort_by_key(|(_, number, _)| *number);
            found.first().map(|(_, _, fields)| fields[0].clone())
        };
        if let Some(kind) = first(lemmas) {
            return kind;
        }
        if claim.modes.iter().any(|m| m == "explosives") {
            return "BOMBING".to_owned();
        }
        // Deaths and damage are told beside the explosion that caused them.
        if !claim.effects.is_empty() {
            let all: Vec<String> = (0..sentence.tokens.len()).map(|i| lemma(sentence, i)).collect();
            if let Some(kind) = first(&all).filter(|k| k == "BOMBING") {
                return kind;
            }
        }
        "ATTACK".to_owned()
    }

    /// The date if one is told; `None` outside where what is told is no recent incident.
    #[expect(clippy::option_option, reason = "not told, or told and not wanted")]
    pub(super) fn date(&self, claim: &Claim, sentence: &Sentence) -> Option<Option<(Date, Date, bool)>> {
        self.day(
            claim.time.clone().filter(|_| !claim.evidence.text.to_uppercase().contains("RESPONSIBILITY")),
            sentence,
        )
    }

    /// The same of a time, or of a day that the sentence names.
    #[expect(clippy::option_option, reason = "not told, or told and not wanted")]
    pub(super) fn day(&self, told: Option<Time>, sentence: &Sentence) -> Option<Option<(Date, Date, bool)>> {
        // What the claim does not carry may stand elsewhere in its sentence, if it is a day.
        let elsewhere = || {
            let found = times::find(self.doc.text(), sentence, self.doc.published);
            let mut days = found
                .into_iter()
                .filter(|t| matches!(t.time.granularity, Granularity::Day | Granularity::Hour | Granularity::Minute));
            days.next_back().map(|t| t.time)
        };
        let Some(time) = &told.or_else(elsewhere) else { return Some(None) };
        let (Some(from), Some(to)) = (time.from, time.to.or(time.from)) else { return Some(None) };
        let (from, mut to) = (from.date(), to.date());
        // A night begins on its first day.
        if to == from.tomorrow().unwrap_or(from)
            && time.mention.as_ref().is_some_and(|m| m.to_uppercase().contains("NIGHT"))
        {
            to = from;
        }
        let published = self.doc.published.map(model::When::date);
        // "at 1700" is an hour.
        if time.mention.as_ref().is_some_and(|m| m.len() == 4) && from.year() < 1950 {
            return Some(None);
        }
        if matches!(time.granularity, Granularity::Year | Granularity::Season) {
            return None;
        }
        if let Some(published) = published {
            let age = published.since(to).map_or(0, |s| s.get_days());
            if age > RECENT_DAYS {
                return None;
            }
            if from > published {
                return Some(None);
            }
        }
        let weekday = time.mention.as_ref().is_some_and(|m| {
            let m = m.to_uppercase();
            ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"].iter().any(|d| m.contains(d))
        });
        Some(Some((from, to, weekday)))
    }

    /// A place or a day that the sentences beside name, where its own name none.
    pub(super) fn look_around(&self, incident: &mut Incident) {
        let at = incident.sentences[0];
        let near = [at.checked_sub(1), Some(at + 1)];
        // "in this city": the dateline's.
        if incident.areas.is_empty() {
            let text = self.annotated.sentences.get(at).map_or("", |s| s.span.of(self.doc.text())).to_uppercase();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let here = ["THIS CITY", "THIS CAPITAL", "THE CAPITAL", " HERE ", "DOWNTOWN", " HERE."]
                .iter()
                .any(|h| text.contains(h));
            if let Some(area) = self.town.filter(|_| here).and_then(|t| self.areas.settle(t, None, self.country)) {
                incident.areas.push(area);
            }
        }
        if incident.kind == "BOMBING" && incident.instruments.is_empty() {
            for sentence in near.into_iter().flatten().filter_map(|i| self.annotated.sentences.get(i)) {
                self.instruments(sentence, incident);
            }
            let explosive = |k: &str| {
                !matches!(k, "GUN" | "RIFLE" | "MACHINE GUN" | "HANDGUN" | "STONE" | "CUTTING DEVICE" | "TORTURE")
            };
            incident.instruments.retain(|(_, kind)| explosive(kind));
            if incident.instruments.is_empty() {
                incident.instruments.push((None, "BOMB".to_owned()));
            }
        }
        for sentence in near.into_iter().flatten().filter(|i| *i > 0).filter_map(|i| self.annotated.sentences.get(i)) {
            if incident.areas.is_empty() {
                incident.areas = self.where_(&[], sentence);
                incident.areas.retain(|a| self.country.is_none_or(|c| a.country == c));
            }
        }
    }

    /// A bomb of which no place is told went off where the message comes from.
    pub(super) fn town_of_bomb(&self, incident: &mut Incident) {
        if incident.kind == "BOMBING"
            && incident.areas.is_empty()
            && let Some(area) = self.town.and_then(|t| self.areas.settle(t, None, self.country))
        {
            incident.areas.push(area);
        }
    }

    /// Those set free of a kidnapping.
    pub(super) fn release(&self, claim: &Claim, incidents: &mut [Incident]) {
        if !claim.modes.iter().any(|m| m == "release") || !matches!(claim.status, Status::Occurred | Status::Ongoing) {
            return;
        }
        let Some(sentence) = self.annotated.sentences.iter().find(|s| s.span.overlaps(claim.evidence.span)) else {
            return;
        };
        let Some(incident) = incidents.iter_mut().rfind(|i| i.kind == "KIDNAPPING") else { return };
        for span in claim.recipient.iter().filter_map(|p| p.span) {
            let Some((mut hit, true)) = self.hit(sentence, span, None, None) else { continue };
            hit.effect = Some("REGAINED FREEDOM");
            hit.definite = hit.name.is_none();
            for known in incident.victims.iter_mut().filter(|v| same_hit(v, &hit)) {
                known.effect = known.effect.or(hit.effect);
            }
            if hit.name.is_some() {
                add_hit(&mut incident.victims, hit);
            }
        }
    }

    /// The fullest name that the message gives a victim, and the title that it has elsewhere.
    pub(super) fn fill_out(&self, victim: &mut Hit) {
        let Some(name) = victim.name.clone() else { return };
        let words = |text: &str| text.split_whitespace().map(str::to_uppercase).collect::<Vec<_>>();
        let known = words(&name);
        for sentence in &self.annotated.sentences {
            for other in sentence.names.iter().filter(|n| n.kind == NameKind::Person) {
                let full = words(other.span.of(self.doc.text()));
                let longer = known.iter().all(|w| full.contains(w));
                let shorter = full.iter().all(|w| known.contains(w)) && full.last() == known.last();
                if !(longer || shorter) {
                    continue;
                }
                if longer && full.len() <= 5 && full.len() > victim.name.as_deref().map_or(0, |n| n.split(' ').count())
                {
                    victim.name = Some(full.join(" "));
                }
                if victim.description.is_some() {
                    continue;
                }
                let end = other.tokens.start;
                let title = |i: &usize| {
                    let token = &sentence.tokens[*i];
                    matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Adj)
                        && !sentence.names.iter().any(|n| n.kind == NameKind::Person && n.tokens.contains(i))
                };
                let start = (0..end).rev().take_while(title).last().unwrap_or(end);
                let lemmas: Vec<String> = (start..end).map(|i| lemma(sentence, i)).collect();
                let Some((_, fields)) = self.words.people.ending(&lemmas) else { continue };
                let Some(span) = syntax::span_of(sentence, &(start..end)) else { continue };
                let title = words(span.of(self.doc.text())).join(" ");
                if victim.kind == "CIVILIAN" {
                    fields[0].clone_into(&mut victim.kind);
                }
                victim.description = Some(bare(&title));
            }
        }
    }

    /// What became of those hit, where the message leaves it to be understood.
    pub(super) fn effects_of_kind(&self, incident: &mut Incident) {
        if incident.stage != "ACCOMPLISHED" {
            return;
        }
        let told: String =
            incident.sentences.iter().map(|at| self.annotated.sentences[*at].span.of(self.doc.text())).collect();
        let told = told.to_uppercase();
        let unhurt = ["UNHARMED", "UNHURT", "UNINJURED", "NO ONE WAS INJURED", "NOBODY WAS INJURED", "ESCAPED"];
        let effect = match incident.kind.as_str() {
            _ if unhurt.iter().any(|w| told.contains(w)) => Some("NO INJURY OR DEATH"),
            "ATTACK" => Some("DEATH"),
            "BOMBING" => Some("INJURY"),
            _ => None,
        };
        for victim in &mut incident.victims {
            victim.effect = victim.effect.or(effect);
        }
    }

    /// "X accused Y": the body blamed for the nearest incident that has none.
    pub(super) fn accuse(&self, claim: &Claim, incidents: &mut [Incident]) {
        let Proposition::Event(EventType::Accuse, _) = &claim.proposition else { return };
        let Some(at) = self.annotated.sentences.iter().position(|s| s.span.overlaps(claim.evidence.span)) else {
            return;
        };
        let near = incidents
            .iter_mut()
            .filter(|i| i.organizations.is_empty())
            .min_by_key(|i| i.sentences.iter().map(|s| s.abs_diff(at)).min().unwrap_or(usize::MAX));
        let Some(incident) = near.filter(|i| i.sentences.iter().any(|s| s.abs_diff(at) <= NEAR)) else { return };
        let official = claim.actor.iter().any(|a| a.sectors.iter().any(|s| OFFICIAL.contains(&s.as_str())));
        for party in &claim.recipient {
            let Some(mention) = &party.mention else { continue };
            let armed = party.sectors.iter().any(|s| matches!(s.as_str(), "REB" | "CRM" | "UAF" | "PRM"));
            let force = party.sectors.iter().any(|s| matches!(s.as_str(), "MIL" | "COP" | "SPY"));
            if party.id.is_none() || !(armed || force) {
                continue;
            }
            let body = bare(&mention.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase());
            let how = if official { "SUSPECTED OR ACCUSED BY AUTHORITIES" } else { "SUSPECTED OR ACCUSED" };
            incident.organizations.push((body, how));
            incident.state |= force;
            incident.group |= armed;
            return;
        }
    }

    pub(super) fn where_(&self, places: &[Place], sentence: &Sentence) -> Vec<Area> {
        let words: Vec<String> = sentence.tokens.iter().map(|t| t.span.of(self.doc.text()).to_uppercase()).collect();
        let found = self.areas.within(&words);
        let mut areas: Vec<Area> = Vec::new();
        let mut other: Vec<Area> = Vec::new();
        for (range, name) in found {
            let next = words.get(range.end).map(String::as_str);
            let kind = next.filter(|w| matches!(*w, "DEPARTMENT" | "PROVINCE" | "NEIGHBORHOOD" | "MUNICIPALITY"));
            // "Central America" is no square of that name.
            if matches!(name.as_str(), "CENTRAL" | "AMERICA") {
                continue;
            }
            let Some(area) = self.areas.settle(&name, kind, self.country) else { continue };
            let span = sentence.tokens[range.start].span.cover(sentence.tokens[range.end - 1].span);
            // A person or body may be called after a place.
            let mut of_other = sentence.names.iter().filter(|n| n.kind != NameKind::Place && n.span.contains(span));
            if of_other.next().is_some() {
                continue;
            }
            let is_place = sentence.names.iter().any(|n| n.kind == NameKind::Place && n.span.overlaps(span));
            if places.iter().any(|p| p.span.is_some_and(|s| s.overlaps(span))) {
                areas.push(area);
            } else if is_place {
                other.push(area);
            }
        }
        if areas.is_empty() {
            areas = other;
        }
        areas.sort_by_key(|a| std::cmp::Reverse(a.fineness()));
        areas
    }
}

/// Two months, as the task counts what is recent.
const RECENT_DAYS: i32 = 70;

/// Sectors that speak with authority.
pub(super) const OFFICIAL: [&str; 5] = ["MIL", "COP", "GOV", "SPY", "JUD"];

fn stage(claim: &Claim, lemmas: &[String]) -> Option<&'static str> {
    let tried = ["attempt", "attempted", "try", "foil", "frustrate", "deactivate", "defuse", "thwart"];
    match claim.status {
        _ if claim.attitude == Attitude::Denies => None,
        Status::Threatened => Some("THREATENED"),
        Status::Occurred | Status::Ongoing | Status::Planned | Status::Possible | Status::Cancelled
            if lemmas.iter().any(|l| tried.contains(&l.as_str())) =>
        {
            Some("ATTEMPTED")
        }
        Status::Occurred | Status::Ongoing => Some("ACCOMPLISHED"),
        // "demanded an inquiry into the murder of X": who was killed or taken was so, whatever is asked for.
        Status::Planned | Status::Demanded | Status::Cancelled
            if claim.effects.iter().any(|e| e.category.is_some())
                && lemmas.iter().any(|l| DEEDS.contains(&l.as_str())) =>
        {
            Some("ACCOMPLISHED")
        }
        _ => None,
    }
}

/// Nouns of deeds that are known by their victims.
const DEEDS: [&str; 9] =
    ["murder", "massacre", "assassination", "killing", "kidnapping", "death", "abduction", "execution", "slaying"];
