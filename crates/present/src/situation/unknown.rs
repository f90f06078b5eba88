//! What is not known: who and what was not read, which days, what nobody told, and what was left out on purpose.

use jiff::civil::Date;

use super::{Situation, sentence};
use crate::grounds::counted;
use crate::paper::{Block, Words};

/// Most stretches of days, publishers and caveats that are named.
const NAMED: usize = 8;

impl Situation {
    pub(super) fn unknown(&self) -> Vec<Block> {
        let mut points = vec![Words::of(self.languages()), Words::of(self.publishers())];
        points.extend(self.days().map(Words::of));
        points.extend(self.fields().map(Words::of));
        points.push(Words::of(self.left_out()));
        let mut caveats: Vec<&str> = Vec::new();
        let parts =
            [self.changes.as_ref().map(|p| &p.grounds), Some(&self.ceasefires.grounds), Some(&self.ties.grounds)];
        for caveat in parts.into_iter().flatten().flat_map(|grounds| &grounds.caveats) {
            // How much was read stands beside what changed.
            if !caveats.contains(&caveat.as_str()) && !caveat.contains("of this period were read") {
                caveats.push(caveat);
            }
        }
        let mut blocks = vec![Block::List(points)];
        if !caveats.is_empty() {
            blocks.push(sentence("What the answers say of themselves:"));
            blocks
                .push(Block::List(caveats.iter().take(NAMED).map(|caveat| Words::of(self.names.of(caveat))).collect()));
        }
        blocks
    }

    fn languages(&self) -> String {
        let languages: Vec<String> =
            self.grounds.languages.iter().map(|(code, n)| format!("{} ({n})", language(code))).collect();
        if languages.is_empty() {
            return "No report was read, in any language.".to_owned();
        }
        format!(
            "Languages: read were reports in {}. What is written in any other language was not read.",
            languages.join(", ")
        )
    }

    fn publishers(&self) -> String {
        let read: Vec<String> = self.grounds.publishers.iter().map(|(name, n)| format!("{name} ({n})")).collect();
        let unnamed = match self.grounds.unnamed {
            0 => String::new(),
            n => format!(", and {} of publishers that are not named", counted(n, "report")),
        };
        let read = if read.is_empty() { "none that is named".to_owned() } else { read.join(", ") };
        let (named, rest) = self.grounds.not_read.split_at(self.grounds.not_read.len().min(NAMED));
        let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
        let not_read = if named.is_empty() {
            String::new()
        } else {
            format!(" Not read, of the states concerned: {}{more}.", named.join(", "))
        };
        format!("Publishers: read were {read}{unnamed}.{not_read}")
    }

    fn days(&self) -> Option<String> {
        let stretch = |(from, to): &(Date, Date)| if from == to { from.to_string() } else { format!("{from} to {to}") };
        let (named, rest) = self.unread.split_at(self.unread.len().min(NAMED));
        let more =
            if rest.is_empty() { String::new() } else { format!(" and {} more", counted(rest.len(), "stretch")) };
        let days: Vec<String> = named.iter().map(stretch).collect();
        (!days.is_empty()).then(|| {
            format!(
                "Days: no report that was published on {}{more} was read. Silence there is lack of reading.",
                days.join(", ")
            )
        })
    }

    /// What nobody told of the incidents that are shown.
    fn fields(&self) -> Option<String> {
        let all: Vec<_> = self.incidents.iter().map(|happening| &happening.incident).collect();
        if all.is_empty() {
            return None;
        }
        let lacks = [
            ("the day", all.iter().filter(|i| i.from.is_none() && i.to.is_none()).count()),
            ("the place", all.iter().filter(|i| i.places.is_empty()).count()),
            ("who did it", all.iter().filter(|i| i.actor.is_empty()).count()),
            ("to whom it was done", all.iter().filter(|i| i.recipient.is_empty() && i.actor.len() < 2).count()),
            ("a toll", all.iter().filter(|i| i.effects.is_empty()).count()),
        ];
        let lacks: Vec<String> =
            lacks.iter().filter(|(_, n)| *n > 0).map(|(what, n)| format!("{what} in {n}")).collect();
        let of = counted(all.len(), "incident");
        (!lacks.is_empty()).then(|| format!("Fields: of the {of} above, nobody tells of {}.", lacks.join(", ")))
    }

    fn left_out(&self) -> String {
        let restricted = match self.withheld_rows {
            0 => "No row of this lake has terms that would keep it out.".to_owned(),
            n => format!(
                "Left out are {} of data sets whose terms keep them from being shown to others.",
                counted(n, "row")
            ),
        };
        format!(
            "Left out on purpose: shelters, medical and aid sites and homes are told to the district; names of private persons \
             are withheld, also in the sentences that are quoted; of each claim one sentence at most is quoted. {restricted}"
        )
    }
}

/// The one language that is read today by its name; others by their code.
fn language(code: &str) -> &str {
    if matches!(code, "en" | "eng") { "English" } else { code }
}
