//! Who stands how to whom on a day, and the threes in it.

use std::io::{self, Write};

use analysis::ties::{Balance, Network, Sign, Triad};
use analysis::{Grounds, Told};
use chart::{Behind, Edge, Held, Hue, Node};
use serde::Serialize;

use super::{Sentences, clip, day, few, frame, ids};
use crate::Answer;
use crate::grounds::counted;

/// The network of a day and its threes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TieNetwork {
    /// The ties that stand.
    #[serde(flatten)]
    pub network: Network,
    /// Every three who all stand to each other.
    pub triads: Vec<Triad>,
    /// What the claims say.
    pub sentences: Sentences,
}

impl TieNetwork {
    /// The network and its threes, as they were found in these claims.
    pub fn new(network: Network, triads: Vec<Triad>, told: &[Told]) -> Self {
        let claims = network.edges.iter().flat_map(|e| e.claims.iter().chain(&e.denials));
        let sentences = Sentences::of(told).only(claims);
        Self { network, triads, sentences }
    }

    /// How it is found, in a sentence or two.
    pub fn method() -> String {
        "A tie stands on the day if somebody who stands by it says so of that day; denied, doubted and possible ties do not \
         stand. Three are balanced if the number of their hostile sides is even (Heider 1946, Cartwright and Harary 1956)."
            .to_owned()
    }

    /// What it cannot say.
    pub fn caveats() -> Vec<String> {
        vec![
            "Of whom no tie is told there may be any.".to_owned(),
            "The theory of balance describes; it says neither what will come nor what anybody should do.".to_owned(),
        ]
    }

    fn name(&self, key: &analysis::ties::Key) -> String {
        let node = self.network.nodes.iter().find(|n| n.key == *key);
        node.map_or_else(|| key.to_string(), |n| n.name.clone())
    }
}

fn balance(balance: Balance) -> &'static str {
    match balance {
        Balance::Balanced => "balanced",
        Balance::Unbalanced => "unbalanced",
        Balance::Open => "open",
    }
}

fn sign(sign: Sign) -> &'static str {
    match sign {
        Sign::Positive => "+",
        Sign::Negative => "−",
        Sign::Neutral => "·",
    }
}

impl Answer for TieNetwork {
    fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        let network = &self.network;
        if network.edges.is_empty() && network.relations.is_empty() {
            return writeln!(out, "No tie stands on {}.", network.date);
        }
        writeln!(out, "Ties that stand on {} (+ together, − against each other, · neither)", network.date)?;
        for edge in &network.edges {
            let disputed = if edge.disputed { " · disputed" } else { "" };
            writeln!(out, " {} {}{disputed}", sign(edge.sign), edge.words)?;
            let last = edge.last_said.map(|d| format!(", last {d}")).unwrap_or_default();
            let denied =
                if edge.disputed { format!("; denied by {}", edge.denied_by.join(", ")) } else { String::new() };
            writeln!(out, "     said by {}{last}{denied}", edge.asserted_by.join(", "))?;
            if let Some(words) = edge.claims.first().and_then(|c| self.sentences.words(c)) {
                writeln!(out, "     “{}” {}", clip(words), few(&edge.claims))?;
            }
        }
        for relation in &network.relations {
            let Some(deeds) = &relation.hostile_deeds else { continue };
            let number = counted(deeds.number, "hostile deed");
            let (a, b) = (self.name(&relation.a), self.name(&relation.b));
            writeln!(out, " − {number} between {a} and {b}, {}", super::stretch(Some(deeds.first), Some(deeds.last)))?;
            writeln!(out, "     {}", few(&deeds.claims))?;
        }
        writeln!(out, "\nWith how many each stands: together, against, both")?;
        let width = network.nodes.iter().map(|n| n.name.chars().count()).max().unwrap_or(0).min(50);
        for node in network.nodes.iter().filter(|n| n.together + n.against + n.both > 0) {
            writeln!(out, "   {:width$}  {:>3} {:>3} {:>3}", node.name, node.together, node.against, node.both)?;
        }
        if !self.triads.is_empty() {
            writeln!(out, "\nThrees who all stand to each other")?;
        }
        for triad in &self.triads {
            writeln!(out, "   {:10} {}", balance(triad.balance), triad.words)?;
        }
        Ok(())
    }

    fn rows(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let columns = vec![
            "date",
            "type",
            "from",
            "to",
            "sign",
            "disputed",
            "asserted_by",
            "denied_by",
            "last_said",
            "claims",
            "denials",
        ];
        let date = self.network.date.to_string();
        let mut rows: Vec<Vec<String>> = Vec::new();
        for edge in &self.network.edges {
            rows.push(vec![
                date.clone(),
                edge.code.to_string(),
                edge.from.to_string(),
                edge.to.to_string(),
                sign(edge.sign).replace('−', "-").replace('·', "0"),
                if edge.disputed { "yes" } else { "no" }.to_owned(),
                edge.asserted_by.join("; "),
                edge.denied_by.join("; "),
                day(edge.last_said),
                ids(&edge.claims).join(" "),
                ids(&edge.denials).join(" "),
            ]);
        }
        for relation in &self.network.relations {
            let Some(deeds) = &relation.hostile_deeds else { continue };
            rows.push(vec![
                date.clone(),
                "hostile deeds".to_owned(),
                relation.a.to_string(),
                relation.b.to_string(),
                "-".to_owned(),
                String::new(),
                String::new(),
                String::new(),
                deeds.last.to_string(),
                ids(&deeds.claims).join(" "),
                String::new(),
            ]);
        }
        (columns, rows)
    }

    fn figure(&self, grounds: &Grounds, width: u32) -> String {
        let network = &self.network;
        let n = format!("{} among {}", counted(network.edges.len(), "tie"), counted(network.nodes.len(), "party"));
        let title = format!("Who is told to stand how to whom, on {}", network.date);
        let mut frame = frame(&title, grounds, n, width);
        frame.empty = Some(format!("No tie stands on {}.", network.date));
        let nodes = network.nodes.iter().map(|n| Node {
            hue: Some(if n.is_place { Hue::Slate } else { Hue::Teal }),
            kind: Some(if n.is_place { "place" } else { "party" }.to_owned()),
            ..Node::new(n.key.as_str(), &n.name)
        });
        let mut edges: Vec<Edge> = Vec::new();
        for edge in &network.edges {
            let drawn = match edge.sign {
                Sign::Positive => chart::Sign::Plus,
                Sign::Negative => chart::Sign::Minus,
                Sign::Neutral => chart::Sign::Neither,
            };
            let denied =
                if edge.disputed { format!("; denied by {}", edge.denied_by.join(", ")) } else { String::new() };
            edges.push(Edge {
                directed: !edge.symmetric,
                held: if edge.disputed { Held::Disputed } else { Held::Asserted },
                label: Some(edge.code.as_str().to_lowercase().replace('_', " ")),
                note: Some(format!("said by {}{denied}", edge.asserted_by.join(", "))),
                behind: Behind::ids(ids(&edge.claims)),
                ..Edge::new(edge.from.as_str(), edge.to.as_str(), drawn)
            });
        }
        for relation in &network.relations {
            let Some(deeds) = &relation.hostile_deeds else { continue };
            edges.push(Edge {
                directed: false,
                label: Some(counted(deeds.number, "hostile deed")),
                note: Some(super::stretch(Some(deeds.first), Some(deeds.last))),
                behind: Behind::ids(ids(&deeds.claims)),
                ..Edge::new(relation.a.as_str(), relation.b.as_str(), chart::Sign::Minus)
            });
        }
        let (plus, minus) = ("together".to_owned(), "against each other".to_owned());
        chart::Network { frame, nodes: nodes.collect(), edges, plus, minus, ..chart::Network::default() }.svg()
    }
}
