//! Why a question has no answer, arranged by who can act.

use lake::LakeError;

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// The question makes no sense, or asks for what is not there.
    #[error("{0}")]
    Asked(String),
    /// What is asked for by its id is not there.
    #[error("{0}")]
    Missing(String),
    /// The lake could not be asked.
    #[error(transparent)]
    Lake(#[from] LakeError),
    /// The lake holds what this version cannot read.
    #[error("the lake holds an id that this version of annalist cannot read: {0}")]
    Id(#[from] model::id::IdError),
    /// A file of ours that comes along cannot be read.
    #[error("a lexicon that comes along cannot be read: {0}; this is a fault of annalist")]
    Lexicon(#[from] analysis::causes::LexiconError),
    /// Others write to the same lake all the time.
    #[error("other processes weighed the same lake {0} times in a row; try again when they are done")]
    Contended(u32),
}
