//! Scores the reading of times against `TimeML` files, as TempEval-3 does: extents by overlap, and values.

use model::When;

use super::{Reading, scan};
use crate::numbers::lex::cut;

/// Counts over one or more documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimeScore {
    /// Phrases in the gold files.
    pub gold: usize,
    /// Phrases found.
    pub found: usize,
    /// Found phrases that overlap a gold one.
    pub matched: usize,
    /// Found phrases with exactly the bounds of a gold one.
    pub strict: usize,
    /// Matched phrases whose value is the gold one's.
    pub values: usize,
    /// Matched phrases whose value means what the gold one means, written alike or not.
    pub meanings: usize,
    /// Differences, for a person to read: what was expected, what was found.
    pub differences: Vec<String>,
}

fn f1(hits: usize, gold: usize, found: usize) -> f64 {
    if gold + found == 0 { 1.0 } else { 2.0 * hits as f64 / (gold + found) as f64 }
}

impl TimeScore {
    /// F1 of extents, overlap counting as a match.
    pub fn extent_f1(&self) -> f64 {
        f1(self.matched, self.gold, self.found)
    }

    /// F1 of extents that match exactly.
    pub fn strict_f1(&self) -> f64 {
        f1(self.strict, self.gold, self.found)
    }

    /// F1 of matched phrases with the right value.
    pub fn value_f1(&self) -> f64 {
        f1(self.values, self.gold, self.found)
    }

    /// F1 of matched phrases whose value means the same: "199X" and "199", "P1DE" and "P10Y", "2000-W6" and "2000-W06".
    pub fn meaning_f1(&self) -> f64 {
        f1(self.meanings, self.gold, self.found)
    }

    /// Adds another document's counts.
    pub fn add(&mut self, other: TimeScore) {
        self.gold += other.gold;
        self.found += other.found;
        self.matched += other.matched;
        self.strict += other.strict;
        self.values += other.values;
        self.meanings += other.meanings;
        self.differences.extend(other.differences);
    }
}

/// A gold phrase: bytes of the text, value.
struct Gold {
    start: usize,
    end: usize,
    value: String,
}

/// Scores one `TimeML` file; `None` where it has no text or date of writing.
pub fn timeml(file: &str) -> Option<TimeScore> {
    let dct = between(file, "<DCT>", "</DCT>")?;
    let (_, dct) = strip(dct);
    let anchor: When = dct.first()?.value.get(..10)?.parse().ok()?;
    let (text, gold) = strip(between(file, "<TEXT>", "</TEXT>")?);
    let pieces = cut(&text, 0..text.len());
    let found = scan(&pieces, &Reading { anchor: Some(anchor), ..Reading::default() });
    let mut score = TimeScore { gold: gold.len(), found: found.len(), ..TimeScore::default() };
    let mut taken = vec![false; gold.len()];
    for phrase in &found {
        let (start, end) = (pieces[phrase.pieces.start].at.start, pieces[phrase.pieces.end - 1].at.end);
        let words = &text[start..end];
        let value = phrase.value.timex();
        let hit = (0..gold.len()).find(|&i| !taken[i] && gold[i].start < end && start < gold[i].end);
        let around = text
            [text.floor_char_boundary(start.saturating_sub(90))..text.ceil_char_boundary((end + 60).min(text.len()))]
            .replace('\n', " ");
        let Some(i) = hit else {
            score.differences.push(format!("spurious\t{words}\t{value}\t{around}"));
            continue;
        };
        taken[i] = true;
        score.matched += 1;
        score.strict += usize::from(gold[i].start == start && gold[i].end == end);
        score.meanings += usize::from(plainly(&gold[i].value) == plainly(&value));
        if gold[i].value == value {
            score.values += 1;
        } else {
            let expected = &gold[i];
            score.differences.push(format!(
                "value\t{words}\t{value}\t{} {}\t{around}",
                expected.value,
                &text[expected.start..expected.end]
            ));
        }
    }
    for (g, _) in gold.iter().zip(&taken).filter(|(_, t)| !**t) {
        score.differences.push(format!("missed\t{}\t\t{}", &text[g.start..g.end], g.value));
    }
    Some(score)
}

/// A value written one way: what is left open is left out, weeks have two figures, decades and centuries count years.
fn plainly(value: &str) -> String {
    let mut plain = value.to_owned();
    while let Some(rest) = plain.strip_suffix("-XX").or_else(|| plain.strip_suffix("-WXX")) {
        plain = rest.to_owned();
    }
    if plain.len() == 4 && plain.ends_with('X') {
        plain = plain.trim_end_matches('X').to_owned();
    }
    if let Some((year, week)) = plain.split_once("-W")
        && week.len() == 1
    {
        plain = format!("{year}-W0{week}");
    }
    for (units, years) in [("DE", 10), ("CE", 100), ("C", 100), ("E", 10)] {
        if let Some(count) = plain.strip_prefix('P').and_then(|p| p.strip_suffix(units)) {
            return count.parse::<u32>().map_or_else(|_| format!("P{count}{years}Y"), |n| format!("P{}Y", n * years));
        }
    }
    plain
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let start = text.find(open)? + open.len();
    let end = start + text[start..].find(close)?;
    Some(&text[start..end])
}

/// Text without tags, and the TIMEX3 elements as ranges of it; the outer of two nested ones.
fn strip(marked: &str) -> (String, Vec<Gold>) {
    let mut text = String::new();
    let mut gold: Vec<Gold> = Vec::new();
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut rest = marked;
    while let Some(at) = rest.find('<') {
        text.push_str(&plain(&rest[..at]));
        rest = &rest[at..];
        let Some(end) = rest.find('>') else { break };
        let tag = &rest[1..end];
        if tag.starts_with("TIMEX3") {
            open.push((text.len(), between(tag, "value=\"", "\"").unwrap_or("").to_owned()));
        } else if tag == "/TIMEX3"
            && let Some((start, value)) = open.pop()
            && open.is_empty()
            && start < text.len()
        {
            gold.push(Gold { start, end: text.len(), value });
        }
        rest = &rest[end + 1..];
    }
    text.push_str(&plain(rest));
    (text, gold)
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_scored() {
        let file = "<DCT><TIMEX3 value=\"2024-12-28\">x</TIMEX3></DCT><TEXT>On <TIMEX3 value=\"2024-12-24\">Tuesday</TIMEX3> \
                    jets &amp; drones struck; <TIMEX3 value=\"2024-12\">this month</TIMEX3></TEXT>";
        let score = timeml(file).unwrap();
        assert_eq!((score.gold, score.found, score.strict, score.values), (2, 2, 2, 2), "{:?}", score.differences);
    }

    #[test]
    fn the_development_files_are_read_well() {
        let folder =
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/time/tempeval3_train/data/TBAQ-cleaned");
        let mut score = TimeScore::default();
        for part in ["TimeBank", "AQUAINT"] {
            let Ok(files) = std::fs::read_dir(format!("{folder}/{part}")) else {
                println!("skipped: {folder} is absent");
                return;
            };
            for file in files.flatten().filter(|f| f.path().extension().is_some_and(|e| e == "tml")) {
                if let Some(one) = std::fs::read_to_string(file.path()).ok().and_then(|text| timeml(&text)) {
                    score.add(one);
                }
            }
        }
        if let Ok(path) = std::env::var("ANNALIST_DIFFERENCES") {
            std::fs::write(path, score.differences.join("\n")).unwrap();
        }
        println!(
            "times: {} gold, {} found; extents F1 {:.3} (strict {:.3}), values F1 {:.3}",
            score.gold,
            score.found,
            score.extent_f1(),
            score.strict_f1(),
            score.value_f1()
        );
        assert!(score.extent_f1() > 0.80 && score.value_f1() > 0.60);
    }
}
