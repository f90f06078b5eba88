//! Whether two parties draw closer or apart: the mean tone of what happened between them, week by week or month by month,
//! as a level that moves, with its shifts and the sentences that carry them.
//!
//! A bin's value is the mean tone of its happenings ([`super::tables::tone`], from -2, hostile deeds, to 2, friendly ones),
//! and weighs as many as they are: a mean, since a sum would rise and fall with the attention of the press. A bin of which
//! nothing is told has no value, which is not a tone of zero. The model is [`super::level`].
//!
//! Refused: to say why it shifted, to place a happening whose time is longer than a bin, and to estimate from too little.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use model::{ClaimId, EventType, TieType};
use serde::Serialize;

use super::acts::Act;
use super::interval::Ties;
use super::level::{self, Fit, Observation, Shift};
use super::party::Key;
use super::tables::Sign;
use crate::incidents::account::label;
use crate::incidents::independence::Told;

/// Happenings and ties shown with a shift: more would not be read.
const SHOWN: usize = 12;

/// How long a bin is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// From Monday on.
    Week,
    /// A calendar month.
    Month,
}

impl Period {
    /// First day of the bin in which a day lies.
    pub fn start(self, day: Date) -> Date {
        match self {
            Self::Week => day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day),
            Self::Month => day.first_of_month(),
        }
    }

    /// First day of the next bin; `None` at the end of the calendar.
    fn next(self, start: Date) -> Option<Date> {
        let length: Span = match self {
            Self::Week => 1.week(),
            Self::Month => 1.month(),
        };
        start.checked_add(length).ok()
    }

    /// The longest time, in days, that lies well enough in the bin of its first day.
    fn longest(self) -> i32 {
        match self {
            Self::Week => 7,
            Self::Month => 31,
        }
    }
}

/// How two parties stand over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Warming {
    /// The two, by key.
    pub between: (Key, Key),
    /// Length of the bins.
    pub period: Period,
    /// Happenings that are placed in bins.
    pub happenings: usize,
    /// Claims of happenings between them whose time is too long for a bin.
    pub unplaced: Vec<ClaimId>,
    /// Every bin from the first to the last.
    pub bins: Vec<ToneBin>,
    /// The level and its shifts; `None` where nothing was estimated.
    pub fit: Option<Fit>,
    /// Why nothing was estimated, in words.
    pub not_estimated: Option<String>,
    /// The shifts of `fit`, with what carries them.
    pub shifts: Vec<CarriedShift>,
    /// Where somebody says in words that they draw closer or are at odds, whatever the level does.
    pub in_words: Vec<InWords>,
}

/// What happened in a bin.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ToneBin {
    /// First day.
    pub bin: Date,
    /// Mean tone; `None` where nothing is told.
    pub tone: Option<f64>,
    /// Friendly happenings.
    pub friendly: usize,
    /// Hostile happenings.
    pub hostile: usize,
    /// Claims of all of them.
    pub claims: Vec<ClaimId>,
}

/// A shift with the sentences behind it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CarriedShift {
    /// Where and how far.
    pub shift: Shift,
    /// Closer or apart.
    pub direction: Direction,
    /// Happenings before and after it that make it, those that weigh most first.
    pub carried_by: Vec<Carrier>,
    /// Who says so in words at that time.
    pub in_words: Vec<InWords>,
}

/// Closer or apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The tone rose.
    Warming,
    /// The tone fell.
    Cooling,
}

/// A happening that carries a shift.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Carrier {
    /// First day of its bin.
    pub bin: Date,
    /// What it is.
    #[serde(rename = "type")]
    pub code: EventType,
    /// Its tone.
    pub tone: i32,
    /// How far it pulls in the direction of the shift, in units of tone.
    pub pull: f64,
    /// Who says so first.
    pub who: String,
    /// In which words.
    pub words: String,
    /// All claims of the happening.
    pub claims: Vec<ClaimId>,
}

/// Somebody says how they stand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InWords {
    /// The tie.
    #[serde(rename = "type")]
    pub code: TieType,
    /// Of which time it is said.
    pub from: Date,
    /// Who says so.
    pub who: String,
    /// In which words.
    pub words: String,
    /// The claim.
    pub claim: ClaimId,
}

/// How two parties stand, from what happened between them. `within` gives first and last day; by default those of the
/// first and last happening.
pub fn warming(
    told: &[Told],
    acts: &[Act],
    ties: &Ties,
    between: (&Key, &Key),
    period: Period,
    within: Option<(Date, Date)>,
) -> Warming {
    let sentences: BTreeMap<&ClaimId, &Told> = told.iter().map(|t| (&t.claim.id, t)).collect();
    let (mut placed, mut unplaced): (Vec<&Act>, Vec<ClaimId>) = (Vec::new(), Vec::new());
    let inside = |act: &Act| within.is_none_or(|(first, last)| (first..=last).contains(&act.days.0));
    for act in acts.iter().filter(|a| a.is_between(between.0, between.1) && inside(a)) {
        if (act.days.1 - act.days.0).get_days() < period.longest() {
            placed.push(act);
        } else {
            unplaced.extend(act.claims.iter().cloned());
        }
    }
    let mut by_bin: BTreeMap<Date, Vec<&Act>> = BTreeMap::new();
    for act in &placed {
        by_bin.entry(period.start(act.days.0)).or_default().push(act);
    }
    let ends = within.or_else(|| by_bin.keys().next().copied().zip(by_bin.keys().next_back().copied()));
    let mut bins: Vec<ToneBin> = Vec::new();
    let mut start = ends.map(|(first, _)| period.start(first));
    while let Some(bin) = start.filter(|bin| ends.is_some_and(|(_, last)| *bin <= last)) {
        bins.push(tone_bin(bin, by_bin.get(&bin).map_or(&[][..], Vec::as_slice)));
        start = period.next(bin);
    }
    let observations: Vec<Observation> = bins
        .iter()
        .map(|b| Observation { bin: b.bin, value: b.tone, weight: (b.friendly + b.hostile) as f64 })
        .collect();
    let in_words = in_words(ties, between, &sentences);
    let (fit, not_estimated) = match level::fit(&observations) {
        Ok(fit) => (Some(fit), None),
        Err(why) => (None, Some(why.to_string())),
    };
    let shifts = fit.iter().flat_map(|f| &f.shifts);
    let shifts = shifts.map(|shift| carried(*shift, &by_bin, period, &in_words, &sentences)).collect();
    Warming {
        between: (between.0.clone(), between.1.clone()),
        period,
        happenings: placed.len(),
        unplaced,
        bins,
        fit,
        not_estimated,
        shifts,
        in_words,
    }
}

fn tone_bin(bin: Date, acts: &[&Act]) -> ToneBin {
    let sum: i32 = acts.iter().map(|a| a.tone).sum();
    ToneBin {
        bin,
        tone: (!acts.is_empty()).then(|| f64::from(sum) / acts.len() as f64),
        friendly: acts.iter().filter(|a| a.tone > 0).count(),
        hostile: acts.iter().filter(|a| a.tone < 0).count(),
        claims: acts.iter().flat_map(|a| a.claims.iter().cloned()).collect(),
    }
}

fn carried(
    shift: Shift,
    by_bin: &BTreeMap<Date, Vec<&Act>>,
    period: Period,
    in_words: &[InWords],
    sentences: &BTreeMap<&ClaimId, &Told>,
) -> CarriedShift {
    let direction = if shift.size > 0.0 { Direction::Warming } else { Direction::Cooling };
    // The stretch in which the jump may lie, and a bin on either side.
    let before = shift.from.min(shift.after);
    let after = period.next(shift.until.max(shift.at)).unwrap_or(shift.until);
    let mut carriers: Vec<Carrier> = Vec::new();
    for (&bin, acts) in by_bin.range(before..=after) {
        for act in acts {
            let tone = f64::from(act.tone);
            let away = if bin <= shift.after { shift.level_after - tone } else { tone - shift.level_before };
            let pull = away * shift.size.signum();
            let Some(first) = act.claims.iter().find_map(|c| sentences.get(c)).filter(|_| pull > 0.0) else { continue };
            carriers.push(Carrier {
                bin,
                code: act.code,
                tone: act.tone,
                pull,
                who: label(first),
                words: first.claim.evidence.text.clone(),
                claims: act.claims.clone(),
            });
        }
    }
    // What came after it shows it before what it came after; told by more goes first.
    carriers.sort_by(|a, b| {
        let rank = |c: &Carrier| (c.bin > shift.after, c.claims.len());
        b.pull
            .total_cmp(&a.pull)
            .then_with(|| rank(b).cmp(&rank(a)))
            .then_with(|| (a.bin, &a.claims).cmp(&(b.bin, &b.claims)))
    });
    carriers.truncate(SHOWN);
    let at_that_time = |w: &&InWords| (before..=after).contains(&period.start(w.from));
    let in_words = in_words.iter().filter(at_that_time).take(SHOWN).cloned().collect();
    CarriedShift { shift, direction, carried_by: carriers, in_words }
}

/// What is said of how the two stand, in order of time.
fn in_words(ties: &Ties, (a, b): (&Key, &Key), sentences: &BTreeMap<&ClaimId, &Told>) -> Vec<InWords> {
    let of_them = ties.ties.iter().filter(|t| {
        let ends = (&t.from.key, &t.to.key);
        t.symmetric && t.sign != Sign::Neutral && t.code != TieType::TradesWith && (ends == (a, b) || ends == (b, a))
    });
    let mut found: Vec<InWords> = of_them
        .flat_map(|tie| tie.spans.iter().map(move |span| (tie.code, span)))
        .filter_map(|(code, span)| {
            let told = sentences.get(&span.claim)?;
            let words = told.claim.evidence.text.clone();
            Some(InWords { code, from: span.from, who: label(told), words, claim: span.claim.clone() })
        })
        .collect();
    found.sort_by(|x, y| (x.from, &x.claim).cmp(&(y.from, &y.claim)));
    found
}
