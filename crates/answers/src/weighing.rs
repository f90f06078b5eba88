//! The claims of a lake weighed: which are of one happening, and under which id.
//!
//! Asked as of now, the ids are kept in the lake, so that an incident has the same one ever after; asked as of an earlier
//! day, or where the lake may not be written, they are only used.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;

use analysis::incidents::{self, Constraints, Corpus, Happening, Weighed, fingerprint, mint, reweigh};
use jiff::Timestamp;
use jiff::civil::Date;
use lake::{AsOf, Filter, Groupings, Lake, Memberships, Moment, Runs, View};
use model::{ClaimId, DocumentId, IncidentId, When};
use tokio::runtime::Handle;

use crate::AnswerError;

/// Claims are fetched so many at a time: each fetch goes through the lake, and all of them lie in memory.
const CLAIMS_AT_ONCE: usize = 20_000;

/// How often a weighing is done anew because another process kept one meanwhile.
const TRIES: u32 = 5;

/// The groups of a lake's claims.
pub struct Weighing {
    /// Claims of each incident, in the order of their ids.
    pub groups: Vec<(IncidentId, Vec<ClaimId>)>,
    /// Which incident a claim is of.
    pub of: HashMap<ClaimId, usize>,
    /// What the lake knew of ids before.
    pub known: Memberships,
    /// What the lake showed, for more questions of the same state.
    pub view: View,
    /// Of each group the first day that its claims tell of; of what is undated, that of its report.
    days: Vec<Option<Date>>,
    /// Of each group its claims and when they entered the lake, in one number.
    pub(crate) stamps: Vec<u64>,
    /// Near-copies, each with its original.
    pub copies: HashMap<String, String>,
    /// Why the ids could not be kept in the lake, where they could not.
    pub not_kept: Option<String>,
    /// Of documents that were looked at, the agency that each says it relays.
    pub(crate) wires: Mutex<HashMap<String, Option<String>>>,
}

impl Weighing {
    fn of(
        groups: Vec<(IncidentId, Vec<ClaimId>)>,
        known: Memberships,
        entered: &HashMap<String, (i64, Option<i32>)>,
        copies: HashMap<String, String>,
        view: View,
    ) -> Self {
        let mut of = HashMap::with_capacity(groups.iter().map(|(_, claims)| claims.len()).sum());
        let (mut days, mut stamps) = (Vec::with_capacity(groups.len()), Vec::with_capacity(groups.len()));
        for (at, (_, claims)) in groups.iter().enumerate() {
            let mut stamp = DefaultHasher::new();
            let mut first: Option<i32> = None;
            for claim in claims {
                of.insert(claim.clone(), at);
                let told = entered.get(claim.as_str());
                (claim.as_str(), told.map(|(recorded, _)| recorded)).hash(&mut stamp);
                if let Some(day) = told.and_then(|(_, day)| *day) {
                    first = Some(first.map_or(day, |known| known.min(day)));
                }
            }
            days.push(first.map(lake::date_of));
            stamps.push(stamp.finish());
        }
        Self { groups, of, known, view, days, stamps, copies, not_kept: None, wires: Mutex::default() }
    }

    /// The first day that a claim of the group gives; the day of the first report where none gives any.
    pub fn first_day(&self, at: usize) -> (Option<Date>, IncidentId) {
        (self.days[at], self.groups[at].0.clone())
    }

    /// Positions of groups in portions of so many claims as are fetched at a time.
    pub fn portions<'a>(&self, groups: &'a [usize]) -> Vec<&'a [usize]> {
        let (mut portions, mut start, mut claims) = (Vec::new(), 0, 0);
        for (end, &at) in groups.iter().enumerate() {
            claims += self.groups[at].1.len();
            if claims >= CLAIMS_AT_ONCE {
                portions.push(&groups[start..=end]);
                (start, claims) = (end + 1, 0);
            }
        }
        if start < groups.len() {
            portions.push(&groups[start..]);
        }
        portions
    }

    /// Positions of the groups of which a claim fits the filter, each once.
    pub fn chosen(&self, handle: &Handle, view: &View, filter: &Filter) -> Result<Vec<usize>, AnswerError> {
        let ids = handle.block_on(view.claim_ids(filter))?;
        let mut seen = HashSet::new();
        let claims = ids.into_iter().filter_map(|id| ClaimId::try_from(id).ok());
        Ok(claims.filter_map(|claim| self.of.get(&claim).copied()).filter(|at| seen.insert(*at)).collect())
    }

    /// Where the group of an id stands, which may be an alias.
    pub fn group(&self, id: &IncidentId) -> Option<usize> {
        let id = self.known.current(id);
        self.groups.iter().position(|(known, _)| known == id)
    }
}

/// Weighs what the lake held as of then.
pub fn weigh(handle: &Handle, lake: &mut Lake, as_of: &AsOf) -> Result<Weighing, AnswerError> {
    let of_now = as_of.published.is_none() && as_of.known.is_none() && as_of.runs == Runs::Latest && !as_of.open;
    for _ in 0..TRIES {
        if of_now && let Some(weighing) = handle.block_on(as_kept(lake, as_of))? {
            return Ok(weighing);
        }
        let (mut weighing, found) = handle.block_on(once(lake, as_of, Of::All))?;
        if !of_now {
            return Ok(weighing);
        }
        match handle.block_on(lake.keep_weighed(&found, &fingerprint(), Timestamp::now())) {
            Ok(true) => return Ok(weighing),
            Ok(false) => {}
            Err(error) if error.is_of_the_environment() => {
                weighing.not_kept = Some(error.to_string());
                return Ok(weighing);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(AnswerError::Contended(TRIES))
}

/// Weighs what was read, as if the lake held no rows of data sets; nothing of it is kept.
pub fn weigh_apart(handle: &Handle, lake: &Lake, as_of: &AsOf) -> Result<Weighing, AnswerError> {
    Ok(handle.block_on(once(lake, as_of, Of::Read))?.0)
}

/// The groups as they were kept, where this program weighed all that the lake holds: no claim is looked at then.
async fn as_kept(lake: &Lake, as_of: &AsOf) -> Result<Option<Weighing>, AnswerError> {
    if !lake.is_weighed().await? {
        return Ok(None);
    }
    let view = lake.view(as_of).await?;
    let known = view.memberships().await?;
    if known.weigher.as_deref().is_some_and(|weigher| weigher != fingerprint()) {
        return Ok(None);
    }
    let entered = view.entered(&events(Of::All)).await?;
    let mut groups = known.groups();
    for (_, claims) in &mut groups {
        // Claims of which a later run or a person made an end are still known.
        claims.retain(|claim| entered.contains_key(claim.as_str()));
    }
    groups.retain(|(_, claims)| !claims.is_empty());
    Ok(Some(Weighing::of(groups, known, &entered, view.copies().await?, view)))
}

/// What is weighed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    /// All that the lake shows.
    All,
    /// What was read from reports.
    Read,
}

/// The claims that are weighed: those of happenings, as they stand. A person or a later run may have made of one that was weighed
/// something that is only planned.
fn events(of_what: Of) -> Filter {
    let dataset = (of_what == Of::Read).then_some(None);
    let statuses = Happening::STATUSES.iter().map(ToString::to_string).collect();
    Filter { kind: Some("event".to_owned()), dataset, statuses, ..Filter::default() }
}

async fn once(lake: &Lake, as_of: &AsOf, of_what: Of) -> Result<(Weighing, lake::Weighed), AnswerError> {
    let view = lake.view(as_of).await?;
    let copies = view.copies().await?;
    let copies_of: HashMap<&str, DocumentId> = copies
        .iter()
        .map(|(copy, original)| Ok((copy.as_str(), DocumentId::try_from(original.clone())?)))
        .collect::<Result<_, model::id::IdError>>()?;
    let known = if of_what == Of::All { view.memberships().await? } else { Memberships::default() };
    let mut newer: BTreeSet<ClaimId> = BTreeSet::new();
    let mut corpus = Corpus::default();
    let mut published: HashMap<ClaimId, When> = HashMap::new();
    let mut answer = view.unordered(&events(of_what)).await?;
    while let Some(claims) = answer.claims().await? {
        for claim in &claims {
            if corpus.add(claim, copies_of.get(claim.document.as_str())) {
                published.extend(claim.published.map(|p| (claim.id.clone(), p)));
                // Read again by a better coder, it may say something else under the same id.
                if claim.recorded.map(Moment::last_of) >= known.last {
                    newer.insert(claim.id.clone());
                }
            }
        }
    }
    newer.extend(amended_since(&view, &known).await?);
    let constraints = constraints(&view.groupings().await?);
    // By another weigher than ours, it is weighed anew and told anew.
    let ours = known.weigher.as_deref() == Some(fingerprint().as_str());
    let weighed = if ours {
        // What was found is gone on from: only what is new is weighed against it.
        let before = Weighed::restored(known.parts(), self::constraints(&known.groupings));
        reweigh(&before, &corpus, &constraints, &newer)
    } else {
        incidents::weigh(&corpus, &constraints)
    };
    drop(corpus);
    let clusters: Vec<(&ClaimId, &[ClaimId])> = weighed
        .parts()
        .iter()
        .flat_map(|groups| {
            let first = groups.iter().flatten().min();
            groups.iter().filter_map(move |group| Some((first?, group.as_slice())))
        })
        .collect();
    let groups_only: Vec<&[ClaimId]> = clusters.iter().map(|(_, group)| *group).collect();
    let previous: BTreeMap<ClaimId, IncidentId> =
        known.of.iter().map(|(claim, (id, _))| (claim.clone(), known.current(id).clone())).collect();
    let retired: BTreeSet<IncidentId> = known.aliases.keys().cloned().collect();
    let minted = mint(&groups_only, &|claim| published.get(claim).copied(), &previous, &retired);

    let mut found = lake::Weighed::default();
    let mut groups = Vec::with_capacity(clusters.len());
    for (id, (part, claims)) in minted.ids.iter().zip(&clusters) {
        for claim in *claims {
            if !ours || known.of.get(claim).is_none_or(|(was, with)| was != id || with != *part) {
                found.members.push((claim.clone(), id.clone(), (*part).clone()));
            }
        }
        groups.push((id.clone(), claims.to_vec()));
    }
    found.aliases.extend(minted.aliases.into_iter().map(|a| (a.old, a.new, a.why.as_str().to_owned())));
    // An incident that split goes on under its id: only those that were joined are called otherwise now.
    found.aliases.retain(|(_, _, why)| why == "joined");
    let mut known = known;
    known.aliases.extend(found.aliases.iter().map(|(old, new, _)| (old.clone(), new.clone())));
    let entered = view.entered(&events(of_what)).await?;
    Ok((Weighing::of(groups, known, &entered, copies, view), found))
}

/// Claims about which something was decided since the last weighing.
async fn amended_since(view: &View, known: &Memberships) -> Result<Vec<ClaimId>, AnswerError> {
    let decisions = view.decisions().await?;
    let newer = decisions.iter().filter(|d| Some(d.recorded) > known.last);
    let mut targets: Vec<&str> = newer.map(|d| d.target.as_str()).collect();
    // A decision that was taken back: the claim that it was about.
    let taken_back: Vec<&str> = targets.iter().copied().filter(|t| t.starts_with("dec_")).collect();
    targets.extend(decisions.iter().filter(|d| taken_back.contains(&d.id.as_str())).map(|d| d.target.as_str()));
    Ok(targets.into_iter().filter_map(|t| ClaimId::try_from(t.to_owned()).ok()).collect())
}

/// What people decided, as the weighing takes it.
fn constraints(groupings: &Groupings) -> Constraints {
    let mut constraints = Constraints::default();
    for claims in &groupings.joined {
        constraints.must.extend(tied(claims));
    }
    for (out, rest) in &groupings.split {
        constraints.must.extend(tied(out));
        // What is pinned together stays together: a pin goes before a split.
        let pinned = |a: &ClaimId, b: &ClaimId| groupings.pinned.iter().any(|p| p.contains(a) && p.contains(b));
        let pairs = out.iter().flat_map(|a| rest.iter().map(move |b| (a, b)));
        constraints.cannot.extend(pairs.filter(|(a, b)| !pinned(a, b)).map(|(a, b)| (a.clone(), b.clone())));
    }
    constraints.pinned.extend(groupings.pinned.iter().map(|claims| claims.iter().cloned().collect()));
    constraints
}

/// Pairs that hold claims together also where one of them is no longer there: each with each of the next few.
fn tied(claims: &[ClaimId]) -> impl Iterator<Item = (ClaimId, ClaimId)> {
    const NEXT: usize = 8;
    claims.iter().enumerate().flat_map(|(at, a)| claims[at + 1..].iter().take(NEXT).map(|b| (a.clone(), b.clone())))
}
