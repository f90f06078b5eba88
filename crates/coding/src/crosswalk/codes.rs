//! The tables of codes: CAMEO and ACLED to PLOVER and back, roles of CAMEO and sectors of ICEWS to PLOVER's sectors.

use std::collections::HashMap;
use std::sync::LazyLock;

use model::{EventType, Text};

use super::RULES;
use crate::catalogue::{CatalogueError, rows};

/// What a code is in PLOVER.
#[derive(Clone, Debug)]
pub(super) struct Plover {
    /// The code in its own scheme; for ACLED the event type, a bar and the sub-event type.
    pub(super) code: &'static str,
    /// `None` where PLOVER has no such type.
    pub(super) event: Option<&'static str>,
    pub(super) modes: Vec<Text>,
    pub(super) contexts: Vec<Text>,
    /// In words; for ACLED, whether the side that is not civilians acts.
    pub(super) note: &'static str,
}

/// All tables of codes.
#[derive(Debug)]
pub(super) struct Codes {
    cameo: Vec<Plover>,
    cameo_index: HashMap<&'static str, usize>,
    acled: HashMap<(&'static str, &'static str), Plover>,
    acled_order: Vec<(&'static str, &'static str)>,
    roles: HashMap<&'static str, &'static str>,
    sectors: HashMap<&'static str, &'static str>,
}

static EMBEDDED: LazyLock<Codes> = LazyLock::new(|| {
    Codes::build().unwrap_or_else(|e| panic!("the embedded crosswalks are broken, which their tests prevent: {e}"))
});

impl Codes {
    /// The tables that come with the program, read once.
    pub(super) fn embedded() -> &'static Self {
        &EMBEDDED
    }

    fn build() -> Result<Self, CatalogueError> {
        let list = |cell: &'static str| -> Vec<Text> {
            cell.split(';').map(str::trim).filter(|v| !v.is_empty()).map(Text::new_static).collect()
        };
        let event = |row: &crate::catalogue::Row<'static>, cell: &str| match cell {
            "" => Ok(None),
            cell => cell.parse::<EventType>().map(|e| Some(e.as_str())).map_err(|e| row.wrong(e.to_string())),
        };
        let mut cameo = Vec::new();
        for row in rows("cameo.tsv", RULES[0], &["code", "type", "modes", "contexts", "meaning"], &[])? {
            let event = event(&row, row.cells[1])?;
            let (modes, contexts) = (list(row.cells[2]), list(row.cells[3]));
            cameo.push(Plover { code: row.cells[0], event, modes, contexts, note: row.cells[4] });
        }
        let cameo_index = cameo.iter().enumerate().map(|(i, p)| (p.code, i)).collect();
        let (mut acled, mut acled_order) = (HashMap::new(), Vec::new());
        let columns = ["event_type", "sub_event_type", "type", "modes", "contexts", "direction"];
        for row in rows("acled.tsv", RULES[2], &columns, &[])? {
            let event = event(&row, row.cells[2])?;
            let (modes, contexts) = (list(row.cells[3]), list(row.cells[4]));
            let key = (row.cells[0], row.cells[1]);
            acled_order.push(key);
            acled.insert(key, Plover { code: row.cells[1], event, modes, contexts, note: row.cells[5] });
        }
        let pairs = |table, text, columns: [&str; 2]| -> Result<HashMap<_, _>, CatalogueError> {
            Ok(rows(table, text, &columns, &[])?.into_iter().map(|r| (r.cells[0], r.cells[1])).collect())
        };
        Ok(Self {
            cameo,
            cameo_index,
            acled,
            acled_order,
            roles: pairs("cameo_roles.tsv", RULES[1], ["role", "sector"])?,
            sectors: pairs("icews_sectors.tsv", RULES[3], ["name", "sector"])?,
        })
    }

    /// What a CAMEO code is in PLOVER; a code that is not listed is read as its longest beginning that is.
    pub(super) fn cameo(&self, code: &str) -> Result<(&'static str, &Plover), String> {
        let code = code.trim();
        let beginnings = (2..=code.len().min(4)).rev().filter_map(|n| code.get(..n));
        let found = beginnings.filter_map(|c| self.cameo_index.get(c)).map(|&i| &self.cameo[i]).next();
        let plover = found.ok_or_else(|| format!("`{code}` is no CAMEO code"))?;
        let event = plover.event.ok_or_else(|| {
            format!("CAMEO {} ({}) has no type in PLOVER: a statement without an act", plover.code, plover.note)
        })?;
        Ok((event, plover))
    }

    /// The CAMEO code that says this best: of those of the type with no mode that is not there, the one with most of
    /// its modes and contexts, the most general of these.
    pub(super) fn to_cameo(&self, event: &str, modes: &[Text], contexts: &[Text]) -> Option<&Plover> {
        let fits = |p: &&Plover| p.event == Some(event) && p.modes.iter().all(|m| modes.contains(m));
        let fits = |p: &&Plover| fits(p) && p.contexts.iter().all(|c| contexts.contains(c));
        let rank = |p: &&Plover| (p.modes.len(), p.contexts.len(), 4 - p.code.len().min(4));
        // `max_by_key` takes the last of equals: from the back, so that it is the first of the table.
        let best = self.cameo.iter().rev().filter(fits).max_by_key(rank);
        // Every code of ACCUSE has a mode: without one it is the general 11, which says least.
        best.or_else(|| self.cameo.iter().rev().find(|p| p.event == Some(event) && p.code.len() == 2))
    }

    /// What an ACLED event is in PLOVER.
    pub(super) fn acled(&self, event: &str, sub_event: &str) -> Result<(&'static str, &Plover), String> {
        let wrong = || format!("`{event}` / `{sub_event}` is no event and sub-event type of ACLED since 2023");
        // Both names have been written with other capitals.
        let same = |(e, s): &(&str, &str)| e.eq_ignore_ascii_case(event) && s.eq_ignore_ascii_case(sub_event);
        let plover = self.acled.iter().find(|(key, _)| same(key)).ok_or_else(wrong)?.1;
        let event = plover.event.ok_or_else(|| format!("ACLED's `{sub_event}` fits no type of PLOVER"))?;
        Ok((event, plover))
    }

    /// The event and sub-event type of ACLED that says this best.
    pub(super) fn to_acled(&self, event: &str, modes: &[Text]) -> Option<(&'static str, &'static str)> {
        let shared = |key: &(&str, &str)| {
            let plover = &self.acled[key];
            let fits = plover.event == Some(event);
            let all = plover.modes.iter().filter(|m| modes.contains(m)).count();
            // None of several modes will do where one of them was meant (`aerial; drone`).
            (fits && (all > 0 || plover.modes.is_empty())).then_some(all)
        };
        let best = self.acled_order.iter().filter_map(|key| Some((shared(key)?, key)));
        best.rev().max_by_key(|(all, _)| *all).map(|(_, key)| *key)
    }

    /// PLOVER's sector for a CAMEO role.
    pub(super) fn role(&self, role: &str) -> Option<&'static str> {
        self.roles.get(role).copied()
    }

    /// PLOVER's sectors for a list of ICEWS.
    pub(super) fn sectors(&self, list: &str) -> Vec<Text> {
        let mut out: Vec<Text> = Vec::new();
        for sector in list.split(',').filter_map(|name| self.sectors.get(name.trim())) {
            if !out.iter().any(|known| known == sector) {
                out.push(Text::new_static(sector));
            }
        }
        out
    }

    /// ICEWS's first name for a sector of PLOVER.
    pub(super) fn to_sector(sector: &str) -> Option<&'static str> {
        let table = rows("icews_sectors.tsv", RULES[3], &["name", "sector"], &[]).ok()?;
        table.into_iter().find(|r| r.cells[1] == sector).map(|r| r.cells[0])
    }
}
