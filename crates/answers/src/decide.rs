//! What people decide, held against what the lake holds before it is kept: nothing is decided about what is not there, and no
//! decision leaves a record that nobody can read.

use jiff::Timestamp;
use lake::{AsOf, Choice, DecisionRow, Lake, Standing, amended};
use model::{ClaimId, IncidentId};
use tokio::runtime::Handle;

use crate::{AnswerError, Weighing, weigh};

/// What is decided about which claims are of one happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Incidents are one happening.
    Join,
    /// Claims of an incident are another happening than the rest of it.
    Split,
    /// An incident is as it is, whatever is read later.
    Pin,
}

/// Amends, rejects or restores: a claim; to restore, also an incident or one decision. Gives the decisions that were kept: of
/// an incident that is restored, one for each id under which something was decided about it.
pub fn claim(
    handle: &Handle,
    lake: &mut Lake,
    id: &str,
    choice: &Choice,
    by: &str,
    reason: &str,
) -> Result<Vec<DecisionRow>, AnswerError> {
    handle.block_on(async {
        check(lake, id, choice).await?;
        let mut decided = Vec::new();
        for target in targets(lake, id).await? {
            decided.push(lake::decide(lake, &target, choice, by, reason, Timestamp::now()).await?);
        }
        Ok(decided)
    })
}

/// Joins, splits or pins incidents. The ids are the incident's, then those of the incidents to join to it, or of the claims to
/// take out of it.
pub fn incidents(
    handle: &Handle,
    lake: &mut Lake,
    ids: &[String],
    action: Grouping,
    by: &str,
    reason: &str,
) -> Result<DecisionRow, AnswerError> {
    let weighing = weigh(handle, lake, &AsOf::default())?;
    let (target, choice) = match action {
        Grouping::Join => join(ids, &weighing)?,
        Grouping::Split => split(ids, &weighing)?,
        Grouping::Pin => pin(ids, &weighing)?,
    };
    let decision = handle.block_on(lake::decide(lake, &target, &choice, by, reason, Timestamp::now()))?;
    // Weighed again at once, so that ids are told by this decision and not by whatever comes in with the next report.
    weigh(handle, lake, &AsOf::default())?;
    Ok(decision)
}

fn asked<T>(why: impl Into<String>) -> Result<T, AnswerError> {
    Err(AnswerError::Asked(why.into()))
}

fn missing<T>(why: impl Into<String>) -> Result<T, AnswerError> {
    Err(AnswerError::Missing(why.into()))
}

/// What is decided about: of an incident, every id under which something was decided about it.
async fn targets(lake: &Lake, id: &str) -> Result<Vec<String>, AnswerError> {
    if !id.starts_with("inc_") {
        return Ok(vec![id.to_owned()]);
    }
    let view = lake.view(&AsOf::default()).await?;
    let known = view.memberships().await?;
    let current = |id: &str| IncidentId::try_from(id.to_owned()).map(|id| known.current(&id).clone()).ok();
    let mut targets: Vec<String> = view.decisions().await?.into_iter().map(|d| d.target).collect();
    targets.retain(|target| target.starts_with("inc_") && current(target) == current(id));
    targets.sort_unstable();
    targets.dedup();
    if targets.is_empty() {
        return missing(format!("nothing was decided about {id}; `annalist decisions` lists what was"));
    }
    Ok(targets)
}

/// Refuses a decision about what is not there, or one that would leave a record that nobody can read.
async fn check(lake: &Lake, id: &str, choice: &Choice) -> Result<(), AnswerError> {
    if id.starts_with("dec_") {
        if *choice != Choice::Restore {
            return asked("a decision can only be restored: it is taken back, and what was before it holds again");
        }
        let decisions = lake.decisions(&AsOf::default()).await?;
        if !decisions.iter().any(|d| d.id == id) {
            return missing(format!("the lake holds no decision {id}; `annalist decisions` lists them"));
        }
        return Ok(());
    }
    if id.starts_with("inc_") {
        if *choice != Choice::Restore {
            return asked("of an incident, decisions are restored here; `annalist incidents join|split|pin` make them");
        }
        return Ok(());
    }
    let Some(shown) = lake.show(&AsOf::default(), id).await? else {
        return missing(format!("the lake holds no claim {id}; `annalist claims` lists what it holds"));
    };
    if let Choice::Amend { field, value } = choice {
        let standing = Standing { rejected: false, amendments: [(field.clone(), value.clone())].into() };
        amended(shown.claim, &standing)?;
    }
    Ok(())
}

fn group<'a>(weighing: &'a Weighing, id: &str) -> Result<&'a (IncidentId, Vec<ClaimId>), AnswerError> {
    let named =
        IncidentId::try_from(id.to_owned()).map_err(|e| AnswerError::Asked(format!("naming an incident: {e}")))?;
    match weighing.group(&named) {
        Some(at) => Ok(&weighing.groups[at]),
        None => missing(format!("the lake holds no incident {id}; `annalist incidents` lists what it holds")),
    }
}

fn join(ids: &[String], weighing: &Weighing) -> Result<(String, Choice), AnswerError> {
    if ids.len() < 2 {
        return asked("name the incident, and the incidents that are to be joined to it");
    }
    let groups = ids.iter().map(|id| group(weighing, id)).collect::<Result<Vec<_>, _>>()?;
    // All of them, so that what stood together stays together.
    let claims: Vec<ClaimId> = groups.iter().flat_map(|(_, claims)| claims.iter().cloned()).collect();
    Ok((groups[0].0.to_string(), Choice::Join(claims)))
}

fn split(ids: &[String], weighing: &Weighing) -> Result<(String, Choice), AnswerError> {
    let [incident, claims_out @ ..] = ids else { return asked("name the incident, and the claims to take out of it") };
    let (id, claims) = group(weighing, incident)?;
    let mut out = Vec::new();
    for claim in claims_out {
        let claim = ClaimId::try_from(claim.clone())
            .map_err(|e| AnswerError::Asked(format!("naming a claim to take out: {e}")))?;
        if !claims.contains(&claim) {
            return asked(format!("{claim} is no claim of {id}; `annalist show {id}` lists them"));
        }
        out.push(claim);
    }
    let rest: Vec<ClaimId> = claims.iter().filter(|c| !out.contains(c)).cloned().collect();
    if out.is_empty() || rest.is_empty() {
        return asked("name the incident, and those of its claims that are to be taken out, not all of them");
    }
    Ok((id.to_string(), Choice::Split { out, rest }))
}

fn pin(ids: &[String], weighing: &Weighing) -> Result<(String, Choice), AnswerError> {
    let [id] = ids else { return asked("pin one incident at a time") };
    let (id, claims) = group(weighing, id)?;
    Ok((id.to_string(), Choice::Pin(claims.clone())))
}
