//! Why a request has no answer, as the client is told: a status and one sentence.

use answers::AnswerError;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use lake::LakeError;
use serde_json::json;

/// Why a request has no answer.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The HTTP status.
    pub status: StatusCode,
    /// What was attempted, on what, why it failed, what to try.
    pub words: String,
}

impl Problem {
    /// A problem of this status.
    pub fn new(status: StatusCode, words: impl Into<String>) -> Self {
        Self { status, words: words.into() }
    }

    /// The request is wrong.
    pub fn asked(words: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, words)
    }

    /// What is asked for is not there.
    pub fn missing(words: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, words)
    }

    /// A fault of the program.
    pub fn ours(words: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, format!("{words}; this is a fault of annalist"))
    }
}

impl From<LakeError> for Problem {
    fn from(error: LakeError) -> Self {
        let status = match &error {
            LakeError::Asked(_) => StatusCode::BAD_REQUEST,
            LakeError::Environment { .. } => StatusCode::SERVICE_UNAVAILABLE,
            LakeError::Stored(_) | LakeError::Ours(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self::new(status, error.to_string())
    }
}

impl From<AnswerError> for Problem {
    fn from(error: AnswerError) -> Self {
        let status = match error {
            AnswerError::Lake(error) => return error.into(),
            AnswerError::Asked(_) => StatusCode::BAD_REQUEST,
            AnswerError::Missing(_) => StatusCode::NOT_FOUND,
            AnswerError::Contended(_) => StatusCode::SERVICE_UNAVAILABLE,
            AnswerError::Id(_) | AnswerError::Lexicon(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self::new(status, error.to_string())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (self.status, Json(json!({"error": self.words}))).into_response()
    }
}
