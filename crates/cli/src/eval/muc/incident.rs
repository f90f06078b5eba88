//! Incidents of a message: what is known of one, and which tellings are of one incident.
//!
//! Everything comes from claims and from the words of their evidence; the lists of `data/muc` say what a
//! word stands for.

use coding::status::Governors;
use jiff::civil::Date;
use model::{Annotated, Claim, Document, Span};

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
    /// The nation that the mention itself names ("U.S. embassy").
    pub nation: Option<&'static str>,
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
    /// What governs what is real.
    pub governors: &'a Governors,
    /// The message's country.
    pub country: Option<&'a str>,
    /// The dateline's town.
    pub town: Option<&'a str>,
}

/// The incidents of a message.
pub fn incidents(view: &View<'_>, claims: &[Claim]) -> Vec<Incident> {
    let mut incidents: Vec<Incident> = Vec::new();
    let mut told: Vec<Incident> = claims.iter().filter_map(|claim| view.incident(claim)).collect();
    for at in 0..view.annotated.sentences.len() {
        if !told.iter().any(|i| i.sentences.contains(&at)) {
            told.extend(view.untold(at));
        }
    }
    told.sort_by_key(|i| i.sentences[0]);
    for new in told {
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
        view.doers_around(incident);
        view.effects_of_kind(incident);
        view.identified(incident);
        view.town_of_bomb(incident);
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

/// More than so many victims are those of many incidents.
const MOST_VICTIMS: f64 = 150.0;

/// How many sentences may lie between two tellings of one incident that share nothing.
pub(super) const NEAR: usize = 1;

pub(super) fn tell_of_one(old: &Incident, new: &Incident) -> bool {
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
    let apart = new.sentences[0].abs_diff(*old.sentences.last().unwrap_or(&0));
    let near = apart <= NEAR || apart <= WIDE && is_vague(new);
    shares || near
}

/// Whether a telling names neither people nor a day nor a place of its own.
fn is_vague(incident: &Incident) -> bool {
    incident.date.is_none() && incident.areas.is_empty() && incident.victims.iter().all(|v| v.name.is_none())
}

/// How many sentences may lie before a telling that names nothing by which it could be told from the last one.
const WIDE: usize = 4;

pub(super) fn shares_victim(old: &Incident, new: &Incident) -> bool {
    old.victims.iter().any(|v| v.name.is_some() && new.victims.iter().any(|w| w.name.is_some() && same_hit(v, w)))
}

pub(super) fn same_hit(a: &Hit, b: &Hit) -> bool {
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

pub(super) fn shared_description(named: &Hit, described: &Hit) -> bool {
    named.kind == described.kind
}

pub(super) fn merge(old: &mut Incident, new: Incident) {
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

pub(super) fn add_hit(hits: &mut Vec<Hit>, new: Hit) {
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
        old.nation = old.nation.or(new.nation);
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

pub(super) fn add_instrument(instruments: &mut Vec<(Option<String>, String)>, words: Option<String>, kind: String) {
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
