//! DataFusion sessions over a lake: its bare tables, every row of every run. `views.rs` lays dates, runs and decisions
//! over them.

use std::sync::Arc;

use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{Column, DFSchema};
use datafusion::execution::FunctionRegistry;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::functions::string::expr_fn::contains;
use datafusion::logical_expr::expr_rewriter::FunctionRewrite;
use datafusion::prelude::{Expr, SessionConfig, SessionContext, lit};
use deltalake::arrow::array::{AsArray, RecordBatch};
use deltalake::arrow::compute::cast;
use deltalake::arrow::datatypes::DataType;

use crate::error::LakeError;
use crate::schema::Table;
use crate::store::Lake;

/// What a question may take of memory before it spills to disk, and then fails.
const MEMORY: usize = 2 << 30;

/// The name under which a bare table is known in SQL; the plain name is the view's.
pub(crate) fn bare(table: Table) -> &'static str {
    match table {
        Table::Documents => "documents_all",
        Table::Claims => "claims_all",
        Table::Readings => "readings_all",
        Table::Decisions => "decisions_all",
        Table::Memberships => "memberships_all",
    }
}

/// A session that knows the bare tables: `documents_all`, `claims_all`, `readings_all` and so on.
pub(crate) async fn plain(lake: &Lake) -> Result<SessionContext, LakeError> {
    let runtime = RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(FairSpillPool::new(MEMORY)))
        .build_arc()
        .map_err(|e| LakeError::ours("preparing to ask", &e))?;
    let config = SessionConfig::new().with_information_schema(false);
    let mut session = SessionContext::new_with_config_rt(config, runtime);
    session.register_function_rewrite(Arc::new(AboutByKey)).map_err(|e| LakeError::ours("preparing to ask", &e))?;
    for table in Table::ALL {
        let state = lake.table(table);
        let storage = |e: &dyn std::fmt::Display| LakeError::storage(format!("asking the table {}", table.name()), &e);
        let provider = state.table_provider().await.map_err(|e| storage(&e))?;
        state.update_datafusion_session(&session.state()).map_err(|e| storage(&e))?;
        session.register_table(bare(table), provider).map_err(|e| storage(&e))?;
    }
    Ok(session)
}

/// Reads `array_has(about, 'TTP')` from the column `about_key`, which has the same ids in one text: of ten million rows a
/// list of texts takes seconds to unpack, a text a fraction of that.
#[derive(Debug)]
struct AboutByKey;

impl FunctionRewrite for AboutByKey {
    fn name(&self) -> &'static str {
        "about_by_key"
    }

    fn rewrite(
        &self,
        expr: Expr,
        schema: &DFSchema,
        _: &ConfigOptions,
    ) -> datafusion::error::Result<Transformed<Expr>> {
        if let Expr::ScalarFunction(call) = &expr
            && call.name() == "array_has"
            && let [Expr::Column(column), Expr::Literal(value, _)] = call.args.as_slice()
            && column.name == "about"
            && let Some(Some(id)) = value.try_as_str()
            && !id.contains(' ')
        {
            let key = Column::new(column.relation.clone(), "about_key");
            if schema.has_column(&key) {
                let found = contains(Expr::Column(key), lit(format!(" {id} ")));
                return Ok(Transformed::yes(found));
            }
        }
        Ok(Transformed::no(expr))
    }
}

/// All rows that a question of ours brings.
pub(crate) async fn rows(session: &SessionContext, sql: &str) -> Result<Vec<RecordBatch>, LakeError> {
    let storage = |e: &dyn std::fmt::Display| LakeError::storage("asking the lake", &e);
    session.sql(sql).await.map_err(|e| storage(&e))?.collect().await.map_err(|e| storage(&e))
}

/// The first column of a question's answer, as text; nulls left out.
pub(crate) async fn column(session: &SessionContext, sql: &str) -> Result<Vec<String>, LakeError> {
    first_column(&rows(session, sql).await?)
}

/// The first column of these rows, as text; nulls left out.
pub(crate) fn first_column(batches: &[RecordBatch]) -> Result<Vec<String>, LakeError> {
    let mut texts = Vec::new();
    for batch in batches {
        let column = cast(batch.column(0), &DataType::Utf8).map_err(|e| LakeError::ours("reading a column", &e))?;
        texts.extend(column.as_string::<i32>().iter().flatten().map(str::to_owned));
    }
    Ok(texts)
}
