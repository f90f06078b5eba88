//! Promises and duties, and who says that they were kept or broken.
//!
//! In: claims of kind `commitment`, claims of events and ties, the incidents that they belong to, and the lexicon of
//! [`Duties`]. Out: one [`Commitment`] for each duty or promise, however many reports tell of it, with who says that it
//! exists, who denies it, who says that it was kept or broken and who denies that, each with the claim.
//!
//! Refused: nothing is decided here. A commitment `stands` where nobody says otherwise, and is `broken` in somebody's
//! mouth only. What would contradict it or be in keeping with it (an asserted tie, an attack) is shown apart, as
//! inferred by us, and moves no status. What is only demanded, possible or hypothetical binds nobody.

mod duties;
mod grouping;
mod inferred;
mod keeping;
mod method;
mod standing;

use jiff::civil::Date;
use model::record::{ClaimRecord, PartyRecord};
use model::{Attitude, ClaimId, DocumentId, Incident, IncidentId, Status, When};
use serde::Serialize;

use crate::Told;
use crate::causes::by_claim;
use crate::causes::parties::{Mentions, Voice, Voices};
pub use duties::{Duties, Duty};
use grouping::Group;
pub use inferred::{Inferred, Timing};
pub use method::{caveats, method};
pub use standing::State;

/// What somebody says of a commitment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Saying {
    /// The claim.
    pub claim: ClaimId,
    /// Who says so: the asserter, else the publication.
    pub by: Voice,
    /// The publication in which it stands.
    pub publisher: Option<String>,
    /// What the asserter does with it.
    pub attitude: Attitude,
    /// When it was published.
    pub published: Option<When>,
    /// The sentence.
    pub words: String,
    /// The incident to which the claim belongs.
    pub incident: Option<IncidentId>,
    /// The document of which its document is a near-copy. Such a saying is nobody's second.
    pub copy_of: Option<DocumentId>,
    /// What the link to this commitment leaves open.
    pub note: Option<String>,
}

/// Words, and the claim in which they stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Wording {
    /// The words.
    pub text: String,
    /// The claim.
    pub claim: ClaimId,
}

/// A duty or promise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Commitment {
    /// The claim that told it first.
    pub id: ClaimId,
    /// The accord, law or resolution that holds it, as most exactly named; `None` where no report names one.
    pub instrument: Option<String>,
    /// Every name of the instrument.
    pub instruments: Vec<Wording>,
    /// Who is bound.
    pub holder: Vec<PartyRecord>,
    /// To whom.
    pub beneficiary: Vec<PartyRecord>,
    /// What it binds to, as most fully worded; `None` where only the instrument is named.
    pub object: Option<String>,
    /// Every wording of the object.
    pub objects: Vec<Wording>,
    /// Kinds of duty that the lexicon takes the words for.
    pub duties: Vec<String>,
    /// Conditions that a report puts to it.
    pub conditions: Vec<Wording>,
    /// From when it binds, as the earliest report that says so has it.
    pub from: Option<When>,
    /// Until when, as the latest.
    pub to: Option<When>,
    /// When it was first and last reported.
    pub reported: Option<(Date, Date)>,
    /// Who says that it exists.
    pub said: Vec<Saying>,
    /// Who denies that.
    pub denied: Vec<Saying>,
    /// Who says that it was kept.
    pub kept: Vec<Saying>,
    /// Who denies that it was kept.
    pub kept_denied: Vec<Saying>,
    /// Who says that it was broken.
    pub broken: Vec<Saying>,
    /// Who denies that it was broken.
    pub broken_denied: Vec<Saying>,
    /// Who says that it was taken back or ended.
    pub withdrawn: Vec<Saying>,
    /// Who says that it ran out.
    pub lapsed: Vec<Saying>,
    /// What would contradict it or be in keeping with it, if it is so: inferred here, said by nobody.
    pub inferred: Vec<Inferred>,
    /// How it stands, in what is said.
    pub state: State,
    /// Why, in a sentence.
    pub grounds: String,
}

/// Every commitment of some claims, by the day on which it was first told and id. The order of the claims does not matter.
/// `as_of` is the day on which it is asked: what was to hold until an earlier day has lapsed; without it nothing lapses
/// unless somebody says so.
pub fn commitments(told: &[Told], incidents: &[Incident], duties: &Duties, as_of: Option<Date>) -> Vec<Commitment> {
    let mut told: Vec<&Told> = told.iter().collect();
    told.sort_by_key(|t| (t.claim.published.map(When::date), &t.claim.id));
    told.dedup_by_key(|t| &t.claim.id);
    let sorted: Vec<Told> = told.iter().map(|t| **t).collect();
    let mentions = Mentions::of(&sorted, "commitment");
    let speakers = Speakers { voices: Voices::of(&sorted), incidents: by_claim(incidents) };
    let mut groups = grouping::group(&sorted, &mentions, duties);
    keeping::hear(&mut groups, &sorted, duties, &speakers);
    let mut found: Vec<Commitment> = groups.into_iter().map(|g| finish(g, &sorted, duties, &speakers, as_of)).collect();
    found.sort_by(|a, b| (a.reported.map(|d| d.0), &a.id).cmp(&(b.reported.map(|d| d.0), &b.id)));
    found
}

/// Who speaks, and of which incident.
struct Speakers<'a> {
    voices: Voices<'a>,
    incidents: std::collections::BTreeMap<&'a ClaimId, &'a IncidentId>,
}

impl Speakers<'_> {
    fn saying(&self, told: &Told, note: Option<&str>) -> Saying {
        let claim = told.claim;
        Saying {
            claim: claim.id.clone(),
            by: self.voices.voice(told),
            publisher: told.publisher.map(str::to_owned),
            attitude: claim.attitude,
            published: claim.published,
            words: claim.evidence.text.clone(),
            incident: self.incidents.get(&claim.id).map(|&i| i.clone()),
            copy_of: told.copy_of.cloned(),
            note: note.map(str::to_owned),
        }
    }
}

fn finish(mut group: Group, told: &[Told], duties: &Duties, speakers: &Speakers, as_of: Option<Date>) -> Commitment {
    let inferred = inferred::infer(&group, told, duties, speakers);
    let claims: Vec<&ClaimRecord> = group.members.iter().map(|m| m.told.claim).collect();
    let wordings = |text: &dyn Fn(&ClaimRecord) -> Option<String>| -> Vec<Wording> {
        let mut all: Vec<Wording> =
            claims.iter().filter_map(|c| Some(Wording { text: text(c)?, claim: c.id.clone() })).collect();
        all.sort_unstable();
        all
    };
    let instruments = wordings(&|c| c.instrument.clone().flatten());
    let objects = wordings(&|c| c.object.clone().flatten().map(|o| o.text));
    let conditions = wordings(&|c| duties.condition(&c.evidence.text));
    let from = claims.iter().filter_map(|c| c.time.as_ref()?.from).min_by_key(|w| w.date());
    let to = claims.iter().filter_map(|c| c.time.as_ref()?.to).max_by_key(|w| w.date());
    let days: Vec<Date> = claims.iter().filter_map(|c| c.published.map(When::date)).collect();
    let reported = days.iter().min().copied().zip(days.iter().max().copied());
    let heard = std::mem::take(&mut group.heard);
    let mut commitment = Commitment {
        id: claims[0].id.clone(),
        // The name with most proper words; of equally many the shortest.
        instrument: instruments
            .iter()
            .max_by_key(|w| (grouping::proper(&w.text).len(), std::cmp::Reverse((w.text.len(), &w.text))))
            .map(|w| w.text.clone()),
        object: objects.iter().max_by_key(|w| (w.text.len(), std::cmp::Reverse(&w.text))).map(|w| w.text.clone()),
        holder: parties(&claims, |c| &c.actor),
        beneficiary: parties(&claims, |c| &c.recipient),
        duties: group.duties.iter().cloned().collect(),
        instruments,
        objects,
        conditions,
        from,
        to,
        reported,
        said: heard.said,
        denied: heard.denied,
        kept: heard.kept,
        kept_denied: heard.kept_denied,
        broken: heard.broken,
        broken_denied: heard.broken_denied,
        withdrawn: heard.withdrawn,
        lapsed: heard.lapsed,
        inferred,
        state: State::Stands,
        grounds: String::new(),
    };
    (commitment.state, commitment.grounds) = standing::state(&commitment, as_of);
    commitment
}

/// Every party once, in the order in which reports name them.
fn parties(claims: &[&ClaimRecord], side: impl Fn(&ClaimRecord) -> &Vec<PartyRecord>) -> Vec<PartyRecord> {
    let mut found: Vec<PartyRecord> = Vec::new();
    for party in claims.iter().flat_map(|c| side(c)) {
        let same = |known: &PartyRecord| match (&known.id, &party.id) {
            (Some(a), Some(b)) => a == b,
            (None, None) => {
                known.name.as_ref().or(known.mention.as_ref()) == party.name.as_ref().or(party.mention.as_ref())
            }
            _ => false,
        };
        if !found.iter().any(same) {
            found.push(party.clone());
        }
    }
    found
}

/// Whether somebody says so, rather than denying or doubting it.
fn says(claim: &ClaimRecord) -> bool {
    matches!(claim.attitude, Attitude::Asserts | Attitude::Confirms | Attitude::Alleges)
}

/// Whether the words are of something that is or was so.
fn is_real(claim: &ClaimRecord) -> bool {
    matches!(claim.status, Status::Occurred | Status::Ongoing)
}
