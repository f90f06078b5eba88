//! Who stands with whom at a date, and what is said to move what: parties or happenings as boxes, signed edges between them.
//!
//! In: nodes and edges that were decided elsewhere. Out: SVG. The layout is reckoned here from the order of the nodes alone,
//! without chance, so that the same network always looks the same. Nearness says nothing but that an edge is short.
//!
//! Nodes are boxes with their names inside, so that no name can lie on another. The sign of an edge is written on it, and
//! what is disputed or denied is broken: neither is told by colour alone.

mod draw;
mod force;
mod layered;
mod matrix;

use std::collections::BTreeMap;

use crate::frame::{Behind, Frame};
use crate::legend::{self, Key, Swatch};
use crate::marks::Held;
use crate::number;
use crate::page::Page;
use crate::style::Hue;

pub(crate) use draw::{badge, node_box};

/// Nodes and signed edges.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// What stands around it.
    pub frame: Frame,
    /// What is connected.
    pub nodes: Vec<Node>,
    /// What connects it. An end that is no node becomes one, with its id as name.
    pub edges: Vec<Edge>,
    /// How it is laid out.
    pub layout: Layout,
    /// How many edges are drawn at most: those of most weight, the earlier first. The rest is named by number.
    pub most_edges: usize,
    /// What a plus is: "support".
    pub plus: String,
    /// What a minus is: "hostility".
    pub minus: String,
}

impl Default for Network {
    fn default() -> Self {
        Self {
            frame: Frame::default(),
            nodes: Vec::new(),
            edges: Vec::new(),
            layout: Layout::default(),
            // Past this, lines on a page are a thicket.
            most_edges: 40,
            plus: "support".to_owned(),
            minus: "hostility".to_owned(),
        }
    }
}

/// How nodes are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Connected nodes near one another: for ties.
    #[default]
    Force,
    /// From causes to effects, left to right, or from the top down where that has no room.
    Layered,
    /// A table: rows act on columns. For dense networks, and for more than a dozen nodes on a telephone.
    Matrix,
}

/// A node.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// What edges call it.
    pub id: String,
    /// What readers call it.
    pub name: String,
    /// Its colour, for kinds of nodes.
    pub hue: Option<Hue>,
    /// The kind that the colour stands for, for the legend: "state".
    pub kind: Option<String>,
    /// More words for the tooltip.
    pub note: Option<String>,
    /// What stands behind it.
    pub behind: Behind,
}

impl Node {
    /// A node without a kind.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), ..Self::default() }
    }
}

/// An edge.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edge {
    /// Id of the node that it comes from.
    pub from: String,
    /// Id of the node that it goes to.
    pub to: String,
    /// Whether it goes one way: with an arrowhead. Both ways without.
    pub directed: bool,
    /// Its sign.
    pub sign: Sign,
    /// What may be held of it.
    pub held: Held,
    /// What is written on it: "harbours". Left to the tooltip where there is no room.
    pub label: Option<String>,
    /// How much it weighs: by it the edges are chosen that are drawn, and the thickness of lines. 1 unless told.
    pub weight: u32,
    /// More words for the tooltip.
    pub note: Option<String>,
    /// What stands behind it.
    pub behind: Behind,
}

impl Edge {
    /// An edge that goes one way and that nobody denies.
    pub fn new(from: impl Into<String>, to: impl Into<String>, sign: Sign) -> Self {
        Self { from: from.into(), to: to.into(), directed: true, sign, weight: 1, ..Self::default() }
    }
}

/// The sign of an edge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// Supports, raises.
    Plus,
    /// Opposes, lowers.
    Minus,
    /// Neither, or not told.
    #[default]
    Neither,
}

impl Sign {
    pub(crate) fn hue(self) -> Hue {
        match self {
            Self::Plus => Hue::Blue,
            Self::Minus => Hue::Orange,
            Self::Neither => Hue::Slate,
        }
    }

    pub(crate) fn written(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "−",
            Self::Neither => "",
        }
    }
}

/// A network whose edges know their nodes by place, and what was left out of it.
pub(crate) struct Resolved<'a> {
    pub nodes: Vec<Node>,
    /// From, to, and the edge.
    pub edges: Vec<(usize, usize, &'a Edge)>,
    pub edges_left_out: usize,
}

impl Network {
    /// The figure as SVG.
    pub fn svg(&self) -> String {
        let mut page = Page::open(&self.frame);
        let resolved = self.resolved();
        if resolved.nodes.is_empty() {
            page.nothing();
            return page.close("No data.");
        }
        legend::draw(&mut page, &self.keys(&resolved));
        match self.layout {
            Layout::Matrix => matrix::draw(&mut page, &resolved),
            Layout::Force | Layout::Layered => draw::draw(&mut page, &resolved, self.layout),
        }
        if resolved.edges_left_out > 0 {
            page.remark(&format!(
                "and {} of less weight",
                number::of(resolved.edges_left_out, "more edge", "more edges")
            ));
        }
        page.close(&Self::summary(&resolved))
    }

    fn resolved(&self) -> Resolved<'_> {
        let mut nodes: Vec<Node> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for node in &self.nodes {
            if !places.contains_key(node.id.as_str()) {
                places.insert(&node.id, nodes.len());
                nodes.push(node.clone());
            }
        }
        let mut by_weight: Vec<&Edge> = self.edges.iter().collect();
        by_weight.sort_by_key(|edge| std::cmp::Reverse(edge.weight));
        let edges_left_out = by_weight.len().saturating_sub(self.most_edges);
        by_weight.truncate(self.most_edges);
        let mut edges = Vec::new();
        for edge in by_weight {
            let [from, to] = [&edge.from, &edge.to].map(|id| {
                *places.entry(id.as_str()).or_insert_with(|| {
                    nodes.push(Node::new(id, id));
                    nodes.len() - 1
                })
            });
            edges.push((from, to, edge));
        }
        Resolved { nodes, edges, edges_left_out }
    }

    fn keys(&self, resolved: &Resolved) -> Vec<Key> {
        let mut keys = Vec::new();
        for node in &resolved.nodes {
            if let (Some(hue), Some(kind)) = (node.hue, &node.kind) {
                keys.push(Key::new(Swatch::Node(hue), kind));
            }
        }
        for (sign, name) in [(Sign::Plus, self.plus.as_str()), (Sign::Minus, &self.minus), (Sign::Neither, "neither")] {
            if resolved.edges.iter().any(|(_, _, edge)| edge.sign == sign) {
                let plain = self.layout == Layout::Matrix && sign == Sign::Neither;
                let swatch = if plain { Swatch::Block(Hue::Slate, Held::Asserted) } else { Swatch::Edge(sign) };
                keys.push(Key::new(swatch, name));
            }
        }
        let held = [(Held::Disputed, "disputed"), (Held::Denied, "denied"), (Held::Planned, "planned")];
        for (held, name) in held {
            if resolved.edges.iter().any(|(_, _, edge)| edge.held == held) {
                let swatch = if self.layout == Layout::Matrix {
                    Swatch::Block(Hue::Slate, held)
                } else {
                    Swatch::Line(Hue::Slate, crate::marks::dashes(held))
                };
                keys.push(Key::new(swatch, name));
            }
        }
        keys
    }

    fn summary(resolved: &Resolved) -> String {
        let nodes = number::of(resolved.nodes.len(), "node", "nodes");
        let edges = number::of(resolved.edges.len() + resolved.edges_left_out, "edge", "edges");
        let mut words = vec![format!("{nodes}, {edges}.")];
        words.extend(
            resolved.edges.iter().map(|(from, to, edge)| say(&resolved.nodes[*from], &resolved.nodes[*to], edge) + "."),
        );
        words.join(" ")
    }
}

/// An edge in words: who, what, whom, and what may be held of it.
pub(crate) fn say(from: &Node, to: &Node, edge: &Edge) -> String {
    let label = edge.label.as_deref().unwrap_or("is tied to");
    let sign = if edge.sign == Sign::Neither { String::new() } else { format!(" ({})", edge.sign.written()) };
    let held = match edge.held {
        Held::Asserted => "",
        Held::Disputed => ", disputed",
        Held::Denied => ", denied",
        Held::Planned => ", planned",
    };
    let note = edge.note.as_ref().map(|note| format!(". {note}"));
    format!("{} {label} {}{sign}{held}{}", from.name, to.name, note.unwrap_or_default())
}
