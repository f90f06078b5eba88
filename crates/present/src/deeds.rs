//! What types of events are called (PLOVER manual 2021, "Event categories").

/// Each type: one of it, many of it, and what ties it to those to whom it was done.
const DEEDS: [(&str, &str, &str, &str); 16] = [
    ("AGREE", "agreement", "agreements", "with"),
    ("CONSULT", "talks", "talks", "with"),
    ("SUPPORT", "support", "support", "for"),
    ("CONCEDE", "concession", "concessions", "to"),
    ("COOPERATE", "cooperation", "cooperation", "with"),
    ("AID", "aid", "aid", "to"),
    ("RETREAT", "withdrawal", "withdrawals", "before"),
    ("REQUEST", "demand", "demands", "to"),
    ("ACCUSE", "accusation", "accusations", "against"),
    ("REJECT", "rejection", "rejections", "towards"),
    ("THREATEN", "threat", "threats", "against"),
    ("PROTEST", "protest", "protests", "against"),
    ("SANCTION", "sanction", "sanctions", "against"),
    ("MOBILIZE", "mobilization", "mobilizations", "against"),
    ("COERCE", "coercion", "coercion", "of"),
    ("ASSAULT", "attack", "attacks", "on"),
];

/// What one of a type is called, and what ties it to those to whom it was done: "attack", "on".
pub fn one(code: &str) -> Option<(&'static str, &'static str)> {
    DEEDS.into_iter().find(|(known, ..)| *known == code).map(|(_, one, _, towards)| (one, towards))
}

/// What many of a type are called, at the beginning of a line: "Attacks".
pub fn many(code: &str) -> String {
    let many = DEEDS.into_iter().find(|(known, ..)| *known == code).map_or(code, |(_, _, many, _)| many);
    let mut letters = many.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
