//! An incident: claims of one happening, set side by side, one account a claimant. Nothing is averaged away.
//!
//! The structs are those of the public contract: an incident is derived from claims and has no inner form of its own.

use serde::{Deserialize, Serialize};

use crate::codes::{Attitude, EffectKind, Status};
use crate::id::{ClaimId, IncidentId};
use crate::record::{EffectRecord, PartyRecord, PlaceRecord};
use crate::time::When;

/// What may be held of an incident: the first that holds, in the order of the variants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Who said so took it back, and nobody else says so.
    Retracted,
    /// Only denials remain.
    Denied,
    /// Somebody involved denies it. Differing tolls dispute an effect, not the event.
    Disputed,
    /// Two asserters that share no parent, owner or quoted source say so, or a party against its own interest.
    Corroborated,
    /// It is said, and that is all.
    Reported,
}

impl Standing {
    /// Every standing, in the order in which they are tried.
    pub const ALL: [Standing; 5] =
        [Standing::Retracted, Standing::Denied, Standing::Disputed, Standing::Corroborated, Standing::Reported];

    /// The word as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Retracted => "retracted",
            Standing::Denied => "denied",
            Standing::Disputed => "disputed",
            Standing::Corroborated => "corroborated",
            Standing::Reported => "reported",
        }
    }
}

/// What one claimant says of a happening. A claimant who said different things has an account for each attitude and status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Who says so; `None` is a publication in its own voice, which `publisher` names.
    pub claimant: Option<PartyRecord>,
    /// The publication, where it speaks in its own voice.
    pub publisher: Option<String>,
    /// Of the claimant.
    pub attitude: Attitude,
    /// What is said of the happening's reality.
    pub status: Status,
    /// Effects as last said.
    pub effects: Vec<EffectRecord>,
    /// How the dead were given over time; one entry where the toll never changed.
    pub tolls: Vec<Toll>,
    /// The claims of the account.
    pub claims: Vec<ClaimId>,
}

/// The dead as given at a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Toll {
    /// When it was published.
    pub published: Option<When>,
    /// Least, people.
    pub low: Option<f64>,
    /// Most, people; `None` is no upper end.
    pub high: Option<f64>,
    /// The claim that gives it.
    pub claim: ClaimId,
}

/// Bounds on an effect over all accounts, and who gives them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EffectRange {
    /// Which effect.
    pub kind: EffectKind,
    /// The lowest that anybody gives.
    pub low: Option<f64>,
    /// The highest that anybody gives; `None` is no upper end.
    pub high: Option<f64>,
    /// Claimants by id, name or publication.
    pub by: Vec<String>,
}

/// Claims of one happening.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// Minted once; it survives growth, and is an alias after a join or a split.
    pub id: IncidentId,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub code: String,
    /// Modes that any claim names.
    pub modes: Vec<String>,
    /// First day, as the most exact claims have it.
    pub from: Option<When>,
    /// Last day.
    pub to: Option<When>,
    /// Places, the most exact first.
    pub places: Vec<PlaceRecord>,
    /// Who, as the claims that name somebody have it.
    pub actor: Vec<PartyRecord>,
    /// To whom.
    pub recipient: Vec<PartyRecord>,
    /// One a claimant.
    pub accounts: Vec<Account>,
    /// Over all accounts.
    pub effects: Vec<EffectRange>,
    /// What may be held of it.
    pub standing: Standing,
    /// Why it stands so, in words.
    pub grounds: String,
    /// Publications that carry it, copies and relays left out.
    pub publishers: Vec<String>,
}
