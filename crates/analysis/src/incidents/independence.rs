//! Who stands behind a claim, so that one source that speaks twice counts once.
//!
//! Two claims are independent if nothing that stands behind the one stands behind the other: no party of one root, no
//! owner of publications, no agency or party quoted on the way, no text of which both are near-copies. Rows of data sets
//! are built from reports and stand behind nothing; an unnamed source ("reports", "officials", "residents") may be anybody,
//! hence nobody new.

use std::collections::BTreeSet;

use model::record::{ClaimRecord, PartyRecord};
use model::{DocumentId, PartyId};

use super::words::plain_name;

/// What is known of publications.
pub trait PublisherFacts {
    /// One name for a publication however it is written (`AFP` for "Agence France-Presse"); `None` where the name is not
    /// that of a publication that is known.
    fn publication(&self, name: &str) -> Option<String>;
    /// Who owns it, by one name for each owner.
    fn owner(&self, publisher: &str) -> Option<String>;
    /// The party whose voice it is: a state's broadcaster, a group's outlet.
    fn party(&self, publisher: &str) -> Option<PartyId>;
    /// Whether others relay its reports: a news agency.
    fn is_wire(&self, publisher: &str) -> bool;
}

/// Nothing is known: each name is a publication of its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFacts;

impl PublisherFacts for NoFacts {
    fn publication(&self, _: &str) -> Option<String> {
        None
    }
    fn owner(&self, _: &str) -> Option<String> {
        None
    }
    fn party(&self, _: &str) -> Option<PartyId> {
        None
    }
    fn is_wire(&self, _: &str) -> bool {
        false
    }
}

/// A claim with what its document says of where it comes from.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The claim.
    pub claim: &'a ClaimRecord,
    /// The publication of its document.
    pub publisher: Option<&'a str>,
    /// The document of which its document is a near-copy.
    pub copy_of: Option<&'a DocumentId>,
}

impl Told<'_> {
    /// Whether the claim is in the publication's own voice: no source is named, nor hinted at.
    pub fn is_own_voice(&self) -> bool {
        self.claim.asserter.is_none() && self.claim.attribution.is_empty()
    }
}

/// One thing that can stand behind a claim.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Backer {
    /// A party, by its root.
    Root(String),
    /// Somebody whom no catalogue knows, by name.
    Name(String),
    /// A publication, or its owner.
    Owner(String),
    /// A text of which there are copies.
    Text(DocumentId),
}

/// All that stands behind a claim; `None` where it can count for nobody.
pub(super) fn backers(told: &Told, facts: &dyn PublisherFacts) -> Option<BTreeSet<Backer>> {
    let claim = told.claim;
    if claim.row.is_some() {
        return None;
    }
    let mut behind = BTreeSet::new();
    if told.is_own_voice() {
        behind.extend(publication(told.publisher?, facts));
    } else {
        let sources = claim.attribution.iter().map(|a| a.party.as_ref());
        behind.extend(sources.flatten().flat_map(|source| party(source, facts)));
        // Where the innermost source has no name, those who pass its words on add nothing of their own.
        let innermost = party(claim.asserter.as_ref()?, facts);
        if innermost.is_empty() {
            return None;
        }
        behind.extend(innermost);
    }
    behind.insert(Backer::Text(told.copy_of.unwrap_or(&claim.document).clone()));
    Some(behind)
}

/// Whether two claims share nothing that stands behind them. Two sources that are named in one report are two asserters; a
/// report's own voice is none beside the sources that it quotes, nor beside its copies.
pub(super) fn are_independent(a: &BTreeSet<Backer>, b: &BTreeSet<Backer>, both_quoted: bool) -> bool {
    a.intersection(b).all(|shared| both_quoted && matches!(shared, Backer::Text(_)))
}

fn publication(name: &str, facts: &dyn PublisherFacts) -> BTreeSet<Backer> {
    let own = facts.publication(name).unwrap_or_else(|| plain_name(name));
    let mut behind = BTreeSet::from([Backer::Owner(own)]);
    behind.extend(facts.owner(name).map(Backer::Owner));
    behind.extend(facts.party(name).map(|p| Backer::Root(p.root().to_owned())));
    behind
}

fn party(source: &PartyRecord, facts: &dyn PublisherFacts) -> BTreeSet<Backer> {
    let mut behind: BTreeSet<Backer> =
        [&source.id, &source.acts_as].into_iter().flatten().map(|p| Backer::Root(p.root().to_owned())).collect();
    if behind.is_empty() && source.proper_name().is_none() {
        return behind;
    }
    if let Some(name) = source.name.as_deref().or(source.mention.as_deref()) {
        // A relay: "Reuters reported". It is the agency that stands behind it.
        if facts.publication(name).is_some() {
            behind.extend(publication(name, facts));
        } else if behind.is_empty() {
            behind.insert(Backer::Name(plain_name(name)));
            // Named as a publication of the corpus would be, where no facts are at hand.
            behind.insert(Backer::Owner(plain_name(name)));
        }
    }
    behind
}
