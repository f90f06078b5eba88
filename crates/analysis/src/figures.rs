//! Figures that reports give beside what the incidents at hand count in the same window.
//!
//! In: claims of kind `figure`, incidents, the reports that were read, and the lexicon of [`Counted`] things, which says
//! how the words of a figure are counted here. Out: a [`FigureBeside`] for each figure, with the count of incidents, or
//! the sum of what their accounts give, of the same kind, window, parties and place; and why the two may differ.
//!
//! Refused: neither number is called right. A figure whose words the lexicon cannot count is shown without a count. No
//! window, party or place is guessed: what a figure leaves open is counted wide and said to be. Incidents that may or may
//! not belong (another standing, no date, no actor told) widen the count and do not vanish in it.

mod count;
mod counted;
mod method;
mod reasons;

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::record::{ClaimRecord, PartyRecord, PlaceRecord};
use model::{Attitude, ClaimId, Incident, IncidentId, Status, When};
use serde::Serialize;

use crate::causes::parties::{Voice, Voices};
use crate::{Report, Told};
pub use counted::{Counted, CountedThing, Measure};
pub use method::{caveats, method};
pub use reasons::{Reason, Why};

/// The days over which is counted, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Window {
    /// First day; `None` where the figure does not say since when.
    pub from: Option<Date>,
    /// Last day; the day of the report where the figure does not say until when.
    pub to: Option<Date>,
    /// Whether the figure tells both ends.
    pub told: bool,
}

/// Incidents by standing. What is retracted, or only denied, is not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Said by one voice.
    pub reported: usize,
    /// Said by independent voices.
    pub corroborated: usize,
    /// Denied by somebody involved.
    pub disputed: usize,
    /// Their ids, in order.
    pub incidents: Vec<IncidentId>,
}

/// What the incidents at hand give.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Here {
    /// Least: of incidents that surely belong and that nobody involved disputes. `None` where none gives a number, and
    /// where there is no incident and no report of the window was read.
    pub low: Option<f64>,
    /// Most: of all that may belong; `None` where an account has no upper end, or none gives a number.
    pub high: Option<f64>,
    /// Incidents that lie wholly in the window, by the parties and at the place of the figure.
    pub surely: Tally,
    /// Incidents of which date, party or place is not told exactly enough to say.
    pub perhaps: Tally,
    /// Of both, those that give no number of what is summed.
    pub without_number: Vec<IncidentId>,
}

/// How the figure lies to the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The count's most is below the figure's least.
    FewerHere,
    /// The two ranges meet.
    Overlap,
    /// The count's least is above the figure's most.
    MoreHere,
}

/// A figure beside a count.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureBeside {
    /// The claims that give it in one voice, near-copies last.
    pub claims: Vec<ClaimId>,
    /// Of these, those in near-copies.
    pub copies: Vec<ClaimId>,
    /// Who gives it: the asserter, else the publication.
    pub by: Voice,
    /// Root of who gives it, where a catalogue knows it.
    pub speaker: Option<String>,
    /// The publication in which it first stood.
    pub publisher: Option<String>,
    /// What the asserter does with it.
    pub attitude: Attitude,
    /// What is said of its reality.
    pub status: Status,
    /// When it was first published.
    pub published: Option<When>,
    /// The sentence.
    pub words: String,
    /// Least.
    pub low: Option<f64>,
    /// Most; `None` is no upper end.
    pub high: Option<f64>,
    /// Of what, in the words of the text.
    pub of: Option<String>,
    /// By whom.
    pub actor: Vec<PartyRecord>,
    /// To whom.
    pub recipient: Vec<PartyRecord>,
    /// Where.
    pub places: Vec<PlaceRecord>,
    /// The days over which is counted.
    pub window: Window,
    /// What is counted here, by the lexicon; `None` where it has no entry for the words.
    pub counted: Option<CountedThing>,
    /// The count; `None` where nothing is counted.
    pub here: Option<Here>,
    /// How the two lie to one another; `None` where there is no count.
    pub relation: Option<Relation>,
    /// Reports that were published in the window, near-copies and data sets left out.
    pub reports: usize,
    /// Calendar months that the window touches; `None` where its ends are not known.
    pub months: Option<usize>,
    /// Of these, months in which no report was published.
    pub months_without_report: Option<usize>,
    /// Why the two may differ.
    pub reasons: Vec<Reason>,
}

/// Every figure beside what is counted here, by day of publication and id. The order of the claims does not matter.
pub fn beside(told: &[Told], incidents: &[Incident], reports: &[Report], lexicon: &Counted) -> Vec<FigureBeside> {
    let voices = Voices::of(told);
    let mut figures: Vec<&Told> = told.iter().filter(|t| t.claim.kind == "figure" && t.claim.count.is_some()).collect();
    // Near-copies last, so that each figure is told by the text that was first.
    figures.sort_by_key(|t| (t.copy_of.is_some(), t.claim.published.map(When::date), &t.claim.id));
    figures.dedup_by_key(|t| &t.claim.id);
    let mut of_voice: BTreeMap<Key, Vec<&Told>> = BTreeMap::new();
    for t in figures {
        of_voice.entry(Key::of(t.claim, voices.voice(t))).or_default().push(t);
    }
    let corpus = count::Corpus {
        incidents,
        reports,
        published: told.iter().filter_map(|t| Some((&t.claim.id, t.claim.published?.date()))).collect(),
        rows: told.iter().filter(|t| t.claim.row.is_some()).map(|t| &t.claim.id).collect(),
    };
    let mut found: Vec<FigureBeside> =
        of_voice.into_iter().map(|(key, claims)| one(key.voice, &claims, &corpus, lexicon)).collect();
    found.sort_by(|a, b| (a.published.map(When::date), &a.claims).cmp(&(b.published.map(When::date), &b.claims)));
    found
}

fn one(by: Voice, claims: &[&Told], corpus: &count::Corpus, lexicon: &Counted) -> FigureBeside {
    let first = claims[0];
    let claim = first.claim;
    let count = claim.count.as_ref();
    let thing = count.and_then(|c| lexicon.of(c.of.as_deref()?, &claim.evidence.text));
    let mut figure = FigureBeside {
        claims: claims.iter().map(|t| t.claim.id.clone()).collect(),
        copies: claims.iter().filter(|t| t.copy_of.is_some()).map(|t| t.claim.id.clone()).collect(),
        by,
        speaker: claim.asserter.as_ref().and_then(PartyRecord::whole).map(str::to_owned),
        publisher: first.publisher.map(str::to_owned),
        attitude: claim.attitude,
        status: claim.status,
        published: claim.published,
        words: claim.evidence.text.clone(),
        low: count.and_then(|c| c.low),
        high: count.and_then(|c| c.high),
        of: count.and_then(|c| c.of.clone()),
        actor: claim.actor.clone(),
        recipient: claim.recipient.clone(),
        places: claim.places.clone(),
        window: window(claim),
        counted: thing,
        here: None,
        relation: None,
        reports: 0,
        months: None,
        months_without_report: None,
        reasons: Vec::new(),
    };
    figure.here = count::count(&figure, corpus);
    reasons::give(&mut figure, corpus);
    // Where no report of the window was read, no incident is no zero.
    let unread = figure.reports == 0 && !corpus.reports.iter().any(|r| r.dataset.is_some());
    if let Some(here) =
        figure.here.as_mut().filter(|h| unread && h.surely.incidents.is_empty() && h.perhaps.incidents.is_empty())
    {
        (here.low, here.high) = (None, None);
    }
    figure.relation = relation(&figure);
    figure
}

/// "Since October" ends on the day of the report; so does what does not say when it was.
fn window(claim: &ClaimRecord) -> Window {
    let time = claim.time.as_ref();
    let from = time.and_then(|t| t.from).map(When::date);
    let to = time.and_then(|t| t.to).map(When::date);
    Window { from, to: to.or(claim.published.map(When::date)), told: from.is_some() && to.is_some() }
}

fn relation(figure: &FigureBeside) -> Option<Relation> {
    let here = figure.here.as_ref()?;
    if here.low.is_none() && here.high.is_none() {
        return None;
    }
    let below = here.high.zip(figure.low).is_some_and(|(here, told)| here < told);
    let above = here.low.zip(figure.high).is_some_and(|(here, told)| here > told);
    Some(if below {
        Relation::FewerHere
    } else if above {
        Relation::MoreHere
    } else {
        Relation::Overlap
    })
}

/// What makes two claims one figure in one voice.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    voice: Voice,
    attitude: &'static str,
    range: (Option<u64>, Option<u64>),
    of: Option<String>,
    window: (Option<Date>, Option<Date>),
}

impl Key {
    fn of(claim: &ClaimRecord, voice: Voice) -> Self {
        let count = claim.count.as_ref();
        let day = |end: Option<When>| end.map(When::date);
        Self {
            voice,
            attitude: claim.attitude.as_str(),
            range: (count.and_then(|c| c.low).map(f64::to_bits), count.and_then(|c| c.high).map(f64::to_bits)),
            of: count.and_then(|c| c.of.as_deref()).map(str::to_lowercase),
            window: claim.time.as_ref().map_or((None, None), |t| (day(t.from), day(t.to))),
        }
    }
}
