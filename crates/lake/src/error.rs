//! What can go wrong with a lake, arranged by who can act.

use std::fmt::Display;

/// Why something could not be done with a lake.
#[derive(Debug, thiserror::Error)]
pub enum LakeError {
    /// The caller asked for something that is not there or makes no sense.
    #[error("{0}")]
    Asked(String),
    /// Disk, network, permissions, another process.
    #[error("{attempt}: {why}\n  try: {hint}")]
    Environment {
        /// What was attempted, and on what.
        attempt: String,
        /// Why it failed.
        why: String,
        /// What may help.
        hint: String,
    },
    /// The lake holds what this program cannot read.
    #[error("the lake holds what this version of annalist cannot read: {0}")]
    Stored(String),
    /// A fault of the program.
    #[error("{0}; this is a fault of annalist")]
    Ours(String),
}

/// What may help where a store cannot be reached.
pub(crate) const STORE: &str =
    "check the bucket, the credentials and AWS_ENDPOINT (with AWS_ALLOW_HTTP=true where it is not https)";

impl LakeError {
    /// Whether disk, network, permissions or another process are to blame.
    pub fn is_of_the_environment(&self) -> bool {
        matches!(self, Self::Environment { .. })
    }

    pub(crate) fn ours(attempt: &str, why: &impl Display) -> Self {
        Self::Ours(format!("{attempt}: {why}"))
    }

    pub(crate) fn stored(what: &str, why: &impl Display) -> Self {
        Self::Stored(format!("{what}: {why}"))
    }

    pub(crate) fn environment(attempt: impl Into<String>, why: &impl Display, hint: impl Into<String>) -> Self {
        Self::Environment { attempt: attempt.into(), why: why.to_string(), hint: hint.into() }
    }

    /// An error of the storage below, while doing something to the lake.
    pub(crate) fn storage(attempt: impl Into<String>, why: &impl Display) -> Self {
        let why = why.to_string();
        let hint = if why.contains("No space left") || why.contains("os error 28") {
            "free some space and read again: what was committed is kept, the rest is read anew"
        } else if why.contains("Permission denied") || why.contains("Read-only file system") {
            "the lake can be asked but not added to by this user; use --lake DIR for another, or --no-store"
        } else if why.contains("S3 error") {
            STORE
        } else {
            "annalist lake check"
        };
        Self::Environment { attempt: attempt.into(), why, hint: hint.to_owned() }
    }
}
