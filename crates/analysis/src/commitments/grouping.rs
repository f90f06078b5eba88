//! Which claims tell of one commitment.
//!
//! Claims are one commitment where they bind the same holder by the same instrument, for no two different beneficiaries,
//! and to the same: half the words of the shorter object, both or neither with a "not"; or one kind of duty of the lexicon.
//! Promises without an instrument are one where they are reported within [`ONE_PROMISE`] days: what is promised again a
//! year later is promised anew. The claims are taken by day and id, and each joins the first commitment with all of whose
//! claims it agrees, so that a chain of slips joins nothing.
//!
//! A claim that an instrument was kept or broken as a whole is of every commitment of its holder under that instrument;
//! where none is known it stands by itself, without an object.

use std::collections::BTreeSet;

use model::record::{ClaimRecord, PartyRecord};
use model::{Attitude, Status};

use super::duties::{Duties, Paper};
use super::{Saying, is_real};
use crate::Told;
use crate::causes::parties::{Mentions, roots};
use crate::causes::pattern::{singular, words};

/// Days within which reports of a promise without an instrument can be of one promise. News repeats a promise for some
/// weeks; set by hand.
const ONE_PROMISE: i32 = 30;

/// A commitment in the making.
pub(super) struct Group<'a> {
    pub members: Vec<Member<'a>>,
    pub duties: BTreeSet<String>,
    pub heard: Heard,
}

/// What is said of it.
#[derive(Default)]
pub(super) struct Heard {
    pub said: Vec<Saying>,
    pub denied: Vec<Saying>,
    pub kept: Vec<Saying>,
    pub kept_denied: Vec<Saying>,
    pub broken: Vec<Saying>,
    pub broken_denied: Vec<Saying>,
    pub withdrawn: Vec<Saying>,
    pub lapsed: Vec<Saying>,
}

/// A claim, as far as it is compared.
pub(super) struct Member<'a> {
    pub told: Told<'a>,
    /// Roots of who is bound; descriptions ("both sides") with the report in which they stand.
    pub holder: BTreeSet<String>,
    /// Roots of to whom.
    beneficiary: BTreeSet<String>,
    /// Roots that the object names.
    named: BTreeSet<String>,
    instrument: Option<Instrument>,
    object: Option<Object>,
}

struct Instrument {
    paper: Paper,
    proper: BTreeSet<String>,
}

struct Object {
    content: BTreeSet<String>,
    negated: bool,
    duties: BTreeSet<String>,
}

impl<'a> Group<'a> {
    /// Roots of all who are bound.
    pub fn holders(&self) -> BTreeSet<String> {
        self.members.iter().flat_map(|m| m.holder.iter().cloned()).collect()
    }

    /// Roots of those to whom something is owed: told as such, named in the object, or bound along.
    pub fn others(&self) -> BTreeSet<String> {
        self.members.iter().flat_map(|m| m.beneficiary.iter().chain(&m.named)).cloned().collect()
    }

    /// Whether the commitment is a truce, or under one.
    pub fn is_truce(&self, duties: &Duties) -> bool {
        self.members.iter().any(|m| {
            m.instrument.as_ref().is_some_and(|i| i.paper == Paper::Truce)
                || m.told.claim.object.as_ref().and_then(Option::as_ref).is_some_and(|o| duties.is_truce(&o.text))
        })
    }

    /// Whether words name the instrument by its proper name.
    pub fn is_named_in(&self, text: &str) -> bool {
        let own = proper(text);
        self.members
            .iter()
            .filter_map(|m| m.instrument.as_ref())
            .any(|i| !i.proper.is_empty() && i.proper.is_subset(&own))
    }

    /// Whether words hold half of the content of an object.
    pub fn is_worded_in(&self, text: &str) -> bool {
        let own = content(text);
        let held = |o: &Object| o.content.len() > 1 && 2 * o.content.intersection(&own).count() >= o.content.len();
        self.members.iter().filter_map(|m| m.object.as_ref()).any(held)
    }

    fn agrees(&self, member: &Member) -> bool {
        self.members.iter().all(|m| agree(m, member))
    }

    fn alone(member: Member<'a>) -> Self {
        let duties = member.object.iter().flat_map(|o| o.duties.iter().cloned()).collect();
        Self { members: vec![member], duties, heard: Heard::default() }
    }

    fn take(&mut self, member: Member<'a>) {
        self.duties.extend(member.object.iter().flat_map(|o| o.duties.iter().cloned()));
        self.members.push(member);
    }
}

/// Groups claims that come by day and id.
pub(super) fn group<'a>(told: &[Told<'a>], mentions: &Mentions, duties: &Duties) -> Vec<Group<'a>> {
    let member = |t: &Told<'a>| Member::of(*t, mentions, duties);
    let commitments = || told.iter().filter(|t| t.claim.kind == "commitment");
    let mut groups: Vec<Group> = Vec::new();
    // What tells that there is a commitment goes before what tells how it was kept.
    let (exist, kept): (Vec<&Told>, Vec<&Told>) =
        commitments().filter(|t| is_told(t.claim)).partition(|t| exists(t.claim));
    for member in exist.into_iter().chain(kept).map(member) {
        if member.object.is_none() {
            let mut found = false;
            for group in &mut groups {
                let same = group.members.iter().any(|m| agree(m, &member) && m.instrument.is_some());
                if same && member.instrument.is_some() {
                    group.members.push(Member::of(member.told, mentions, duties));
                    found = true;
                }
            }
            if found {
                continue;
            }
        }
        match groups.iter_mut().find(|g| g.agrees(&member)) {
            Some(group) => group.take(member),
            None => groups.push(Group::alone(member)),
        }
    }
    for group in &mut groups {
        group.members.sort_by_key(|m| (m.told.claim.published.map(model::When::date), &m.told.claim.id));
    }
    groups
}

/// Whether a claim tells that there is a commitment.
pub(super) fn exists(claim: &ClaimRecord) -> bool {
    matches!(claim.status, Status::Ongoing | Status::Promised | Status::Planned | Status::Cancelled)
}

/// What is demanded, threatened, possible or hypothetical binds nobody.
fn is_told(claim: &ClaimRecord) -> bool {
    exists(claim) || claim.status == Status::DidNotOccur || is_real(claim) || claim.attitude == Attitude::Retracts
}

impl<'a> Member<'a> {
    fn of(told: Told<'a>, mentions: &Mentions, duties: &Duties) -> Self {
        let claim = told.claim;
        let text = claim.object.as_ref().and_then(Option::as_ref);
        let named = text.map(|o| mentions.within(&claim.document, o.span, &words(&o.text)));
        let holder: BTreeSet<String> = claim.actor.iter().filter_map(|p| holder(p, claim)).collect();
        Self {
            told,
            beneficiary: roots(&claim.recipient),
            named: named.into_iter().flatten().map(|(_, root)| root).filter(|r| !holder.contains(r)).collect(),
            holder,
            instrument: claim
                .instrument
                .as_ref()
                .and_then(Option::as_ref)
                .map(|i| Instrument { paper: duties.paper(&words(i)), proper: proper(i) }),
            object: text.map(|o| Object {
                content: content(&o.text),
                negated: words(&o.text).iter().any(|w| matches!(w.text.as_str(), "not" | "never" | "neither" | "no")),
                duties: duties.of(&o.text).into_iter().map(|d| d.id.clone()).collect(),
            }),
        }
    }
}

fn holder(party: &PartyRecord, claim: &ClaimRecord) -> Option<String> {
    if let Some(whole) = party.whole() {
        return Some(whole.to_owned());
    }
    // A description names somebody within its report only.
    let described = |words: &str| format!("{} in {}", words.to_lowercase(), claim.document);
    party.proper_name().map(str::to_lowercase).or_else(|| party.mention.as_deref().map(described))
}

fn agree(a: &Member, b: &Member) -> bool {
    let one_document = a.told.claim.document == b.told.claim.document;
    let holder = !a.holder.is_disjoint(&b.holder) || a.holder.is_empty() && b.holder.is_empty() && one_document;
    let beneficiary =
        a.beneficiary.is_empty() || b.beneficiary.is_empty() || !a.beneficiary.is_disjoint(&b.beneficiary);
    holder && beneficiary && same_instrument(a, b, one_document) && same_object(a, b)
}

/// Whether two claims are of one instrument, or may be.
fn same_instrument(a: &Member, b: &Member, one_document: bool) -> bool {
    let (Some(x), Some(y)) = (&a.instrument, &b.instrument) else {
        // Who says that a promise was kept or broken seldom says again where it was given.
        let kept = !exists(a.told.claim) || !exists(b.told.claim);
        return kept
            || one_document
            || a.instrument.is_none() && b.instrument.is_none() && days_apart(a, b) <= ONE_PROMISE;
    };
    let named = !x.proper.is_empty() && !y.proper.is_empty();
    let nested = x.proper.is_subset(&y.proper) || y.proper.is_subset(&x.proper);
    // "The accord" of one report is the accord that it names; of two reports it may be two, and objects decide.
    let whole = a.object.is_none() || b.object.is_none();
    x.paper == y.paper && if named { nested } else { !whole || one_document }
}

fn same_object(a: &Member, b: &Member) -> bool {
    let (Some(x), Some(y)) = (&a.object, &b.object) else { return true };
    let shared = x.content.intersection(&y.content).count();
    let shorter = x.content.len().min(y.content.len());
    // Half of the shorter, and two words where there are two: one word in common ("border") is no duty in common.
    let alike = shorter > 0 && 2 * shared >= shorter && shared >= shorter.min(2);
    alike && x.negated == y.negated || !x.duties.is_disjoint(&y.duties)
}

/// Days between two reports; 0 where one has no date.
fn days_apart(a: &Member, b: &Member) -> i32 {
    let day = |m: &Member| m.told.claim.published.map(model::When::date);
    let both = day(a).zip(day(b));
    both.and_then(|(x, y)| x.until(y).ok()).map_or(0, |apart| apart.get_days().abs())
}

/// Proper words and numbers of a name: the Doha of "the Doha Agreement".
pub(super) fn proper(name: &str) -> BTreeSet<String> {
    const GENERIC: &[&str] = &[
        "the",
        "agreement",
        "accord",
        "treaty",
        "deal",
        "pact",
        "convention",
        "resolution",
        "charter",
        "ceasefire",
        "truce",
        "law",
        "constitution",
        "protocol",
        "memorandum",
        "declaration",
        "statement",
        "joint",
        "security",
        "council",
        "under",
        "article",
    ];
    let all = words(name);
    let told = all.iter().filter(|w| w.capital || w.text.chars().all(|c| c.is_ascii_digit()));
    told.map(|w| w.text.clone()).filter(|w| !GENERIC.contains(&w.as_str())).collect()
}

/// Words of content, without number.
fn content(text: &str) -> BTreeSet<String> {
    const EMPTY: &[&str] = &[
        "a", "an", "the", "to", "of", "in", "on", "at", "by", "for", "from", "with", "and", "or", "that", "which",
        "who", "its", "their", "his", "her", "any", "all", "some", "be", "is", "are", "was", "were", "will", "would",
        "not", "never", "no", "other", "others", "each", "both", "it", "they", "this", "these", "those", "as",
        "against", "into", "up", "out",
    ];
    words(text).iter().filter(|w| !EMPTY.contains(&w.text.as_str())).map(|w| singular(&w.text)).collect()
}
