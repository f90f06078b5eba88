//! The tables' columns, by name and Arrow type, and the version of the whole.
//!
//! `docs/lake.md` describes them for people who write SQL. A column is only ever added, at the end, with a higher
//! `VERSION` and a step in `store.rs` that brings an older lake up.

use std::sync::Arc;

use deltalake::arrow::datatypes::{DataType, Field, Fields, Schema, SchemaRef, TimeUnit};

/// The version of the columns below.
pub const VERSION: i64 = 2;

/// The tables, each a folder of the lake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Table {
    /// Reports as they were read.
    Documents,
    /// What they claim, by every run.
    Claims,
    /// Which run has read which document.
    Readings,
    /// What people decided.
    Decisions,
    /// Which claims are of one incident.
    Memberships,
}

impl Table {
    /// Every table, in the order in which a batch writes them.
    pub const ALL: [Table; 5] =
        [Table::Documents, Table::Claims, Table::Readings, Table::Decisions, Table::Memberships];

    /// Its folder.
    pub fn name(self) -> &'static str {
        match self {
            Table::Documents => "documents",
            Table::Claims => "claims",
            Table::Readings => "readings",
            Table::Decisions => "decisions",
            Table::Memberships => "memberships",
        }
    }

    /// Its columns.
    pub fn schema(self) -> SchemaRef {
        Arc::new(Schema::new(match self {
            Table::Documents => documents(),
            Table::Claims => claims(),
            Table::Readings => readings(),
            Table::Decisions => decisions(),
            Table::Memberships => memberships(),
        }))
    }
}

fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}
fn required(name: &str) -> Field {
    Field::new(name, DataType::Utf8, false)
}
fn whole(name: &str) -> Field {
    Field::new(name, DataType::Int64, true)
}
fn number(name: &str) -> Field {
    Field::new(name, DataType::Float64, true)
}
fn flag(name: &str) -> Field {
    Field::new(name, DataType::Boolean, true)
}
fn day(name: &str) -> Field {
    Field::new(name, DataType::Date32, true)
}
fn moment(name: &str) -> Field {
    Field::new(name, DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())), false)
}
fn maybe_moment(name: &str) -> Field {
    moment(name).with_nullable(true)
}
fn list(name: &str, element: DataType) -> Field {
    Field::new(name, DataType::List(Arc::new(Field::new("element", element, true))), true)
}
fn texts(name: &str) -> Field {
    list(name, DataType::Utf8)
}
fn group(name: &str, fields: Vec<Field>) -> Field {
    Field::new(name, DataType::Struct(Fields::from(fields)), true)
}
fn groups(name: &str, fields: Vec<Field>) -> Field {
    list(name, DataType::Struct(Fields::from(fields)))
}

fn documents() -> Vec<Field> {
    vec![
        required("id"),
        text("source_id"),
        text("url"),
        text("title"),
        text("publisher"),
        text("published"),
        day("published_day"),
        maybe_moment("published_at"),
        moment("recorded"),
        whole("batch"),
        text("language"),
        required("text"),
        text("copy_of"),
        groups("problems", vec![text("kind"), text("detail")]),
    ]
}

fn readings() -> Vec<Field> {
    vec![required("document"), required("run"), moment("recorded"), whole("sentences"), whole("claims"), whole("batch")]
}

fn decisions() -> Vec<Field> {
    vec![
        required("id"),
        required("target"),
        required("action"),
        text("field"),
        text("value"),
        required("by"),
        required("reason"),
        moment("recorded"),
    ]
}

fn memberships() -> Vec<Field> {
    vec![
        required("incident"),
        text("claim"),
        text("part"),
        text("weigher"),
        text("alias"),
        text("why"),
        moment("recorded"),
    ]
}

fn party() -> Vec<Field> {
    let mut fields: Vec<Field> = vec![text("mention"), whole("start"), whole("end")];
    fields.extend(["id", "name", "country", "acts_as", "based_in"].map(text));
    fields.push(texts("sectors"));
    fields
}

fn place() -> Vec<Field> {
    let mut fields = vec![text("mention"), whole("start"), whole("end")];
    fields.extend(["name", "admin2", "admin1", "country", "administered_by"].map(text));
    fields.push(texts("claimed_by"));
    fields.extend([number("lat"), number("lon"), text("precision"), number("radius_km")]);
    fields.extend([whole("geonames"), text("pcode"), whole("priogrid")]);
    fields
}

fn effect() -> Vec<Field> {
    vec![
        text("kind"),
        number("low"),
        number("high"),
        number("best"),
        text("of"),
        group("party", party()),
        text("category"),
        whole("part_of"),
        flag("cumulative"),
        whole("start"),
        whole("end"),
    ]
}

fn phrase() -> Vec<Field> {
    vec![whole("start"), whole("end"), text("text"), text("claim")]
}

fn claims() -> Vec<Field> {
    vec![
        required("id"),
        required("document"),
        text("source_id"),
        text("published"),
        day("published_day"),
        maybe_moment("published_at"),
        text("publisher"),
        moment("recorded"),
        required("run"),
        whole("batch"),
        required("kind"),
        text("type"),
        texts("modes"),
        texts("contexts"),
        flag("reciprocal"),
        text("direction"),
        required("status"),
        required("attitude"),
        texts("about"),
        texts("countries"),
        day("from_day"),
        day("to_day"),
        number("killed_low"),
        number("killed_high"),
        group("asserter", party()),
        groups("actor", party()),
        groups("recipient", party()),
        groups("via", party()),
        groups("places", place()),
        group(
            "time",
            vec![text("mention"), whole("start"), whole("end"), text("from"), text("to"), text("granularity")],
        ),
        groups("effects", effect()),
        groups("attribution", vec![group("party", party()), text("attitude"), whole("start"), whole("end")]),
        groups("links", vec![text("rel"), text("claim"), whole("start"), whole("end"), text("basis")]),
        group("count", vec![number("low"), number("high"), text("of")]),
        group("cause", phrase()),
        group("effect", phrase()),
        text("polarity"),
        group("quote", phrase()),
        flag("quote_direct"),
        text("instrument"),
        group("object", phrase()),
        group("terms", {
            let mut fields: Vec<Field> = ["act", "form", "from", "to"].map(text).into();
            fields.extend([number("duration_hours"), text("area"), text("mediator")]);
            fields
        }),
        group("evidence", phrase()),
        number("confidence"),
        required("coder"),
        // Since version 2.
        text("about_key"),
        group(
            "row",
            vec![
                text("dataset"),
                text("release"),
                text("file"),
                whole("line"),
                text("key"),
                text("terms"),
                flag("restricted"),
                whole("clarity"),
            ],
        ),
    ]
}
