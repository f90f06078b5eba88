//! Why a figure and a count may differ: reasons that apply by rule, each with the ids on which it rests.

use std::collections::BTreeSet;

use jiff::civil::Date;
use model::record::PartyRecord;
use model::{ClaimId, Incident, IncidentId, Standing};
use serde::Serialize;

use super::count::{self, Corpus};
use super::{FigureBeside, Here, Measure};
use crate::Report;
use crate::causes::parties::roots;

/// The kind of a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The words are not in the lexicon, or are of something that is not counted.
    NotCounted,
    /// The figure does not say over which days it counts, or only one end.
    WindowNotTold,
    /// The figure names neither party nor place: everything is counted.
    ScopeNotTold,
    /// The figure counts something narrower than what is counted here.
    Narrower,
    /// No report at hand was published in most months of the window.
    FewReports,
    /// Who gives the figure takes part in what it counts.
    GivenByParty,
    /// The asserter alleges, doubts or denies it.
    NotAsserted,
    /// Incidents of which date, actor or place is open.
    OpenIncidents,
    /// Incidents that somebody involved disputes.
    DisputedIncidents,
    /// Incidents that give no number.
    NoNumber,
    /// Incidents that stand on one voice.
    OneVoice,
    /// Incidents that only rows of data sets tell of.
    DataSets,
    /// Claims of one happening that were not recognised as such count twice.
    NotMerged,
}

impl Why {
    /// As it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Why::NotCounted => "not counted",
            Why::WindowNotTold => "window not told",
            Why::ScopeNotTold => "scope not told",
            Why::Narrower => "narrower",
            Why::FewReports => "few reports",
            Why::GivenByParty => "given by a party",
            Why::NotAsserted => "not asserted",
            Why::OpenIncidents => "open incidents",
            Why::DisputedIncidents => "disputed incidents",
            Why::NoNumber => "no number",
            Why::OneVoice => "one voice",
            Why::DataSets => "data sets",
            Why::NotMerged => "not merged",
        }
    }
}

/// Why a figure and a count may differ.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// Of which kind.
    pub why: Why,
    /// In a sentence.
    pub text: String,
    /// The claims on which it rests.
    pub claims: Vec<ClaimId>,
    /// The incidents on which it rests.
    pub incidents: Vec<IncidentId>,
}

/// Fills in what was read in the window, and the reasons.
pub(super) fn give(figure: &mut FigureBeside, corpus: &Corpus) {
    read(figure, corpus.reports);
    let mut reasons = of_figure(figure, corpus);
    if let Some(here) = &figure.here {
        reasons.extend(of_count(here, corpus));
    }
    figure.reasons = reasons;
}

/// Reports of the window, and months without any.
fn read(figure: &mut FigureBeside, reports: &[Report]) {
    let window = figure.window;
    let days: Vec<Date> =
        reports.iter().filter(|r| !r.copy && r.dataset.is_none()).filter_map(|r| r.published).collect();
    let inside = |day: &&Date| window.from.is_none_or(|f| f <= **day) && window.to.is_none_or(|t| **day <= t);
    figure.reports = days.iter().filter(inside).count();
    if let (Some(from), Some(to)) = (window.from, window.to) {
        let month = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
        let told: BTreeSet<i32> = days.iter().filter(inside).map(|d| month(*d)).collect();
        let all = usize::try_from(month(to) - month(from) + 1).unwrap_or(0);
        figure.months = Some(all);
        figure.months_without_report = Some(all - told.len().min(all));
    }
}

fn of_figure(figure: &FigureBeside, corpus: &Corpus) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut say = |why: Why, text: String| {
        reasons.push(Reason { why, text, claims: figure.claims.clone(), incidents: Vec::new() });
    };
    let of = figure.of.as_deref().unwrap_or("what it does not say");
    match &figure.counted {
        None => say(Why::NotCounted, format!("“{of}” is no word for anything that is counted here.")),
        Some(thing) if thing.measure == Measure::Nothing => {
            let why = thing.why.as_deref().unwrap_or_default();
            say(Why::NotCounted, format!("“{of}” is not counted here: {why}."));
        }
        Some(thing) if !thing.narrower.is_empty() => say(
            Why::Narrower,
            format!(
                "It counts “{of}”; here all {} are counted, without regard to “{}”.",
                thing.name,
                thing.narrower.join(" ")
            ),
        ),
        Some(_) => {}
    }
    let window = figure.window;
    match (window.from, window.to) {
        // Of what is not counted, no window matters.
        _ if window.told || figure.here.is_none() => {}
        (Some(from), Some(to)) => say(
            Why::WindowNotTold,
            format!(
                "It says since when it counts ({from}) and not until when; here until {to}, when it was published."
            ),
        ),
        (None, Some(to)) => say(
            Why::WindowNotTold,
            format!("It does not say since when it counts; here everything that is at hand until {to} is counted."),
        ),
        (_, None) => say(Why::WindowNotTold, "Neither its days nor its day of publication are known.".to_owned()),
    }
    if figure.here.is_some() {
        let parties = !roots(&figure.actor).is_empty() || !roots(&figure.recipient).is_empty();
        if !parties && figure.places.is_empty() {
            say(
                Why::ScopeNotTold,
                "It names neither party nor place with the number; here all that is at hand is counted.".to_owned(),
            );
        } else if !parties {
            say(Why::ScopeNotTold, "It names no party with the number; here all parties are counted.".to_owned());
        }
        if let (Some(all), Some(without)) = (figure.months, figure.months_without_report)
            && 2 * without > all
        {
            say(
                Why::FewReports,
                format!("Of the {all} months that it counts, no report at hand was published in {without}."),
            );
        }
    }
    if let Some(party) = involved(figure, corpus) {
        say(Why::GivenByParty, format!("{party} gives the figure and takes part in what it counts."));
    }
    if !matches!(figure.attitude, model::Attitude::Asserts | model::Attitude::Confirms) {
        say(Why::NotAsserted, format!("{} {} it.", figure.by.name, figure.attitude));
    }
    reasons
}

/// Who gives the figure, if a party to what is counted.
fn involved(figure: &FigureBeside, corpus: &Corpus) -> Option<String> {
    let speaker = figure.speaker.as_deref()?;
    let mut parties = roots(&figure.actor);
    parties.extend(roots(&figure.recipient));
    let ids: BTreeSet<&IncidentId> =
        figure.here.iter().flat_map(|h| h.surely.incidents.iter().chain(&h.perhaps.incidents)).collect();
    let counted = corpus.incidents.iter().filter(|i| ids.contains(&i.id));
    let among =
        counted.flat_map(|i| i.actor.iter().chain(&i.recipient)).filter_map(PartyRecord::whole).any(|r| r == speaker);
    (among || parties.contains(speaker)).then(|| speaker.to_owned())
}

fn of_count(here: &Here, corpus: &Corpus) -> Vec<Reason> {
    let ids: BTreeSet<&IncidentId> = here.surely.incidents.iter().chain(&here.perhaps.incidents).collect();
    let counted: Vec<&Incident> = corpus.incidents.iter().filter(|i| ids.contains(&i.id)).collect();
    let mut reasons = Vec::new();
    let mut say = |why: Why, text: &str, of: Vec<IncidentId>| {
        let mut incidents = of;
        incidents.sort_unstable();
        if !incidents.is_empty() {
            let text = text.replace("{n}", &plural(incidents.len()));
            reasons.push(Reason { why, text, claims: Vec::new(), incidents });
        }
    };
    let those = |keep: &dyn Fn(&Incident) -> bool| -> Vec<IncidentId> {
        counted.iter().filter(|i| keep(i)).map(|i| i.id.clone()).collect()
    };
    let perhaps: BTreeSet<&IncidentId> = here.perhaps.incidents.iter().collect();
    let undated = |i: &Incident| perhaps.contains(&i.id) && !count::is_dated(i);
    say(
        Why::OpenIncidents,
        "Of {n} no day is told: each is taken to lie in the month before it was first reported.",
        those(&undated),
    );
    let open = |i: &Incident| perhaps.contains(&i.id) && count::is_dated(i);
    say(
        Why::OpenIncidents,
        "Of {n} days, parties or place are not told exactly enough to say whether the figure would count it.",
        those(&open),
    );
    say(
        Why::DisputedIncidents,
        "That {n} happened is denied by somebody involved.",
        those(&|i| i.standing == Standing::Disputed),
    );
    say(Why::OneVoice, "That {n} happened rests on one voice.", those(&|i| i.standing == Standing::Reported));
    say(Why::NoNumber, "Of {n} no account gives a number.", here.without_number.clone());
    let rows = |i: &Incident| {
        let mut claims = i.accounts.iter().flat_map(|a| &a.claims).peekable();
        claims.peek().is_some() && claims.all(|c| corpus.rows.contains(c))
    };
    say(Why::DataSets, "Of {n} only rows of data sets tell.", those(&rows));
    let vague = |i: &Incident| i.places.is_empty();
    say(
        Why::NotMerged,
        "Of {n} no place is told: a happening told so vaguely may be counted here a second time.",
        those(&vague),
    );
    reasons
}

fn plural(n: usize) -> String {
    if n == 1 { "1 incident".to_owned() } else { format!("{n} incidents") }
}
