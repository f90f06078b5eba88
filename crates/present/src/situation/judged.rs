//! What those who are cited judge would escalate or calm, with their names.
//!
//! Whether more of something is an escalation is sorted here, by the concept that the lexicon takes it for; what the judges say of
//! it stands as they say it.

use analysis::causes::{Edge, Judgement};
use jiff::civil::Date;
use model::{Polarity, Status, When};

use super::notes::Notes;
use super::{Situation, sentence};
use crate::paper::{Block, Words};
use crate::said::clip;

/// Most judgements of a kind.
const SHOWN: usize = 6;

/// Concepts (`data/causes/concepts.toml`) of which more is an escalation: force, harm, and what hardens.
const ESCALATES: [&str; 20] = [
    "strikes",
    "attacks",
    "fighting",
    "offensives",
    "retaliation",
    "casualties",
    "deployment",
    "arms",
    "sanctuary",
    "recruitment",
    "group_funding",
    "crossings_closed",
    "displacement",
    "expulsions",
    "sanctions",
    "stance",
    "tension",
    "public_anger",
    "repression",
    "hunger",
];

/// Concepts of which more calms.
const CALMS: [&str; 9] = [
    "talks",
    "mediation",
    "ceasefire",
    "monitoring",
    "relations",
    "trade",
    "stability",
    "accountability",
    "action_against_groups",
];

/// Where a judgement is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Escalates,
    Calms,
    Other,
}

impl Situation {
    pub(super) fn judged(&self, notes: &mut Notes) -> Vec<Block> {
        let graph = &self.causes.answer;
        let mut judged: Vec<(&Edge, &Judgement, bool)> = Vec::new();
        for edge in &graph.edges {
            judged.extend(edge.says.iter().map(|j| (edge, j, true)));
            judged.extend(edge.denies.iter().map(|j| (edge, j, false)));
        }
        judged.retain(|(_, j, _)| j.copy_of.is_none());
        // What looks ahead first, then the latest.
        let key = |j: &Judgement| {
            let ahead =
                matches!(j.status, Status::Possible | Status::Hypothetical | Status::Planned | Status::Threatened);
            let day: Option<Date> = j.published.map(When::date);
            (std::cmp::Reverse((ahead, day)), j.claim.clone())
        };
        judged.sort_by_cached_key(|(_, j, _)| key(j));
        let mut blocks = Vec::new();
        for (sort, words) in [
            (Sort::Escalates, "Said to escalate"),
            (Sort::Calms, "Said to calm"),
            (Sort::Other, "Other judgements of cause and effect"),
        ] {
            let of_it = judged.iter().filter(|(edge, _, says)| self.sorted(edge, *says) == sort);
            let points: Vec<Words> =
                of_it.take(SHOWN).map(|(edge, j, says)| self.judgement(edge, j, *says, notes)).collect();
            if !points.is_empty() {
                blocks.push(Block::Heading { level: 3, words: words.to_owned() });
                blocks.push(Block::List(points));
            }
        }
        if blocks.is_empty() {
            return vec![sentence("Nobody was read to judge what raises or lowers what.")];
        }
        blocks.push(sentence("Each is somebody's judgement, not a finding; what nobody was read to say is not here."));
        blocks
    }

    fn sorted(&self, edge: &Edge, says: bool) -> Sort {
        let concept = self.causes.answer.nodes[edge.to].concept.as_deref();
        let raises = edge.polarity == Polarity::Raises;
        match concept {
            _ if !says => Sort::Other,
            Some(c) if ESCALATES.contains(&c) => {
                if raises {
                    Sort::Escalates
                } else {
                    Sort::Calms
                }
            }
            Some(c) if CALMS.contains(&c) => {
                if raises {
                    Sort::Calms
                } else {
                    Sort::Escalates
                }
            }
            _ => Sort::Other,
        }
    }

    fn judgement(&self, edge: &Edge, judgement: &Judgement, says: bool, notes: &mut Notes) -> Words {
        let all = &self.causes.answer.nodes;
        let name = |at: usize| self.names.of(&clip(&all[at].name, 90));
        let verb = match (says, edge.polarity) {
            (true, Polarity::Raises) => "raises",
            (true, Polarity::Lowers) => "lowers",
            (false, Polarity::Raises) => "does not raise",
            (false, Polarity::Lowers) => "does not lower",
        };
        let day = judgement.published.map_or(String::new(), |day| format!(", {}", day.date()));
        let how = match judgement.status {
            Status::Occurred | Status::Ongoing => "",
            Status::Planned | Status::Promised => " (to come)",
            Status::Possible => " (may be)",
            _ => " (would)",
        };
        let words = Words::of(format!("{}: ", self.names.of(&judgement.by.name))).strong(name(edge.from));
        let words = words.and(format!(" {verb}{how} ")).strong(name(edge.to)).and(day);
        words.noted([notes.cite(&judgement.claim)])
    }
}
