//! DataFusion sessions over a lake: its bare tables, every row of every run. `views.rs` lays dates, runs and decisions
//! over them.

use std::sync::Arc;

use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::prelude::{SessionConfig, SessionContext};
use deltalake::arrow::array::{AsArray, RecordBatch};
use deltalake::arrow::compute::cast;
use deltalake::arrow::datatypes::DataType;

use crate::error::LakeError;
use crate::schema::Table;
use crate::store::Lake;

/// What a question may take of memory before it spills to disk, and then fails.
const MEMORY: usize = 2 << 30;

/// The name under which a bare table is known in SQL; the plain name is the view's.
fn bare(table: Table) -> &'static str {
    match table {
        Table::Documents => "documents_all",
        Table::Claims => "claims_all",
        Table::Readings => "readings_all",
        Table::Decisions => "decisions_all",
    }
}

/// A session that knows the bare tables: `documents_all`, `claims_all`, `readings_all`, `decisions_all`.
pub(crate) async fn plain(lake: &Lake) -> Result<SessionContext, LakeError> {
    let runtime = RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(FairSpillPool::new(MEMORY)))
        .build_arc()
        .map_err(|e| LakeError::ours("preparing to ask", &e))?;
    let config = SessionConfig::new().with_information_schema(false);
    let session = SessionContext::new_with_config_rt(config, runtime);
    for table in Table::ALL {
        let state = lake.table(table);
        let storage = |e: &dyn std::fmt::Display| LakeError::storage(format!("asking the table {}", table.name()), &e);
        let provider = state.table_provider().await.map_err(|e| storage(&e))?;
        state.update_datafusion_session(&session.state()).map_err(|e| storage(&e))?;
        session.register_table(bare(table), provider).map_err(|e| storage(&e))?;
    }
    Ok(session)
}

/// All rows that a question of ours brings.
pub(crate) async fn rows(session: &SessionContext, sql: &str) -> Result<Vec<RecordBatch>, LakeError> {
    let storage = |e: &dyn std::fmt::Display| LakeError::storage("asking the lake", &e);
    session.sql(sql).await.map_err(|e| storage(&e))?.collect().await.map_err(|e| storage(&e))
}

/// The first column of a question's answer, as text; nulls left out.
pub(crate) async fn column(session: &SessionContext, sql: &str) -> Result<Vec<String>, LakeError> {
    let mut texts = Vec::new();
    for batch in rows(session, sql).await? {
        let column = cast(batch.column(0), &DataType::Utf8).map_err(|e| LakeError::ours("reading a column", &e))?;
        texts.extend(column.as_string::<i32>().iter().flatten().map(str::to_owned));
    }
    Ok(texts)
}
