//! What may be held of an incident: the first that holds of retracted, denied, disputed, corroborated, reported.
//!
//! **Disputed** asks for a denial by somebody involved: a party whose root is that of an actor or recipient. A bystander's
//! denial is an account like others, and differing tolls dispute the toll.
//!
//! **Against its own interest** a party speaks only where it confirms to have harmed civilians or its own people. That an
//! actor owns an attack on its enemy is a boast, and that those who suffered confirm their losses is none against interest
//! either: losses are a grievance, whose blame serves them. An allegation says so, but backs nobody up.

use std::collections::BTreeSet;

use model::{Attitude, Category, EffectKind, EventType, PartyId, Standing, Status, When};

use super::account::{label, moment};
use super::independence::{Backer, PublisherFacts, Told, are_independent, backers};

/// What a claim does to the happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stance {
    /// Says that it was so.
    Says,
    /// Says that it was not.
    Denies,
    /// Takes back what was said.
    TakesBack,
    /// Doubts, or denies a negative.
    Neither,
}

/// The stance of each claim of a group. That something was called off is what is told where nobody says that it took
/// place, and a denial where somebody does.
pub(super) fn stances(told: &[Told]) -> Vec<Stance> {
    let says = |t: &Told| matches!(t.claim.attitude, Attitude::Asserts | Attitude::Confirms | Attitude::Alleges);
    let took_place = |t: &Told| matches!(t.claim.status, Status::Occurred | Status::Ongoing) && says(t);
    let somebody_says = told.iter().any(took_place);
    let stance = |t: &Told| {
        let so = match t.claim.status {
            Status::DidNotOccur => false,
            Status::Cancelled => !somebody_says,
            _ => true,
        };
        match (t.claim.attitude, so) {
            (Attitude::Asserts | Attitude::Confirms | Attitude::Alleges, true) => Stance::Says,
            (Attitude::Asserts | Attitude::Confirms | Attitude::Alleges, false) | (Attitude::Denies, true) => {
                Stance::Denies
            }
            (Attitude::Retracts, _) => Stance::TakesBack,
            (Attitude::Doubts, _) | (Attitude::Denies, false) => Stance::Neither,
        }
    };
    told.iter().map(stance).collect()
}

/// Whether who says so took it back, then or later.
pub(super) fn is_taken_back(t: &Told, told: &[Told], stances: &[Stance]) -> bool {
    // By the day where one of the two knows no hour; what is undated takes back what is there.
    let later = |r: &Told| match (r.claim.published, t.claim.published) {
        (Some(When::Day(day)), Some(said)) => day >= said.date(),
        (Some(taken_back), Some(When::Day(day))) => taken_back.date() >= day,
        (None, _) => true,
        (taken_back, said) => moment(taken_back) >= moment(said),
    };
    let takes_back = told.iter().zip(stances).filter(|(_, s)| **s == Stance::TakesBack).map(|(r, _)| r);
    takes_back.into_iter().any(|r| later(r) && label(r) == label(t))
}

/// The standing of a group of claims, and why, in a sentence.
pub(super) fn standing(told: &[Told], facts: &dyn PublisherFacts) -> (Standing, String) {
    let stances = stances(told);
    let with = |stance: Stance| told.iter().zip(&stances).filter(move |(_, s)| **s == stance).map(|(t, _)| t);
    let retracted = |t: &&Told| is_taken_back(t, told, &stances);
    let says: Vec<&Told> = with(Stance::Says).filter(|t| !retracted(t)).collect();
    let denies: Vec<&Told> = with(Stance::Denies).filter(|t| !retracted(t)).collect();
    let took_back: Vec<&Told> = with(Stance::TakesBack).collect();
    if says.is_empty() && !took_back.is_empty() {
        return (Standing::Retracted, format!("{} took it back, and nobody else says so.", names(&took_back)));
    }
    if says.is_empty() && !denies.is_empty() {
        return (Standing::Denied, format!("Only denials remain, by {}.", names(&denies)));
    }
    let involved = involved(told);
    let by_involved: Vec<&Told> = denies.iter().copied().filter(|t| speaks_for(t, &involved, facts)).collect();
    if !by_involved.is_empty() {
        let grounds = format!(
            "{} so; {}, being involved, {} it.",
            saying(&says),
            names(&by_involved),
            if is_one(&by_involved) { "denies" } else { "deny" }
        );
        return (Standing::Disputed, grounds);
    }
    if let Some(t) = says.iter().find(|t| is_against_interest(t)) {
        let grounds = format!("{} confirms, against its own interest, harm that its own side did.", label(t));
        return (Standing::Corroborated, grounds);
    }
    if let Some((one, other)) = independent_pair(&says, facts) {
        let grounds = format!("{one} and {other} say so, and share no parent, owner or quoted source.");
        return (Standing::Corroborated, grounds);
    }
    let grounds = if says.is_empty() {
        format!("Doubts by {} and nothing else.", names(&told.iter().collect::<Vec<_>>()))
    } else if says.iter().all(|t| t.claim.row.is_some()) {
        format!("{} so; data sets built from reports corroborate nothing.", saying(&says))
    } else {
        format!("{} so; no second source that is independent of the first.", saying(&says))
    };
    (Standing::Reported, grounds)
}

/// "A says", "A and B say".
fn saying(told: &[&Told]) -> String {
    format!("{} {}", names(told), if is_one(told) { "says" } else { "say" })
}

/// Whether all are of one name.
fn is_one(told: &[&Told]) -> bool {
    labels(told).len() == 1
}

fn labels(told: &[&Told]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in told.iter().map(|t| label(t)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// At most three names, each once.
fn names(told: &[&Told]) -> String {
    let mut names = labels(told);
    match names.len() {
        0 => "nobody".to_owned(),
        1 => names.remove(0),
        n @ 2..=3 => format!("{} and {}", names[..n - 1].join(", "), names[n - 1]),
        n => format!("{} and {} others", names[..3].join(", "), n - 3),
    }
}

/// Roots of all that act or are acted upon, in any account.
fn involved(told: &[Told]) -> BTreeSet<String> {
    let parties = told.iter().flat_map(|t| t.claim.actor.iter().chain(&t.claim.recipient));
    parties.flat_map(|p| [&p.id, &p.acts_as]).flatten().map(|id| id.root().to_owned()).collect()
}

fn speaks_for(told: &Told, roots: &BTreeSet<String>, facts: &dyn PublisherFacts) -> bool {
    let within = |id: &PartyId| roots.contains(id.root());
    match &told.claim.asserter {
        Some(party) => [&party.id, &party.acts_as].into_iter().flatten().any(within),
        None => told.is_own_voice() && told.publisher.and_then(|p| facts.party(p)).is_some_and(|id| within(&id)),
    }
}

fn is_against_interest(told: &Told) -> bool {
    let claim = told.claim;
    if !matches!(claim.attitude, Attitude::Asserts | Attitude::Confirms) {
        return false;
    }
    let Some(asserter) = &claim.asserter else { return false };
    let own: BTreeSet<&str> = [&asserter.id, &asserter.acts_as].into_iter().flatten().map(PartyId::root).collect();
    let is_own =
        |p: &model::record::PartyRecord| [&p.id, &p.acts_as].into_iter().flatten().any(|id| own.contains(id.root()));
    // Of a clash, both sides are actors and neither owns the harm.
    let acted = !claim.reciprocal && claim.direction.is_none() && claim.actor.iter().any(is_own);
    let civilians = claim.effects.iter().any(|e| {
        matches!(e.kind, EffectKind::Killed | EffectKind::Injured | EffectKind::Displaced)
            && e.category == Some(Category::Civilian)
            && e.low.or(e.high).is_some_and(|n| n >= 1.0)
    });
    let own_people = claim.code.as_deref() == Some(EventType::Assault.as_str()) && claim.recipient.iter().any(is_own);
    acted && (civilians || own_people)
}

/// The first two independent asserters, by name; claims are in the order of publication.
fn independent_pair(says: &[&Told], facts: &dyn PublisherFacts) -> Option<(String, String)> {
    let counted: Vec<(&Told, BTreeSet<Backer>)> = says
        .iter()
        .filter(|t| matches!(t.claim.attitude, Attitude::Asserts | Attitude::Confirms))
        .filter_map(|t| Some((*t, backers(t, facts)?)))
        .collect();
    counted.iter().enumerate().find_map(|(at, (one, behind_one))| {
        let (other, _) = counted[at + 1..].iter().find(|(other, behind_other)| {
            let both_quoted = !one.is_own_voice() && !other.is_own_voice();
            are_independent(behind_one, behind_other, both_quoted)
        })?;
        Some((label(one), label(other)))
    })
}
