//! Closed code lists of the record contract, each an enum with its printed name.

use serde::{Deserialize, Serialize};

macro_rules! code {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "each variant is its code")]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every code, in the order of the source.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The code as it is printed.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownCode;
            fn from_str(text: &str) -> Result<Self, UnknownCode> {
                $name::ALL.iter().copied().find(|c| c.as_str() == text).ok_or_else(|| UnknownCode {
                    text: text.to_owned(),
                    list: stringify!($name),
                    valid: $name::ALL.iter().map(|c| c.as_str()).collect::<Vec<_>>().join(" "),
                })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

/// A word that is none of a code list's.
#[derive(Debug, Clone, thiserror::Error)]
#[error("`{text}` is no {list}; the codes are: {valid}")]
pub struct UnknownCode {
    text: String,
    list: &'static str,
    valid: String,
}

code!(
    /// PLOVER's sixteen event types (manual 2021, "Event types").
    EventType {
        Agree = "AGREE", Consult = "CONSULT", Support = "SUPPORT", Concede = "CONCEDE", Cooperate = "COOPERATE",
        Aid = "AID", Retreat = "RETREAT", Request = "REQUEST", Accuse = "ACCUSE", Reject = "REJECT",
        Threaten = "THREATEN", Protest = "PROTEST", Sanction = "SANCTION", Mobilize = "MOBILIZE",
        Coerce = "COERCE", Assault = "ASSAULT",
    }
);

code!(
    /// Lasting relations between parties. HARBOURS, SUPPORTS, ARMS, FUNDS follow UCDP's External Support types.
    TieType {
        Harbours = "HARBOURS", Supports = "SUPPORTS", Arms = "ARMS", Funds = "FUNDS", Commands = "COMMANDS",
        MemberOf = "MEMBER_OF", Leads = "LEADS", AlliedWith = "ALLIED_WITH", WarmingTo = "WARMING_TO",
        HostileTo = "HOSTILE_TO", AtOddsWith = "AT_ODDS_WITH", DependsOn = "DEPENDS_ON", TradesWith = "TRADES_WITH",
        PresentIn = "PRESENT_IN", ControlsTerritory = "CONTROLS_TERRITORY", Recognises = "RECOGNISES",
    }
);

code!(
    /// What is said of a proposition's reality.
    Status {
        Occurred = "occurred", Ongoing = "ongoing", DidNotOccur = "did_not_occur", Cancelled = "cancelled",
        Planned = "planned", Promised = "promised", Threatened = "threatened", Demanded = "demanded",
        Possible = "possible", Hypothetical = "hypothetical",
    }
);

code!(
    /// What a source does with a proposition.
    Attitude {
        Asserts = "asserts", Confirms = "confirms", Alleges = "alleges", Denies = "denies", Doubts = "doubts",
        Retracts = "retracts",
    }
);

code!(
    /// Kinds of effect on people and things.
    EffectKind {
        Killed = "killed", Injured = "injured", Captured = "captured", Abducted = "abducted", Displaced = "displaced",
        Destroyed = "destroyed", Damaged = "damaged", Seized = "seized", Closed = "closed", Opened = "opened",
    }
);

code!(
    /// Who suffered an effect.
    Category {
        Civilian = "civilian", Combatant = "combatant", StateForce = "state_force", Mixed = "mixed", Unknown = "unknown",
    }
);

code!(
    /// How exactly a place is known.
    Precision {
        Point = "point", Settlement = "settlement", Admin2 = "admin2", Admin1 = "admin1", Border = "border",
        Country = "country", Region = "region",
    }
);

code!(
    /// How one claim stands to another.
    Rel { ContentOf = "content_of", SameHappening = "same_happening", RepliesTo = "replies_to" }
);

code!(
    /// Whether the text states a link or it was inferred.
    Basis { Stated = "stated", Inferred = "inferred" }
);

code!(
    /// Whether a cause raises or lowers its effect.
    Polarity { Raises = "+", Lowers = "-" }
);
