//! Who has an interest in what is believed of a tie: its ends, and those who are told to stand against one of them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::{ClaimId, EventType};

use super::acts::Act;
use super::interval::Tie;
use super::party::Key;
use super::tables::Sign;
use super::voices::{Interest, Voice};

/// Claims that are named to show it.
const SHOWN: usize = 5;

/// Claims that show it, with the day of each.
type Shown = Vec<(Option<Date>, ClaimId)>;

/// Pairs of parties that are told to stand against each other, with the claims that say so.
pub(super) struct Opponents {
    pairs: BTreeMap<(Key, Key), Shown>,
}

impl Opponents {
    /// From ties of a negative sign that somebody asserts, and from assaults. Accusations show nothing: whoever accuses
    /// would otherwise be an opponent by accusing.
    pub(super) fn of(ties: &[Tie], acts: &[Act]) -> Self {
        let mut pairs: BTreeMap<(Key, Key), Shown> = BTreeMap::new();
        for tie in ties.iter().filter(|t| t.sign == Sign::Negative) {
            let said = tie.asserted_by.iter().flat_map(|v| v.claims.iter().map(|c| (v.first_said, c.clone())));
            pairs.entry(ordered(&tie.from.key, &tie.to.key)).or_default().extend(said);
        }
        for act in acts.iter().filter(|a| a.code == EventType::Assault) {
            for (a, b) in &act.between {
                pairs.entry(ordered(a, b)).or_default().push((Some(act.days.0), act.claims[0].clone()));
            }
        }
        pairs.retain(|_, shown| !shown.is_empty());
        for shown in pairs.values_mut() {
            shown.sort();
        }
        Self { pairs }
    }

    /// Marks every voice of a tie.
    pub(super) fn mark(&self, tie: &mut Tie) {
        let ends = [tie.from.clone(), tie.to.clone()];
        let lists = [
            &mut tie.asserted_by,
            &mut tie.denied_by,
            &mut tie.ended_by,
            &mut tie.doubted_by,
            &mut tie.taken_back_by,
            &mut tie.possible_by,
        ];
        let interest = |voice: &Voice| {
            let speaker = voice.party.as_ref()?;
            if ends.iter().any(|end| end.key == *speaker) {
                return Some(Interest::Party);
            }
            ends.iter().find_map(|end| {
                let shown = self.pairs.get(&ordered(speaker, &end.key))?;
                let shown_by = shown.iter().take(SHOWN).map(|(_, claim)| claim.clone()).collect();
                Some(Interest::Opponent { of: end.name.clone(), shown_by })
            })
        };
        for voice in lists.into_iter().flatten() {
            voice.interest = interest(voice);
        }
    }
}

fn ordered(a: &Key, b: &Key) -> (Key, Key) {
    if a <= b { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) }
}
