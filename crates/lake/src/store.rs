//! Opening a lake: its mark, its tables, their newest state.

use deltalake::DeltaTable;
use deltalake::arrow::error::ArrowError;
use deltalake::kernel::{StructField, StructType, engine::arrow_conversion::TryIntoKernel};
use deltalake::protocol::SaveMode;
use object_store::{ObjectStoreExt, PutMode, PutPayload};
use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::boxed;
use crate::error::LakeError;
use crate::issued::issued_in;
use crate::mend;
use crate::schema::{Table, VERSION};
use crate::write::{is_conflict, properties, writer_properties};

/// The file that marks a folder as a lake and says which columns it has.
const MARK: &str = "annalist-lake.json";

#[derive(Serialize, Deserialize)]
struct Mark {
    version: i64,
}

/// An open lake: a snapshot of each table, moved on by `refresh`.
#[derive(Clone)]
pub struct Lake {
    address: Address,
    tables: [DeltaTable; Table::ALL.len()],
    /// How many times forecasts were kept.
    issued: usize,
    mended: Vec<String>,
}

impl Lake {
    /// Opens a lake that is there, mending what a crash or a torn file has left.
    #[boxed]
    pub async fn open(address: Address) -> Result<Self, LakeError> {
        match version(&address).await? {
            Some(version) => Self::load(address, version).await,
            None => {
                Err(LakeError::Asked(format!("there is no lake at {} yet: `annalist read` makes one", shown(&address))))
            }
        }
    }

    /// Opens a lake, making it where there is none.
    #[boxed]
    pub async fn open_or_create(address: Address) -> Result<Self, LakeError> {
        let found = version(&address).await?;
        if found.is_none() {
            create(&address).await?;
        } else {
            // It may have been copied here from another store.
            address.require_conditional_put().await?;
        }
        Self::load(address, found.unwrap_or(VERSION)).await
    }

    async fn load(address: Address, version: i64) -> Result<Self, LakeError> {
        let mut mended = Vec::new();
        let mut tables = Vec::new();
        for table in Table::ALL {
            tables.push(open_table(&address, table, &mut mended).await?);
        }
        let tables = tables.try_into().map_err(|_| LakeError::Ours("a table is missing".to_owned()))?;
        let issued = issued_in(&address).await?.len();
        let mut lake = Self { address, tables, issued, mended };
        lake.bring_up(version).await?;
        mend::mend(&mut lake).await?;
        Ok(lake)
    }

    /// Adds the columns that an older version's tables have not yet: nulls in what is there.
    async fn bring_up(&mut self, version: i64) -> Result<(), LakeError> {
        let mut older = false;
        for table in Table::ALL {
            let attempt = |e: &dyn std::fmt::Display| {
                LakeError::storage(format!("bringing the table {} up to version {VERSION}", table.name()), &e)
            };
            let columns = kernel_columns(table)?;
            let state = self.table(table);
            let there = state.snapshot().map_err(|e| attempt(&e))?.schema();
            let missing: Vec<_> =
                columns.fields().filter(|c| there.field(c.name()).is_none()).map(as_nullable).collect();
            if missing.is_empty() {
                continue;
            }
            let names: Vec<String> = missing.iter().map(|c| c.name().clone()).collect();
            let brought = state.clone().add_columns().with_fields(missing).await.map_err(|e| attempt(&e))?;
            self.set_table(table, brought);
            self.note(format!("the table {} is of an older version and now has {}", table.name(), names.join(", ")));
            older = true;
        }
        // By the mark, not by the column: a process may have died after adding it.
        if version < 2 {
            self.fill_about_key().await?;
            older = true;
        }
        if older {
            write_mark(&self.address, PutMode::Overwrite).await?;
        }
        Ok(())
    }

    /// Version 2: what `about` lists, in one text, for the claims that were there before.
    async fn fill_about_key(&mut self) -> Result<(), LakeError> {
        let attempt = |e: &dyn std::fmt::Display| LakeError::storage("bringing claims up to version 2", &e);
        let (filled, _) = self
            .table(Table::Claims)
            .clone()
            .update()
            .with_update("about_key", "' ' || array_to_string(about, ' ') || ' '")
            .with_writer_properties(writer_properties())
            .await
            .map_err(|e| attempt(&e))?;
        self.set_table(Table::Claims, filled);
        Ok(())
    }

    /// Moves every table on to its newest commit.
    #[boxed]
    pub async fn refresh(&mut self) -> Result<(), LakeError> {
        for table in Table::ALL {
            self.refresh_table(table).await?;
        }
        self.issued = issued_in(&self.address).await?.len();
        Ok(())
    }

    pub(crate) async fn refresh_table(&mut self, table: Table) -> Result<(), LakeError> {
        let address = shown(&self.address);
        self.tables[table as usize]
            .update_state()
            .await
            .map_err(|e| LakeError::storage(format!("reading the newest state of {} in {address}", table.name()), &e))
    }

    /// The state that it is in: the number of the last commit of each table but memberships, which follow from the others, and
    /// how many times forecasts were kept.
    pub fn state(&self) -> String {
        let told = Table::ALL.into_iter().filter(|table| *table != Table::Memberships);
        let numbers = told.map(|table| self.table(table).version().unwrap_or(0).to_string());
        numbers.chain([self.issued.to_string()]).collect::<Vec<_>>().join(".")
    }

    /// Which lake it is, wherever it lies: the ids that its tables were given when they were made. Copies have the same.
    pub fn identity(&self) -> String {
        let id = |table| self.table(table).snapshot().map_or_else(|_| "-".to_owned(), |s| s.metadata().id().to_owned());
        Table::ALL.into_iter().map(id).collect::<Vec<_>>().join(".")
    }

    /// Where it is.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// What had to be mended on opening, in words; empty as a rule.
    pub fn mended(&self) -> &[String] {
        &self.mended
    }

    pub(crate) fn note(&mut self, mended: String) {
        self.mended.push(mended);
    }

    pub(crate) fn table(&self, table: Table) -> &DeltaTable {
        &self.tables[table as usize]
    }

    pub(crate) fn set_table(&mut self, table: Table, state: DeltaTable) {
        self.tables[table as usize] = state;
    }
}

/// The address as a person would write it.
pub(crate) fn shown(address: &Address) -> String {
    address.local().map_or_else(|| address.url().to_string(), |path| path.display().to_string())
}

/// The version that the lake's mark names; `None` where no lake is.
async fn version(address: &Address) -> Result<Option<i64>, LakeError> {
    let read = |e: &dyn std::fmt::Display| LakeError::storage(format!("opening the lake at {}", shown(address)), &e);
    let mark = match address.store().get(&MARK.into()).await {
        Ok(found) => found.bytes().await.map_err(|e| read(&e))?,
        Err(object_store::Error::NotFound { .. }) => return Ok(None),
        Err(e) => return Err(read(&e)),
    };
    let Mark { version } = serde_json::from_slice(&mark).map_err(|e| LakeError::stored(MARK, &e))?;
    if version > VERSION {
        return Err(LakeError::Stored(format!(
            "the lake at {} is of version {version}, this program knows up to {VERSION}; use a newer annalist",
            shown(address)
        )));
    }
    Ok(Some(version))
}

/// Makes the mark, after which the tables are made as they are missed.
async fn create(address: &Address) -> Result<(), LakeError> {
    if let Some(folder) = address.local() {
        // The mark itself, or the beginnings of it, may be there by now: another process makes the same lake.
        let foreign = |entry: std::io::Result<std::fs::DirEntry>| {
            entry.is_ok_and(|e| !e.file_name().to_string_lossy().starts_with(MARK))
        };
        let occupied = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.any(foreign));
        let occupied = occupied && version(address).await?.is_none();
        if occupied {
            return Err(LakeError::Asked(format!(
                "{} is a folder with other things in it and no lake; name an empty or a new one",
                folder.display()
            )));
        }
        let make = |e: &std::io::Error| LakeError::storage(format!("making the folder {}", folder.display()), e);
        std::fs::create_dir_all(folder).map_err(|e| make(&e))?;
    }
    address.require_conditional_put().await?;
    write_mark(address, PutMode::Create).await
}

async fn write_mark(address: &Address, mode: PutMode) -> Result<(), LakeError> {
    let mark = serde_json::to_vec(&Mark { version: VERSION }).map_err(|e| LakeError::ours("writing the mark", &e))?;
    match address.store().put_opts(&MARK.into(), PutPayload::from(mark), mode.into()).await {
        // Another process was quicker: the lake is there, which is all that was wanted.
        Ok(_) | Err(object_store::Error::AlreadyExists { .. }) => Ok(()),
        Err(e) => Err(LakeError::storage(format!("making a lake at {}", shown(address)), &e)),
    }
}

fn kernel_columns(table: Table) -> Result<StructType, LakeError> {
    let columns: Result<StructType, ArrowError> = table.schema().as_ref().try_into_kernel();
    columns.map_err(|e| LakeError::ours("describing a table's columns", &e))
}

/// What older rows have not can only be null.
fn as_nullable(column: &StructField) -> StructField {
    StructField::nullable(column.name().clone(), column.data_type().clone())
}

/// Loads a table, setting aside a torn last log entry and making the table where it is missing.
async fn open_table(address: &Address, table: Table, mended: &mut Vec<String>) -> Result<DeltaTable, LakeError> {
    let attempt = || format!("opening the table {} of {}", table.name(), shown(address));
    for _ in 0..3 {
        if !mend::has_log(address, table).await? {
            create_table(address, table, kernel_columns(table)?).await?;
        }
        let mut state = address.table(table)?;
        match state.load().await {
            Ok(()) => return Ok(state),
            Err(error) => match mend::torn_log_entry(address, table).await? {
                Some(what) => mended.push(what),
                None => return Err(LakeError::storage(attempt(), &error)),
            },
        }
    }
    Err(LakeError::environment(attempt(), &"it was made and is not there", "annalist lake check"))
}

async fn create_table(address: &Address, table: Table, columns: StructType) -> Result<(), LakeError> {
    let made = address
        .table(table)?
        .create()
        .with_table_name(table.name())
        .with_columns(columns.fields().cloned())
        // The log is the proof of what was committed when: it is never cut.
        .with_configuration_property(deltalake::TableProperty::EnableExpiredLogCleanup, Some("false"))
        .with_save_mode(SaveMode::ErrorIfExists)
        // The table's first commit or none: a retry would make it again over what another process has made.
        .with_commit_properties(properties())
        .await;
    match made {
        Ok(_) => Ok(()),
        // Another process was quicker.
        Err(e) if is_conflict(&e) || e.to_string().contains("exists") => Ok(()),
        Err(e) => Err(LakeError::storage(format!("making the table {} of {}", table.name(), shown(address)), &e)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::Filter;
    use crate::views::AsOf;
    use crate::write::{Pending, Writer};
    use jiff::Timestamp;
    use model::record::ClaimRecord;
    use model::{Document, Metadata, RunId};

    /// A lake whose tables lack columns that this version has.
    async fn older(folder: &std::path::Path) -> Address {
        let address = Address::parse(folder.to_str().expect("UTF-8")).expect("an address");
        std::fs::create_dir_all(folder).expect("a folder");
        std::fs::write(folder.join(MARK), r#"{"version": 0}"#).expect("a mark");
        for table in Table::ALL {
            let columns = kernel_columns(table).expect("columns");
            let known = columns.fields().filter(|c| !["instrument", "copy_of"].contains(&c.name().as_str()));
            let fewer = StructType::try_new(known.cloned()).expect("columns");
            create_table(&address, table, fewer).await.expect("a table");
        }
        address
    }

    #[test]
    fn an_older_lake_is_brought_up_and_added_to() {
        let folder = std::env::temp_dir().join(format!("annalist-older-{}", std::process::id()));
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let lake = Lake::open(older(&folder).await).await.expect("it opens");
            assert!(lake.mended().iter().any(|m| m.contains("instrument")), "{:?}", lake.mended());
            let doc = Document::new("They promised it.".to_owned(), Metadata::default());
            let claim: ClaimRecord = serde_json::from_value(serde_json::json!({
                "id": "clm_1", "document": doc.id(), "source_id": null, "published": null, "recorded": null,
                "run": RunId::of([b"a run".as_slice()]), "kind": "commitment", "type": null, "modes": [], "contexts": [],
                "reciprocal": false, "actor": [], "recipient": [], "via": [], "places": [], "time": null, "effects": [],
                "status": "promised", "asserter": null, "attitude": "asserts", "attribution": [], "links": [],
                "instrument": "the accord", "object": null, "evidence": {"span": [0, 17], "text": "They promised it."},
                "confidence": 0.5, "coder": "a coder"
            }))
            .expect("a claim");
            let run = claim.run.clone();
            let mut writer = Writer::new(lake, run, Timestamp::now).await.expect("a writer");
            let pending = Pending { document: doc, sentences: 1, claims: vec![claim] };
            writer.keep(vec![pending]).await.expect("kept");
            let again = Lake::open(writer.into_lake().address().clone()).await.expect("it opens");
            assert!(again.mended().is_empty(), "{:?}", again.mended());
            let kept = again.few_claims(&AsOf::default(), &Filter::default()).await.expect("an answer");
            assert_eq!(kept[0].instrument, Some(Some("the accord".to_owned())));
            // Many ids at once, as of thousands of claims that are asked for together.
            let mut ids: Vec<String> = (2..20_000).map(|n| format!("clm_{n}")).collect();
            ids.push("clm_1".to_owned());
            let found = again.few_claims(&AsOf::default(), &Filter { ids, ..Filter::default() }).await.expect("an answer");
            assert_eq!(found, kept);
        });
        std::fs::remove_dir_all(&folder).ok();
    }
}
