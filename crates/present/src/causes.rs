//! How judgements of cause and effect are shown: the graph, its loops, and the paths of a lever.

mod chains;

use std::io::{self, Write};

use analysis::Grounds;
use analysis::causes::{Edge, Graph, Judgement};
use chart::{Behind, Frame, Held, Layout, Network, Sign};
use model::Polarity;

pub use chains::{Loops, Paths};

use crate::Answer;
use crate::grounds::counted;
use crate::said::{self, Said, clip};

/// Most characters of a node's name in a figure.
const NAME: usize = 34;

impl Answer for Graph {
    fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.edges.is_empty() {
            return writeln!(out, "No judgement of cause and effect.");
        }
        let judgements: usize = self.edges.iter().map(|e| e.says.len() + e.denies.len()).sum();
        writeln!(
            out,
            "{} on {} between {}",
            counted(judgements, "judgement"),
            counted(self.edges.len(), "edge"),
            counted(self.nodes.len(), "node")
        )?;
        for edge in in_order(self) {
            writeln!(out)?;
            let voices = edge.voices().len();
            let heard = if voices == 0 { "only denied".to_owned() } else { counted(voices, "voice") };
            let contrary = if edge.contrary.is_some() { ", contradicted" } else { "" };
            writeln!(out, "{}  · {heard}{contrary}", said_of(self, edge))?;
            for (label, judgements) in [("says", &edge.says), ("denies", &edge.denies)] {
                for judgement in judgements {
                    said::write(out, label, &shown(judgement))?;
                }
            }
        }
        Ok(())
    }

    fn rows(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let columns = vec![
            "cause",
            "sign",
            "effect",
            "stance",
            "by",
            "publisher",
            "attitude",
            "status",
            "published",
            "cause_words",
            "effect_words",
            "sign_said",
            "words",
            "claim",
            "copy_of",
        ];
        let mut rows = Vec::new();
        for edge in &self.edges {
            for (stance, judgements) in [("says", &edge.says), ("denies", &edge.denies)] {
                rows.extend(judgements.iter().map(|j| {
                    vec![
                        self.nodes[edge.from].id.clone(),
                        edge.polarity.to_string(),
                        self.nodes[edge.to].id.clone(),
                        stance.to_owned(),
                        j.by.name.clone(),
                        j.publisher.clone().unwrap_or_default(),
                        j.attitude.to_string(),
                        j.status.to_string(),
                        j.published.map(|w| w.to_string()).unwrap_or_default(),
                        j.cause.clone(),
                        j.effect.clone(),
                        j.said.to_string(),
                        j.words.clone(),
                        j.claim.to_string(),
                        j.copy_of.as_ref().map(ToString::to_string).unwrap_or_default(),
                    ]
                }));
            }
        }
        (columns, rows)
    }

    fn figure(&self, grounds: &Grounds, width: u32) -> String {
        let edges: Vec<&Edge> = self.edges.iter().collect();
        let n = format!("{} between {}", counted(edges.len(), "edge"), counted(self.nodes.len(), "node"));
        network(self, &edges, "Who judges that what moves what", grounds, n, width)
    }
}

/// Edges with most voices first.
fn in_order(graph: &Graph) -> Vec<&Edge> {
    let mut edges: Vec<&Edge> = graph.edges.iter().collect();
    edges.sort_by_key(|e| std::cmp::Reverse((e.voices().len(), e.says.len())));
    edges
}

/// "strikes  raise  a hard stance (AFG)"
fn said_of(graph: &Graph, edge: &Edge) -> String {
    let (from, to) = (&graph.nodes[edge.from].name, &graph.nodes[edge.to].name);
    format!("{}  {}→  {}", clip(from, 52), sign(edge.polarity), clip(to, 52))
}

fn sign(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Raises => "+",
        Polarity::Lowers => "−",
    }
}

fn shown(judgement: &Judgement) -> Said<'_> {
    Said {
        by: &judgement.by,
        how: format!("{}, {}", judgement.attitude, judgement.status),
        published: judgement.published,
        words: &judgement.words,
        claim: &judgement.claim,
        copy: judgement.copy_of.is_some(),
    }
}

/// Some edges of a graph as a figure.
fn network(graph: &Graph, edges: &[&Edge], title: &str, grounds: &Grounds, n: String, width: u32) -> String {
    let mut used: Vec<usize> = edges.iter().flat_map(|e| [e.from, e.to]).collect();
    used.sort_unstable();
    used.dedup();
    let nodes = used.into_iter().map(|at| {
        let node = &graph.nodes[at];
        let words: Vec<&str> = node.phrases.iter().map(|p| p.text.as_str()).collect();
        chart::Node {
            note: Some(clip(&words.join(" · "), 240)),
            behind: Behind::ids(node.phrases.iter().map(|p| p.claim.as_str())),
            ..chart::Node::new(&node.id, clip(&node.name, NAME))
        }
    });
    let drawn = edges.iter().map(|edge| {
        let sign = if edge.polarity == Polarity::Raises { Sign::Plus } else { Sign::Minus };
        let voices = edge.voices();
        let held = match (voices.is_empty(), edge.denies.is_empty() && edge.contrary.is_none()) {
            (true, _) => Held::Denied,
            (false, false) => Held::Disputed,
            (false, true) => Held::Asserted,
        };
        chart::Edge {
            held,
            label: (!voices.is_empty()).then(|| clip(&said::names(&voices), 30)),
            weight: u32::try_from(voices.len().max(1)).unwrap_or(u32::MAX),
            note: edge.says.first().map(|j| clip(&j.words, 160)),
            behind: Behind::ids(edge.says.iter().chain(&edge.denies).map(|j| j.claim.as_str())),
            ..chart::Edge::new(&graph.nodes[edge.from].id, &graph.nodes[edge.to].id, sign)
        }
    });
    let figure = Network {
        frame: Frame {
            subtitle: Some("Arrows go from causes to effects, with the names of those who judge so".to_owned()),
            empty: Some("Nobody was read to judge so.".to_owned()),
            foot: said::foot(grounds, n),
            width,
            ..Frame::new(title)
        },
        nodes: nodes.collect(),
        edges: drawn.collect(),
        layout: Layout::Layered,
        plus: "raises".to_owned(),
        minus: "lowers".to_owned(),
        ..Network::default()
    };
    figure.svg()
}
