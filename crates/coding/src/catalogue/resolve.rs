//! A noun phrase to a party: what its words name is read from the index, what they say together is composed here.
//!
//! An English noun phrase has its head at the end of its core (`Pakistani security FORCES`), perhaps a personal name
//! after it (`foreign MINISTER Amir Khan Muttaqi`), and prepositions behind (`of Afghanistan`). The core is read
//! first; what it lacks is taken from behind. Named groups outrank roles, roles outrank bare polities.

use model::{CountryCode, PartyId};

use super::index::{Form, Match, Scope, Target};
use super::words::{Gap, Word, words};
use super::{Catalogue, Context, Kind, Resolved};

/// A role or body word of a phrase.
#[derive(Clone, Copy, Debug)]
struct Role {
    row: usize,
    plural: bool,
    kind: Kind,
    /// Written with a capital within the phrase: part of a proper name.
    is_name: bool,
}

/// What the words of one part of a phrase name.
#[derive(Clone, Debug, Default)]
struct Reading {
    group: Option<usize>,
    /// States named, with the entry for which each name stands.
    polities: Vec<(usize, usize, Form)>,
    /// Countries known only from a province, city or `X-based`.
    places: Vec<CountryCode>,
    leader: Option<usize>,
    roles: Vec<Role>,
    /// The last word, a personal name aside, is a common noun that the tables do not know.
    head_unknown: bool,
    /// Capitalised words that the tables do not know.
    has_name: bool,
    /// `former`, `ousted`, `retired`.
    former: bool,
    /// `two`, `several`, `dozens`.
    counted: bool,
    /// `a`, `an`, `one`.
    single: bool,
    /// Parts joined by `and` that name different parties; then the fields above are those of none.
    sides: Vec<Reading>,
}

impl Reading {
    fn is_empty(&self) -> bool {
        self.has_no_party() && self.roles.is_empty()
    }

    fn has_no_party(&self) -> bool {
        self.group.is_none() && self.polities.is_empty() && self.places.is_empty() && self.leader.is_none()
    }

    /// The role that says most: the last that is more than a spokesman or a group of something.
    fn role(&self) -> Option<Role> {
        let telling = |r: &&Role| !matches!(r.kind, Kind::Voice | Kind::Bunch | Kind::Fighter);
        let last = self.roles.last()?;
        if matches!(last.kind, Kind::Thing | Kind::Vague) {
            return Some(*last);
        }
        let candidates = || self.roles.iter().rev().filter(|r| !matches!(r.kind, Kind::Thing | Kind::Vague));
        candidates().find(telling).or_else(|| candidates().next()).copied()
    }
}

const PREPOSITIONS: &[&str] = &[
    "of",
    "for",
    "in",
    "from",
    "at",
    "on",
    "with",
    "to",
    "by",
    "near",
    "inside",
    "across",
    "under",
    "against",
    "over",
    "between",
    "among",
    "within",
    "along",
    "outside",
    "about",
    "into",
    "throughout",
    "around",
];
/// Prepositions behind which the party or its home stands.
const HOMEWARD: &[&str] = &["of", "for", "in", "from", "at", "inside", "across", "within", "throughout", "among", "on"];
const JOINS: &[&str] = &["and", "or", "nor"];
const RELATIVES: &[&str] = &["who", "which", "that", "whose", "whom", "where", "when", "while", "including", "as"];
const ARTICLES: &[&str] = &[
    "the", "its", "their", "his", "her", "this", "that", "these", "those", "our", "your", "my", "and", "or", "e", "al",
];
const ONE: &[&str] = &["a", "an", "one", "another"];
const COUNTS: &[&str] = &[
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "dozens",
    "scores",
    "hundreds",
    "thousands",
    "some",
    "several",
    "many",
    "few",
    "both",
    "all",
    "most",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "hundred",
    "thousand",
    "dozen",
    "million",
    "millions",
    "other",
    "more",
    "young",
    "ordinary",
];
const FORMER: &[&str] = &["former", "ex", "retired", "ousted", "deposed", "exiled", "late", "erstwhile", "outgoing"];
/// `anti-Taliban`, `pro-Russian`: what follows is not the party meant.
const TURNED: &[&str] = &["anti", "pro", "non", "counter"];
/// `Iran-backed`, `Taliban-held`: what precedes is not the party meant.
const BEHIND: &[&str] = &[
    "backed",
    "linked",
    "affiliated",
    "aligned",
    "allied",
    "funded",
    "sponsored",
    "supported",
    "trained",
    "held",
    "controlled",
    "occupied",
    "inspired",
    "armed",
    "supplied",
    "friendly",
    "mediated",
    "brokered",
    "hosted",
    "style",
    "made",
    "built",
    "speaking",
    "dominated",
    "majority",
    "sympathetic",
    "loyal",
    "owned",
    "administered",
    "era",
];
/// `Somalia-based`: a home, no more.
const BASED: &[&str] = &["based", "born", "registered", "flagged"];
/// `Taliban-run`: the party itself when it is a group; a leading state is one of several.
const RUN: &[&str] = &["led", "run", "appointed", "installed", "ruled"];

impl Catalogue {
    /// The party that a noun phrase names, determiners and modifiers included; `None` where nothing is known of it.
    /// A phrase of several parties (`Afghan and Pakistani officials`) gets what they share, and so no id.
    pub fn resolve(&self, phrase: &str, context: &Context) -> Option<Resolved> {
        let mut parties = self.resolve_all(phrase, context).into_iter();
        let mut out = parties.next()?;
        for other in parties {
            out.country = out.country.filter(|c| other.country == Some(*c));
            out.is_private &= other.is_private;
            let unknown: Vec<String> = other.sectors.into_iter().filter(|s| !out.sectors.contains(s)).collect();
            out.sectors.extend(unknown);
            (out.id, out.name, out.acts_as, out.is_bare_polity) = (None, None, None, false);
        }
        Some(out)
    }

    /// Every party that a noun phrase names: one as a rule, several where it joins them (`Pakistan, Iran and the TTP`,
    /// `Afghan and Pakistani officials`, `Pakistan's army and police`).
    pub fn resolve_all(&self, phrase: &str, context: &Context) -> Vec<Resolved> {
        let mut words = words(phrase);
        if let Some(relative) = words.iter().skip(1).position(|w| RELATIVES.contains(&w.key.as_str())) {
            words.truncate(relative + 1);
        }
        let matches = self.index.scan(&words, |_| true);
        let is_free = |i: usize| !matches.iter().any(|m| m.from <= i && i < m.to);
        // Segments between commas or brackets.
        let mut segments: Vec<Vec<Resolved>> = Vec::new();
        let mut start = 0;
        for end in 1..=words.len() {
            let ends = end == words.len() || words[end].gap == Gap::Break;
            if ends && !matches.iter().any(|m| m.from < end && end < m.to) {
                segments.push(self.resolve_part(&words, &matches, (start, end), context));
                start = end;
            }
        }
        // `A, B and C` lists; `A, the B` and `A (B)` say one thing twice.
        let is_list = segments.len() > 1
            && (0..words.len()).any(|i| is_free(i) && JOINS.contains(&words[i].key.as_str()))
            && segments.iter().all(|s| !s.is_empty() && s.iter().all(|r| r.id.is_some()));
        let mut out: Vec<Resolved> = Vec::new();
        if is_list {
            for party in segments.into_iter().flatten() {
                if !out.iter().any(|known| known.id == party.id) {
                    out.push(party);
                }
            }
            return out;
        }
        for found in segments.into_iter().filter(|s| !s.is_empty()) {
            let has_id = |parties: &[Resolved]| parties.iter().any(|p| p.id.is_some());
            if has_id(&out) {
                break;
            }
            if out.is_empty() || has_id(&found) || out.iter().all(|p| p.sectors.is_empty()) {
                let country = out.first().and_then(|p| p.country);
                out = found;
                for party in &mut out {
                    party.country = party.country.or(country);
                }
            }
        }
        out
    }

    fn resolve_part(
        &self,
        words: &[Word],
        matches: &[Match],
        (start, end): (usize, usize),
        context: &Context,
    ) -> Vec<Resolved> {
        // Core and what stands behind each preposition.
        let mut parts: Vec<(Option<&str>, usize, usize)> = Vec::new();
        let mut from = start;
        let mut preposition = None;
        for i in start..end {
            let key = words[i].key.as_str();
            let is_free = words[i].gap != Gap::Hyphen && !matches.iter().any(|m| m.from <= i && i < m.to);
            if is_free && PREPOSITIONS.contains(&key) {
                parts.push((preposition, from, i));
                preposition = Some(key);
                from = i + 1;
            }
        }
        parts.push((preposition, from, end));
        let named: Vec<CountryCode> = self.countries_of(matches, start, end);
        let mut readings = parts.iter().map(|&(p, a, b)| (p, self.read(words, matches, (a, b), context, &named)));
        let Some((_, mut core)) = readings.next() else { return Vec::new() };
        let mut away = false;
        for (preposition, behind) in readings {
            away |= preposition.is_some_and(|p| !HOMEWARD.contains(&p));
            if !away {
                merge(&mut core, behind, preposition.unwrap_or_default());
            }
        }
        let mut out: Vec<Resolved> = Vec::new();
        for reading in if core.sides.is_empty() { vec![core] } else { core.sides } {
            if let Some(party) = (!reading.is_empty()).then(|| self.compose(&reading, context)).flatten() {
                if !out.contains(&party) {
                    out.push(party);
                }
            }
        }
        out
    }

    /// Countries whose polities the words of a phrase name: they are in play for its other words.
    fn countries_of(&self, matches: &[Match], start: usize, end: usize) -> Vec<CountryCode> {
        matches
            .iter()
            .filter(|m| start <= m.from && m.to <= end)
            .flat_map(|m| &m.aliases)
            .map(|&a| self.index.alias(a))
            .filter(|alias| alias.scope == Scope::Everywhere)
            .filter_map(|alias| match alias.target {
                Target::Polity { state, .. } => self.entries[state as usize].country,
                Target::Place(country) => Some(country),
                _ => None,
            })
            .collect()
    }

    /// The one thing that matched words mean under the countries in play, or `None` where that is unsure.
    pub(super) fn settle(&self, found: &Match, context: &Context, named: &[CountryCode]) -> Option<Target> {
        let rank = |country: CountryCode| {
            let in_phrase = named.iter().position(|c| *c == country);
            in_phrase.or_else(|| context.countries.iter().position(|c| *c == country).map(|r| r + named.len()))
        };
        let mut best: Option<(usize, Target)> = None;
        let mut tied = false;
        for &a in &found.aliases {
            let alias = self.index.alias(a);
            // Scoped senses come first by how much their country is in play, then senses that hold anywhere.
            let key = match &alias.scope {
                Scope::Within(country) => match rank(*country) {
                    Some(rank) if rank < named.len() + 2 => rank,
                    _ => continue,
                },
                Scope::Everywhere => {
                    usize::MAX - usize::from(matches!(alias.target, Target::Polity { .. } | Target::Party(_)))
                }
                Scope::NotWithin(country) => {
                    if self.is_in_doubt(alias.target, rank(*country), &rank, context) {
                        continue;
                    }
                    usize::MAX - 1
                }
            };
            match best {
                Some((k, t)) if k == key && !means_the_same(t, alias.target) => tied = true,
                Some((k, _)) if k <= key => {}
                _ => {
                    best = Some((key, alias.target));
                    tied = false;
                }
            }
        }
        best.filter(|_| !tied).map(|(_, target)| target)
    }

    /// `Taliban` where Pakistan is in play: sure only where the party's own country is too, and is in front of it or
    /// governed by the party at the time.
    fn is_in_doubt(
        &self,
        target: Target,
        elsewhere: Option<usize>,
        rank: &impl Fn(CountryCode) -> Option<usize>,
        context: &Context,
    ) -> bool {
        let (Some(elsewhere), Target::Party(entry)) = (elsewhere, target) else { return false };
        let entry = &self.entries[entry as usize];
        match entry.country.and_then(rank) {
            None => true,
            Some(home) => home > elsewhere && entry.acts_as_on(context.date).is_none(),
        }
    }

    /// What the words of one part name, in sides where `and` joins different parties.
    fn read(
        &self,
        words: &[Word],
        matches: &[Match],
        (start, end): (usize, usize),
        context: &Context,
        named: &[CountryCode],
    ) -> Reading {
        let joins =
            |&i: &usize| JOINS.contains(&words[i].key.as_str()) && !matches.iter().any(|m| m.from <= i && i < m.to);
        let mut whole = self.read_side(words, matches, (start, end), context, named);
        let cuts: Vec<usize> = (start..end).filter(joins).chain([end]).collect();
        if cuts.len() == 1 {
            return whole;
        }
        let mut from = start;
        let mut sides: Vec<Reading> = Vec::new();
        for cut in cuts {
            let side = self.read_side(words, matches, (from, cut), context, named);
            from = cut + 1;
            if !side.is_empty() {
                sides.push(side);
            }
        }
        // `Pakistan's army and police`: the state stands once, in front.
        for i in 1..sides.len() {
            let before = &sides[i - 1];
            if sides[i].has_no_party() && (!before.roles.is_empty() || before.group.is_some()) {
                let before = before.clone();
                (sides[i].polities, sides[i].places) = (before.polities, before.places);
                // `Pakistan's army` is one name here: what follows is of the state, not of its army.
                let root = before.group.and_then(|g| self.by_id.get(self.entries[g].id.root()).copied());
                match root
                    .filter(|r| self.entries[*r].country.is_some_and(|c| c.as_str() == self.entries[*r].id.as_str()))
                {
                    Some(state) => sides[i].polities.push((state, state, Form::Adjective)),
                    None => sides[i].group = before.group,
                }
            }
        }
        // `Afghan and Pakistani officials`: the role stands once, behind.
        for i in (1..sides.len()).rev() {
            let bare = sides[i - 1].roles.is_empty() && !sides[i - 1].head_unknown;
            if bare && sides[i - 1].polities.last().is_some_and(|p| p.2 == Form::Adjective) {
                sides[i - 1].roles = sides[i].roles.clone();
            }
        }
        let names = |side: &Reading| {
            let part = side.role().map(|r| self.agents[r.row].part.clone());
            (side.group, side.polities.last().map(|p| p.0), side.leader, part)
        };
        let differ = sides.windows(2).any(|pair| names(&pair[0]) != names(&pair[1]));
        whole.sides = if differ { sides } else { Vec::new() };
        whole
    }

    /// What words without `and` between parties name.
    fn read_side(
        &self,
        words: &[Word],
        matches: &[Match],
        (start, end): (usize, usize),
        context: &Context,
        named: &[CountryCode],
    ) -> Reading {
        let mut out = Reading::default();
        let mut at = start;
        let mut groups: Vec<usize> = Vec::new();
        while at < end {
            let found = matches.iter().find(|m| m.from == at && m.to <= end);
            let key = words[at].key.as_str();
            let Some(found) = found else {
                match key {
                    _ if at == start && ARTICLES.contains(&key) => {}
                    _ if JOINS.contains(&key) => {}
                    _ if ARTICLES.contains(&key) || TURNED.contains(&key) => {}
                    _ if ONE.contains(&key) => out.single = true,
                    _ if COUNTS.contains(&key) || key.bytes().all(|b| b.is_ascii_digit()) => out.counted = true,
                    _ if FORMER.contains(&key) => out.former = true,
                    _ if words[at].gap == Gap::Hyphen && is_participle(key) => {}
                    _ if words[at].is_capitalised() => out.has_name = true,
                    _ => out.head_unknown = true,
                }
                at += 1;
                continue;
            };
            let before = (at > start && words[at].gap == Gap::Hyphen).then(|| words[at - 1].key.as_str());
            let after = words.get(found.to).filter(|w| found.to < end && w.gap == Gap::Hyphen).map(|w| w.key.as_str());
            let is_turned = before.is_some_and(|b| TURNED.contains(&b)) || after.is_some_and(|a| BEHIND.contains(&a));
            at = found.to;
            if COUNTS.contains(&key) {
                out.counted = true;
            }
            let target = self.settle(found, context, named);
            if is_turned && !matches!(target, Some(Target::Agent { .. })) {
                continue;
            }
            let is_home_only = after.is_some_and(|a| BASED.contains(&a));
            let is_run = after.is_some_and(|a| RUN.contains(&a));
            match target {
                Some(Target::Agent { row, plural }) => {
                    if is_turned {
                        continue;
                    }
                    let kind = self.agents[row as usize].kind;
                    out.roles.push(Role {
                        row: row as usize,
                        plural,
                        kind,
                        is_name: found.from > start && words[found.from].is_capitalised(),
                    });
                    out.head_unknown = false;
                }
                Some(Target::Party(entry)) => {
                    groups.push(entry as usize);
                    out.head_unknown = false;
                }
                Some(Target::Polity { state, stands_for, form }) => {
                    if let (true, Some(country)) = (is_home_only, self.entries[state as usize].country) {
                        out.places.push(country);
                    } else if !is_run {
                        out.polities.push((state as usize, stands_for as usize, form));
                        out.head_unknown = false;
                    }
                }
                Some(Target::Leader(person)) => out.leader = Some(person as usize),
                Some(Target::Place(country)) => {
                    out.places.push(country);
                    out.head_unknown = false;
                }
                // A name of this or that party: words that may not be passed over, but no id.
                None => out.has_name = true,
            }
        }
        out.group = groups.last().copied();
        out
    }

    fn compose(&self, reading: &Reading, context: &Context) -> Option<Resolved> {
        let role = reading.role();
        if let Some(group) = reading.group {
            return Some(self.compose_group(group, reading, role, context));
        }
        let home = self.home(reading);
        if let Some(person) = reading.leader {
            let is_named_by_role = role.is_some_and(|r| !matches!(r.kind, Kind::Voice | Kind::Bunch)) && home.is_some();
            if !is_named_by_role {
                return Some(self.compose_leader(person, reading, context));
            }
        }
        match role {
            Some(role) => self.compose_role(role, reading, home, context),
            None => self.compose_polity(reading, home),
        }
    }

    /// The state of a phrase, `Err` where it names several; provinces tell where no state is named.
    fn home(&self, reading: &Reading) -> Option<Result<usize, ()>> {
        let mut states: Vec<usize> = reading.polities.iter().map(|p| p.0).collect();
        if states.is_empty() {
            let known = |c: &CountryCode| self.by_id.get(c.as_str()).copied();
            states = reading.places.iter().filter_map(known).collect();
        }
        states.dedup();
        match states[..] {
            [] => None,
            [one] => Some(Ok(one)),
            _ => Some(Err(())),
        }
    }

    fn compose_group(&self, group: usize, reading: &Reading, role: Option<Role>, context: &Context) -> Resolved {
        let whole = &self.entries[group];
        let agent = role.map(|r| (r, &self.agents[r.row]));
        let mut out = Resolved { country: whole.country, ..Resolved::default() };
        match agent {
            Some((role, agent)) if matches!(role.kind, Kind::Private | Kind::Crowd | Kind::Person) => {
                out.sectors.clone_from(&agent.sectors);
                out.is_private = role.kind == Kind::Private || (role.kind == Kind::Person && !role.plural);
                return out;
            }
            Some((role, _)) if matches!(role.kind, Kind::Thing | Kind::Vague) => return out,
            _ => {}
        }
        // A part of the group that the catalogue knows: Taliban + forces.
        let takes_part = agent.filter(|(r, _)| !matches!(r.kind, Kind::Armed | Kind::Voice | Kind::Bunch));
        let part = takes_part.and_then(|(_, a)| {
            let part = a.part.split('.').next().filter(|p| !p.is_empty())?;
            self.by_id.get(&format!("{}.{part}", whole.id)).copied()
        });
        let entry = part.map_or(whole, |p| &self.entries[p]);
        let acts_as = entry.acts_as_on(context.date).or_else(|| whole.acts_as_on(context.date)).cloned();
        let mut sectors = match acts_as.as_ref().and_then(|body| self.get(body)) {
            Some(body) => body.sectors.clone(),
            None => entry.sectors_on(context.date).to_vec(),
        };
        if let Some((role, agent)) = agent.filter(|_| part.is_none()) {
            let is_specific = matches!(role.kind, Kind::Body | Kind::Office | Kind::Border);
            let chief = agent.sectors.first();
            // An envoy of the United Nations is of no government.
            let is_foreign = chief.is_some_and(|c| c == "GOV") && sectors.iter().any(|s| s == "IGO");
            if is_specific && !is_foreign && chief.is_some_and(|c| !sectors.contains(c)) {
                sectors = agent.sectors.iter().cloned().chain(sectors).collect();
            }
        }
        if reading.former && agent.is_some_and(|(r, _)| matches!(r.kind, Kind::Office | Kind::Voice | Kind::Soldier)) {
            out.sectors = vec!["ELI".to_owned()];
            return out;
        }
        Resolved {
            id: Some(entry.id.clone()),
            name: Some(entry.name.clone()),
            country: entry.country,
            acts_as,
            sectors,
            ..out
        }
    }

    fn compose_leader(&self, person: usize, reading: &Reading, context: &Context) -> Resolved {
        let terms = &self.leaders[person].terms;
        // Undated text is read as of the last office known, and only where that is still held.
        let held = match context.date {
            Some(day) => terms.iter().rev().find(|(_, period)| period.holds(day)),
            None => terms.last().filter(|(_, period)| period.to.is_none()),
        };
        let fallback = terms.last().map(|(body, _)| *body);
        let held = held.filter(|_| !reading.former);
        match held {
            Some(&(body, _)) => {
                let entry = &self.entries[body];
                let acts_as = entry.acts_as_on(context.date).cloned();
                let sectors = match acts_as.as_ref().and_then(|b| self.get(b)) {
                    Some(b) => b.sectors.clone(),
                    None => entry.sectors_on(context.date).to_vec(),
                };
                let role = reading
                    .role()
                    .map(|r| &self.agents[r.row].sectors)
                    .filter(|s| !s.is_empty() && sectors.first().is_some_and(|first| s.contains(first)));
                Resolved {
                    id: Some(entry.id.clone()),
                    name: Some(entry.name.clone()),
                    country: entry.country,
                    acts_as,
                    sectors: role.cloned().unwrap_or(sectors),
                    ..Resolved::default()
                }
            }
            None => Resolved {
                country: fallback.and_then(|b| self.entries[b].country),
                sectors: vec!["ELI".to_owned()],
                ..Resolved::default()
            },
        }
    }

    fn compose_role(
        &self,
        role: Role,
        reading: &Reading,
        home: Option<Result<usize, ()>>,
        context: &Context,
    ) -> Option<Resolved> {
        let agent = &self.agents[role.row];
        let mut out = Resolved::default();
        let state = match home {
            Some(Ok(state)) => Some(state),
            Some(Err(())) => {
                out.sectors.clone_from(&agent.sectors);
                return (!out.sectors.is_empty()).then_some(out);
            }
            None => self.presumed_home(agent, context).filter(|_| !reading.has_name),
        };
        out.country = state.and_then(|s| self.entries[s].country);
        match role.kind {
            Kind::Thing | Kind::Vague => return out.country.is_some().then_some(out),
            Kind::Voice if agent.sectors.is_empty() => {
                // A spokesman or leader speaks for the polity that he is said to be of.
                let _ = state?;
                let stands_for = reading.polities.last()?.1;
                return Some(if reading.former {
                    Resolved { sectors: vec!["ELI".to_owned()], ..out }
                } else {
                    Resolved { is_bare_polity: false, ..self.party(stands_for) }
                });
            }
            Kind::Bunch => return out.country.is_some().then_some(out),
            _ => {}
        }
        out.sectors.clone_from(&agent.sectors);
        let is_person = matches!(role.kind, Kind::Person) && !role.plural;
        if role.kind == Kind::Private || is_person {
            out.is_private = true;
            return Some(out);
        }
        if reading.former && is_organ(agent) {
            out.sectors = vec!["ELI".to_owned()];
            return Some(out);
        }
        let Some(state) = state else { return Some(out) };
        // `Turkish Airlines` is a company, not the companies of a country.
        let is_proper_name = role.is_name && role.kind == Kind::Body && !is_organ(agent);
        let part = match agent.part.as_str() {
            _ if is_proper_name => return Some(out),
            "" => return Some(out),
            part => format!("{}.{part}", self.entries[state].id),
        };
        if let Some(entry) = self.by_id.get(&part).map(|&i| &self.entries[i]) {
            out.id = Some(entry.id.clone());
            out.name = Some(entry.name.clone());
        }
        Some(out)
    }

    /// `the army` where one country alone is in play: of that country. Only for organs of state.
    fn presumed_home(&self, agent: &super::Agent, context: &Context) -> Option<usize> {
        let [only] = context.countries else { return None };
        let of_state = matches!(agent.kind, Kind::Body | Kind::Office | Kind::Force | Kind::Soldier | Kind::Border);
        (of_state && is_organ(agent)).then(|| self.by_id.get(only.as_str()).copied()).flatten()
    }

    fn compose_polity(&self, reading: &Reading, home: Option<Result<usize, ()>>) -> Option<Resolved> {
        let state = home?.ok()?;
        let country = self.entries[state].country;
        let nameless = Resolved { country, ..Resolved::default() };
        let Some(&(_, stands_for, form)) = reading.polities.last() else { return Some(nameless) };
        if reading.head_unknown || reading.has_name {
            return Some(nameless);
        }
        let private = || Resolved { sectors: vec!["CVL".to_owned()], is_private: true, ..nameless.clone() };
        Some(match form {
            Form::Name if reading.former => nameless,
            Form::Name => Resolved { is_bare_polity: stands_for == state, ..self.party(stands_for) },
            Form::People if reading.counted || reading.single => private(),
            Form::People => Resolved { is_bare_polity: true, ..self.party(state) },
            Form::Adjective if reading.single || reading.counted => private(),
            Form::Adjective => nameless,
        })
    }

    fn party(&self, entry: usize) -> Resolved {
        let entry = &self.entries[entry];
        Resolved {
            id: Some(entry.id.clone()),
            name: Some(entry.name.clone()),
            country: entry.country,
            sectors: entry.sectors.clone(),
            ..Resolved::default()
        }
    }

    /// The id of a known party, for callers that hold text.
    pub fn id(&self, text: &str) -> Option<PartyId> {
        self.by_id.get(text).map(|&i| self.entries[i].id.clone())
    }
}

/// Whether a word names a part of a state.
fn is_organ(agent: &super::Agent) -> bool {
    agent.sectors.first().is_some_and(|s| ["GOV", "MIL", "COP", "LEG", "JUD", "SPY"].contains(&s.as_str()))
}

/// `Czech` the adjective and `Czech` the person are one polity.
fn means_the_same(one: Target, other: Target) -> bool {
    match (one, other) {
        (Target::Polity { stands_for: a, .. }, Target::Polity { stands_for: b, .. }) => a == b,
        (Target::Agent { row: a, .. }, Target::Agent { row: b, .. }) => a == b,
        _ => one == other,
    }
}

fn is_participle(key: &str) -> bool {
    BEHIND.contains(&key) || BASED.contains(&key) || RUN.contains(&key)
}

/// Takes from what stands behind a preposition what the core lacks.
fn merge(core: &mut Reading, behind: Reading, preposition: &str) {
    if !core.sides.is_empty() {
        for side in &mut core.sides {
            merge(side, Reading { sides: Vec::new(), ..behind.clone() }, preposition);
        }
        return;
    }
    if !behind.sides.is_empty() && core.has_no_party() {
        let one = core.clone();
        let with = |side| {
            let mut whole = one.clone();
            merge(&mut whole, side, preposition);
            whole
        };
        core.sides = behind.sides.into_iter().map(with).collect();
        return;
    }
    let own = core.role();
    let keeps_out = own.is_some_and(|r| {
        matches!(r.kind, Kind::Private | Kind::Person | Kind::Crowd | Kind::Thing | Kind::Vague)
            && preposition != "among"
    });
    let is_hollow = own.is_none_or(|r| matches!(r.kind, Kind::Voice | Kind::Bunch));
    // `president of the league`, `general of the police`: the body counts, not the title.
    let yields = preposition == "of" && own.is_some_and(|r| matches!(r.kind, Kind::Office));
    let has_party = core.group.is_some() || core.leader.is_some();
    let core_has_home = !core.polities.is_empty();
    if !keeps_out && !has_party {
        let is_told = core_has_home && !is_hollow;
        if !is_told {
            core.group = behind.group;
            if yields && core.group.is_some() {
                core.roles.clear();
            }
            core.leader = behind.leader.filter(|_| is_hollow);
        }
        let telling =
            behind.role().is_some_and(|r| !matches!(r.kind, Kind::Thing | Kind::Vague | Kind::Voice | Kind::Bunch));
        if core.group.is_none() && telling && (is_hollow || yields) {
            core.roles.extend(behind.roles.iter().copied());
        }
    }
    if core.polities.is_empty() && core.group.is_none() && core.leader.is_none() {
        if own.is_none() && !behind.polities.is_empty() && core.places.is_empty() {
            // `regions across Indonesia`: a country, not its government.
            core.head_unknown = true;
        }
        core.polities = behind.polities;
        core.places.extend(behind.places);
    }
}
