//! How hostile or cooperative an event is: quad class and a place on Goldstein's scale, by PLOVER type and mode.
//!
//! The numbers are `data/series/intensity.tsv`, embedded here; the README beside it says how each was got.

use std::collections::HashMap;
use std::sync::LazyLock;

use model::EventType;
use serde::Serialize;

const TABLE: &str = include_str!("../../../../data/series/intensity.tsv");

/// Words or deeds, for or against (PLOVER manual 2021, "Event categories").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Quad {
    /// AGREE, CONSULT, SUPPORT, CONCEDE.
    VerbalCooperation,
    /// COOPERATE, AID, RETREAT.
    MaterialCooperation,
    /// REQUEST, ACCUSE, REJECT, THREATEN.
    VerbalConflict,
    /// PROTEST, SANCTION, MOBILIZE, COERCE, ASSAULT.
    MaterialConflict,
}

impl Quad {
    /// Every class, in the manual's order.
    pub const ALL: [Quad; 4] =
        [Quad::VerbalCooperation, Quad::MaterialCooperation, Quad::VerbalConflict, Quad::MaterialConflict];

    /// The word in the table and in print.
    pub fn as_str(self) -> &'static str {
        match self {
            Quad::VerbalCooperation => "verbal_cooperation",
            Quad::MaterialCooperation => "material_cooperation",
            Quad::VerbalConflict => "verbal_conflict",
            Quad::MaterialConflict => "material_conflict",
        }
    }

    /// Whether it is conflict; else it is cooperation.
    pub fn is_hostile(self) -> bool {
        matches!(self, Quad::VerbalConflict | Quad::MaterialConflict)
    }
}

/// What the table says of a type.
struct OfType {
    quad: Quad,
    /// Where no mode is told.
    bare: f64,
    modes: HashMap<&'static str, f64>,
}

/// The quad class of a type.
pub fn quad(code: EventType) -> Quad {
    of(code).quad
}

/// The place on the scale from -10 to 10, in halves. Of several modes, the one furthest from 0 holds: a raid with arrests is
/// as hostile as a raid. Modes that the table does not know say nothing.
pub fn intensity<S: AsRef<str>>(code: EventType, modes: &[S]) -> f64 {
    let of_type = of(code);
    let known = modes.iter().filter_map(|mode| of_type.modes.get(mode.as_ref()).copied());
    // All values of a type have one sign.
    known.max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or(of_type.bare)
}

fn of(code: EventType) -> &'static OfType {
    VALUES.get(&code).expect("every type has a line, as a test sees to")
}

static VALUES: LazyLock<HashMap<EventType, OfType>> = LazyLock::new(|| {
    let mut values: HashMap<EventType, OfType> = HashMap::new();
    for (code, mode, quad, value) in lines() {
        let of_type = values.entry(code).or_insert(OfType { quad, bare: value, modes: HashMap::new() });
        if mode.is_empty() {
            of_type.bare = value;
        } else {
            of_type.modes.insert(mode, value);
        }
    }
    values
});

/// Type, mode, quad class and value of each line.
fn lines() -> impl Iterator<Item = (EventType, &'static str, Quad, f64)> {
    TABLE.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let quad = Quad::ALL.into_iter().find(|q| q.as_str() == cells[2]).expect("a quad class");
        (cells[0].parse().expect("a PLOVER type"), cells[1], quad, cells[3].parse().expect("a number"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODES: &str = include_str!("../../../../data/lexicons/modes.tsv");
    const CROSSWALK: &str = include_str!("../../../../data/crosswalks/cameo.tsv");

    #[test]
    fn every_type_and_mode_has_a_line_of_its_types_class_and_sign() {
        let all: Vec<_> = lines().collect();
        for code in EventType::ALL {
            assert!(all.iter().any(|(c, mode, ..)| c == code && mode.is_empty()), "{code}");
        }
        for (code, mode, class, value) in &all {
            let sign = if class.is_hostile() { -1.0 } else { 1.0 };
            assert_eq!(*class, quad(*code), "{code} {mode}");
            assert!(value * sign > 0.0 && value.abs() <= 10.0, "{code} {mode}: {value}");
            assert!((value * 2.0).fract().abs() < f64::EPSILON, "{code} {mode}: {value}");
            assert_eq!(all.iter().filter(|(c, m, ..)| c == code && m == mode).count(), 1, "{code} {mode}");
        }
        let cells =
            |text: &'static str| text.lines().map(|line| line.split('\t').collect::<Vec<_>>()).filter(|c| c.len() > 2);
        let used = cells(MODES).map(|c| (c[2], c[1])).chain(cells(CROSSWALK).map(|c| (c[1], c[2])));
        for (code, mode) in used {
            if let Ok(code) = code.parse::<EventType>() {
                assert!(all.iter().any(|(c, m, ..)| *c == code && *m == mode), "{code} {mode}");
            }
        }
    }

    #[test]
    fn of_several_modes_the_furthest_holds() {
        let value = |modes: &[&str]| intensity(EventType::Assault, modes);
        assert!((value(&["beat"]) - -9.5).abs() < f64::EPSILON);
        assert!((value(&["beat", "aerial"]) - -10.0).abs() < f64::EPSILON);
        assert!((value(&["no such mode"]) - value(&[])).abs() < f64::EPSILON);
    }
}
