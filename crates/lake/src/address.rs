//! Where a lake is: a folder of this machine, or a prefix of an S3-compatible store.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use deltalake::logstore::{
    LogStore, LogStoreFactory, ObjectStoreRef, StorageConfig, default_logstore, logstore_factories,
};
use deltalake::{DeltaResult, DeltaTable, DeltaTableBuilder};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::prefix::PrefixStore;
use object_store::{DynObjectStore, ObjectStoreExt, PutMode, PutPayload};
use url::Url;

use crate::error::{LakeError, STORE};
use crate::schema::Table;

/// What may help where the environment does not say how to reach a store.
const CREDENTIALS: &str =
    "set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, and AWS_ENDPOINT for another provider";

/// The place of a lake.
#[derive(Clone, Debug)]
pub struct Address {
    url: Url,
    /// The store whose paths start at the bucket; for a folder, at the file system's root.
    root: Arc<DynObjectStore>,
    /// The store whose paths start at the lake.
    store: Arc<DynObjectStore>,
    folder: Option<PathBuf>,
}

/// Delta's ordinary log, for stores whose put can be conditional.
struct ConditionalPut;

impl LogStoreFactory for ConditionalPut {
    fn with_options(
        &self,
        prefixed_store: ObjectStoreRef,
        root_store: ObjectStoreRef,
        location: &Url,
        options: &StorageConfig,
    ) -> DeltaResult<Arc<dyn LogStore>> {
        Ok(default_logstore(prefixed_store, root_store, location, options))
    }
}

impl Address {
    /// A folder, or `s3://bucket/prefix` with the credentials of the environment (`AWS_ACCESS_KEY_ID`,
    /// `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT`, `AWS_ALLOW_HTTP`). Nothing is touched yet.
    pub fn parse(text: &str) -> Result<Self, LakeError> {
        match text.split_once("://") {
            Some(("s3" | "s3a", _)) => Self::bucket(text),
            Some(("file", _)) => {
                let url = Url::parse(text).map_err(|e| LakeError::Asked(format!("`{text}` is no address: {e}")))?;
                let path = url.to_file_path().map_err(|()| LakeError::Asked(format!("`{text}` names no folder")))?;
                Self::folder(&path)
            }
            Some((scheme, _)) => Err(LakeError::Asked(format!(
                "`{scheme}` addresses hold no lake; give a folder, or s3://bucket/prefix"
            ))),
            None => Self::folder(Path::new(text)),
        }
    }

    fn folder(path: &Path) -> Result<Self, LakeError> {
        let path = settled(path).map_err(|e| {
            LakeError::environment(format!("finding the folder {}", path.display()), &e, "another --lake")
        })?;
        let url = Url::from_directory_path(&path)
            .map_err(|()| LakeError::Asked(format!("{} cannot be written as an address", path.display())))?;
        let root: Arc<DynObjectStore> = Arc::new(LocalFileSystem::new());
        let prefix = object_store::path::Path::from_url_path(url.path())
            .map_err(|e| LakeError::Asked(format!("{} cannot hold a lake: {e}", path.display())))?;
        let store = Arc::new(PrefixStore::new(Arc::clone(&root), prefix));
        Ok(Self { url, root, store, folder: Some(path) })
    }

    fn bucket(text: &str) -> Result<Self, LakeError> {
        let mut url = Url::parse(text).map_err(|e| LakeError::Asked(format!("`{text}` is no address: {e}")))?;
        if !url.path().ends_with('/') {
            url.set_path(&format!("{}/", url.path()));
        }
        // Without them the library would ask the network for the credentials of the machine, which nobody told us to use.
        for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
            if std::env::var_os(name).is_none_or(|value| value.is_empty()) {
                return Err(LakeError::environment(
                    format!("preparing to reach {text}"),
                    &format!("{name} is not set"),
                    CREDENTIALS,
                ));
            }
        }
        let store = AmazonS3Builder::from_env()
            .with_url(text)
            .build()
            .map_err(|e| LakeError::environment(format!("preparing to reach {text}"), &e, CREDENTIALS))?;
        let root: Arc<DynObjectStore> = Arc::new(store);
        let prefix = object_store::path::Path::from_url_path(url.path())
            .map_err(|e| LakeError::Asked(format!("`{text}` is no prefix: {e}")))?;
        let store = Arc::new(PrefixStore::new(Arc::clone(&root), prefix));
        for scheme in ["s3://", "s3a://"] {
            if let Ok(scheme) = Url::parse(scheme) {
                logstore_factories().insert(scheme, Arc::new(ConditionalPut));
            }
        }
        Ok(Self { url, root, store, folder: None })
    }

    /// The lake's folder, where it has one.
    pub fn local(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The address, to be printed and to name the local index by.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The store whose paths start at the lake.
    pub(crate) fn store(&self) -> &Arc<DynObjectStore> {
        &self.store
    }

    /// The address of a table.
    pub(crate) fn table_url(&self, table: Table) -> Result<Url, LakeError> {
        self.url.join(&format!("{}/", table.name())).map_err(|e| LakeError::ours("naming a table's address", &e))
    }

    /// A table, not loaded yet.
    pub(crate) fn table(&self, table: Table) -> Result<DeltaTable, LakeError> {
        let url = self.table_url(table)?;
        DeltaTableBuilder::from_url(url.clone())
            .and_then(|b| b.with_storage_backend(Arc::clone(&self.root), url).build())
            .map_err(|e| LakeError::ours("preparing a table", &e))
    }

    /// Refuses a store on which two writers could overwrite one another's commits.
    pub(crate) async fn require_conditional_put(&self) -> Result<(), LakeError> {
        if self.folder.is_some() {
            return Ok(());
        }
        // Processes on several machines may have one number, and must not delete one another's probes.
        let chance = RandomState::new().build_hasher().finish();
        let probe = object_store::path::Path::from(format!("_probe/{chance:016x}"));
        let put = || self.store.put_opts(&probe, PutPayload::from_static(b"probe"), PutMode::Create.into());
        let reach = |e: &object_store::Error| LakeError::environment(format!("writing to {}", self.url), e, STORE);
        let mut tried = put().await;
        if tried.is_ok() {
            tried = put().await;
            let _ = self.store.delete(&probe).await;
        }
        match tried {
            Err(object_store::Error::AlreadyExists { .. }) => Ok(()),
            // Not implemented: `AWS_CONDITIONAL_PUT=disabled` says so of a store.
            Ok(_) | Err(object_store::Error::NotImplemented { .. }) => Err(LakeError::environment(
                format!("writing to the lake at {}", self.url),
                &"this store overwrites where it was asked to create only (no conditional put), so that two writers could lose commits",
                "use a store that honours `If-None-Match: *`, or a folder",
            )),
            Err(e) => Err(reach(&e)),
        }
    }
}

/// The path from the root, without `.` and `..`, which addresses of stores cannot have.
fn settled(path: &Path) -> std::io::Result<PathBuf> {
    let mut settled = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                // Of a link the folder above is that of what it leads to.
                settled = settled.canonicalize().unwrap_or(settled);
                settled.pop();
            }
            other => settled.push(other),
        }
    }
    Ok(settled)
}
