//! What two publishers share: an owner, a state, a party. What is not known is not shared.

use jiff::civil::Date;
use model::{CountryCode, PartyId};

use super::{Publisher, PublisherId, Publishers};

/// Why two publishers are not independent of each other, the closest tie first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tie {
    /// They are one.
    Same,
    /// Both belong to this owner, at whatever remove; or one is the other's owner.
    Owner(PublisherId),
    /// Both speak for this party or parts of it.
    Party(PartyId),
    /// Both, or those that own them, are owned or controlled by this state.
    State(CountryCode),
}

impl Publishers {
    /// The publisher and its owners, the last one on top.
    fn chain(&self, id: &PublisherId, date: Option<Date>) -> Vec<&Publisher> {
        let mut chain = vec![self.get(id)];
        // The table's reader refuses rings, and no day can make one of tenures that hold together; the bound is for both.
        while let Some(owner) = chain.last().and_then(|p| p.at(date)).and_then(|t| t.owner.as_ref()) {
            let owner = self.get(owner);
            if chain.iter().any(|p| p.id == owner.id) {
                break;
            }
            chain.push(owner);
        }
        chain
    }

    /// The owner on top of its chain of owners on a day; itself where no owner is known.
    pub fn owner_root(&self, id: &PublisherId, date: Option<Date>) -> &PublisherId {
        self.chain(id, date).last().map_or(&self.get(id).id, |p| &p.id)
    }

    /// The states that own or control it on a day, itself or through its owners.
    pub fn states_of(&self, id: &PublisherId, date: Option<Date>) -> Vec<CountryCode> {
        let held = self.chain(id, date).into_iter().filter_map(|p| p.at(date));
        held.filter(|t| t.control.is_of_state()).filter_map(|t| t.state).collect()
    }

    /// What two publishers share on a day; `None` where nothing is known to be shared.
    pub fn tie(&self, a: &PublisherId, b: &PublisherId, date: Option<Date>) -> Option<Tie> {
        if a == b {
            return Some(Tie::Same);
        }
        let (of_a, of_b) = (self.chain(a, date), self.chain(b, date));
        if let Some(owner) = of_a.iter().find(|p| of_b.iter().any(|q| q.id == p.id)) {
            return Some(Tie::Owner(owner.id.clone()));
        }
        let parties =
            |chain: &[&Publisher]| -> Vec<PartyId> { chain.iter().filter_map(|p| p.at(date)?.party.clone()).collect() };
        let of_b = parties(&of_b);
        let whole =
            |p: &PartyId, q: &PartyId| if p.is_within(q) { Some(q.clone()) } else { q.is_within(p).then(|| p.clone()) };
        if let Some(party) = parties(&of_a).iter().find_map(|p| of_b.iter().find_map(|q| whole(p, q))) {
            return Some(Tie::Party(party));
        }
        let states = self.states_of(b, date);
        self.states_of(a, date).into_iter().find(|state| states.contains(state)).map(Tie::State)
    }

    /// Whether no tie between two publishers is known on a day.
    ///
    /// It speaks of the publishers alone. One may still relay the other, or both a third, which no table knows: ask
    /// [`Publishers::relayed_wire`] of each report, and compare the wires that it finds.
    pub fn independent(&self, a: &PublisherId, b: &PublisherId, date: Option<Date>) -> bool {
        self.tie(a, b, date).is_none()
    }
}
