//! Three parties who all stand to each other: balanced or not, in the words of the theory, with the ties behind it.
//!
//! A triad is balanced if the number of its hostile sides is even (Heider, *J. Psychology* 21, 1946; Cartwright and Harary,
//! *Psychological Review* 63, 1956): all three together, or two together against the third. The theory says which triads it
//! calls balanced; whether they last is not said here, and what anybody should do even less. Three who are all against each
//! other are unbalanced by Cartwright and Harary, and not so by Davis (*Human Relations* 20, 1967), which the words say.
//!
//! A side of which both are told, together and against, is taken either way, and the triad is left open. A side that rests
//! on disputed ties alone makes the triad hang on what is believed.

use model::ClaimId;
use serde::Serialize;

use super::network::{Network, Relation};
use super::party::Key;

/// Three parties who all stand to each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Triad {
    /// The three, by key.
    pub parties: [Key; 3],
    /// How the first stands to the second, the first to the third, and the second to the third.
    pub sides: [Side; 3],
    /// What the theory calls it.
    pub balance: Balance,
    /// In words, with who says so and what it hangs on.
    pub words: String,
    /// All claims behind the sides.
    pub claims: Vec<ClaimId>,
}

/// How two of the three stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Together.
    Together,
    /// Together, if what somebody denies is so.
    TogetherIfBelieved,
    /// Against each other.
    Against,
    /// Against each other, if what somebody denies is so.
    AgainstIfBelieved,
    /// Both are told.
    Both,
}

/// What the theory calls a triad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Balance {
    /// An even number of hostile sides.
    Balanced,
    /// An odd number.
    Unbalanced,
    /// A side is told both ways.
    Open,
}

/// Every three parties of whom each two stand together or against each other, by key.
pub fn triads(network: &Network) -> Vec<Triad> {
    let signed: Vec<&Relation> = network.relations.iter().filter(|r| r.signs() != (false, false)).collect();
    let mut found = Vec::new();
    // Relations are in the order of their keys: of a triad, that of the first two comes first.
    for (at, ab) in signed.iter().enumerate() {
        for ac in signed[at + 1..].iter().take_while(|r| r.a == ab.a) {
            if let Ok(bc) = signed.binary_search_by(|r| (&r.a, &r.b).cmp(&(&ab.b, &ac.b))) {
                found.push(triad(network, [ab, ac, signed[bc]]));
            }
        }
    }
    found
}

fn triad(network: &Network, relations: [&Relation; 3]) -> Triad {
    let sides = relations.map(|r| side(network, r));
    let against = sides.iter().filter(|s| matches!(s, Side::Against | Side::AgainstIfBelieved)).count();
    let balance = match (sides.contains(&Side::Both), against % 2) {
        (true, _) => Balance::Open,
        (false, 0) => Balance::Balanced,
        (false, _) => Balance::Unbalanced,
    };
    let [ab, ac, _] = relations;
    let mut claims: Vec<ClaimId> = relations.iter().flat_map(|r| claims(network, r)).collect();
    claims.sort();
    claims.dedup();
    let described: Vec<String> = relations.iter().zip(&sides).map(|(r, s)| describe(network, r, *s)).collect();
    Triad {
        parties: [ab.a.clone(), ab.b.clone(), ac.b.clone()],
        words: format!("{} {}", described.join(" "), reading(network, relations, sides, against)),
        sides,
        balance,
        claims,
    }
}

fn side(network: &Network, relation: &Relation) -> Side {
    let disputed = |edges: &[usize]| edges.iter().all(|&e| network.edges[e].disputed);
    match relation.signs() {
        (true, true) => Side::Both,
        (true, false) if disputed(&relation.together) => Side::TogetherIfBelieved,
        (true, false) => Side::Together,
        // Hostile deeds are told as having happened, and are not taken for disputed here.
        (false, _) if relation.hostile_deeds.is_none() && disputed(&relation.against) => Side::AgainstIfBelieved,
        (false, _) => Side::Against,
    }
}

fn edges(relation: &Relation) -> impl Iterator<Item = usize> {
    relation.together.iter().chain(&relation.against).copied()
}

fn claims(network: &Network, relation: &Relation) -> Vec<ClaimId> {
    let ties = edges(relation).flat_map(|e| network.edges[e].claims.iter().chain(&network.edges[e].denials));
    ties.chain(relation.hostile_deeds.iter().flat_map(|d| &d.claims)).cloned().collect()
}

/// "Afghanistan harbours TTP (said by Pakistan; denied by Afghanistan)."
fn describe(network: &Network, relation: &Relation, side: Side) -> String {
    let mut parts: Vec<String> = edges(relation)
        .map(|e| {
            let edge = &network.edges[e];
            let denied = if edge.disputed { format!("; denied by {}", list(&edge.denied_by)) } else { String::new() };
            format!("{} (said by {}{denied})", edge.words, list(&edge.asserted_by))
        })
        .collect();
    if let Some(deeds) = &relation.hostile_deeds {
        let (a, b) = (name(network, &relation.a), name(network, &relation.b));
        let days = if deeds.first == deeds.last {
            format!("on {}", deeds.first)
        } else {
            format!("from {} to {}", deeds.first, deeds.last)
        };
        let number =
            if deeds.number == 1 { "one hostile deed".to_owned() } else { format!("{} hostile deeds", deeds.number) };
        parts.push(format!("{number} between {a} and {b} {days}"));
    }
    let both = if side == Side::Both { ": told both ways" } else { "" };
    format!("{}{both}.", parts.join("; "))
}

fn reading(network: &Network, [ab, ac, bc]: [&Relation; 3], sides: [Side; 3], against: usize) -> String {
    let names = [&ab.a, &ab.b, &ac.b].map(|key| name(network, key));
    let is_opposed = |side: &Side| matches!(side, Side::Against | Side::AgainstIfBelieved);
    // Who is not of the side at each position.
    let apart = [&names[2], &names[1], &names[0]];
    let pair = [(&names[0], &names[1]), (&names[0], &names[2]), (&names[1], &names[2])];
    if let Some(at) = sides.iter().position(|s| *s == Side::Both) {
        let (x, y) = pair[at];
        return format!(
            "How {x} and {y} stand is told both ways, so that the three are neither balanced nor unbalanced."
        );
    }
    let mut words = match against {
        0 => "All three stand together: balanced".to_owned(),
        1 => {
            let at = sides.iter().position(is_opposed).unwrap_or(0);
            let (x, y) = pair[at];
            format!("{} stands with both {x} and {y}, who stand against each other: unbalanced", apart[at])
        }
        2 => {
            let at = sides.iter().position(|s| !is_opposed(s)).unwrap_or(0);
            let (x, y) = pair[at];
            format!("{x} and {y} stand together, and both against {}: balanced", apart[at])
        }
        _ => "All three stand against each other: unbalanced by Cartwright and Harary, and not so by Davis".to_owned(),
    };
    let believed: Vec<String> = [ab, ac, bc]
        .iter()
        .zip(sides)
        .filter(|(_, s)| matches!(s, Side::TogetherIfBelieved | Side::AgainstIfBelieved))
        .map(|(r, _)| edges(r).map(|e| network.edges[e].words.as_str()).collect::<Vec<_>>().join(" or that "))
        .collect();
    if !believed.is_empty() {
        words = format!("{words}, if one believes that {}", believed.join(" and that "));
    }
    format!("{words}.")
}

fn name<'a>(network: &'a Network, key: &Key) -> &'a str {
    let at = network.nodes.binary_search_by(|n| n.key.cmp(key));
    at.map_or("", |at| network.nodes[at].name.as_str())
}

/// "A, B and C"; each once, at most three.
fn list(names: &[String]) -> String {
    let mut once: Vec<&str> = Vec::new();
    for name in names {
        if !once.contains(&name.as_str()) {
            once.push(name);
        }
    }
    match once.as_slice() {
        [] => "nobody by name".to_owned(),
        [only] => (*only).to_owned(),
        [first @ .., last] if first.len() < 3 => format!("{} and {last}", first.join(", ")),
        all => format!("{} and {} others", all[..3].join(", "), all.len() - 3),
    }
}
