//! How counts over time were reached and what they cannot say, in sentences, for [`crate::Grounds`].

use super::{By, Course, NotPlaced, Source, Undated, Unit};

impl Course {
    /// How the counts were reached.
    pub fn method(&self) -> String {
        let by = match self.by {
            By::All => "all together",
            By::DirectedDyad => "by who did it to whom",
            By::Dyad => "by pair of parties",
            By::Party => "by party",
            By::Country => "by country",
            By::Admin1 => "by first-order division",
            By::Cell => "by PRIO-GRID cell",
            By::Type => "by PLOVER type",
        };
        let unit = match self.unit {
            Unit::Day => "day".to_owned(),
            Unit::Week => "week".to_owned(),
            Unit::Month => "month".to_owned(),
            Unit::Year => "year".to_owned(),
            Unit::Stretch { days, last } => format!("stretches of {days} days up to {last}"),
        };
        let undated = match self.undated {
            Undated::NotPlaced => "what no text dates is not placed",
            Undated::OnReport => "what no text dates stands on the day of its first report",
        };
        format!(
            "Counted by {unit}, {by}, each source by itself; one incident is one, however many reports tell it; a happening \
             is in a period only if all days on which it may have been lie in it, and {undated}. A period without any is zero \
             only if a report was read that was published in it or up to {} days after it, or if the data set's rows reach \
             over it; else it is missing.",
            self.coverage.reading.lag_days
        )
    }

    /// What the counts cannot say.
    pub fn caveats(&self) -> Vec<String> {
        let mut caveats = Vec::new();
        let is_read = |source: &Source| matches!(source, Source::Reading | Source::Claims);
        let has_read =
            self.series.iter().map(|s| &s.source).chain(self.not_placed.iter().map(|n| &n.source)).any(is_read);
        let reading = &self.coverage.reading;
        if has_read && reading.without > 0 {
            caveats.push(format!(
                "No report was read of {} of {} periods: their counts are missing, not zero.",
                reading.without,
                self.periods.len()
            ));
        }
        if has_read {
            caveats.push(
                "Counts of what was read rise and fall with what was read: see the reports by publisher beside them."
                    .to_owned(),
            );
        }
        caveats.extend(self.not_placed.iter().flat_map(|rest| self.left(rest)));
        for release in self.coverage.releases.iter().filter(|release| !release.told) {
            caveats.push(format!(
                "{} is taken to cover {} to {}, from the first to the last day of its rows here.",
                release.source, release.window.from, release.window.to
            ));
        }
        if matches!(self.by, By::Dyad | By::DirectedDyad | By::Party) {
            caveats.push(
                "A happening of several parties counts for each: series by party do not add up to a total.".to_owned(),
            );
        }
        caveats
    }

    fn left<'a>(&'a self, rest: &'a NotPlaced) -> impl Iterator<Item = String> + 'a {
        let said = [
            (rest.undated.len(), "In no period, since no text says when"),
            (rest.wide.len(), "In no period, since known only to a longer stretch"),
            (rest.keyless.len(), self.by.lack()),
            (rest.outside, "Outside the days that were looked at"),
        ];
        said.into_iter().filter(|(n, _)| *n > 0).map(|(n, why)| format!("{why}: {n} ({}).", rest.source))
    }
}
