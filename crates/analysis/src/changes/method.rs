//! How changes were reached and what they cannot say, in sentences, for [`crate::Grounds`].

use super::{Changes, ReadingChange};
use crate::series::{Source, Undated};

impl Changes {
    /// How the changes were reached.
    pub fn method(&self) -> String {
        let undated = match self.undated {
            Undated::NotPlaced => "what no text dates is not counted",
            Undated::OnReport => "what no text dates stands on the day of its first report",
        };
        format!(
            "{} to {} beside earlier stretches of the same length that are covered; {undated}. Up or down is what the exact \
             conditional test of two rates, with dispersion, tells from chance among {} comparisons, with {} % of false calls \
             (Benjamini and Hochberg), and what rests on enough happenings.",
            self.period.from,
            self.period.to,
            self.looked_at,
            self.false_calls * 100.0
        )
    }

    /// What the changes cannot say.
    pub fn caveats(&self) -> Vec<String> {
        let mut caveats: Vec<String> = self.reading.iter().filter_map(ReadingChange::warning).collect();
        caveats.extend(self.not_compared.iter().map(|source| match source {
            Source::Reading | Source::Claims => {
                "No report of this period was read: nothing that was read can be compared.".to_owned()
            }
            Source::Dataset { .. } => format!("{source} does not cover this period, and is not compared."),
        }));
        caveats.extend(
            self.nothing_new
                .iter()
                .map(|source| format!("Too few earlier periods are covered by {source} to say what is new.")),
        );
        if self.known_later > 0 {
            caveats.push(format!(
                "{} happenings were first told after the end of their period and are left out, since this period has had no \
                 later yet.",
                self.known_later
            ));
        }
        for rest in &self.not_placed {
            let n = rest.undated.len() + rest.wide.len();
            if n > 0 {
                caveats.push(format!(
                    "In no period, since no text says when, or not exactly enough: {n} ({}).",
                    rest.source
                ));
            }
        }
        caveats.push(
            "The dead are counted at their least. What one happening alone makes of them is called no change."
                .to_owned(),
        );
        caveats
    }
}

impl ReadingChange {
    /// What to beware of, in a sentence; `None` where as much was read as before.
    pub fn warning(&self) -> Option<String> {
        if !self.changed {
            return None;
        }
        let beware = "counts of what was read may have changed for that reason alone";
        Some(match self.factor {
            None => format!("Of the {} periods before, no report was read.", self.periods),
            Some(factor) => format!(
                "{} reports of this period were read, {factor:.1} times as many a period as in the {} before: {beware}.",
                self.now, self.periods
            ),
        })
    }
}
