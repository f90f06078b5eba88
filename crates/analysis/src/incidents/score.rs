//! A pair of claims weighed field by field, each as exactly as it is known.
//!
//! A field that either side leaves out says nothing. Some differences exclude: types that are never one happening, days
//! that do not meet, places too far apart, two rows of one release of a data set, and two happenings that one report tells
//! apart. Everything else is a weight from [`super::weights`].

use super::happening::{Grain, Happening, PartyKey, PlaceKey, TollKey};
use super::types;
use super::weights::{
    CAP, CLAIMANTS_DIVISOR, COPY_SAME_WORDS, DAY_AFTER_NEXT, DAY_NEXT, DAY_SAME, DAYS_APART_AT_MOST, EFFECT_SHARED,
    FINEST_KM, LONG_OVERLAPS, MODE_DIFFERENT, MODE_SHARED, MONTH_OVERLAPS, NEUTRAL_KM, ONE_REPORT, PARTY_ABROAD,
    PARTY_CONTRARY, PARTY_KIN, PARTY_PART, PARTY_SAME, PARTY_SAME_NAME, PLACE_BEYOND, PLACE_BEYOND_KM, PLACE_CAP,
    PLACE_OTHER_ADMIN, PLACE_OTHER_NAME, PLACE_OUTSIDE, PLACE_SAME_ADMIN1, PLACE_SAME_ADMIN2, PLACE_SAME_COUNTRY,
    PLACE_SAME_NAME, PLACE_UNEQUAL, PLACE_WITHIN_ADMIN1, PLACE_WITHIN_ADMIN2, RUNNING_DIVISOR, STATUS_DIFFERENT,
    TOLL_BY_ONE, TOLL_DIFFERENT, TOLL_FAR, TOLL_NEAR, TOLL_NEAR_LARGE, TOLL_OVERLAPS, TOLL_SAME_LARGE,
    TOLL_SAME_MIDDLE, TOLL_SAME_NONE, TOLL_SAME_SMALL, TYPE_SAME, UNDATED_NEAR, UNDATED_NEAR_DAYS, UNDATED_WEEK,
    UNEQUAL_TIMES, WEEK_OVERLAPS, WORDS_ALL, WORDS_HALF, WORDS_LEAST, WORDS_NONE, WORDS_SOME,
};
use super::words::Words;

/// What of two claims is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The type of event.
    Type,
    /// Whether it is said to have happened.
    Status,
    /// The days.
    Time,
    /// The places.
    Place,
    /// The modes.
    Modes,
    /// Who acts.
    Actor,
    /// On whom.
    Recipient,
    /// Both sides together, where either claim gives them in no order.
    Sides,
    /// What it did to people and things.
    Effects,
    /// The words.
    Words,
    /// Where the claims stand: one report, one data set, copies.
    Source,
}

impl Field {
    /// The word as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Field::Type => "type",
            Field::Status => "status",
            Field::Time => "time",
            Field::Place => "place",
            Field::Modes => "modes",
            Field::Actor => "actor",
            Field::Recipient => "recipient",
            Field::Sides => "sides",
            Field::Effects => "effects",
            Field::Words => "words",
            Field::Source => "source",
        }
    }
}

/// What the comparison of a field comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The same.
    Agrees,
    /// One is within the other, as exactly as they are known.
    Contained,
    /// Not the same, but as near as slips go.
    Near,
    /// One of the two says nothing, or nothing that can be compared.
    Silent,
    /// Different, as two accounts of one happening may be.
    Differs,
    /// The two cannot be one happening.
    Excludes,
}

impl Verdict {
    /// The word as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Agrees => "agrees",
            Verdict::Contained => "contained",
            Verdict::Near => "near",
            Verdict::Silent => "silent",
            Verdict::Differs => "differs",
            Verdict::Excludes => "excludes",
        }
    }
}

type Compare = fn(&Words, &Happening, &Happening) -> (Verdict, i32);

/// The fields in order: what excludes most, and costs least, first.
pub(super) const FIELDS: [(Field, Compare); 10] = [
    (Field::Time, |_, a, b| time(a, b)),
    (Field::Type, |_, a, b| event_type(a, b)),
    (Field::Status, |_, a, b| status(a, b)),
    (Field::Place, |_, a, b| place(&a.places, &b.places)),
    (Field::Actor, |w, a, b| if joined(a, b) { SILENT } else { actor(w, a, b) }),
    (Field::Recipient, |w, a, b| if joined(a, b) { SILENT } else { side(w, &a.recipient, &b.recipient) }),
    (Field::Sides, sides),
    (Field::Effects, |_, a, b| effects(a, b)),
    (Field::Modes, |_, a, b| modes(a, b)),
    (Field::Words, |_, a, b| bags(a, b)),
];

const SILENT: (Verdict, i32) = (Verdict::Silent, 0);
const EXCLUDES: (Verdict, i32) = (Verdict::Excludes, 0);

/// The sum of weights of two claims, within ±[`CAP`]; `None` where they cannot be one happening.
pub(super) fn score(words: &Words, a: &Happening, b: &Happening) -> Option<i32> {
    if a.release != 0 && a.release == b.release && a.key != b.key || answers(a, b) {
        return None;
    }
    let one_report = a.original == b.original && a.release == 0 && a.evidence != b.evidence;
    let mut sum = 0;
    for (field, compare) in FIELDS {
        let (verdict, weight) = compare(words, a, b);
        if verdict == Verdict::Excludes || (one_report || two_speeches(a, b)) && tells_apart(field, verdict, a, b) {
            return None;
        }
        sum += weight;
    }
    Some((sum + source(a, b).1).clamp(-CAP, CAP))
}

/// Whether one report, by this field, tells two happenings: a narrator's own days, places, parties and tolls are distinct
/// where they differ at all, even by the next day.
fn tells_apart(field: Field, verdict: Verdict, a: &Happening, b: &Happening) -> bool {
    match field {
        // An attack may be an arrest, too; an accusation and a rejection are two speeches.
        Field::Type => two_speeches(a, b),
        Field::Time => verdict == Verdict::Near || verdict == Verdict::Differs,
        Field::Place => verdict == Verdict::Differs || at_two_points(&a.places, &b.places),
        Field::Status | Field::Actor | Field::Recipient | Field::Sides | Field::Effects => verdict == Verdict::Differs,
        _ => false,
    }
}

/// Whether all places are points, and none near one of the other's: one report knows one place by one point.
fn at_two_points(a: &[PlaceKey], b: &[PlaceKey]) -> bool {
    let mut pairs = a.iter().flat_map(|p| b.iter().map(move |q| (p, q))).peekable();
    let far = |p: &PlaceKey, q: &PlaceKey| {
        let apart_km = p.at.zip(q.at).map(|(p, q)| f64::from(distance_km(p, q)));
        p.settlement && q.settlement && apart_km.is_some_and(|km| km > FINEST_KM)
    };
    pairs.peek().is_some() && pairs.all(|(p, q)| far(p, q))
}

/// What it says that the two stand where they stand. Same as in [`score`], for explaining.
pub(super) fn source(a: &Happening, b: &Happening) -> (Verdict, i32) {
    if a.release != 0 && a.release == b.release && a.key != b.key || answers(a, b) {
        return EXCLUDES;
    }
    if a.key != 0 && a.key == b.key {
        return (Verdict::Agrees, CAP);
    }
    if a.document != b.document && a.original == b.original && a.evidence == b.evidence {
        return (Verdict::Agrees, COPY_SAME_WORDS);
    }
    // In enough words of its own: a mere "the attack" may be any, and a table does not tell one happening twice.
    let told = |h: &Happening| h.words.len() >= WORDS_LEAST;
    // Of speeches, a report tells many of a kind.
    let spoken = types::is_speech(a.event) || types::is_speech(b.event);
    if a.original == b.original && a.evidence != b.evidence && told(a) && told(b) && !spoken {
        return (Verdict::Near, ONE_REPORT);
    }
    SILENT
}

/// Whether one report, be it in one sentence, tells of two speeches: an accusation and its rejection.
fn two_speeches(a: &Happening, b: &Happening) -> bool {
    let speeches = types::is_speech(a.event) && types::is_speech(b.event);
    a.original == b.original && a.release == 0 && a.event != b.event && speeches
}

/// Whether the one answers the other: a reply and what it replies to are two.
fn answers(a: &Happening, b: &Happening) -> bool {
    a.replies_to.contains(&b.claim) || b.replies_to.contains(&a.claim)
}

/// By which field one report tells two happenings, if it does.
pub(super) fn told_apart_by(words: &Words, a: &Happening, b: &Happening) -> Option<Field> {
    let one_report = a.original == b.original && a.release == 0 && a.evidence != b.evidence;
    let apart = |(field, compare): &(Field, Compare)| tells_apart(*field, compare(words, a, b).0, a, b);
    (one_report || two_speeches(a, b)).then(|| FIELDS.iter().find(|f| apart(f)).map(|f| f.0)).flatten()
}

fn event_type(a: &Happening, b: &Happening) -> (Verdict, i32) {
    match types::difference(a.event, b.event) {
        Some(0) => (Verdict::Agrees, TYPE_SAME),
        Some(weight) => (Verdict::Near, weight),
        None => EXCLUDES,
    }
}

fn status(a: &Happening, b: &Happening) -> (Verdict, i32) {
    match (a.happened, b.happened) {
        (Some(one), Some(other)) if one != other => (Verdict::Differs, STATUS_DIFFERENT),
        (Some(_), Some(_)) => (Verdict::Agrees, 0),
        _ => SILENT,
    }
}

fn modes(a: &Happening, b: &Happening) -> (Verdict, i32) {
    if a.modes.is_empty() || b.modes.is_empty() {
        SILENT
    } else if a.modes.iter().any(|m| b.modes.contains(m)) {
        (Verdict::Agrees, MODE_SHARED)
    } else {
        (Verdict::Differs, MODE_DIFFERENT)
    }
}

fn time(a: &Happening, b: &Happening) -> (Verdict, i32) {
    let (Some((a_from, a_to)), Some((b_from, b_to))) = (a.days, b.days) else { return SILENT };
    let gap_days = a_from.max(b_from) - a_to.min(b_to);
    let coarser = a.grain.max(b.grain);
    if gap_days <= 0 && coarser == Grain::Undated {
        return match told_days_apart(a, b) {
            Some(..=UNDATED_NEAR_DAYS) => (Verdict::Contained, UNDATED_NEAR),
            Some(..=7) => (Verdict::Contained, UNDATED_WEEK),
            _ => (Verdict::Contained, LONG_OVERLAPS),
        };
    }
    match gap_days {
        i32::MIN..=0 => match coarser {
            Grain::Day => (Verdict::Agrees, DAY_SAME),
            Grain::Week => (Verdict::Contained, WEEK_OVERLAPS),
            Grain::Month => (Verdict::Contained, MONTH_OVERLAPS),
            Grain::Long | Grain::Undated => (Verdict::Contained, LONG_OVERLAPS),
        },
        1 if coarser <= Grain::Week => (Verdict::Near, DAY_NEXT),
        1 => (Verdict::Near, 0),
        2..=DAYS_APART_AT_MOST => (Verdict::Differs, DAY_AFTER_NEXT),
        _ => EXCLUDES,
    }
}

/// Days between what two claims tell, of which at least one is dated by its report alone; `None` where the other is vague.
fn told_days_apart(a: &Happening, b: &Happening) -> Option<i32> {
    let told = |h: &Happening| match h.grain {
        Grain::Undated => h.published,
        Grain::Day | Grain::Week => h.days.map(|(_, to)| to),
        Grain::Month | Grain::Long => None,
    };
    Some((told(a)? - told(b)?).abs())
}

/// The best pair of places decides: a claim may name several, and the other only one of them.
fn place(a: &[PlaceKey], b: &[PlaceKey]) -> (Verdict, i32) {
    let rank = |(verdict, weight): (Verdict, i32)| if verdict == Verdict::Excludes { i32::MIN } else { weight };
    let pairs = a.iter().flat_map(|p| b.iter().map(move |q| place_pair(p, q)));
    pairs.max_by_key(|&found| rank(found)).unwrap_or(SILENT)
}

fn place_pair(p: &PlaceKey, q: &PlaceKey) -> (Verdict, i32) {
    let known = |x: u32, y: u32| x != 0 && y != 0;
    let same = |x: u32, y: u32| x != 0 && x == y;
    let one_name = same(p.name, q.name) || same(p.geonames, q.geonames);
    let apart_km = p.at.zip(q.at).map(|(p, q)| distance_km(p, q));
    let reach_km = p.radius_km + q.radius_km;
    if let Some(km) = apart_km.filter(|_| p.radius_km.max(q.radius_km) <= f32::from(EXACT_RADIUS_KM)) {
        let (verdict, weight) = by_distance(km, reach_km);
        let (finer_km, coarser_km) = (p.radius_km.min(q.radius_km), p.radius_km.max(q.radius_km));
        let unequal = coarser_km > UNEQUAL_TIMES * finer_km.max(TOWN_KM);
        let (verdict, weight) = match verdict {
            Verdict::Agrees if unequal => (Verdict::Contained, weight + PLACE_UNEQUAL),
            _ => (verdict, weight),
        };
        // What the places are called says more than the last kilometres.
        return if verdict == Verdict::Excludes {
            EXCLUDES
        } else if one_name {
            (Verdict::Agrees, weight.max(PLACE_SAME_NAME))
        } else if known(p.admin2, q.admin2) && p.admin2 != q.admin2 {
            (Verdict::Differs, weight.min(0) + PLACE_OTHER_ADMIN)
        } else if known(p.name, q.name) {
            // Also at one point: many villages have the coordinates of their town. Spellings of one name pay for it.
            (Verdict::Differs, weight.min(PLACE_OTHER_NAME))
        } else {
            (verdict, weight)
        };
    }
    let countries = |p: &PlaceKey| p.countries.iter().any(|&c| c != 0);
    if countries(p) && countries(q) && !p.countries.iter().any(|&c| c != 0 && q.countries.contains(&c)) {
        // Near a border, coordinates know better than codes.
        return if apart_km.is_some_and(|km| km <= reach_km.min(100.0)) { SILENT } else { EXCLUDES };
    }
    let inside = apart_km.is_some_and(|km| km <= reach_km);
    if same(p.geonames, q.geonames) && p.name != 0
        || same(p.name, q.name) && !(known(p.admin1, q.admin1) && p.admin1 != q.admin1)
    {
        (Verdict::Agrees, PLACE_SAME_NAME)
    } else if known(p.admin1, q.admin1) && p.admin1 != q.admin1 {
        // Two gazetteers call one province by two names; that the one lies within the other still counts.
        if inside { (Verdict::Contained, 0) } else { (Verdict::Differs, PLACE_OTHER_ADMIN) }
    } else if known(p.admin2, q.admin2) && p.admin2 != q.admin2 {
        (Verdict::Differs, PLACE_OTHER_ADMIN)
    } else if known(p.name, q.name) {
        (Verdict::Differs, PLACE_OTHER_NAME)
    } else if same(p.admin2, q.admin2) && (p.name == 0) == (q.name == 0) {
        (Verdict::Agrees, PLACE_SAME_ADMIN2)
    } else if same(p.admin2, q.admin2) {
        (Verdict::Contained, PLACE_WITHIN_ADMIN2)
    } else if same(p.admin1, q.admin1) && (p.admin2 | p.name == 0) == (q.admin2 | q.name == 0) {
        (Verdict::Agrees, PLACE_SAME_ADMIN1)
    } else if same(p.admin1, q.admin1) {
        (Verdict::Contained, PLACE_WITHIN_ADMIN1)
    } else if inside || countries(p) && countries(q) {
        (Verdict::Contained, PLACE_SAME_COUNTRY)
    } else {
        SILENT
    }
}

/// Finer radii are those of towns, all alike.
const TOWN_KM: f32 = 4.0;

/// Up to this radius a place is compared by distance, else by names: a district is a disc well enough, a province is not.
pub(super) const EXACT_RADIUS_KM: u8 = 60;

/// ln(neutral distance / distance), since among unconnected happenings of the same days nearness is the rarer the closer;
/// never finer than half of what the radii allow. Beyond the radii each further radius costs.
#[expect(clippy::cast_possible_truncation, reason = "thousandths of log-odds")]
fn by_distance(km: f32, reach_km: f32) -> (Verdict, i32) {
    let (km, reach_km) = (f64::from(km), f64::from(reach_km).max(FINEST_KM));
    let seen_km = km.max(reach_km / 2.0).max(FINEST_KM);
    let nearness = ((NEUTRAL_KM / seen_km).ln() * 1000.0) as i32;
    let beyond_km = km - reach_km;
    if beyond_km <= 0.0 {
        return (Verdict::Agrees, nearness.clamp(0, PLACE_CAP));
    }
    if beyond_km > PLACE_BEYOND_KM {
        return EXCLUDES;
    }
    let cost = (f64::from(PLACE_BEYOND) * beyond_km / reach_km) as i32;
    let weight = (nearness.min(PLACE_CAP) + PLACE_OUTSIDE + cost).max(-CAP);
    (if weight < -500 { Verdict::Differs } else { Verdict::Near }, weight)
}

/// Great-circle distance (haversine) on a sphere of 6,371 km.
fn distance_km((a_lat, a_lon): (f32, f32), (b_lat, b_lon): (f32, f32)) -> f32 {
    let (lat1, lat2) = (a_lat.to_radians(), b_lat.to_radians());
    let half = |x: f32| (x / 2.0).sin().powi(2);
    let h = half(lat2 - lat1) + lat1.cos() * lat2.cos() * half((b_lon - a_lon).to_radians());
    2.0 * 6_371.0 * h.sqrt().min(1.0).asin()
}

/// Who acts; where both have it act outside its country, agreement says more.
fn actor(words: &Words, a: &Happening, b: &Happening) -> (Verdict, i32) {
    let (verdict, weight) = side(words, &a.actor, &b.actor);
    let both_abroad = weight > 0 && is_abroad(a) && is_abroad(b);
    (verdict, if both_abroad { weight + PARTY_ABROAD } else { weight })
}

/// Whether an actor's home is known, and is no country in which it acts, rules or claims to rule.
fn is_abroad(happening: &Happening) -> bool {
    let countries = || happening.places.iter().flat_map(|p| p.countries).filter(|&c| c != 0);
    let is_away = |p: &PartyKey| p.home != 0 && countries().all(|c| c != p.home);
    countries().next().is_some() && happening.actor.iter().any(is_away)
}

fn joined(a: &Happening, b: &Happening) -> bool {
    a.mutual || b.mutual
}

/// Where either claim gives no direction, all parties of the one against all of the other; it stands for two sides.
fn sides(words: &Words, a: &Happening, b: &Happening) -> (Verdict, i32) {
    if !joined(a, b) {
        return SILENT;
    }
    let all = |h: &Happening| h.actor.iter().chain(&h.recipient).copied().collect::<Vec<_>>();
    let (verdict, weight, compared) = against(words, &all(a), &all(b));
    (verdict, weight * compared.min(2))
}

fn side(words: &Words, a: &[PartyKey], b: &[PartyKey]) -> (Verdict, i32) {
    let (verdict, weight, _) = against(words, a, b);
    (verdict, weight)
}

/// Each party of the shorter side against its best counterpart, averaged, and how many could be compared: those that cannot
/// say nothing.
fn against(words: &Words, a: &[PartyKey], b: &[PartyKey]) -> (Verdict, i32, i32) {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let (mut sum, mut compared, mut contrary) = (0, 0, 0);
    for party in few {
        if let Some(best) = many.iter().filter_map(|other| kinship(words, party, other)).max() {
            sum += best;
            compared += 1;
            contrary += i32::from(best < 0);
        }
    }
    match compared {
        0 => (Verdict::Silent, 0, 0),
        n if contrary > 0 => (Verdict::Differs, sum / n, n),
        n => (if sum / n >= PARTY_SAME { Verdict::Agrees } else { Verdict::Near }, sum / n, n),
    }
}

fn kinship(words: &Words, a: &PartyKey, b: &PartyKey) -> Option<i32> {
    let ids = |p: &PartyKey| [p.path, p.acts];
    let roots = |p: &PartyKey| [p.root, p.acts_root];
    let any = |f: &dyn Fn(u32, u32) -> bool, x: [u32; 2], y: [u32; 2]| {
        x.iter().any(|&i| y.iter().any(|&j| i != 0 && j != 0 && f(i, j)))
    };
    if a.path != 0 && a.path == b.path {
        return Some(PARTY_SAME);
    }
    let has_id = |p: &PartyKey| p.path != 0 || p.acts != 0;
    if has_id(a) && has_id(b) {
        let weight = if any(&|i, j| words.is_within(i, j) || words.is_within(j, i), ids(a), ids(b)) {
            PARTY_PART
        } else if any(&|i, j| i == j, roots(a), roots(b)) {
            PARTY_KIN
        } else {
            PARTY_CONTRARY
        };
        return Some(weight);
    }
    if a.name != 0 && a.name == b.name {
        return Some(PARTY_SAME_NAME);
    }
    // Two proper names that share no word are two parties; descriptions of one crowd differ from report to report.
    let both_named = a.proper && b.proper && !has_id(a) && !has_id(b);
    let share_a_word = || words.text(a.name).split(' ').any(|w| words.text(b.name).split(' ').any(|v| v == w));
    (both_named && !share_a_word()).then_some(PARTY_CONTRARY)
}

/// The total of the dead decides; other numbers that both give count half.
fn effects(a: &Happening, b: &Happening) -> (Verdict, i32) {
    let (mut sum, mut verdict) = (0, Verdict::Silent);
    for x in &a.tolls {
        let Some(y) = b.tolls.iter().find(|y| y.kind == x.kind && y.category == x.category) else { continue };
        let (found, mut weight) = toll(x, y);
        if weight < 0 && a.asserter != b.asserter {
            weight /= CLAIMANTS_DIVISOR;
        } else if weight < 0 && (x.running || y.running) && a.published != b.published {
            weight /= RUNNING_DIVISOR;
        }
        let chief = x.kind == model::EffectKind::Killed && x.category == 0;
        if chief || verdict == Verdict::Silent {
            verdict = found;
        }
        sum += if chief { weight } else { weight / 2 };
    }
    if verdict == Verdict::Silent {
        return if a.kinds & b.kinds != 0 { (Verdict::Near, EFFECT_SHARED) } else { SILENT };
    }
    (verdict, sum.clamp(TOLL_FAR * 3 / 2, TOLL_SAME_LARGE * 3 / 2))
}

fn toll(x: &TollKey, y: &TollKey) -> (Verdict, i32) {
    let exact = |t: &TollKey| t.high - t.low < 0.5;
    let near_ends = (x.low.max(y.low), x.high.min(y.high));
    if near_ends.0 <= near_ends.1 {
        // "More than 200" of both: a round number, hence one class less than the exact one.
        let both_at_least = (x.low - y.low).abs() < 0.5 && x.high.is_infinite() && y.high.is_infinite();
        if both_at_least && x.low >= 5.0 {
            return (Verdict::Agrees, if x.low < 20.0 { TOLL_SAME_SMALL } else { TOLL_SAME_MIDDLE });
        }
        if !(exact(x) && exact(y)) {
            return (Verdict::Contained, TOLL_OVERLAPS);
        }
        let weight = match x.low {
            ..1.0 => TOLL_SAME_NONE,
            ..5.0 => TOLL_SAME_SMALL,
            ..20.0 => TOLL_SAME_MIDDLE,
            _ => TOLL_SAME_LARGE,
        };
        return (Verdict::Agrees, weight);
    }
    let (more, fewer) = (near_ends.0, near_ends.1);
    match more / fewer.max(0.5) {
        ..=1.25 if more >= 20.0 => (Verdict::Near, TOLL_NEAR_LARGE),
        ..=1.25 => (Verdict::Near, TOLL_NEAR),
        ..=2.0 if more - fewer <= 1.0 => (Verdict::Near, TOLL_BY_ONE),
        ..=2.0 => (Verdict::Differs, TOLL_DIFFERENT),
        _ => (Verdict::Differs, TOLL_FAR),
    }
}

/// Words of content in common, over those of the shorter.
fn bags(a: &Happening, b: &Happening) -> (Verdict, i32) {
    let least = a.words.len().min(b.words.len());
    if least < WORDS_LEAST {
        return SILENT;
    }
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.words.len() && j < b.words.len() {
        match a.words[i].cmp(&b.words[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    match shared * 20 / least {
        16.. => (Verdict::Agrees, WORDS_ALL),
        10.. => (Verdict::Near, WORDS_HALF),
        5.. => (Verdict::Near, WORDS_SOME),
        0 => (Verdict::Differs, WORDS_NONE),
        _ => (Verdict::Silent, 0),
    }
}
