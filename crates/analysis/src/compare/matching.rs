//! Which rows of two sources tell of one event: greedily, the closest pair first, each row once.
//!
//! Rows may match that are within the window in days and kilometres, of one type, and share a party where both name any.
//! Where a row has no coordinates, the same country must do, and the same division where both give one; a row without any
//! place matches nothing. The order of candidates depends on the unordered pair alone, so that swapping sides changes
//! nothing. Candidates are found by days: rows in the order of their first day, apart by the length of their stretch, so that
//! one row over a year does not make every other row a candidate.

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::ClaimId;

use super::{Compared, Window};

/// Days on which two rows' stretches of time differ as much as they can count.
const DIFFERENT_DAYS: f64 = 31.0;
/// Mean radius of the earth.
const EARTH_KM: f64 = 6371.0;

/// Two rows that are likely one event.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Of the first source.
    pub a: ClaimId,
    /// Of the second source.
    pub b: ClaimId,
    /// Days between them; 0 where they overlap.
    pub days: u16,
    /// Kilometres between their points, where both have one.
    pub km: Option<f64>,
    /// How many more dead the first gives at least, where both give a number.
    pub killed_low_difference: Option<f64>,
    /// How many more dead the first gives at most.
    pub killed_high_difference: Option<f64>,
}

impl Pair {
    /// The pair with its sides swapped.
    #[must_use]
    pub(super) fn mirrored(self) -> Self {
        // No difference is 0, not -0.
        let negative = |difference: Option<f64>| difference.map(|d| 0.0 - d);
        Self {
            a: self.b,
            b: self.a,
            killed_low_difference: negative(self.killed_low_difference),
            killed_high_difference: negative(self.killed_high_difference),
            ..self
        }
    }
}

struct Candidate {
    cost: f64,
    a: usize,
    b: usize,
    days: u16,
    km: Option<f64>,
}

/// The pairs, in the order of the first row's id.
pub(super) fn pairs(a: &[&Compared], b: &[&Compared], window: Window) -> Vec<Pair> {
    let mut candidates = Vec::new();
    let (dated_a, dated_b) = (Dated::all(a), Dated::all(b));
    let calendar = Calendar::of(&dated_b);
    for one in &dated_a {
        calendar.near(one, i64::from(window.days), |other| {
            let found = candidate(one, other, window);
            candidates.extend(found.map(|(cost, days, km)| Candidate { cost, a: one.index, b: other.index, days, km }));
        });
    }
    let ids = |c: &Candidate| {
        let (p, q) = (&a[c.a].id, &b[c.b].id);
        (p.min(q), p.max(q))
    };
    candidates.sort_by(|p, q| p.cost.total_cmp(&q.cost).then_with(|| ids(p).cmp(&ids(q))));
    let (mut taken_a, mut taken_b) = (vec![false; a.len()], vec![false; b.len()]);
    let mut pairs = Vec::new();
    for found in candidates {
        if taken_a[found.a] || taken_b[found.b] {
            continue;
        }
        (taken_a[found.a], taken_b[found.b]) = (true, true);
        let (one, other) = (a[found.a], b[found.b]);
        let difference = |p: Option<f64>, q: Option<f64>| p.zip(q).map(|(p, q)| p - q);
        pairs.push(Pair {
            a: one.id.clone(),
            b: other.id.clone(),
            days: found.days,
            km: found.km,
            killed_low_difference: difference(one.killed_low, other.killed_low),
            killed_high_difference: difference(one.killed_high, other.killed_high),
        });
    }
    pairs.sort_by(|p, q| (&p.a, &p.b).cmp(&(&q.a, &q.b)));
    pairs
}

/// What a match would cost, with the days and kilometres between the rows; `None` where they cannot be one event.
fn candidate(one: &Dated, other: &Dated, window: Window) -> Option<(f64, u16, Option<f64>)> {
    let (a, b) = (one.row, other.row);
    let apart = (one.from - other.to).max(other.from - one.to).max(0);
    let days = u16::try_from(apart).ok().filter(|days| *days <= window.days)?;
    if a.code.is_some() && b.code.is_some() && a.code != b.code {
        return None;
    }
    let km = one.at.zip(other.at).map(|(a, b)| kilometres(a, b));
    // Added in an order that does not depend on the side.
    let reach = window.km + (a.radius_km.unwrap_or(0.0) + b.radius_km.unwrap_or(0.0));
    let far = match km {
        Some(km) if km > reach => return None,
        Some(km) if reach > 0.0 => km / reach,
        Some(_) => 0.0,
        None => {
            let same_country = a.country.is_some() && a.country == b.country;
            let other_division =
                a.admin1.as_ref().zip(b.admin1.as_ref()).is_some_and(|(p, q)| p.to_lowercase() != q.to_lowercase());
            if !same_country || other_division {
                return None;
            }
            1.0
        }
    };
    let shared = a.parties.iter().filter(|party| b.parties.contains(party)).count();
    if shared == 0 && !a.parties.is_empty() && !b.parties.is_empty() {
        return None;
    }
    // Each part is 0 at its best. Days, kilometres and a like length weigh alike; the rest settles what they leave open.
    let late = f64::from(days) / (f64::from(window.days) + 1.0);
    let lengths = (one.to - one.from).abs_diff(other.to - other.from);
    let unlike = (lengths as f64 / DIFFERENT_DAYS).min(1.0);
    let all = a.parties.len() + b.parties.len() - shared;
    let strange = if all == 0 { 1.0 } else { 1.0 - shared as f64 / all as f64 };
    let disputed = match (a.killed_low.zip(a.killed_high), b.killed_low.zip(b.killed_high)) {
        (Some((low_a, high_a)), Some((low_b, high_b))) => f64::from(u8::from(low_a > high_b || low_b > high_a)),
        _ => 0.5,
    };
    Some((late + far + unlike + 0.5 * (strange + disputed), days, km))
}

/// A row that has a date, with what is asked of it often.
struct Dated<'a> {
    row: &'a Compared,
    index: usize,
    /// First and last day, as days since a fixed one.
    from: i64,
    to: i64,
    at: Option<Point>,
}

impl<'a> Dated<'a> {
    fn all(rows: &[&'a Compared]) -> Vec<Self> {
        let dated = rows.iter().enumerate().filter_map(|(index, row)| {
            let (from, to) = row.days()?;
            let at = row.lat.zip(row.lon).map(|(lat, lon)| Point::of(lat, lon));
            Some(Self { row, index, from: number(from), to: number(to), at })
        });
        dated.collect()
    }
}

/// Rows of one source by their days.
struct Calendar<'r, 'a> {
    /// Rows whose stretch is no longer than so many days, which double from one list to the next, in the order of the first
    /// day.
    by_length: BTreeMap<i64, Vec<&'r Dated<'a>>>,
}

impl<'r, 'a> Calendar<'r, 'a> {
    fn of(rows: &'r [Dated<'a>]) -> Self {
        let mut by_length: BTreeMap<i64, Vec<&Dated>> = BTreeMap::new();
        for row in rows {
            let length = (row.to - row.from + 1).unsigned_abs().next_power_of_two();
            by_length.entry(i64::try_from(length).unwrap_or(i64::MAX)).or_default().push(row);
        }
        for list in by_length.values_mut() {
            list.sort_by_key(|row| row.from);
        }
        Self { by_length }
    }

    /// Every row that may be within so many days of another, and some that are not.
    fn near(&self, of: &Dated, days: i64, mut each: impl FnMut(&Dated)) {
        for (length, list) in &self.by_length {
            let first = list.partition_point(|row| row.from < of.from - days - length);
            list[first..].iter().take_while(|row| row.from <= of.to + days).for_each(|row| each(row));
        }
    }
}

/// Days since a fixed day.
fn number(day: Date) -> i64 {
    let since = day - jiff::civil::date(1970, 1, 1);
    i64::from(since.get_days())
}

/// A point as the formula of distance wants it.
#[derive(Clone, Copy)]
struct Point {
    lat: f64,
    lon: f64,
    cosine: f64,
}

impl Point {
    /// From degrees.
    fn of(lat: f64, lon: f64) -> Self {
        let (lat, lon) = (lat.to_radians(), lon.to_radians());
        Self { lat, lon, cosine: lat.cos() }
    }
}

/// Great-circle distance.
fn kilometres(a: Point, b: Point) -> f64 {
    let half_sine = |from: f64, to: f64| ((to - from) / 2.0).sin().powi(2);
    let h = half_sine(a.lat, b.lat) + a.cosine * b.cosine * half_sine(a.lon, b.lon);
    2.0 * EARTH_KM * h.min(1.0).sqrt().asin()
}
