//! The catalogue from its tables: every row to an entry or a word, every name to the index.

use std::collections::HashMap;

use model::{CountryCode, PartyId};

use super::index::{Form, Index, Scope, Target};
use super::table::{self, Row};
use super::{Agent, Catalogue, CatalogueError, Entry, Kind, Leader, Period, TABLES, hash};

impl Catalogue {
    /// Reads the embedded tables.
    pub(super) fn build() -> Result<Self, CatalogueError> {
        let mut new = Self {
            entries: Vec::with_capacity(8_000),
            by_id: HashMap::with_capacity(8_000),
            agents: Vec::new(),
            leaders: Vec::new(),
            surnames: HashMap::new(),
            index: Index::default(),
            fingerprint: hash(TABLES.iter().map(|(_, text)| *text)),
        };
        let [states, parts, groups, leaders, agents, places] = TABLES;
        new.add_states(states, parts)?;
        new.add_groups(groups.0, groups.1)?;
        new.add_leaders(leaders)?;
        new.add_agents(agents)?;
        new.add_places(places)?;
        Ok(new)
    }

    /// The entry with this id, replaced or added.
    fn put(&mut self, entry: Entry) -> usize {
        if let Some(&known) = self.by_id.get(entry.id.as_str()) {
            self.entries[known] = entry;
            known
        } else {
            self.by_id.insert(entry.id.as_str().to_owned(), self.entries.len());
            self.entries.push(entry);
            self.entries.len() - 1
        }
    }

    fn add_states(&mut self, states: (&str, &str), parts: (&str, &str)) -> Result<(), CatalogueError> {
        let parts = table::rows(parts.0, parts.1, &["part", "name", "sectors"], &[])?;
        let columns = ["id", "name", "other_names", "people", "capital", "metonyms", "gw", "from", "to"];
        for row in table::rows(states.0, states.1, &columns, &["gw", "from", "to"])? {
            let country = row.country(0)?.ok_or_else(|| row.wrong("a state has no id"))?;
            let id = row.party(0)?.ok_or_else(|| row.wrong("a state has no id"))?;
            let gw = match row.cells[6] {
                "" => None,
                n => Some(n.parse().map_err(|_| row.wrong(format!("`{n}` is no Gleditsch-Ward number")))?),
            };
            let period = Period { from: row.date(7)?, to: row.date(8)? };
            let name = row.cells[1].to_owned();
            let entry = Entry {
                id: id.clone(),
                name: name.clone(),
                country: Some(country),
                sectors: vec!["GOV".to_owned()],
                parent: None,
                sectors_then: Vec::new(),
                acts_as: Vec::new(),
                period,
                gw,
                is_general_part: false,
            };
            let state = number(self.put(entry));
            for part in &parts {
                let code = part.cells[0];
                let parent = code.rsplit_once('.').map_or(id.as_str().to_owned(), |(whole, _)| format!("{id}.{whole}"));
                let part_id = PartyId::new(format!("{id}.{code}")).map_err(|e| part.wrong(e.to_string()))?;
                self.put(Entry {
                    id: part_id,
                    name: part.cells[1].replace("{}", &name),
                    country: Some(country),
                    sectors: part.cells[2].split_whitespace().map(str::to_owned).collect(),
                    parent: Some(PartyId::new(parent).map_err(|e| part.wrong(e.to_string()))?),
                    sectors_then: Vec::new(),
                    acts_as: Vec::new(),
                    period,
                    gw: None,
                    is_general_part: true,
                });
            }
            let mut add = |listed: &str, stands_for: u32, form: Form| -> Result<(), CatalogueError> {
                let (alias, scope) = scoped(&row, listed)?;
                self.index.add(alias, Target::Polity { state, stands_for, form }, scope);
                Ok(())
            };
            add(&name, state, Form::Name)?;
            for other in row.list(2) {
                add(other, state, Form::Name)?;
            }
            let people: Vec<&str> = row.list(3).collect();
            for one in &people {
                let bare = one.split('@').next().unwrap_or(one).trim();
                let plural = bare
                    .strip_suffix('s')
                    .is_some_and(|s| people.iter().any(|p| p.split('@').next().unwrap_or(p).trim() == s))
                    || bare.ends_with("men");
                add(one, state, if plural { Form::People } else { Form::Adjective })?;
            }
            // `~Victoria`: a capital whose name is too common to stand for its government.
            for capital in row.list(4).filter(|c| !c.starts_with('~')) {
                add(capital, state, Form::Name)?;
            }
            for metonym in row.list(5) {
                let (listed, part) = metonym
                    .rsplit_once('=')
                    .ok_or_else(|| row.wrong(format!("metonym `{metonym}` lacks its part, as in `Pentagon=MIL`")))?;
                let stands_for = self.by_id.get(&format!("{id}.{part}")).copied();
                let stands_for = stands_for.ok_or_else(|| row.wrong(format!("`{part}` is no part of parts.tsv")))?;
                let (alias, scope) = scoped(&row, listed)?;
                self.index.add(
                    alias,
                    Target::Polity { state, stands_for: number(stands_for), form: Form::Name },
                    scope,
                );
            }
        }
        Ok(())
    }

    pub(super) fn add_groups(&mut self, table: &str, text: &str) -> Result<(), CatalogueError> {
        let columns = ["id", "name", "country", "sectors", "parent", "aliases", "acts_as", "from", "to"];
        let optional = ["country", "parent", "aliases", "acts_as", "from", "to"];
        for row in table::rows(table, text, &columns, &optional)? {
            let id = row.party(0)?.ok_or_else(|| row.wrong("a party has no id"))?;
            let acts_as = row
                .list(6)
                .map(|term| {
                    let (body, period) =
                        term.split_once(' ').ok_or_else(|| row.wrong(format!("`{term}` lacks its dates")))?;
                    let body = PartyId::new(body).map_err(|e| row.wrong(e.to_string()))?;
                    Ok((body, period_of(&row, period)?))
                })
                .collect::<Result<Vec<_>, CatalogueError>>()?;
            // `PTY; REB ..1992-01-16`: sectors, then other sectors with their dates.
            let mut sectors = Vec::new();
            let mut sectors_then = Vec::new();
            for listed in row.list(3) {
                let (codes, dates): (Vec<&str>, Vec<&str>) =
                    listed.split_whitespace().partition(|word| !word.contains(".."));
                let codes: Vec<String> = codes.into_iter().map(str::to_owned).collect();
                match dates.first() {
                    None => sectors.extend(codes),
                    Some(dates) => sectors_then.push((codes, period_of(&row, dates)?)),
                }
            }
            let name = row.cells[1];
            let entry = self.put(Entry {
                id,
                name: name.to_owned(),
                country: row.country(2)?,
                sectors,
                sectors_then,
                parent: row.party(4)?,
                acts_as,
                period: Period { from: row.date(7)?, to: row.date(8)? },
                gw: None,
                is_general_part: false,
            });
            let target = Target::Party(number(entry));
            // A name with a remark in brackets is a label, not words of a report.
            let scoped_name = row.list(5).any(|a| a.split_once(" @").is_some_and(|(a, _)| a == name));
            if !name.contains('(') && !scoped_name {
                self.index.add(name, target, Scope::Everywhere);
            }
            for listed in row.list(5) {
                let (alias, scope) = scoped(&row, listed)?;
                self.index.add(alias, target, scope);
            }
        }
        Ok(())
    }

    fn add_leaders(&mut self, table: (&str, &str)) -> Result<(), CatalogueError> {
        let mut people: HashMap<&str, usize> = HashMap::new();
        for row in table::rows(table.0, table.1, &["name", "body", "aliases", "from", "to"], &[])? {
            let body = self.by_id.get(row.cells[1]).copied();
            let body = body.ok_or_else(|| row.wrong(format!("`{}` is no id of the catalogue", row.cells[1])))?;
            let person = *people.entry(row.cells[0]).or_insert_with(|| {
                self.leaders.push(Leader::default());
                self.leaders.len() - 1
            });
            self.leaders[person].terms.push((body, Period { from: row.date(3)?, to: row.date(4)? }));
            self.index.add(row.cells[0], Target::Leader(number(person)), Scope::Everywhere);
            if let Some((_, surname)) = row.cells[0].rsplit_once(' ')
                && surname.chars().count() > 3
            {
                let people = self.surnames.entry(surname.to_lowercase()).or_default();
                if !people.contains(&person) {
                    people.push(person);
                }
            }
            for alias in row.list(2) {
                self.index.add(alias, Target::Leader(number(person)), Scope::Everywhere);
            }
        }
        Ok(())
    }

    fn add_agents(&mut self, table: (&str, &str)) -> Result<(), CatalogueError> {
        for row in table::rows(table.0, table.1, &["words", "kind", "part", "sectors"], &[])? {
            let kind = Kind::parse(row.cells[1])
                .ok_or_else(|| row.wrong(format!("`{}` is no kind; see data/parties/README.md", row.cells[1])))?;
            let agent = number(self.agents.len());
            self.agents.push(Agent {
                kind,
                part: row.cells[2].to_owned(),
                sectors: row.cells[3].split_whitespace().map(str::to_owned).collect(),
            });
            for words in row.list(0) {
                self.index.add(words, Target::Agent { row: agent, plural: is_plural(words) }, Scope::Everywhere);
                self.index.add(&plural(words), Target::Agent { row: agent, plural: true }, Scope::Everywhere);
            }
        }
        Ok(())
    }

    fn add_places(&mut self, table: (&str, &str)) -> Result<(), CatalogueError> {
        for row in table::rows(table.0, table.1, &["country", "places"], &[])? {
            let country = row.country(0)?.ok_or_else(|| row.wrong("a place has no country"))?;
            for place in row.list(1) {
                self.index.add(place, Target::Place(country), Scope::Everywhere);
            }
        }
        Ok(())
    }
}

/// `1996-09-27..2001-11-13`, open at either end.
fn period_of(row: &Row, text: &str) -> Result<Period, CatalogueError> {
    let (from, to) = text.split_once("..").ok_or_else(|| row.wrong(format!("`{text}` is no `from..to`")))?;
    Ok(Period { from: row.parse_date(from)?, to: row.parse_date(to)? })
}

/// An alias with its scope: `FC @PAK`, `Taliban @!PAK`.
fn scoped<'a>(row: &Row, listed: &'a str) -> Result<(&'a str, Scope), CatalogueError> {
    let Some((alias, scope)) = listed.split_once(" @") else { return Ok((listed, Scope::Everywhere)) };
    let country = |code: &str| CountryCode::new(code.trim()).map_err(|e| row.wrong(format!("scope of `{alias}`: {e}")));
    Ok(match scope.strip_prefix('!') {
        Some(code) => (alias, Scope::NotWithin(country(code)?)),
        None => (alias, Scope::Within(country(scope)?)),
    })
}

/// The regular plural of the last word.
fn plural(words: &str) -> String {
    let ends = |suffixes: &[&str]| suffixes.iter().any(|s| words.ends_with(s));
    if let Some(stem) = words.strip_suffix("man") {
        format!("{stem}men")
    } else if ends(&["ay", "ey", "oy", "uy"]) || !ends(&["y", "s", "x", "ch", "sh"]) {
        format!("{words}s")
    } else if let Some(stem) = words.strip_suffix('y') {
        format!("{stem}ies")
    } else {
        format!("{words}es")
    }
}

/// Whether a listed form is already plural: its singular is never listed with it, so the ending tells.
fn is_plural(words: &str) -> bool {
    words.ends_with("men") || words.ends_with("children") || words.ends_with("people") || words.ends_with("families")
}

fn number(index: usize) -> u32 {
    u32::try_from(index).expect("a catalogue has fewer than four thousand million rows")
}
