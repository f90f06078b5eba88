//! Why two claims are, or are not, taken for one happening: the weights of `score`, field by field, in words.

use jiff::ToSpan;
use jiff::civil::Date;

use super::happening::{Corpus, Grain, Happening, PartyKey, PlaceKey, TollKey};
use super::score::{self, FIELDS, Field, Verdict};
use super::weights::{CAP, THRESHOLD};

/// What one field says.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Which field.
    pub field: Field,
    /// What it comes to.
    pub verdict: Verdict,
    /// Its part in the sum, as log-odds.
    pub weight: f64,
    /// What the two claims have there.
    pub words: String,
}

/// Two claims set against one another. A pair may weigh enough and the claims still not come together: a group takes in
/// only what weighs enough against all of it on average and is excluded by none.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Every field, those that say nothing included.
    pub lines: Vec<Line>,
    /// The sum, within bounds; `None` where a field excludes.
    pub sum: Option<f64>,
    /// From what sum on two claims are one happening.
    pub threshold: f64,
}

impl Explanation {
    /// Whether the pair by itself is taken for one happening.
    pub fn is_one(&self) -> bool {
        self.sum.is_some_and(|sum| sum >= self.threshold)
    }
}

/// Sets two claims of a corpus against one another.
pub fn explain(corpus: &Corpus, a: &Happening, b: &Happening) -> Explanation {
    let (a, b) = if a.claim <= b.claim { (a, b) } else { (b, a) };
    let (mut lines, mut sum, mut excluded) = (Vec::new(), 0, false);
    let mut say = |field: Field, (verdict, weight): (Verdict, i32), words: String| {
        excluded |= verdict == Verdict::Excludes;
        sum += weight;
        lines.push(Line { field, verdict, weight: f64::from(weight) / 1000.0, words });
    };
    for (field, compare) in FIELDS {
        let words = format!("{} | {}", told(corpus, a, field), told(corpus, b, field));
        say(field, compare(&corpus.words, a, b), words);
    }
    if let Some(field) = score::told_apart_by(&corpus.words, a, b) {
        say(
            Field::Source,
            (Verdict::Excludes, 0),
            format!("one report tells two happenings apart by {}", field.as_str()),
        );
    } else {
        let found = score::source(a, b);
        let words = match found.0 {
            Verdict::Excludes if a.release != 0 => "two rows of one release of a data set",
            Verdict::Excludes => "the one is told as an answer to the other",
            Verdict::Agrees if a.key != 0 => "one row of a data set",
            Verdict::Agrees => "near-copies of one text, in the same words",
            _ if a.original == b.original => "one report, which does not tell them apart",
            _ => "two sources",
        };
        say(Field::Source, found, words.to_owned());
    }
    let sum = (!excluded).then(|| f64::from(sum.clamp(-CAP, CAP)) / 1000.0);
    Explanation { lines, sum, threshold: f64::from(THRESHOLD) / 1000.0 }
}

/// What a claim has in a field.
fn told(corpus: &Corpus, happening: &Happening, field: Field) -> String {
    let text = |id: u32| corpus.words.text(id);
    let list = |items: Vec<String>| if items.is_empty() { "nothing said".to_owned() } else { items.join(", ") };
    let parties = |side: &[PartyKey]| {
        let name =
            |p: &PartyKey| text([p.path, p.acts, p.name].into_iter().find(|&id| id != 0).unwrap_or(0)).to_owned();
        side.iter().map(name).collect::<Vec<_>>()
    };
    match field {
        Field::Type => happening.event.to_string(),
        Field::Status => match happening.happened {
            Some(true) => "it happened".to_owned(),
            Some(false) => "it did not happen".to_owned(),
            None => "denied or doubted".to_owned(),
        },
        Field::Time => match happening.days {
            None => list(Vec::new()),
            Some((from, to)) if from == to => date(from).to_string(),
            Some((from, to)) if happening.grain == Grain::Undated => {
                format!("undated, between {} and {}", date(from), date(to))
            }
            Some((from, to)) => format!("{} to {}", date(from), date(to)),
        },
        Field::Place => list(happening.places.iter().map(|p| place(&text, p)).collect()),
        Field::Modes => list(happening.modes.iter().map(|&m| text(m).to_owned()).collect()),
        Field::Actor => list(parties(&happening.actor)),
        Field::Recipient => list(parties(&happening.recipient)),
        Field::Sides => list(happening.actor.iter().chain(&happening.recipient).flat_map(|p| parties(&[*p])).collect()),
        Field::Effects => list(happening.tolls.iter().map(toll).collect()),
        Field::Words => format!("{} words of content", happening.words.len()),
        Field::Source => String::new(),
    }
}

fn date(day: i32) -> Date {
    Date::constant(1970, 1, 1).saturating_add(day.days())
}

fn place<'a>(text: &impl Fn(u32) -> &'a str, place: &PlaceKey) -> String {
    let names = [place.name, place.admin2, place.admin1, place.countries[0]];
    let words = names.into_iter().filter(|&n| n != 0).map(text).collect::<Vec<_>>().join(" / ");
    if let Some((lat, lon)) = place.at {
        return format!("{words} ({lat:.2}, {lon:.2}, within {:.0} km)", place.radius_km);
    }
    words
}

fn toll(toll: &TollKey) -> String {
    let number = match (toll.low, toll.high) {
        (low, high) if high.is_infinite() => format!("at least {low}"),
        (low, high) if high - low < 0.5 => format!("{low}"),
        (low, high) => format!("{low} to {high}"),
    };
    let of = toll.category.checked_sub(1).map_or("", |c| model::Category::ALL[usize::from(c)].as_str());
    format!("{number} {} {of}", toll.kind).trim_end().to_owned()
}
