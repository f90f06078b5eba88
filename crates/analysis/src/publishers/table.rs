//! Reads the table of publishers: tab-separated, a header line, `#` for remarks, `; ` between values of a cell. It refuses
//! a row that does not hold together, and names its line; what the columns mean is in `data/publishers/README.md`.

use std::collections::HashMap;

use jiff::civil::Date;
use model::{CountryCode, PartyId};

use super::{Control, Kind, Publisher, PublisherId, Tenure};

const COLUMNS: [&str; 12] =
    ["id", "name", "other_names", "domains", "owner", "kind", "state", "control", "party", "from", "to", "source"];

/// What is wrong with a table of publishers.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the table of publishers: {table}, line {line}: {why}")]
pub struct TableError {
    /// The table.
    pub table: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: String,
}

/// The publishers of a table, in its order.
pub(super) fn read(table: &str, text: &str) -> Result<Vec<Publisher>, TableError> {
    let wrong = |line: usize, why: String| TableError { table: table.to_owned(), line, why };
    let mut lines = (1..)
        .zip(text.trim_start_matches('\u{feff}').lines())
        .filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
    match lines.next() {
        Some((_, header)) if header.split('\t').map(str::trim).eq(COLUMNS) => {}
        _ => return Err(wrong(1, format!("the header must be, with tabs between: {}", COLUMNS.join(" ")))),
    }
    let mut publishers: Vec<Publisher> = Vec::new();
    let mut known: HashMap<PublisherId, (usize, usize)> = HashMap::new();
    let mut domains: HashMap<String, usize> = HashMap::new();
    for (line, text) in lines {
        let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
        let cells: [&str; 12] = cells
            .try_into()
            .map_err(|c: Vec<&str>| wrong(line, format!("the row has {} cells; the columns are 12", c.len())))?;
        let fail = |why: String| wrong(line, why);
        let [id, name, other_names, sites, _, kind, ..] = cells;
        let id = PublisherId(PartyId::new(id).map_err(|e| fail(e.to_string()))?);
        let kind = word(Kind::ALL, Kind::as_str, "kind", kind).map_err(fail)?;
        let tenure = tenure(&cells).map_err(fail)?;
        if let Some((i, _)) = known.get(&id) {
            let publisher = &mut publishers[*i];
            if !name.is_empty() || !sites.is_empty() {
                return Err(fail(format!(
                    "{id} is there already; a later stretch of its ownership leaves name and domains empty"
                )));
            }
            let last = publisher.tenures.last().and_then(|t| t.to);
            if last.is_none() || tenure.from <= last {
                return Err(fail(format!("the ownership of {id} must begin after its row before ends")));
            }
            publisher.tenures.push(tenure);
            continue;
        }
        if name.is_empty() {
            return Err(fail(format!("{id} has no name")));
        }
        let list = |cell: &str| cell.split(';').map(str::trim).filter(|v| !v.is_empty()).map(str::to_owned).collect();
        let sites: Vec<String> = list(sites);
        for site in &sites {
            if site.to_lowercase() != *site || !site.contains('.') || site.contains("//") || site.starts_with("www.") {
                return Err(fail(format!("`{site}` is no domain such as dawn.com or bbc.com/pashto")));
            }
            if let Some(other) = domains.insert(site.clone(), line) {
                return Err(fail(format!("`{site}` is a domain of line {other} already")));
            }
        }
        known.insert(id.clone(), (publishers.len(), line));
        publishers.push(Publisher {
            id,
            name: name.to_owned(),
            other_names: list(other_names),
            domains: sites,
            kind,
            tenures: vec![tenure],
        });
    }
    for publisher in &publishers {
        let line = known[&publisher.id].1;
        for owner in publisher.tenures.iter().filter_map(|t| t.owner.as_ref()) {
            if !known.contains_key(owner) {
                return Err(wrong(line, format!("its owner {owner} has no row")));
            }
        }
        if is_in_a_ring(publisher, &publishers, &known) {
            return Err(wrong(line, format!("{} owns itself through others", publisher.id)));
        }
    }
    Ok(publishers)
}

/// Whether a publisher is among the owners of its owners, at any time.
fn is_in_a_ring(publisher: &Publisher, publishers: &[Publisher], known: &HashMap<PublisherId, (usize, usize)>) -> bool {
    let (mut seen, mut open) = (Vec::new(), vec![publisher]);
    while let Some(next) = open.pop() {
        for owner in next.tenures.iter().filter_map(|t| t.owner.as_ref()) {
            if *owner == publisher.id {
                return true;
            }
            if !seen.contains(&owner) {
                seen.push(owner);
                open.push(&publishers[known[owner].0]);
            }
        }
    }
    false
}

fn tenure(cells: &[&str; 12]) -> Result<Tenure, String> {
    let [_, _, _, _, owner, _, state, control, party, from, to, source] = *cells;
    let party_id = |cell: &str| match cell {
        "" => Ok(None),
        id => PartyId::new(id).map(Some).map_err(|e| e.to_string()),
    };
    let date = |cell: &str| match cell {
        "" => Ok(None),
        text => text.parse::<Date>().map(Some).map_err(|e| format!("`{text}` is no date such as 2021-08-15: {e}")),
    };
    let state = match state {
        "" => None,
        code => Some(CountryCode::new(code).map_err(|e| e.to_string())?),
    };
    let control = word(Control::ALL, Control::as_str, "control", control)?;
    let (from, to) = (date(from)?, date(to)?);
    if control.is_of_state() && state.is_none() {
        return Err(format!("`{}` needs a state", control.as_str()));
    }
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err("`from` is after `to`".to_owned());
    }
    if source.is_empty() {
        return Err("a row says where its facts are commonly read".to_owned());
    }
    Ok(Tenure {
        from,
        to,
        owner: party_id(owner)?.map(PublisherId),
        state,
        control,
        party: party_id(party)?,
        source: source.to_owned(),
    })
}

fn word<T: Copy>(all: &[T], as_str: fn(T) -> &'static str, what: &str, cell: &str) -> Result<T, String> {
    let valid = || all.iter().map(|v| as_str(*v)).collect::<Vec<_>>().join(" ");
    all.iter()
        .copied()
        .find(|v| as_str(*v) == cell)
        .ok_or_else(|| format!("`{cell}` is no {what}; it is one of: {}", valid()))
}
