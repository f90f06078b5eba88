//! Which PLOVER types two claims of one happening may carry.
//!
//! Two readers of one text often differ between neighbouring types, and two reports of one happening tell different faces
//! of it: a raid is an assault and an arrest (COERCE), a truce is agreed and conceded. Types that are not named together
//! here are two happenings whatever else agrees: an accusation of an attack is never the attack.

use model::EventType::{
    self, Accuse, Agree, Aid, Assault, Coerce, Concede, Consult, Cooperate, Mobilize, Protest, Reject, Request,
    Retreat, Sanction, Support, Threaten,
};

/// Neighbouring types, with the weight in thousandths that their difference carries. Set by hand from PLOVER's manual
/// (2021), section "Event types", where it tells types apart: a mild cost where the manual itself says that both may be
/// coded of one happening, a higher one where it only warns of confusion.
const NEIGHBOURS: &[(EventType, EventType, i32)] = &[
    (Assault, Coerce, -600),    // a raid with arrests; destruction of property
    (Assault, Mobilize, -1000), // an operation begun
    (Assault, Protest, -1000),  // a riot
    (Coerce, Protest, -1000),   // a protest put down
    (Coerce, Sanction, -400),   // a border closed
    (Coerce, Mobilize, -800),   // a cordon
    (Agree, Concede, -400),     // a truce
    (Agree, Consult, -600),     // talks that end in an accord
    (Agree, Cooperate, -400),
    (Agree, Retreat, -800), // a withdrawal agreed
    (Concede, Retreat, -400),
    (Consult, Cooperate, -600),
    (Cooperate, Aid, -400),
    (Support, Agree, -800),
    (Support, Cooperate, -500),
    (Support, Aid, -600),
    (Accuse, Reject, -500), // words against somebody
    (Accuse, Threaten, -600),
    (Reject, Threaten, -800),
    (Request, Threaten, -800), // an ultimatum
    (Request, Consult, -800),
];

/// The weight of two types in thousandths; `None` where they cannot be one happening.
pub fn difference(a: EventType, b: EventType) -> Option<i32> {
    if a == b {
        return Some(0);
    }
    NEIGHBOURS.iter().find(|(x, y, _)| (*x, *y) == (a, b) || (*y, *x) == (a, b)).map(|&(_, _, weight)| weight)
}

/// Whether the happening is that somebody spoke.
pub fn is_speech(event: EventType) -> bool {
    matches!(event, Accuse | Reject | Request | Support | Threaten)
}

/// Which of the neighbours a group of claims is called by, where they differ: the one that does most to people.
pub fn gravity(event: EventType) -> usize {
    const ORDER: [EventType; 16] = [
        Assault, Coerce, Mobilize, Protest, Sanction, Retreat, Agree, Concede, Aid, Cooperate, Support, Consult,
        Threaten, Reject, Accuse, Request,
    ];
    ORDER.iter().position(|e| *e == event).unwrap_or(ORDER.len())
}
