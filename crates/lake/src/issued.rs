//! Forecasts that were given out, kept until their month has come: one object each time, which nothing changes any more.
//!
//! They lie beside the tables, under `forecasts/`, since they are no claims: nobody said them, and no view of the lake as of
//! a day may hold what was forecast from it. What is in them is for whoever made them to read.

use futures::TryStreamExt;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutPayload};

use crate::address::Address;
use crate::boxed;
use crate::error::LakeError;
use crate::moment::Moment;
use crate::store::{Lake, shown};

const FOLDER: &str = "forecasts";

/// Forecasts given out at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedTogether {
    /// When they entered the lake.
    pub recorded: Moment,
    /// What whoever made them wrote.
    pub text: String,
}

impl Lake {
    /// Keeps forecasts, once: given out a second time with the same id, they stay as they were. True if they were new.
    #[boxed]
    pub async fn keep_issued(&self, id: &str, recorded: Moment, text: String) -> Result<bool, LakeError> {
        let attempt = |e: &dyn std::fmt::Display| {
            LakeError::storage(format!("keeping forecasts in {}", shown(self.address())), &e)
        };
        self.address().require_conditional_put().await?;
        let there = issued_in(self.address()).await?;
        if there.iter().any(|path| path.filename().is_some_and(|name| name.ends_with(&format!("-{id}.json")))) {
            return Ok(false);
        }
        let path = Path::from(format!("{FOLDER}/{:020}-{id}.json", recorded.microseconds()));
        let put = self.address().store().put_opts(&path, PutPayload::from(text), PutMode::Create.into()).await;
        match put {
            Ok(_) => Ok(true),
            Err(object_store::Error::AlreadyExists { .. }) => Ok(false),
            Err(e) => Err(attempt(&e)),
        }
    }

    /// All forecasts that were kept, in the order in which they came.
    #[boxed]
    pub async fn issued(&self) -> Result<Vec<IssuedTogether>, LakeError> {
        let mut all = Vec::new();
        for path in issued_in(self.address()).await? {
            let reading = |e: &dyn std::fmt::Display| LakeError::storage(format!("reading {path}"), &e);
            let recorded = path.filename().and_then(|name| name.split('-').next()?.parse().ok());
            let bytes = self.address().store().get(&path).await.map_err(|e| reading(&e))?.bytes().await;
            let text = String::from_utf8(bytes.map_err(|e| reading(&e))?.to_vec())
                .map_err(|e| LakeError::stored(path.as_ref(), &e))?;
            all.push(IssuedTogether { recorded: Moment::of_microseconds(recorded.unwrap_or(0)), text });
        }
        Ok(all)
    }
}

/// The names of what was kept, in the order in which it came.
pub(crate) async fn issued_in(address: &Address) -> Result<Vec<Path>, LakeError> {
    let listed: Result<Vec<_>, _> = address.store().list(Some(&Path::from(FOLDER))).try_collect().await;
    let listed = listed.map_err(|e| LakeError::storage(format!("listing the forecasts of {}", shown(address)), &e))?;
    let mut names: Vec<Path> = listed.into_iter().map(|object| object.location).collect();
    // A put that was cut off leaves a file beside, whose name ends otherwise.
    names.retain(|path| path.extension() == Some("json"));
    names.sort_unstable_by(|a, b| a.as_ref().cmp(b.as_ref()));
    Ok(names)
}
