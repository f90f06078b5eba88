//! Which pairs of claims are weighed at all: those that share a stretch of time and either a neighbourhood, or a country
//! and a party, or a number of dead where one of them says neither, or a report.
//!
//! Whether two claims are proposed depends on these two alone, never on what else there is: that is what makes weighing a
//! few new claims give the same as weighing all. Bins are as wide as the claim is vague, so that "in March" meets every
//! day of March, while two exact claims only meet when they are near. Claims that name neither a country nor a party that
//! is known, or that span more than [`LONGEST_DAYS`], are proposed only within their own report.

use std::sync::atomic::{AtomicUsize, Ordering};

use model::EffectKind;

use super::happening::{Grain, Happening, PlaceKey, TollKey, index};
use super::score::{EXACT_RADIUS_KM, score};
use super::weights::{PLACE_BEYOND_KM, THRESHOLD};
use super::words::Words;

/// Two claims, the first before the second in the order of ids, and the weight of their being one happening.
pub(super) type Edge = (u32, u32, i32);

/// Longer stretches tell of a course of events, not of one happening that could be found again.
const LONGEST_DAYS: i32 = 400;
/// Days in a bin of exact times; a claim is put in every bin that its days, and one on either side, touch.
const BIN_DAYS: i32 = 3;
/// Days in a bin of vague times.
const MONTH_DAYS: i32 = 31;

/// Where a claim is filed: kind of drawer, then what is written on it.
type Key = [u32; 4];

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    key: Key,
    claim: u32,
    /// The claim is one of those for which the drawer is kept; a pair needs at least one such.
    seeks: bool,
}

const BY_PLACE: u32 = 0;
const BY_DAY_AND_PARTY: u32 = 1;
const BY_MONTH_AND_PARTY: u32 = 2;
const BY_REPORT: u32 = 3;
const BY_MONTH_AND_TOLL: u32 = 4;

/// Fewer dead than these are of many happenings of a month.
const TOLL_LEAST: f32 = 5.0;

/// Every pair that weighs at least the threshold, each once, in order. `wanted` says of a pair whether it is asked for.
pub(super) fn edges(
    words: &Words,
    list: &[&Happening],
    threads: usize,
    wanted: &(impl Fn(u32, u32) -> bool + Sync),
) -> Vec<Edge> {
    let mut found = Vec::new();
    // One kind of drawer after the other, so that the files of only one lie in memory.
    for kind in [BY_PLACE, BY_DAY_AND_PARTY, BY_MONTH_AND_PARTY, BY_REPORT, BY_MONTH_AND_TOLL] {
        let mut entries = Vec::new();
        for (claim, happening) in list.iter().enumerate() {
            file(kind, happening, index(claim), &mut entries);
        }
        entries.sort_unstable();
        entries.dedup();
        let drawers: Vec<&[Entry]> = entries
            .chunk_by(|a, b| a.key == b.key)
            .filter(|drawer| drawer.len() > 1 && drawer.iter().any(|e| e.seeks))
            .collect();
        let next = AtomicUsize::new(0);
        let work = || {
            let mut mine: Vec<Edge> = Vec::new();
            loop {
                let start = next.fetch_add(DRAWERS_A_TURN, Ordering::Relaxed);
                let Some(turn) = drawers.get(start..drawers.len().min(start + DRAWERS_A_TURN)) else { break };
                if turn.is_empty() {
                    break;
                }
                for drawer in turn {
                    weigh_drawer(words, list, drawer, wanted, &mut mine);
                }
            }
            mine
        };
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
            for worker in workers {
                found.extend(worker.join().expect("weighing does not panic"));
            }
        });
        found.sort_unstable();
        found.dedup();
    }
    found
}

/// Small enough that two threads end together, large enough that they seldom meet.
const DRAWERS_A_TURN: usize = 256;

fn weigh_drawer(
    words: &Words,
    list: &[&Happening],
    drawer: &[Entry],
    wanted: &impl Fn(u32, u32) -> bool,
    found: &mut Vec<Edge>,
) {
    for (at, one) in drawer.iter().enumerate().filter(|(_, e)| e.seeks) {
        for (other_at, other) in drawer.iter().enumerate() {
            // A pair of two that seek comes up once.
            if other_at == at || other.seeks && other_at < at {
                continue;
            }
            let (a, b) = (one.claim.min(other.claim), one.claim.max(other.claim));
            if !wanted(a, b) || one.key[0] == BY_PLACE && !is_first_shared(list, a, b, one.key) {
                continue;
            }
            if let Some(weight) = score(words, list[a as usize], list[b as usize]).filter(|&w| w >= THRESHOLD) {
                found.push((a, b, weight));
            }
        }
    }
}

fn file(kind: u32, happening: &Happening, claim: u32, entries: &mut Vec<Entry>) {
    if kind == BY_REPORT {
        if happening.release == 0 {
            entries.push(Entry { key: [kind, happening.original, 0, 0], claim, seeks: true });
        }
        return;
    }
    let Some((from, to)) = happening.days.filter(|(from, to)| to - from <= LONGEST_DAYS) else { return };
    let dated = happening.grain <= Grain::Week;
    let placed = dated && is_placed(happening);
    match kind {
        BY_MONTH_AND_TOLL => {
            let killed = |t: &&TollKey| t.kind == EffectKind::Killed && t.category == 0 && t.low >= TOLL_LEAST;
            let Some(toll) = happening.tolls.iter().find(killed) else { return };
            let nowhere = happening.places.iter().all(|p| p.countries == [0; 3]);
            let seeks = nowhere && happening.roots().is_empty();
            for bin in bins(from, to, MONTH_DAYS).map(unsigned) {
                entries.push(Entry { key: [kind, bin, toll.low.to_bits(), 0], claim, seeks });
            }
        }
        BY_PLACE if placed => {
            for place in &happening.places {
                let cells = cells(place);
                for bin in bins(from, to, BIN_DAYS) {
                    for lat in cells.0.clone() {
                        for lon in cells.1.clone() {
                            let key = [kind, unsigned(bin), unsigned(lat), unsigned(lon)];
                            entries.push(Entry { key, claim, seeks: true });
                        }
                    }
                }
            }
        }
        BY_PLACE => {}
        BY_DAY_AND_PARTY if !dated => {}
        _ => {
            let (width, vague) = if kind == BY_MONTH_AND_PARTY { (MONTH_DAYS, !dated) } else { (BIN_DAYS, !placed) };
            let mut countries: Vec<u32> =
                happening.places.iter().flat_map(|p| p.countries).filter(|&c| c != 0).collect();
            countries.sort_unstable();
            countries.dedup();
            let roots = happening.roots();
            for bin in bins(from, to, width).map(unsigned) {
                let mut push = |country: u32, root: u32, seeks: bool| {
                    entries.push(Entry { key: [kind, bin, country, root], claim, seeks });
                };
                for &country in &countries {
                    for &root in &roots {
                        push(country, root, vague);
                    }
                    // Who names no party is set beside all of the country, who names no place beside all of the party.
                    push(country, 0, roots.is_empty());
                }
                for &root in &roots {
                    push(0, root, countries.is_empty());
                }
            }
        }
    }
}

/// Whether the claim's place is known well enough that only neighbours can be the same.
fn is_placed(happening: &Happening) -> bool {
    let exact = |p: &PlaceKey| p.at.is_some() && p.radius_km <= f32::from(EXACT_RADIUS_KM);
    !happening.places.is_empty() && happening.places.iter().all(exact)
}

fn bins(from: i32, to: i32, width: i32) -> impl Iterator<Item = i32> + Clone {
    ((from - 1).div_euclid(width))..=((to + 1).div_euclid(width))
}

/// Degrees of latitude and longitude that a place touches, half of what may lie between two places included.
#[expect(clippy::cast_possible_truncation, reason = "degrees")]
fn cells(place: &PlaceKey) -> (std::ops::RangeInclusive<i32>, std::ops::RangeInclusive<i32>) {
    let (lat, lon) = place.at.unwrap_or_default();
    let km = place.radius_km + PLACE_BEYOND_KM as f32 / 2.0 + 1.0;
    let lat_reach = km / 111.2;
    // Not below a tenth, lest a place at a pole touch every cell.
    let lon_reach = lat_reach / (lat.abs() + lat_reach).min(89.0).to_radians().cos().max(0.1);
    let range = |at: f32, reach: f32| ((at - reach).floor() as i32)..=((at + reach).floor() as i32);
    (range(lat, lat_reach), range(lon, lon_reach))
}

/// Whether this is the first of the drawers that two claims share, so that they are weighed once: the one with the later
/// of the first bins and the higher of the first cells of any two of their places.
fn is_first_shared(list: &[&Happening], a: u32, b: u32, key: Key) -> bool {
    let (a, b) = (list[a as usize], list[b as usize]);
    let (Some(a_days), Some(b_days)) = (a.days, b.days) else { return false };
    let first = |days: (i32, i32)| (days.0 - 1).div_euclid(BIN_DAYS);
    if key[1] != unsigned(first(a_days).max(first(b_days))) {
        return false;
    }
    let corner = |p: &PlaceKey| {
        let (lat, lon) = cells(p);
        (*lat.start(), *lon.start())
    };
    a.places.iter().map(corner).any(|p| {
        let mut corners = b.places.iter().map(corner);
        corners.any(|q| [unsigned(p.0.max(q.0)), unsigned(p.1.max(q.1))] == key[2..])
    })
}

/// Any number as one without a sign, one to one.
fn unsigned(number: i32) -> u32 {
    number.cast_unsigned()
}
