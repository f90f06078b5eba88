//! Who did what to whom: the parties of a happening and the pairs of them, over all claims that tell of it.

use model::record::{ClaimRecord, PartyRecord};
use model::{PartyId, Text};
use serde::Serialize;

/// A party that the catalogue knows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Side {
    /// Its id.
    pub id: PartyId,
    /// The body as which it acted on that day.
    pub acts_as: Option<PartyId>,
}

impl Side {
    pub(super) fn of(party: &PartyRecord) -> Option<Self> {
        let id = party.id.as_ref().or(party.acts_as.as_ref())?;
        Some(Self { id: id.clone(), acts_as: party.acts_as.clone() })
    }

    /// Its root as named, and that of the body as which it acts.
    pub fn roots(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.id).chain(&self.acts_as).map(PartyId::root)
    }

    /// The polity or group that it stands for in a dyad: whom it acts for, else its own root.
    pub fn root(&self) -> &str {
        self.acts_as.as_ref().unwrap_or(&self.id).root()
    }
}

/// Two parties, by the roots of the bodies as which they act.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Dyad {
    /// Who did it; of two in no order, the first by name.
    pub from: Text,
    /// To whom.
    pub to: Text,
    /// Whether it is known who did it to whom.
    pub directed: bool,
}

impl Dyad {
    /// The same two, both ways together.
    #[must_use]
    pub fn both_ways(&self) -> Self {
        Self::between(&self.from, &self.to)
    }

    fn between(a: &Text, b: &Text) -> Self {
        Self { from: a.min(b).clone(), to: a.max(b).clone(), directed: false }
    }

    fn one_way(from: &Text, to: &Text) -> Self {
        Self { from: from.clone(), to: to.clone(), directed: true }
    }
}

/// The parties that the catalogue knows, each once.
pub(super) fn sides(parties: &[PartyRecord]) -> Box<[Side]> {
    let mut sides: Vec<Side> = parties.iter().filter_map(Side::of).collect();
    sides.sort_unstable();
    sides.dedup();
    sides.into()
}

/// Whether a claim gives both sides without saying who began.
fn is_mutual(claim: &ClaimRecord) -> bool {
    claim.reciprocal || claim.direction.as_deref() == Some("none")
}

/// Pairs over all claims of one happening: some know who did it, some to whom. A party that one claim has on one side and
/// another claim on the other is not its own opponent; that some do not know the direction takes nothing away.
pub(super) fn dyads(saying: &[&ClaimRecord]) -> Box<[Dyad]> {
    let mut pairs: Vec<Dyad> = Vec::new();
    let (mut from, mut to): (Vec<Text>, Vec<Text>) = (Vec::new(), Vec::new());
    for claim in saying {
        let (actors, recipients) = (roots(&claim.actor), roots(&claim.recipient));
        if is_mutual(claim) && recipients.is_empty() {
            for (at, a) in actors.iter().enumerate() {
                pairs.extend(actors[at + 1..].iter().map(|b| Dyad::between(a, b)));
            }
        } else if is_mutual(claim) {
            pairs.extend(actors.iter().flat_map(|a| recipients.iter().map(|b| Dyad::between(a, b))));
        } else {
            // Whose people it befell is whom it was done to.
            let befell = || claim.effects.iter().filter_map(|e| e.party.as_ref()).filter_map(root).collect();
            let recipients = if recipients.is_empty() { befell() } else { recipients };
            pairs.extend(actors.iter().filter(|a| recipients.contains(a)).map(|a| Dyad::one_way(a, a)));
            from.extend(actors);
            to.extend(recipients);
        }
    }
    let across = from.iter().flat_map(|a| to.iter().filter(move |b| a != *b).map(move |b| Dyad::one_way(a, b)));
    pairs.extend(across);
    pairs.sort_unstable();
    pairs.dedup();
    let directed: Vec<Dyad> = pairs.iter().filter(|d| d.directed).map(Dyad::both_ways).collect();
    pairs.retain(|d| d.directed || !directed.contains(d));
    pairs.into()
}

fn root(party: &PartyRecord) -> Option<Text> {
    Side::of(party).map(|side| Text::new(side.root()))
}

fn roots(parties: &[PartyRecord]) -> Vec<Text> {
    let mut roots: Vec<Text> = parties.iter().filter_map(root).collect();
    roots.sort_unstable();
    roots.dedup();
    roots
}
