//! MUC-4 templates: 24 slots of fills, and how the answer keys write them.
//!
//! A key line gives alternatives of one fill parted by slashes, `?` before a fill that may be left out, and
//! a cross-reference after a colon; fills of one slot stand on lines of their own. `-` is no fill, `*` is
//! a slot that does not apply.

/// Numbers of the slots that the mapping or the scorer treats by name.
pub mod slot {
    pub const DATE: usize = 2;
    pub const LOCATION: usize = 3;
    pub const TYPE: usize = 4;
    pub const STAGE: usize = 5;
    pub const INSTRUMENT: usize = 6;
    pub const INSTRUMENT_TYPE: usize = 7;
    pub const CATEGORY: usize = 8;
    pub const INDIVIDUAL: usize = 9;
    pub const ORGANIZATION: usize = 10;
    pub const CONFIDENCE: usize = 11;
    pub const TARGET: usize = 12;
    pub const TARGET_TYPE: usize = 13;
    pub const TARGET_NUMBER: usize = 14;
    pub const TARGET_NATION: usize = 15;
    pub const TARGET_EFFECT: usize = 16;
    pub const TARGET_TOTAL: usize = 17;
    pub const VICTIM: usize = 18;
    pub const DESCRIPTION: usize = 19;
    pub const VICTIM_TYPE: usize = 20;
    pub const VICTIM_NUMBER: usize = 21;
    pub const VICTIM_NATION: usize = 22;
    pub const VICTIM_EFFECT: usize = 23;
    pub const VICTIM_TOTAL: usize = 24;
}

/// Names of the slots by number, as score reports have them.
pub const SLOTS: [&str; 25] = [
    "message-id",
    "template-id",
    "inc-date",
    "inc-loc",
    "inc-type",
    "inc-stage",
    "inc-instr-id",
    "inc-instr-type",
    "perp-inc-cat",
    "perp-ind-id",
    "perp-org-id",
    "perp-org-conf",
    "phys-tgt-id",
    "phys-tgt-type",
    "phys-tgt-num",
    "phys-tgt-nation",
    "phys-tgt-effect",
    "phys-tgt-total-num",
    "hum-tgt-name",
    "hum-tgt-desc",
    "hum-tgt-type",
    "hum-tgt-num",
    "hum-tgt-nation",
    "hum-tgt-effect",
    "hum-tgt-total-num",
];

/// One fill of a slot: any of `values`, referring to any of `tags`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fill {
    /// Alternatives; a response has one.
    pub values: Vec<String>,
    /// Alternatives of the fill referred to; none where the slot has no cross-reference.
    pub tags: Vec<String>,
    /// Whether it may be left out.
    pub optional: bool,
}

impl Fill {
    /// A response's fill.
    pub fn new(value: impl Into<String>, tag: Option<&str>) -> Self {
        Self { values: vec![value.into()], tags: tag.map(str::to_owned).into_iter().collect(), optional: false }
    }
}

/// A template of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// The message's id without its site, `DEV-MUC3-0001`.
    pub message: String,
    /// Whether there is doubt that it belongs in the key.
    pub optional: bool,
    /// Fills by slot number.
    pub slots: [Vec<Fill>; 25],
}

/// Reads a file of keys. Messages without an incident give no template.
pub fn read(content: &str) -> Vec<Template> {
    let mut templates: Vec<Template> = Vec::new();
    let mut current: Option<Template> = None;
    let mut relevant = false;
    let mut at = 0;
    let mut pending = String::new();
    let mut finish = |template: Option<Template>, relevant: bool| {
        if let Some(template) = template.filter(|_| relevant) {
            templates.push(template);
        }
    };
    for line in content.lines().chain([""]) {
        if line.starts_with(';') {
            continue;
        }
        let (number, value) = match slot_line(line) {
            Some((number, value)) => (Some(number), value),
            None => (None, line.trim()),
        };
        let continues = number.is_none() && !value.is_empty() && (value.starts_with('/') || pending.ends_with('/'));
        if !continues {
            if let Some(template) = current.as_mut().filter(|_| !pending.is_empty()) {
                template.slots[at].extend(fill(at, &pending));
            }
            pending.clear();
        }
        if let Some(number) = number {
            at = number;
            if number == 0 {
                finish(current.take(), relevant);
                let id = value.split_whitespace().next().unwrap_or_default();
                current = Some(Template { message: id.to_owned(), ..Template::default() });
                relevant = false;
                continue;
            }
            if number == 1 {
                relevant = value.starts_with(|c: char| c.is_ascii_digit());
                if let Some(template) = &mut current {
                    template.optional = value.contains("OPTIONAL");
                }
                continue;
            }
        }
        if at > 1 {
            if !pending.is_empty() {
                pending.push(' ');
            }
            pending.push_str(value);
        }
    }
    finish(current, relevant);
    templates
}

fn slot_line(line: &str) -> Option<(usize, &str)> {
    let (number, rest) = line.split_once('.')?;
    let number: usize = number.trim().parse().ok().filter(|n| *n < 25)?;
    let rest = rest.trim_start();
    let (group, rest) = rest.split_once(": ")?;
    if !matches!(group, "MESSAGE" | "INCIDENT" | "PERP" | "PHYS TGT" | "HUM TGT") {
        return None;
    }
    // The slot's name ends where two blanks (or the line) do.
    let value = rest.find("  ").map_or("", |end| &rest[end..]);
    Some((number, value.trim()))
}

fn fill(number: usize, text: &str) -> Option<Fill> {
    let text = text.trim();
    let (optional, text) = text.strip_prefix('?').map_or((false, text), |rest| (true, rest.trim()));
    if text.is_empty() || text == "-" || text == "*" {
        return None;
    }
    let (values, tags) = if number == slot::LOCATION { (text, "") } else { outside_quotes(text, ':') };
    let values: Vec<String> = alternatives(values);
    if values.is_empty() {
        return None;
    }
    Some(Fill { values, tags: alternatives(tags), optional })
}

/// Splits at the first `sign` that stands outside quotation marks.
fn outside_quotes(text: &str, sign: char) -> (&str, &str) {
    let mut quoted = false;
    let mut escaped = false;
    for (i, c) in text.char_indices() {
        match c {
            '"' if !escaped => quoted = !quoted,
            c if c == sign && !quoted => return (&text[..i], &text[i + c.len_utf8()..]),
            _ => {}
        }
        escaped = c == '\\';
    }
    (text, "")
}

fn alternatives(mut text: &str) -> Vec<String> {
    let mut found = Vec::new();
    while !text.trim().is_empty() {
        let (one, rest) = outside_quotes(text, '/');
        let one = one.trim().trim_matches('"').replace("\\\"", "\"");
        if !one.is_empty() && one != "-" {
            found.push(one);
        }
        text = rest;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_with_alternatives_options_and_references() {
        let key = "0.  MESSAGE: ID                     DEV-X-0001 (SITE)\n\
            1.  MESSAGE: TEMPLATE               1 (OPTIONAL)\n\
            2.  INCIDENT: DATE                  - 08 JAN 90\n\
            3.  INCIDENT: LOCATION              EL SALVADOR: APOPA (CITY)\n\
            10. PERP: ORGANIZATION ID           \"LONG NAME\" / \"LN\"\n\
            12. PHYS TGT: ID                    \"STORE\"\n                                    ? \"BUS\"\n\
            16. PHYS TGT: EFFECT OF INCIDENT    SOME DAMAGE / DESTROYED: \"STORE\"\n\
            18. HUM TGT: NAME                   -\n\n\
            0.  MESSAGE: ID                     DEV-X-0002 (SITE)\n\
            1.  MESSAGE: TEMPLATE               *\n2.  INCIDENT: DATE                  *\n";
        let templates = read(key);
        assert_eq!(templates.len(), 1);
        let template = &templates[0];
        assert!(template.optional);
        assert_eq!(template.slots[slot::DATE][0].values, ["- 08 JAN 90"]);
        assert_eq!(template.slots[slot::LOCATION][0].values, ["EL SALVADOR: APOPA (CITY)"]);
        assert_eq!(template.slots[slot::ORGANIZATION][0].values, ["LONG NAME", "LN"]);
        assert_eq!(template.slots[slot::TARGET].len(), 2);
        assert!(template.slots[slot::TARGET][1].optional);
        assert_eq!(template.slots[slot::TARGET_EFFECT][0].values, ["SOME DAMAGE", "DESTROYED"]);
        assert_eq!(template.slots[slot::TARGET_EFFECT][0].tags, ["STORE"]);
        assert!(template.slots[slot::VICTIM].is_empty());
    }
}
