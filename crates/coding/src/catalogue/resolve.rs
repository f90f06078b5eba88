//! A noun phrase to a party: what its words name is read from the index, what they say together is composed here.
//!
//! An English noun phrase has its head at the end of its core (`Pakistani security FORCES`), perhaps a personal name
//! after it (`foreign MINISTER Amir Khan Muttaqi`), and prepositions behind (`of Afghanistan`). The core is read
//! first; what it lacks is taken from behind. Named groups outrank roles, roles outrank bare polities.

use model::{CountryCode, PartyId};

use super::index::{Form, Match};
use super::reading::{HOMEWARD, JOINS, PREPOSITIONS, Phrase, RELATIVES, Reading, Role, merge};
use super::words::{Gap, Word, words};
use super::{Catalogue, Context, Kind, Resolved};

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
        for (i, word) in words.iter().enumerate().take(end).skip(start) {
            let key = word.key.as_str();
            let is_free = word.gap != Gap::Hyphen && !matches.iter().any(|m| m.from <= i && i < m.to);
            if is_free && PREPOSITIONS.contains(&key) {
                parts.push((preposition, from, i));
                preposition = Some(key);
                from = i + 1;
            }
        }
        parts.push((preposition, from, end));
        let named = self.countries_of(matches, (start, end));
        let phrase = Phrase { words, matches, context, named: &named };
        let mut readings = parts.iter().map(|&(p, a, b)| (p, self.read(&phrase, (a, b))));
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
            let found = (!reading.is_empty()).then(|| self.compose(&reading, context)).flatten();
            out.extend(found.filter(|f| !out.contains(f)));
        }
        out
    }

    fn compose(&self, reading: &Reading, context: &Context) -> Option<Resolved> {
        let role = reading.role();
        if let Some(group) = reading.group {
            return Some(self.compose_group(group, reading, role, context));
        }
        let home = self.home(reading);
        // "the Trump campaign", "Trump's ban" are not Trump.
        if let Some(person) = reading.leader.filter(|_| !reading.head_unknown) {
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
            // The staff of an international body are of it.
            Some((role, _)) if matches!(role.kind, Kind::Crowd | Kind::Person) && is_international(&whole.sectors) => {}
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
        // Who left a group is no longer it; who left its offices is of the elite. `the former rebel group FMLN` stays.
        if reading.former && !agent.is_some_and(|(r, _)| matches!(r.kind, Kind::Armed | Kind::Bunch | Kind::Body)) {
            let held_office = agent.is_some_and(|(r, _)| matches!(r.kind, Kind::Office | Kind::Voice | Kind::Soldier));
            out.sectors = if held_office { vec!["ELI".to_owned()] } else { Vec::new() };
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
            // "a vice president" is anybody's; "the president" that of the country in play.
            None => self
                .presumed_home(agent, context)
                .filter(|_| !(reading.has_name || reading.single && agent.kind == Kind::Office)),
        };
        out.country = state.and_then(|s| self.entries[s].country);
        match role.kind {
            Kind::Thing | Kind::Vague | Kind::Bunch => return out.country.is_some().then_some(out),
            Kind::Voice if agent.sectors.is_empty() => {
                // A spokesman or leader speaks for the polity that he is said to be of.
                state?;
                let stands_for = reading.polities.last()?.1;
                return Some(if reading.former {
                    Resolved { sectors: vec!["ELI".to_owned()], ..out }
                } else {
                    Resolved { is_bare_polity: false, ..self.party(stands_for) }
                });
            }
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
            Form::Name if !reading.former => Resolved { is_bare_polity: stands_for == state, ..self.party(stands_for) },
            Form::People | Form::Adjective if reading.single || reading.counted => private(),
            Form::People => Resolved { is_bare_polity: true, ..self.party(state) },
            Form::Name | Form::Adjective => nameless,
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

fn is_international(sectors: &[String]) -> bool {
    sectors.iter().any(|s| s == "IGO" || s == "NGO")
}

/// Whether a word names a part of a state.
fn is_organ(agent: &super::Agent) -> bool {
    agent.sectors.first().is_some_and(|s| ["GOV", "MIL", "COP", "LEG", "JUD", "SPY"].contains(&s.as_str()))
}
