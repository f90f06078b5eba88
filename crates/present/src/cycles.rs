//! How cycles are shown: how many further events one event brings, under every baseline that was tried beside each other;
//! each entry with what the data allow; what happened, with what happens by itself; stated replies beside inferred ones.
//!
//! A constant baseline has its name on it and never stands alone. Where nobody says who began, no word here speaks of
//! attack or reply.

mod drawn;
mod tabled;

use std::io::{self, Write};

use analysis::Grounds;
use analysis::cycles::{
    self, Choice, Language, LongRun, Moves, OverTime, Replies, Report, Resolution, Streams, Unplaced,
};
use serde::Serialize;

use crate::Answer;
use crate::grounds::counted;

/// What one event brings, with what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cycles {
    /// What was asked, in a phrase: "Between PAK and TTP".
    pub title: String,
    /// What was found.
    #[serde(flatten)]
    pub report: Report,
    /// What went in, period by period, with the ids behind each number; empty where times are not of the calendar.
    pub over_time: Vec<OverTime>,
    /// Rows that are in no stream.
    pub not_placed: Unplaced,
    /// Stated replies beside inferred ones, where some are stated.
    pub replies: Option<Replies>,
}

impl Cycles {
    /// What was found in streams, which are looked at period by period.
    pub fn new(
        title: String,
        streams: &Streams,
        report: Report,
        not_placed: Unplaced,
        replies: Option<Replies>,
    ) -> Self {
        let unit = cycles::unit_for(streams.span_days());
        let over_time = cycles::over_time(streams, &report.process, unit);
        Self { title, report, over_time, not_placed, replies }
    }

    /// How the answer is reached.
    pub fn method(&self) -> String {
        let days = match self.report.resolution {
            Resolution::Daily => "counts of whole days",
            Resolution::Timed => "times of events",
        };
        format!(
            "A self-exciting process (Hawkes) fitted to {days} by maximum likelihood, under baselines of {} knots; how freely \
             the baseline moves is chosen by what it foretells of stretches held out. Intervals are 95 %, by profile \
             likelihood over all baselines by their weights; tests take in all of them.",
            self.report.choices.all().map(|c| c.knots.to_string()).collect::<Vec<_>>().join(", ")
        )
    }

    /// What the answer cannot say.
    pub fn caveats(&self) -> Vec<String> {
        let mut caveats = vec![
            "The model sees times alone: what moves both streams within days looks like excitation.".to_owned(),
            "Counts of what was reported are counts of reporting first.".to_owned(),
        ];
        if self.report.language == Language::Excitation {
            caveats.push(
                "Nobody says who began: one stream excites another, and nothing is said of who acts on whom."
                    .to_owned(),
            );
        }
        if self.report.resolution == Resolution::Daily {
            caveats.push("Events of one day excite nothing on that day: their order is not known.".to_owned());
        }
        let Unplaced { without_day, outside, without_direction, of_no_stream, on_days_not_covered } = self.not_placed;
        let left_out = [
            (without_day, "without a single known day"),
            (outside, "outside the days looked at"),
            (without_direction, "of which nobody says who did it to whom"),
            (of_no_stream, "of other streams"),
        ];
        let left_out: Vec<String> =
            left_out.iter().filter(|(n, _)| *n > 0).map(|(n, why)| format!("{n} {why}")).collect();
        if on_days_not_covered > 0 {
            caveats.push(format!(
                "{on_days_not_covered} on days that nothing read covers: they excite what comes after, and are not accounted for."
            ));
        }
        if !left_out.is_empty() {
            caveats.push(format!("Left out: {}.", left_out.join(", ")));
        }
        caveats.extend(self.report.warnings.iter().map(|warning| capital(warning) + "."));
        caveats
    }

    fn events(&self) -> f64 {
        self.report.streams.iter().map(|stream| stream.events).sum()
    }

    /// First and last day, or how many days.
    fn period(&self) -> String {
        let days = self.over_time.first().and_then(|o| Some((o.periods.first()?.from, o.periods.last()?.to)));
        match days {
            Some((from, to)) => format!("{from} to {to}"),
            None => format!("{} days", crate::series::number(self.report.span_days)),
        }
    }
}

/// What a baseline is called: a constant one by its name, the others by their knots.
fn name_of(choice: &Choice) -> String {
    match choice.baseline {
        Moves::Constant => "constant".to_owned(),
        Moves::Varying => format!("{} knots", choice.knots),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl Answer for Cycles {
    fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", self.title)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of events")]
        let events = counted(self.events() as usize, "event");
        writeln!(out, "{events} in {}, {}", counted(self.report.streams.len(), "stream"), self.period())?;
        tabled::matrix(out, &self.report)?;
        tabled::entries(out, &self.report)?;
        tabled::streams(out, &self.report)?;
        tabled::long_run(out, &self.report)?;
        if let Some(replies) = &self.replies {
            tabled::replies(out, &self.report, replies)?;
        }
        tabled::heed(out, &self.report)
    }

    fn rows(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let head = vec![
            "excited",
            "by",
            "baseline",
            "knots",
            "chosen",
            "weight",
            "held_out_log_likelihood",
            "branching",
            "branching_low",
            "branching_high",
            "p_value",
            "told",
            "half_life_days",
            "half_life_low_days",
            "half_life_high_days",
            "spectral_radius",
            "spectral_radius_low",
            "spectral_radius_high",
            "events_excited",
            "share_by_itself",
            "words",
        ];
        let report = &self.report;
        let chosen = report.choices.chosen().knots;
        let n = report.streams.len();
        let mut rows = Vec::new();
        for choice in report.choices.all() {
            for (i, entry) in report.entries.iter().enumerate() {
                let (of, by) = (i / n, i % n);
                let stream = &report.streams[of];
                let is_chosen = choice.knots == chosen;
                // Intervals and tests are over all baselines, and stand beside the one that foretells best.
                let only = |text: String| if is_chosen { text } else { String::new() };
                let end = |value: Option<f64>| only(value.map(|v| v.to_string()).unwrap_or_default());
                rows.push(vec![
                    entry.of.clone(),
                    entry.by.clone(),
                    if choice.baseline == Moves::Constant { "constant" } else { "varying" }.to_owned(),
                    choice.knots.to_string(),
                    is_chosen.to_string(),
                    choice.weight.to_string(),
                    choice.held_out.to_string(),
                    choice.branching[of][by].to_string(),
                    end(Some(entry.branching.low)),
                    end(entry.branching.high),
                    end(Some(entry.p_value)),
                    only(entry.is_told.to_string()),
                    choice.half_lives_days[of].map(|d| d.to_string()).unwrap_or_default(),
                    end(stream.half_life_days.map(|h| h.low)),
                    end(stream.half_life_days.and_then(|h| h.high)),
                    choice.spectral_radius.to_string(),
                    end(Some(report.spectral_radius_within.low)),
                    end(report.spectral_radius_within.high),
                    stream.events.to_string(),
                    end(Some(stream.share_by_itself)),
                    only(entry.words.clone()),
                ]);
            }
        }
        (head, rows)
    }

    fn figure(&self, grounds: &Grounds, width: u32) -> String {
        drawn::figure(self, grounds, width)
    }
}

/// The long run in words.
fn long_run(report: &Report) -> String {
    match &report.long_run {
        LongRun::None(why) => why.clone(),
        LongRun::EventsPerDay(rates) => {
            let each = report.streams.iter().zip(rates).map(|(s, rate)| format!("{} {rate:.3}", s.name));
            format!("events a day if baselines stayed at their means: {}", each.collect::<Vec<_>>().join(", "))
        }
    }
}
