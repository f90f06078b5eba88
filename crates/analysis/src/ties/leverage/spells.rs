//! How long a lever was closed, from closings and openings that are told in any order and more than once.

use jiff::civil::Date;
use model::ClaimId;
use serde::Serialize;

use super::{Turn, Way};

/// Two closings of which the second is dated so many days after the first are one closing told twice with a slip; later
/// ones are another, and it must have been open in between. Reports of one closing differ by a day or two; a crossing that
/// is closed twice in a week is taken for closed throughout.
const SLIP_DAYS: i32 = 7;

/// A stretch in which a lever was closed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spell {
    /// First and last day on which it may have been closed, as the text says or, else, the day of the report by which it was.
    pub closed: (Date, Date),
    /// Whether the text says it.
    pub closed_dated: bool,
    /// The same for its opening; `None` where no opening is told.
    pub opened: Option<(Date, Date)>,
    /// Whether the text says it.
    pub opened_dated: bool,
    /// Fewest days from closing to opening; `None` where no opening is told, or none by its day.
    pub days_low: Option<i32>,
    /// Most days; `None` where no opening is told, or no closing by its day.
    pub days_high: Option<i32>,
    /// Where it was closed again with no opening told: it was open at some time before this day.
    pub closed_again: Option<Date>,
    /// Last day of which a claim says that it was closed.
    pub last_told: Date,
    /// Claims that say that it was closed, then those that say that it was opened.
    pub claims: Vec<ClaimId>,
}

/// Spells of turns that are in order of time. An opening of what nobody said was closed ends nothing.
pub(super) fn spells(turns: &[Turn]) -> Vec<Spell> {
    let mut spells: Vec<Spell> = Vec::new();
    for turn in turns {
        // "Was closed in March" says nothing of the day of its report; "is closed" does.
        let says_now = turn.ongoing || !turn.dated;
        let told_of = turn.said.published.filter(|_| says_now).unwrap_or(turn.days.1);
        let open = spells.last_mut().filter(|s| s.opened.is_none());
        match (turn.way, open) {
            (Way::Closed, Some(spell)) if !is_another(spell, turn) => {
                // A day that a text says goes before one by which it merely was so.
                if turn.dated && !spell.closed_dated {
                    (spell.closed, spell.closed_dated) = (turn.days, true);
                }
                spell.last_told = spell.last_told.max(told_of);
                spell.claims.push(turn.said.claim.clone());
            }
            (Way::Closed, before) => {
                if let Some(before) = before {
                    before.closed_again = Some(turn.days.0);
                }
                spells.push(Spell {
                    closed: turn.days,
                    closed_dated: turn.dated,
                    opened: None,
                    opened_dated: false,
                    days_low: None,
                    days_high: None,
                    closed_again: None,
                    last_told: told_of,
                    claims: vec![turn.said.claim.clone()],
                });
            }
            (Way::Opened, Some(spell)) => {
                let days = |from: Date, to: Date| (to - from).get_days().max(0);
                (spell.opened, spell.opened_dated) = (Some(turn.days), turn.dated);
                // What was so by the day of a report may have been so long before.
                spell.days_low = turn.dated.then(|| days(spell.closed.1, turn.days.0));
                spell.days_high = spell.closed_dated.then(|| days(spell.closed.0, turn.days.1));
                spell.claims.push(turn.said.claim.clone());
            }
            (Way::Opened, None) => {}
        }
    }
    spells
}

/// Whether a closing is another than the spell's: an act on a day of its own, well after.
fn is_another(spell: &Spell, turn: &Turn) -> bool {
    turn.dated && !turn.ongoing && spell.closed_dated && (turn.days.0 - spell.closed.1).get_days() > SLIP_DAYS
}
