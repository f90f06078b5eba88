//! How levels and change points are shown: in lines below a series, as columns beside its periods, as a panel.

use std::io::{self, Write};

use analysis::changepoints::{Change, Cost, Direction, Segment};
use analysis::series::{Key, Levels, Measure, Period};
use chart::{Behind, Cell, Class, Hue, Level, Panel, Turn};

use super::number;

/// A dispersion from which on a plain penalty splits too much, and a correlation from which on points are not independent
/// (both as in `analysis::changepoints::Segmentation`).
const WIDE: f64 = 1.5;
const SERIAL: f64 = 0.2;

/// Lines below the table of a series.
pub(super) fn told(out: &mut dyn Write, levels: &Levels, periods: &[Period]) -> io::Result<()> {
    let label = |at: usize| periods[at].label.as_str();
    if levels.found.segments.is_empty() {
        return writeln!(out, "   level   nothing is known");
    }
    for segment in &levels.found.segments {
        let within =
            segment.within.map_or(String::new(), |(low, high)| format!(" ({} to {})", number(low), number(high)));
        let (first, last) = (label(segment.from), label(segment.to - 1));
        let stretch = if first == last { first.to_owned() } else { format!("{first} … {last}") };
        let change = levels.change_at(segment.from).map_or(String::new(), |c| format!("; {}", changed(c, periods)));
        writeln!(out, "   level   {stretch:<23} {}{within} a period{change}", number(segment.level))?;
    }
    Ok(())
}

fn changed(change: &Change, periods: &[Period]) -> String {
    let word = match change.direction {
        Direction::Rose => "rose",
        Direction::Fell => "fell",
    };
    let ratio = change.ratio.map_or(String::new(), |ratio| format!(" ×{ratio:.2}"));
    format!("{word}{ratio}, began {}", possible(change, periods))
}

/// The periods in which the new level may have begun.
fn possible(change: &Change, periods: &[Period]) -> String {
    let label = |at: usize| periods[at].label.as_str();
    let stretch = |&(first, last): &(usize, usize)| {
        if first == last { label(first).to_owned() } else { format!("{} to {}", label(first), label(last)) }
    };
    let stretches: Vec<String> = change.positions.iter().map(stretch).collect();
    if stretches.is_empty() { label(change.at).to_owned() } else { stretches.join(" or ") }
}

/// A period's level, its interval, and when it may have begun, where the period is the first of it.
pub(super) fn cells(levels: Option<&Levels>, at: usize, periods: &[Period]) -> [String; 4] {
    let Some(segment) = levels.and_then(|l| l.segment_of(at)) else { return std::array::from_fn(|_| String::new()) };
    let (low, high) = segment.within.map_or_else(Default::default, |(low, high)| (low.to_string(), high.to_string()));
    let change = levels.and_then(|l| l.change_at(at));
    [segment.level.to_string(), low, high, change.map_or(String::new(), |c| possible(c, periods))]
}

/// The measure with its levels, and a line where each change begins.
pub(super) fn panel(levels: &Levels, cells: Vec<Cell>, periods: &[Period]) -> Panel {
    let segments = &levels.found.segments;
    let turn = |change: &Change| {
        let ratio = change.ratio.map_or(String::new(), |r| format!(" ×{r:.1}"));
        let to = segments.iter().find(|s| s.from == change.at).map_or(change.at + 1, |s| s.to);
        let behind = Behind::ids(cells[change.at..to].iter().flat_map(|cell| cell.behind.ids.iter().cloned()));
        let label = format!("{}{ratio}", periods[change.at].label);
        let turn = Turn { behind, ..Turn::new(periods[change.at].from, label) };
        match (change.positions.first(), change.positions.last()) {
            (Some((first, _)), Some((_, last))) => turn.between(periods[*first].from, periods[*last].from),
            _ => turn,
        }
    };
    let level = |segment: &Segment| Level {
        from: periods[segment.from].from,
        to: periods[segment.to - 1].to,
        value: segment.level,
        bounds: segment.within,
        label: Some(number(segment.level)),
    };
    let hue = match levels.measure {
        Measure::Hostile => Hue::Orange,
        Measure::Cooperative => Hue::Blue,
        Measure::Dead => Hue::Plum,
        Measure::Happenings => Hue::Teal,
    };
    let turns = levels.found.changes.iter().map(turn).collect();
    let words = levels.measure.words();
    let is_all = matches!(levels.key, Key::All);
    Panel {
        name: if is_all { capital(words) } else { levels.key.to_string() },
        unit: if is_all { String::new() } else { words.to_owned() },
        levels: segments.iter().map(level).collect(),
        turns,
        classes: vec![Class::new("", hue, cells)],
        ..Panel::default()
    }
}

/// How they were found.
pub(super) fn method(levels: &Levels) -> String {
    let cost = match levels.found.cost {
        Cost::Poisson => "Poisson's likelihood",
        Cost::L2 => "squared deviations",
    };
    let wide = match levels.found.dispersion_used {
        Some(times) if times > 1.0 => ", widened by how much more the counts vary than Poisson's",
        _ => "",
    };
    format!(
        "Levels of the {}: PELT with {cost} and Schwarz's penalty unless another is given{wide}; periods that are not covered \
         are left out.",
        levels.measure.words()
    )
}

/// What they cannot say.
pub(super) fn caveats(levels: &[Levels]) -> Vec<String> {
    let mut caveats = Vec::new();
    if levels.is_empty() {
        return caveats;
    }
    caveats.push(
        "A change of level has no reason here, and may be one in reporting; a slow rise is cut into stairs.".to_owned(),
    );
    let serial = levels.iter().filter(|l| l.found.serial.is_some_and(|r| r > SERIAL)).count();
    if serial > 0 {
        caveats.push(format!(
            "Periods of a level depend on those before in {serial} of {} series: changes are too many and intervals too \
             narrow.",
            levels.len()
        ));
    }
    let is_wide =
        |l: &&Levels| l.found.dispersion.is_some_and(|d| d > WIDE && l.found.dispersion_used.is_some_and(|u| u < d));
    let wide = levels.iter().filter(is_wide).count();
    if wide > 0 {
        caveats.push(format!(
            "Counts vary more than Poisson's in {wide} of {} series, which is not allowed for.",
            levels.len()
        ));
    }
    caveats
}

/// The same with a capital.
pub(super) fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
