//! The word lists of `data/muc`, and how a run of lemmas is looked up in them.

use std::collections::HashMap;

/// A list: words (lemmas, in order) to the rest of the row.
pub struct List {
    rows: HashMap<String, (usize, Vec<String>)>,
    longest: usize,
}

impl List {
    fn parse(table: &str) -> Self {
        let mut list = Self { rows: HashMap::new(), longest: 1 };
        for (number, line) in table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).enumerate() {
            let mut fields = line.split('\t').map(|f| f.trim().to_owned());
            let Some(words) = fields.next() else { continue };
            let words = words.replace('_', " ").to_lowercase();
            list.longest = list.longest.max(words.split(' ').count());
            list.rows.entry(words).or_insert((number, fields.collect()));
        }
        list
    }

    /// The longest row whose words end `lemmas`: how many words, and its fields.
    pub fn ending<'a>(&'a self, lemmas: &[String]) -> Option<(usize, &'a [String])> {
        (1..=self.longest.min(lemmas.len())).rev().find_map(|n| {
            let run = lemmas[lemmas.len() - n..].join(" ");
            self.get(&run).map(|(_, fields)| (n, fields.as_slice()))
        })
    }

    /// Every row that `lemmas` hold, longest first at each place: range of words, place in the file, fields.
    pub fn within<'a>(&'a self, lemmas: &[String]) -> Vec<(std::ops::Range<usize>, usize, &'a [String])> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < lemmas.len() {
            let hit = (1..=self.longest.min(lemmas.len() - at)).rev().find_map(|n| {
                self.get(&lemmas[at..at + n].join(" ")).map(|(number, fields)| (n, *number, fields.as_slice()))
            });
            match hit {
                Some((n, number, fields)) => {
                    found.push((at..at + n, number, fields));
                    at += n;
                }
                None => at += 1,
            }
        }
        found
    }

    fn get(&self, run: &str) -> Option<&(usize, Vec<String>)> {
        self.rows.get(run).or_else(|| {
            // A plural that the lemma has kept.
            let singular = run.strip_suffix("ies").map(|s| format!("{s}y"));
            singular.and_then(|s| self.rows.get(&s)).or_else(|| run.strip_suffix('s').and_then(|s| self.rows.get(s)))
        })
    }
}

/// All lists.
pub struct Words {
    /// Words of a type of incident.
    pub incidents: List,
    /// Words of instruments.
    pub instruments: List,
    /// Physical targets.
    pub targets: List,
    /// People.
    pub people: List,
    /// Those who act.
    pub perpetrators: List,
    /// Verbs and nouns of deeds.
    pub deeds: List,
}

impl Words {
    /// The lists that come along.
    pub fn embedded() -> Self {
        Self {
            incidents: List::parse(include_str!("../../../../../data/muc/incidents.tsv")),
            instruments: List::parse(include_str!("../../../../../data/muc/instruments.tsv")),
            targets: List::parse(include_str!("../../../../../data/muc/targets.tsv")),
            people: List::parse(include_str!("../../../../../data/muc/people.tsv")),
            perpetrators: List::parse(include_str!("../../../../../data/muc/perpetrators.tsv")),
            deeds: List::parse(include_str!("../../../../../data/muc/deeds.tsv")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_words_win_and_plurals_are_found() {
        let words = Words::embedded();
        let lemmas = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let (n, fields) = words.targets.ending(&lemmas("the telephone company")).unwrap();
        assert_eq!((n, fields[0].as_str()), (2, "COMMUNICATIONS"));
        assert_eq!(words.targets.ending(&lemmas("two buses")).map(|(_, f)| f[0].as_str()), None);
        assert_eq!(words.people.ending(&lemmas("the peasants")).unwrap().1[0], "CIVILIAN");
        assert!(words.people.ending(&lemmas("a table")).is_none());
    }
}
