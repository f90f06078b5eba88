//! What a request asks: its query, read name by name, so that what nobody knows is refused with the names that are known.

use std::fmt::Display;
use std::str::FromStr;

use answers::Question;
use axum::extract::FromRequestParts;
use axum::http::header::IF_NONE_MATCH;
use axum::http::request::Parts;
use jiff::civil::Date;
use lake::{AsOf, Runs};
use model::{PartyId, RunId, When};

use crate::command::Command;
use crate::problem::Problem;

/// A request for an answer: its query, and which answer the client has already.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Path and query, as they came: what the answer is kept under.
    pub address: String,
    /// The tag of the answer that the client has.
    pub has: Option<String>,
    given: Vec<(String, String)>,
    known: Vec<&'static str>,
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let has = parts.headers.get(IF_NONE_MATCH).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let axum::extract::Query(given) = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
            .map_err(|e| Problem::asked(format!("the query of {} cannot be read: {e}", parts.uri.path())))?;
        let address = parts.uri.path_and_query().map_or_else(|| parts.uri.path().to_owned(), ToString::to_string);
        Ok(Self { address, has, given, known: Vec::new() })
    }
}

impl Asked {
    /// A request that gives nothing but its address.
    #[cfg(test)]
    pub fn at(address: &str) -> Self {
        Self { address: address.to_owned(), has: None, given: Vec::new(), known: Vec::new() }
    }

    /// The value of a parameter; empty ones count as not given.
    pub fn text(&mut self, name: &'static str) -> Result<Option<String>, Problem> {
        self.known.push(name);
        let mut found = None;
        for (key, value) in &self.given {
            if key == name && found.replace(value.clone()).is_some() {
                return Err(Problem::asked(format!(
                    "`{name}` is given twice; put several values into one, with commas between"
                )));
            }
        }
        Ok(found.filter(|value| !value.trim().is_empty()))
    }

    /// The values of a parameter that may be given several times.
    pub fn texts(&mut self, name: &'static str) -> Vec<String> {
        self.known.push(name);
        let of_it = self.given.iter().filter(|(key, value)| key == name && !value.trim().is_empty());
        of_it.map(|(_, value)| value.clone()).collect()
    }

    /// The value of a parameter, read.
    pub fn value<T: FromStr<Err: Display>>(&mut self, name: &'static str) -> Result<Option<T>, Problem> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        text.trim().parse().map(Some).map_err(|e| Problem::asked(format!("`{name}={text}` cannot be read: {e}")))
    }

    /// Values with commas between.
    pub fn values<T: FromStr<Err: Display>>(&mut self, name: &'static str) -> Result<Vec<T>, Problem> {
        let Some(text) = self.text(name)? else { return Ok(Vec::new()) };
        let each = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        each.map(|part| part.parse().map_err(|e| Problem::asked(format!("`{part}` in `{name}` cannot be read: {e}"))))
            .collect()
    }

    /// One of some words.
    pub fn word<T: Copy>(&mut self, name: &'static str, words: &[(&str, T)]) -> Result<Option<T>, Problem> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        let list = || words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        found.map(Some).ok_or_else(|| Problem::asked(format!("`{name}={text}` is none of: {}", list())))
    }

    /// Whether a parameter says yes.
    pub fn flag(&mut self, name: &'static str) -> Result<bool, Problem> {
        Ok(self.word(name, &[("true", true), ("1", true), ("false", false), ("0", false)])?.unwrap_or(false))
    }

    /// As of when it is asked, and of which run.
    pub fn as_of(&mut self, open: bool) -> Result<AsOf, Problem> {
        let runs = match self.text("run")?.as_deref() {
            None => Runs::Latest,
            Some("all") => Runs::All,
            Some(run) => Runs::One(
                RunId::try_from(run.to_owned()).map_err(|e| Problem::asked(format!("`run={run}` is no run: {e}")))?,
            ),
        };
        Ok(AsOf { published: self.value::<When>("as_of")?, known: self.value::<When>("known_at")?, runs, open })
    }

    /// What is asked about.
    pub fn question(&mut self) -> Result<Question, Problem> {
        let mut about = Vec::new();
        for id in self.values::<String>("about")? {
            about.push(PartyId::new(&id).map_err(|e| Problem::asked(format!("`about={id}`: {e}")))?);
        }
        Ok(Question {
            about,
            within: self.text("in")?,
            from: self.value::<Date>("from")?,
            to: self.value::<Date>("to")?,
            types: self.values::<String>("type")?,
        })
    }

    /// Refuses what nobody has asked for by name.
    pub fn done(&self) -> Result<(), Problem> {
        match self.given.iter().find(|(name, _)| !self.known.contains(&name.as_str())) {
            None => Ok(()),
            Some((name, _)) => {
                let mut known = self.known.clone();
                known.sort_unstable();
                known.dedup();
                Err(Problem::asked(format!("`{name}` is no parameter here; there are: {}", known.join(", "))))
            }
        }
    }
}

/// The flags of a question, as the command line has them.
pub fn flags(command: Command, question: &Question, as_of: &AsOf) -> Command {
    let run = match &as_of.runs {
        Runs::Latest => None,
        Runs::All => Some("all".to_owned()),
        Runs::One(run) => Some(run.to_string()),
    };
    command
        .list("--about", &question.about)
        .option("--in", question.within.as_ref())
        .option("--from", question.from)
        .option("--to", question.to)
        .list("--type", &question.types)
        .option("--as-of", as_of.published)
        .option("--known-at", as_of.known)
        .option("--run", run)
}
