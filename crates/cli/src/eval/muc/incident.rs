//! Claims to incidents: which claims tell of an attack, of what kind, on whom, by whom, with what; and which
//! claims of a message tell of one incident.
//!
//! Everything comes from claims and from the words of their evidence; the lists of `data/muc` say what a
//! word stands for.

use std::ops::Range;

use coding::catalogue::Catalogue;
use coding::{numbers, syntax, times};
use jiff::civil::Date;
use model::{
    Annotated, Attitude, Category, Claim, Deprel, Document, Effect, EffectKind, EventType, Granularity, NameKind,
    Party, Place, Proposition, Sentence, Span, Status, Upos,
};

use super::places::{Area, Areas, COUNTRIES};
use super::words::Words;

/// Somebody or something hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Proper name.
    pub name: Option<String>,
    /// Description or title.
    pub description: Option<String>,
    /// Type of the set list.
    pub kind: String,
    /// How many, as the slot writes it.
    pub number: String,
    /// What it did to them, as the slot writes it.
    pub effect: Option<&'static str>,
    /// Where it stands.
    pub span: Span,
    /// Whether it was named as known already ("the priests").
    pub definite: bool,
    /// Fighters on either side: no target by itself.
    pub fighter: bool,
}

impl Hit {
    /// What other slots refer to it by.
    pub fn tag(&self) -> &str {
        self.name.as_deref().or(self.description.as_deref()).unwrap_or("-")
    }
}

/// An incident in the making.
#[expect(clippy::struct_excessive_bools, reason = "independent findings, each of its own slot")]
#[derive(Clone, Debug, Default)]
pub struct Incident {
    /// Type of the set list; `ATTACK` may still become another.
    pub kind: String,
    /// Stage of the set list.
    pub stage: &'static str,
    /// When, if the text says.
    pub date: Option<(Date, Date, bool)>,
    /// Where, finest first.
    pub areas: Vec<Area>,
    /// Who did it.
    pub individuals: Vec<String>,
    /// Bodies that did it, with how that is said.
    pub organizations: Vec<(String, &'static str)>,
    /// Whether a state's forces did it.
    pub state: bool,
    /// Whether rebels did it.
    pub group: bool,
    /// Physical targets.
    pub targets: Vec<Hit>,
    /// Human targets.
    pub victims: Vec<Hit>,
    /// Instruments: words and type.
    pub instruments: Vec<(Option<String>, String)>,
    /// Sentences that tell of it.
    pub sentences: Vec<usize>,
    /// A fight of two armed sides.
    pub clash: bool,
    /// Murder or shooting: no part of a bombing told nearby.
    pub deed: bool,
}

/// What reading a message needs.
pub struct View<'a> {
    /// The message.
    pub doc: &'a Document,
    /// Its sentences.
    pub annotated: &'a Annotated,
    /// Word lists.
    pub words: &'a Words,
    /// Places.
    pub areas: &'a Areas,
    /// The message's country.
    pub country: Option<&'a str>,
    /// The dateline's town.
    pub town: Option<&'a str>,
}

/// The incidents of a message.
pub fn incidents(view: &View<'_>, claims: &[Claim]) -> Vec<Incident> {
    let mut incidents: Vec<Incident> = Vec::new();
    for claim in claims {
        let Some(new) = view.incident(claim) else { continue };
        match incidents.iter().rposition(|old| tell_of_one(old, &new)) {
            Some(at) => merge(&mut incidents[at], new),
            None => incidents.push(new),
        }
    }
    // What later sentences have added may show two to be one.
    let mut settled: Vec<Incident> = Vec::new();
    for incident in incidents {
        match settled.iter().position(|old| shares_victim(old, &incident) && tell_of_one(old, &incident)) {
            Some(at) => merge(&mut settled[at], incident),
            None => settled.push(incident),
        }
    }
    let mut incidents = settled;
    for incident in &mut incidents {
        view.look_around(incident);
    }
    incidents.retain(Incident::is_relevant);
    for claim in claims {
        view.accuse(claim, &mut incidents);
        view.release(claim, &mut incidents);
    }
    for incident in &mut incidents {
        for victim in &mut incident.victims {
            view.fill_out(victim);
        }
    }
    incidents
}

impl Incident {
    /// Whether the task wants it: something or somebody that is no fighter was hit, in one of its countries,
    /// and what is told is one incident, not a sum of many (documentation 1.0).
    fn is_relevant(&self) -> bool {
        let counted = |v: &Hit| v.name.is_none() && matches!(v.description.as_deref(), Some("OTHERS" | "OTHER") | None);
        let number = |v: &Hit| v.number.trim_end_matches('-').parse::<f64>().ok();
        let civil: Vec<&Hit> = self
            .victims
            .iter()
            .chain(&self.targets)
            .filter(|v| {
                (!v.fighter || (self.kind == "KIDNAPPING" && v.kind == "LAW ENFORCEMENT"))
                    && !counted(v)
                    && number(v).is_none_or(|n| n <= MOST_VICTIMS)
            })
            .collect();
        if civil.is_empty()
            || (self.clash && self.targets.is_empty() && self.victims.iter().all(|v| v.kind == "CIVILIAN"))
        {
            return false;
        }
        if self.areas.first().is_some_and(|a| !COUNTRIES.iter().any(|(_, name)| *name == a.country)) {
            return false;
        }
        let sure = |v: &&Hit| v.name.is_some() || number(v).is_some();
        // "the murder of the priests": those who are told of as known, not just anybody.
        let known =
            |v: &&Hit| v.definite && v.description.as_ref().is_some_and(|d| !VAGUE.iter().any(|w| d.ends_with(w)));
        self.date.is_some()
            || !self.areas.is_empty()
            || !self.targets.is_empty()
            || civil.iter().any(sure)
            || self.deed && civil.iter().any(known)
    }
}

/// Words for just anybody.
const VAGUE: [&str; 6] = ["PEOPLE", "PERSONS", "INDIVIDUALS", "CIVILIANS", "POPULATION", "MEN"];

/// Words of a military target.
const MILITARY: [&str; 10] =
    ["military", "army", "barracks", "garrison", "battalion", "brigade", "regiment", "base", "troop", "patrol"];

/// More than so many victims are those of many incidents.
const MOST_VICTIMS: f64 = 150.0;

/// Two months, as the task counts what is recent.
const RECENT_DAYS: i32 = 62;

/// How many sentences may lie between two tellings of one incident that share nothing.
const NEAR: usize = 1;

fn tell_of_one(old: &Incident, new: &Incident) -> bool {
    let open = |i: &Incident| i.kind == "ATTACK" && !i.deed;
    let same_kind = old.kind == new.kind || open(old) || open(new);
    let abducted = old.kind == "KIDNAPPING" || new.kind == "KIDNAPPING";
    if !same_kind || old.stage != new.stage || (abducted && old.kind != new.kind) {
        return false;
    }
    if let (Some(a), Some(b)) = (&old.date, &new.date)
        && (a.1 < b.0 || b.1 < a.0)
    {
        return false;
    }
    let (a, b) = (old.areas.first(), new.areas.first());
    if let (Some(a), Some(b)) = (a, b) {
        let one = a.parts.iter().any(|p| b.parts.contains(p)) || a.fineness() != b.fineness();
        if a.country != b.country || !one {
            return false;
        }
    }
    let bodies = |i: &Incident| i.organizations.iter().map(|o| o.0.clone()).collect::<Vec<_>>();
    let (a, b) = (bodies(old), bodies(new));
    if !a.is_empty() && !b.is_empty() && !a.iter().any(|x| b.contains(x)) && old.state != new.state {
        return false;
    }
    let shares = old.victims.iter().any(|v| new.victims.iter().any(|w| same_hit(v, w)))
        || old.targets.iter().any(|v| new.targets.iter().any(|w| same_hit(v, w)));
    // People of different names are victims of different incidents, unless one sentence tells of them.
    let named = |i: &Incident| i.victims.iter().any(|v| v.name.is_some());
    if !shares && named(old) && named(new) && old.sentences.last() != new.sentences.first() {
        return false;
    }
    let near = new.sentences[0].abs_diff(*old.sentences.last().unwrap_or(&0)) <= NEAR;
    shares || near
}

fn shares_victim(old: &Incident, new: &Incident) -> bool {
    old.victims.iter().any(|v| v.name.is_some() && new.victims.iter().any(|w| w.name.is_some() && same_hit(v, w)))
}

fn same_hit(a: &Hit, b: &Hit) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    match (&a.name, &b.name) {
        (Some(a), Some(b)) => {
            let (a, b) = (words(a), words(b));
            a.iter().all(|w| b.contains(w)) || b.iter().all(|w| a.contains(w))
        }
        (None, None) => match (&a.description, &b.description) {
            (Some(a), Some(b)) => a == b || words(a).last() == words(b).last(),
            _ => false,
        },
        (Some(_), None) => b.definite && b.number == "1" && shared_description(a, b),
        (None, Some(_)) => a.definite && a.number == "1" && shared_description(b, a),
    }
}

fn shared_description(named: &Hit, described: &Hit) -> bool {
    named.kind == described.kind
}

fn merge(old: &mut Incident, new: Incident) {
    if old.kind == "ATTACK" {
        old.kind = new.kind;
    }
    old.date = old.date.or(new.date);
    for area in new.areas {
        if !old.areas.contains(&area) {
            old.areas.push(area);
        }
    }
    for individual in new.individuals {
        if !old.individuals.contains(&individual) && old.individuals.len() < 2 {
            old.individuals.push(individual);
        }
    }
    for (name, confidence) in new.organizations {
        match old.organizations.iter_mut().find(|(n, _)| *n == name) {
            Some((_, held)) => {
                if *held == "REPORTED AS FACT" {
                    *held = confidence;
                }
            }
            None => old.organizations.push((name, confidence)),
        }
    }
    old.state |= new.state;
    old.group |= new.group;
    old.clash |= new.clash;
    old.deed |= new.deed;
    for hit in new.targets {
        add_hit(&mut old.targets, hit);
    }
    for hit in new.victims {
        add_hit(&mut old.victims, hit);
    }
    for (words, kind) in new.instruments {
        add_instrument(&mut old.instruments, words, kind);
    }
    old.sentences.extend(new.sentences);
}

fn add_hit(hits: &mut Vec<Hit>, new: Hit) {
    if let Some(old) = hits.iter_mut().find(|h| same_hit(h, &new)) {
        if new.name.as_ref().map_or(0, String::len) > old.name.as_ref().map_or(0, String::len) {
            old.name = new.name;
        }
        if old.description.is_none()
            || (old.name.is_none()
                && old.description.as_ref().map(String::len) < new.description.as_ref().map(String::len)
                && !new.definite)
        {
            old.description = new.description.or(old.description.take());
        }
        if old.kind == "CIVILIAN" || old.kind == "OTHER" {
            old.kind = new.kind;
        }
        if old.number == "PLURAL" {
            old.number = new.number;
        }
        // Death outweighs injury.
        if old.effect.is_none() || new.effect == Some("DEATH") || new.effect == Some("DESTROYED") {
            old.effect = new.effect.or(old.effect);
        }
        return;
    }
    // "the priests" of whom the message has told already, in other words
    if new.definite && new.name.is_none() && !hits.is_empty() {
        return;
    }
    hits.push(new);
}

fn add_instrument(instruments: &mut Vec<(Option<String>, String)>, words: Option<String>, kind: String) {
    if let Some(known) = instruments.iter_mut().find(|(_, k)| *k == kind) {
        if known.0.is_none() {
            known.0 = words;
        }
        return;
    }
    // A gun that was only fired is the rifle that is named; a bomb in a car is a car bomb.
    let kinds_of = |general: &str| -> &[&str] {
        match general {
            "GUN" => &["MACHINE GUN", "HANDGUN", "RIFLE", "MORTAR"],
            "BOMB" => &["VEHICLE BOMB", "MINE", "AERIAL BOMB"],
            "EXPLOSIVE" => &["BOMB", "VEHICLE BOMB", "DYNAMITE", "MINE", "GRENADE"],
            _ => &[],
        }
    };
    if words.is_none() && instruments.iter().any(|(_, k)| kinds_of(&kind).contains(&k.as_str())) {
        return;
    }
    instruments.retain(|(w, k)| !(w.is_none() && kinds_of(k).contains(&kind.as_str())));
    instruments.push((words, kind));
}

impl View<'_> {
    fn incident(&self, claim: &Claim) -> Option<Incident> {
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

    fn kind(&self, claim: &Claim, sentence: &Sentence, lemmas: &[String], abducted: bool) -> String {
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
    fn date(&self, claim: &Claim, sentence: &Sentence) -> Option<Option<(Date, Date, bool)>> {
        let told = claim.time.clone().filter(|_| !claim.evidence.text.to_uppercase().contains("RESPONSIBILITY"));
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
    fn look_around(&self, incident: &mut Incident) {
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

    /// Those set free of a kidnapping.
    fn release(&self, claim: &Claim, incidents: &mut [Incident]) {
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
    fn fill_out(&self, victim: &mut Hit) {
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

    /// "X accused Y": the body blamed for the nearest incident that has none.
    fn accuse(&self, claim: &Claim, incidents: &mut [Incident]) {
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

    fn where_(&self, places: &[Place], sentence: &Sentence) -> Vec<Area> {
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

    fn hits(&self, claim: &Claim, sentence: &Sentence, evidence: &[usize], incident: &mut Incident) {
        let actors: Vec<Span> = claim.actor.iter().filter_map(|p| p.span).collect();
        for effect in &claim.effects {
            let (Some(span), true) = (effect.span, effect.part_of.is_none()) else { continue };
            if let Some((hit, person)) = self.hit(sentence, span, Some(effect), effect.party.as_ref()) {
                Self::put(hit, person, incident);
            }
            // "Father A, other priests, and civilians": who stands beside them suffered the same.
            let head = (0..sentence.tokens.len()).find(|i| {
                span.contains(sentence.tokens[*i].span)
                    && syntax::head(sentence, *i).is_none_or(|h| !span.contains(sentence.tokens[h].span))
            });
            let beside = head.map(|h| syntax::with_conjuncts(sentence, vec![h])).unwrap_or_default();
            for other in beside.into_iter().skip(1) {
                let Some(span) = syntax::span_of(sentence, &syntax::mention_tokens(sentence, other)) else { continue };
                let told = claim.effects.iter().any(|e| e.span.is_some_and(|s| s.overlaps(span)));
                let same = Effect {
                    low: None,
                    high: None,
                    category: Some(Category::Unknown),
                    span: Some(span),
                    ..effect.clone()
                };
                if !told
                    && effect.category.is_some()
                    && let Some((hit, true)) = self.hit(sentence, span, Some(&same), None)
                {
                    Self::put(hit, true, incident);
                }
            }
        }
        for party in &claim.recipient {
            let Some(span) = party.span else { continue };
            let known = incident.victims.iter().chain(&incident.targets).any(|h| h.span.overlaps(span));
            if known {
                continue;
            }
            if let Some((mut hit, person)) = self.hit(sentence, span, None, Some(party)) {
                let shot = claim.evidence.text.to_uppercase();
                let murdered = claim.modes.iter().any(|m| m == "targeted") && incident.stage == "ACCOMPLISHED";
                if person
                    && hit.effect.is_none()
                    && (murdered || shot.contains("TO DEATH") || shot.contains("SHOT DEAD"))
                {
                    hit.effect = Some("DEATH");
                }
                Self::put(hit, person, incident);
            }
        }
        if incident.kind == "KIDNAPPING" || claim.reciprocal {
            return;
        }
        let before = incident.victims.len() + incident.targets.len();
        self.targets(sentence, evidence, &actors, incident);
        // The clause names nothing that was hit: perhaps its sentence does.
        if before == 0 && incident.targets.is_empty() {
            let all: Vec<usize> = (0..sentence.tokens.len()).collect();
            self.targets(sentence, &all, &actors, incident);
        }
    }

    /// Things named where targets are.
    fn targets(&self, sentence: &Sentence, tokens: &[usize], actors: &[Span], incident: &mut Incident) {
        for &token in tokens {
            let span = sentence.tokens[token].span;
            let taken = actors.iter().any(|a| a.overlaps(span))
                || incident.victims.iter().chain(&incident.targets).any(|h| h.span.overlaps(span));
            if taken || !self.may_be_target(sentence, token) {
                continue;
            }
            let range = syntax::mention_tokens(sentence, token);
            let Some(span) = syntax::span_of(sentence, &range) else { continue };
            if let Some((hit, false)) = self.hit(sentence, span, None, None) {
                Self::put(hit, false, incident);
            }
        }
    }

    fn put(hit: Hit, person: bool, incident: &mut Incident) {
        let hits = if person { &mut incident.victims } else { &mut incident.targets };
        if person || incident.kind != "KIDNAPPING" {
            add_hit(hits, hit);
        }
    }

    /// A thing named where targets are: object, subject of a passive, or after "against", "in front of" …
    fn may_be_target(&self, sentence: &Sentence, token: usize) -> bool {
        let node = &sentence.tokens[token];
        if !matches!(node.upos, Upos::Noun | Upos::Propn) {
            return false;
        }
        let range = syntax::mention_tokens(sentence, token);
        let lemmas: Vec<String> = (range.start..=token).map(|i| lemma(sentence, i)).collect();
        let Some((_, fields)) = self.words.targets.ending(&lemmas) else { return false };
        let preposition = syntax::preposition(sentence, token).map(str::to_lowercase);
        let route = matches!(fields[0].as_str(), "TRANSPORTATION ROUTE");
        let vehicle = fields[0] == "TRANSPORT VEHICLE";
        match node.deprel {
            Deprel::Obj | Deprel::NsubjPass => true,
            Deprel::Conj => syntax::head(sentence, token).is_some_and(|h| self.may_be_target(sentence, h)),
            Deprel::Obl | Deprel::Nmod => match preposition.as_deref() {
                Some(
                    "against" | "on" | "at" | "outside" | "inside" | "near" | "under" | "front" | "behind" | "to"
                    | "opposite" | "across" | "beside" | "next" | "facing" | "beneath" | "underneath" | "toward"
                    | "into" | "around",
                ) => !route || preposition.as_deref() == Some("against"),
                Some("in" | "of") => !route && !vehicle,
                _ => false,
            },
            _ => false,
        }
    }

    /// Reads a mention: people or thing, and all that the slots ask of it.
    fn hit(
        &self,
        sentence: &Sentence,
        span: Span,
        effect: Option<&Effect>,
        party: Option<&Party>,
    ) -> Option<(Hit, bool)> {
        let text = self.doc.text();
        let tokens: Vec<usize> =
            (0..sentence.tokens.len()).filter(|i| span.contains(sentence.tokens[*i].span)).collect();
        let head = *tokens
            .iter()
            .find(|i| syntax::head(sentence, **i).is_none_or(|h| !tokens.contains(&h)))
            .filter(|i| sentence.tokens[**i].upos != Upos::Pron)?;
        let range = narrow(sentence, tokens[0]..tokens[tokens.len() - 1] + 1, head);
        let lemmas: Vec<String> = (range.start..=head).map(|i| lemma(sentence, i)).collect();
        // Nobody was hit, or it is asked how many.
        if tokens
            .iter()
            .any(|i| matches!(lemma(sentence, *i).as_str(), "no" | "not" | "any" | "how" | "none" | "nobody"))
        {
            return None;
        }
        let target = self.words.targets.ending(&lemmas);
        let people = self.words.people.ending(&lemmas);
        let name = sentence.names.iter().find(|n| {
            n.kind == NameKind::Person && n.tokens.contains(&head)
                || n.kind == NameKind::Person
                    && n.tokens.start >= range.start
                    && n.tokens.end <= range.end
                    && people.is_some()
        });
        let about_people = effect.is_some_and(|e| e.category.is_some());
        let name = name.map(|n| n.tokens.clone()).or_else(|| {
            (target.is_none() && (about_people || people.is_some()))
                .then(|| self.name_by_form(sentence, &range, head))
                .flatten()
        });
        let noun = sentence.tokens[head].upos == Upos::Noun;
        let known = effect.and_then(|e| e.category).is_some_and(|c| c != Category::Unknown);
        let human = !noun || known || is_human(&lemma(sentence, head));
        let person = name.is_some() || people.is_some() || (about_people && target.is_none() && human);
        if !person && target.is_none() {
            return None;
        }
        let person = person && !(target.is_some() && people.is_none() && name.is_none());
        let words = |range: Range<usize>| -> Option<String> {
            let span = syntax::span_of(sentence, &range)?;
            Some(span.of(text).split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase())
        };
        let described = || {
            let first = (range.start..=head).find(|i| {
                let token = &sentence.tokens[*i];
                !matches!(token.deprel, Deprel::Det | Deprel::Nummod | Deprel::DetPredet)
                    && !matches!(token.upos, Upos::Num | Upos::Adp | Upos::Adv | Upos::Det | Upos::Punct)
                    || *i == head
            })?;
            words(first..range.end)
        };
        let definite = sentence.children(head).any(|(_, t)| {
            t.deprel == Deprel::Det
                && matches!(t.span.of(text).to_uppercase().as_str(), "THE" | "THIS" | "THESE" | "THOSE")
        });
        let (name_text, description) = match name.filter(|_| person) {
            Some(name) => {
                let title = (range.start..name.start)
                    .find(|i| {
                        !matches!(
                            sentence.tokens[*i].deprel,
                            Deprel::Det | Deprel::Punct | Deprel::Case | Deprel::Nummod
                        )
                    })
                    .filter(|i| *i < name.start)
                    .and_then(|i| words(i..name.start));
                let beside = sentence
                    .children(head)
                    .find(|(i, t)| t.deprel == Deprel::Appos && *i > head && sentence.tokens[*i].upos == Upos::Noun)
                    .and_then(|(i, _)| words(narrow(sentence, syntax::mention_tokens(sentence, i), i)));
                (words(name.clone()), title.or(beside).map(|t| bare(&t)))
            }
            None => (None, described()),
        };
        let described_lemmas: Vec<String> =
            description.iter().flat_map(|d| d.split(' ')).map(str::to_lowercase).collect();
        let kind = if person {
            let by_title = self.words.people.within(&described_lemmas);
            let best = if name_text.is_some() {
                by_title.iter().min_by_key(|(_, n, _)| *n).map(|(_, _, f)| f[0].clone())
            } else {
                None
            };
            let found = best.or_else(|| people.map(|(_, f)| f[0].clone()));
            found.unwrap_or_else(|| match effect.and_then(|e| e.category) {
                Some(Category::StateForce) => "ACTIVE MILITARY".to_owned(),
                _ => "CIVILIAN".to_owned(),
            })
        } else {
            target.map_or_else(|| "OTHER".to_owned(), |(_, f)| f[0].clone())
        };
        let group = self.words.perpetrators.ending(&lemmas).is_some_and(|(_, f)| f[0] == "group") && people.is_none();
        let rebel = party.is_some_and(|p| p.sectors.iter().any(|s| matches!(s.as_str(), "REB" | "CRM" | "UAF")));
        // "… and four": of whom stands elsewhere.
        let bare_number = name_text.is_none() && tokens.len() == 1 && sentence.tokens[head].upos == Upos::Num;
        let combatant =
            bare_number || matches!(effect.and_then(|e| e.category), Some(Category::Combatant)) || group || rebel;
        let forces = !person && lemmas.iter().any(|l| MILITARY.contains(&l.as_str()));
        let forces = forces || person && matches!(kind.as_str(), "ACTIVE MILITARY" | "LAW ENFORCEMENT");
        let number = number(self.doc.text(), sentence, head, effect, name_text.is_some());
        let hit = Hit {
            name: name_text,
            description,
            kind,
            number,
            effect: effect.and_then(|e| match e.kind {
                EffectKind::Killed => Some("DEATH"),
                EffectKind::Injured => Some("INJURY"),
                EffectKind::Destroyed => Some("DESTROYED"),
                EffectKind::Damaged => Some("SOME DAMAGE"),
                _ => None,
            }),
            span,
            definite,
            fighter: combatant || forces,
        };
        (hit.name.is_some() || hit.description.is_some()).then_some((hit, person))
    }

    /// Names that the tagger has not marked: a run of proper nouns after a title, or the whole mention.
    fn name_by_form(&self, sentence: &Sentence, range: &Range<usize>, head: usize) -> Option<Range<usize>> {
        let proper = |i: usize| {
            let token = &sentence.tokens[i];
            let known = self.words.people.ending(&[lemma(sentence, i)]).is_some()
                || self.words.perpetrators.ending(&[lemma(sentence, i)]).is_some();
            let marked = sentence.names.iter().any(|n| n.kind != NameKind::Person && n.tokens.contains(&i));
            token.upos == Upos::Propn && !known && !marked
        };
        let mut end = range.end.max(head + 1);
        while end < sentence.tokens.len() && proper(end) && sentence.tokens[end - 1].upos != Upos::Punct {
            end += 1;
        }
        let mut start = end;
        while start > range.start && proper(start - 1) {
            start -= 1;
        }
        let singular = !sentence.tokens[end - 1].feats.has("Number", "Plur");
        let titled = start > range.start || end - start >= 2;
        (start < end && singular && titled && end - start <= 6).then_some(start..end)
    }

    fn perpetrators(&self, claim: &Claim, sentence: &Sentence, incident: &mut Incident) {
        let claims_it = claim.evidence.text.to_uppercase().contains("RESPONSIBILITY");
        for party in &claim.actor {
            let (Some(span), Some(mention)) = (party.span, &party.mention) else { continue };
            let mention = bare(&mention.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase());
            let tokens: Vec<usize> =
                (0..sentence.tokens.len()).filter(|i| span.contains(sentence.tokens[*i].span)).collect();
            let lemmas: Vec<String> = tokens.iter().map(|i| lemma(sentence, *i)).collect();
            let head = tokens.iter().find(|i| syntax::head(sentence, **i).is_none_or(|h| !tokens.contains(&h)));
            let Some(&head) = head else { continue };
            // "terrorist attack" names nobody.
            let modifies = matches!(sentence.tokens[head].deprel, Deprel::Compound | Deprel::Amod) && tokens.len() == 1;
            if sentence.tokens[head].upos == Upos::Pron || modifies {
                continue;
            }
            let state = party.sectors.iter().any(|s| matches!(s.as_str(), "MIL" | "COP" | "GOV" | "SPY"))
                || self.words.perpetrators.ending(&lemmas).is_some_and(|(_, f)| f[0] == "state");
            let known = Catalogue::embedded().find(&mention).into_iter().filter(|(_, id)| {
                let sectors = Catalogue::embedded().get(id).map_or(&[][..], |e| &e.sectors);
                sectors
                    .iter()
                    .any(|s| matches!(s.as_str(), "REB" | "CRM" | "UAF" | "PRM" | "PTY" | "MIL" | "COP" | "SPY"))
            });
            let known = known.map(|(range, _)| bare(&mention[range])).find(|b| b.len() > 2);
            let body = known.or_else(|| {
                sentence
                    .names
                    .iter()
                    .find(|n| n.kind == NameKind::Organisation && span.overlaps(n.span))
                    .map(|n| n.span.of(self.doc.text()).split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase())
                    .or_else(|| {
                        (party.id.is_some() && !state && party.sectors.iter().any(|s| s == "REB"))
                            .then(|| mention.clone())
                    })
            });
            let head_lemmas: Vec<String> = tokens.iter().filter(|i| **i <= head).map(|i| lemma(sentence, *i)).collect();
            let acts = self.words.perpetrators.ending(&head_lemmas);
            let person = sentence.names.iter().any(|n| n.kind == NameKind::Person && n.tokens.contains(&head));
            let confidence = Self::confidence(claim, claims_it);
            let force = matches!(
                mention.as_str(),
                "ARMY"
                    | "POLICE"
                    | "ARMED FORCES"
                    | "AIR FORCE"
                    | "NATIONAL GUARD"
                    | "NATIONAL POLICE"
                    | "GOVERNMENT"
                    | "MILITARY"
                    | "SALVADORAN ARMY"
                    | "SALVADORAN ARMED FORCES"
                    | "TREASURY POLICE"
            );
            let body = body.map(|b| bare(&b)).or_else(|| force.then(|| mention.clone()));
            let individual = if person {
                Some(mention.clone())
            } else {
                acts.filter(|_| body.as_deref() != Some(mention.as_str()))
                    .map(|_| before_body(&mention, body.as_deref()))
            };
            incident.state |= state && (individual.is_some() || body.is_some());
            incident.group |= !state && (individual.is_some() || body.is_some());
            if let Some(body) = body
                && !incident.organizations.iter().any(|(n, _)| *n == body)
            {
                incident.organizations.push((body, confidence));
            }
            if let Some(individual) = individual
                && !incident.individuals.contains(&individual)
            {
                incident.individuals.push(individual);
            }
        }
    }

    /// "… by two hooded men": agents in the evidence that the claim does not carry.
    fn agents(&self, sentence: &Sentence, evidence: &[usize], incident: &mut Incident) {
        if !incident.individuals.is_empty() || !incident.organizations.is_empty() {
            return;
        }
        for &token in evidence {
            let node = &sentence.tokens[token];
            let by = syntax::preposition(sentence, token).is_some_and(|p| p.eq_ignore_ascii_case("by"));
            if !by || !matches!(node.deprel, Deprel::OblAgent | Deprel::Obl | Deprel::Nmod) {
                continue;
            }
            let range = narrow(sentence, syntax::mention_tokens(sentence, token), token);
            let lemmas: Vec<String> = (range.start..=token).map(|i| lemma(sentence, i)).collect();
            let Some((_, fields)) = self.words.perpetrators.ending(&lemmas) else { continue };
            let Some(span) = syntax::span_of(sentence, &range) else { continue };
            let words = span.of(self.doc.text()).split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
            incident.individuals.push(bare(&words));
            incident.state |= fields[0] == "state";
            incident.group |= fields[0] == "group";
            return;
        }
    }

    /// A rebel or criminal body named in the sentence, where nobody else has done it.
    fn bodies_beside(&self, claim: &Claim, sentence: &Sentence, incident: &mut Incident) {
        if !incident.organizations.is_empty() || incident.state {
            return;
        }
        let hit: Vec<Span> = incident.victims.iter().chain(&incident.targets).map(|h| h.span).collect();
        let text = sentence.span.of(self.doc.text());
        for (range, id) in Catalogue::embedded().find(text) {
            let sectors = Catalogue::embedded().get(&id).map_or(&[][..], |e| &e.sectors);
            let armed = sectors.iter().any(|s| matches!(s.as_str(), "REB" | "CRM" | "UAF" | "PRM"));
            let (start, end) = (sentence.span.start() + range.start, sentence.span.start() + range.end);
            let suffers = hit.iter().any(|h| h.start() < end && start < h.end());
            if armed && !suffers {
                let claims_it = text.to_uppercase().contains("RESPONSIBILITY");
                let words = text[range].split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
                incident.organizations.push((bare(&words), Self::confidence(claim, claims_it)));
                incident.group = true;
                return;
            }
        }
    }

    fn confidence(claim: &Claim, claims_it: bool) -> &'static str {
        let same = claim.asserter.as_ref().is_some_and(|a| a.id.is_some() && claim.actor.iter().any(|p| p.id == a.id));
        if claims_it || same {
            return "CLAIMED OR ADMITTED";
        }
        let official =
            claim.asserter.as_ref().is_some_and(|a| a.sectors.iter().any(|s| OFFICIAL.contains(&s.as_str())));
        match (claim.attitude, official) {
            (Attitude::Alleges | Attitude::Doubts, true) => "SUSPECTED OR ACCUSED BY AUTHORITIES",
            (Attitude::Alleges | Attitude::Doubts, false) => "SUSPECTED OR ACCUSED",
            _ => "REPORTED AS FACT",
        }
    }

    fn instruments(&self, sentence: &Sentence, incident: &mut Incident) {
        let lemmas: Vec<String> = (0..sentence.tokens.len()).map(|i| lemma(sentence, i)).collect();
        for (range, _, fields) in self.words.instruments.within(&lemmas) {
            let [kind, how] = fields else { continue };
            let is_noun = matches!(sentence.tokens[range.end - 1].upos, Upos::Noun | Upos::Propn);
            if how == "name" && !is_noun {
                continue;
            }
            let words = if how == "name" {
                let last = range.end - 1;
                let first = (0..range.start)
                    .rev()
                    .take_while(|i| {
                        let token = &sentence.tokens[*i];
                        matches!(token.deprel, Deprel::Compound | Deprel::Amod)
                            && !matches!(
                                lemma(sentence, *i).as_str(),
                                "first" | "second" | "third" | "another" | "other" | "new" | "same"
                            )
                            && syntax::head(sentence, *i).is_some_and(|h| h <= last && h > *i)
                    })
                    .last()
                    .unwrap_or(range.start);
                syntax::span_of(sentence, &(first..range.end))
                    .map(|s| s.of(self.doc.text()).split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase())
            } else {
                None
            };
            add_instrument(&mut incident.instruments, words, kind.clone());
        }
    }
}

/// Sectors that speak with authority.
const OFFICIAL: [&str; 5] = ["MIL", "COP", "GOV", "SPY", "JUD"];

fn stage(claim: &Claim, lemmas: &[String]) -> Option<&'static str> {
    let tried = ["attempt", "attempted", "try", "foil", "frustrate", "deactivate", "defuse", "thwart"];
    match claim.status {
        _ if claim.attitude == Attitude::Denies => None,
        Status::Threatened => Some("THREATENED"),
        Status::Occurred | Status::Ongoing | Status::Planned if lemmas.iter().any(|l| tried.contains(&l.as_str())) => {
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

fn lemma(sentence: &Sentence, index: usize) -> String {
    sentence.tokens[index].lemma.to_lowercase()
}

/// Whether a noun looks like one for people.
fn is_human(lemma: &str) -> bool {
    const ENDINGS: [&str; 12] = ["er", "or", "man", "men", "ist", "ian", "ant", "woman", "ee", "ess", "person", "folk"];
    ENDINGS.iter().any(|e| lemma.ends_with(e))
}

/// A mention without a place or a purpose behind its head.
fn narrow(sentence: &Sentence, range: Range<usize>, head: usize) -> Range<usize> {
    let cut = (head + 1..range.end).find(|i| {
        let token = &sentence.tokens[*i];
        token.upos == Upos::Adp && !matches!(token.lemma.to_lowercase().as_str(), "of" | "for" | "to")
            || token.upos == Upos::Punct && token.lemma != "-" && token.lemma != "'"
    });
    range.start..cut.unwrap_or(range.end).max(head + 1)
}

/// Without an article at its start.
fn bare(text: &str) -> String {
    let mut text = text.trim();
    while let Some((first, rest)) = text.split_once(' ') {
        if !matches!(first, "THE" | "A" | "AN" | "SO-CALLED" | "THESE" | "THOSE" | "THIS") {
            break;
        }
        text = rest;
    }
    text.trim_matches(|c: char| c == '"' || c == ',' || c == '[' || c == ']' || c.is_whitespace()).to_owned()
}

/// "TERRORISTS OF THE FMLN" without the body.
fn before_body(mention: &str, body: Option<&str>) -> String {
    let Some(body) = body else { return mention.to_owned() };
    match mention.find(body) {
        Some(at) if at > 0 => {
            let head = mention[..at].trim_end();
            let head = head.strip_suffix(" THE").unwrap_or(head);
            let cut = [" OF", " FROM", " BELONGING TO", " IN"].iter().find_map(|p| head.strip_suffix(p));
            cut.unwrap_or(mention).to_owned()
        }
        _ => mention.to_owned(),
    }
}

fn number(text: &str, sentence: &Sentence, head: usize, effect: Option<&Effect>, named: bool) -> String {
    let (low, high) = match effect.map(|e| (e.low, e.high)) {
        Some((low, high)) if low.is_some() || high.is_some() => (low, high),
        _ => numbers::quantity_at(text, sentence, head).map_or((None, None), |q| (q.low, q.high)),
    };
    let whole = |n: f64| format!("{n:.0}");
    match (low, high) {
        (Some(a), Some(b)) if (a - b).abs() < 0.5 => whole(a),
        _ if named => "1".to_owned(),
        (Some(a), None) if a > 1.0 => format!("{}-", whole(a)),
        _ if sentence.tokens[head].feats.has("Number", "Plur") => "PLURAL".to_owned(),
        _ => "1".to_owned(),
    }
}
