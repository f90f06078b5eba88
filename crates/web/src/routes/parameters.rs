//! The parameters of the routes, for the document that describes them; `asked` reads them.
#![expect(dead_code, reason = "the fields are read by the macro that writes the document")]

use utoipa::IntoParams;

/// What is asked about; the same as on the command line.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Question {
    /// Parties that must all be in it, by id, with commas between; PAK stands for its parts, too.
    about: Option<String>,
    /// A country's code, or the name of a place, department or province.
    r#in: Option<String>,
    /// From this day on: of the happening, else of the publication.
    from: Option<String>,
    /// Up to this day.
    to: Option<String>,
    /// Types, as ASSAULT or HARBOURS, with commas between.
    r#type: Option<String>,
    /// Only what was published by then.
    as_of: Option<String>,
    /// Only what the lake had recorded by then, decisions included.
    known_at: Option<String>,
    /// The claims of this run, or `all` of every run, instead of each document's latest.
    run: Option<String>,
}

/// How a brief is shown.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Brief {
    /// json, md, html or pdf.
    format: Option<String>,
    /// How many of the gravest incidents to tell: 1 to 50, 8 if not given.
    incidents: Option<usize>,
}

/// In which form a record is shown.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RecordForm {
    /// json, or csv: its claims as rows.
    format: Option<String>,
}

/// As of when.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(clippy::struct_field_names, reason = "the fields are the names of parameters")]
pub struct AsOf {
    /// Only what was published by then.
    as_of: Option<String>,
    /// Only what the lake had recorded by then, decisions included.
    known_at: Option<String>,
    /// The claims of this run, or `all` of every run, instead of each document's latest.
    run: Option<String>,
}

/// Which claims.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// event, tie, figure, commitment, cause or statement.
    kind: Option<String>,
    /// Who says so: a party or its parts.
    asserter: Option<String>,
    /// The asserter's attitude: asserts, denies …, with commas between.
    attitude: Option<String>,
    /// What is said of its reality: occurred, planned …, with commas between.
    status: Option<String>,
    /// Who published it.
    publisher: Option<String>,
    /// In which document, by id.
    document: Option<String>,
    /// Words of the claim, as `search` takes them.
    q: Option<String>,
    /// Coded with at least this confidence, 0 to 1.
    min_confidence: Option<f64>,
}

/// Which page of a list, and in which form.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// Items of a page, at most 500; of a twin, all up to 20,000 if not given.
    limit: Option<usize>,
    /// `next` of the page before.
    after: Option<String>,
    /// json, csv or jsonl.
    format: Option<String>,
}

/// In which form an answer is shown.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Form {
    /// json, csv or svg.
    format: Option<String>,
    /// The width of a picture in points, 320 to 2000.
    width: Option<u32>,
}

/// What of incidents.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Incidents {
    /// How it stands: retracted, denied, disputed, corroborated, reported, with commas between.
    standing: Option<String>,
    /// recent (if not given), gravity or dispute.
    sort: Option<String>,
}

/// How many incidents at most.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Most {
    /// No more than this many, the gravest first.
    limit: Option<usize>,
    /// How it stands, with commas between.
    standing: Option<String>,
}

/// Which series.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Series {
    /// all, dyad, directed, party, country, admin1, cell or type.
    by: Option<String>,
    /// day, week, month or year.
    unit: Option<String>,
    /// Sources to count, each apart: own, ged, acled, gdelt, polecat, icews.
    source: Option<String>,
    /// Put what no text dates on the day of its first report.
    undated_on_report: Option<bool>,
    /// Show where the level of this changed: happenings, hostile, cooperative or dead.
    change_points: Option<String>,
}

/// Which period is compared with which.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Changes {
    /// Days of the period; 7 if not given.
    days: Option<u16>,
    /// Its last day.
    last: Option<String>,
    /// How many periods before it is compared with, each number by itself; 4,52 if not given.
    before: Option<String>,
    /// Sources to count.
    source: Option<String>,
}

/// When to say how each stood.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct At {
    /// A day, or a clock time with its zone.
    at: Option<String>,
}

/// How long a period is.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Unit {
    /// week or month.
    unit: Option<String>,
}

/// Which network.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Network {
    /// The day; that of the last report if not given.
    on: Option<String>,
    /// Attacks of so many days before count as hostile sides; 90 if not given, 0 for none.
    attacks: Option<u16>,
}

/// Which paths.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Lever {
    /// The lever: a concept, or words of a judgement.
    lever: String,
    /// What it is to move; everything if not given.
    outcome: Option<String>,
}

/// Which streams of events.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Cycles {
    /// directed (if not given), dyad, country, admin1, cell or all. Where a source names no initiators, ask for dyad.
    by: Option<String>,
    /// What is counted: own, ged … The only source that the lake holds, if not given.
    source: Option<String>,
    /// At most so many streams, those of most events; 4 if not given.
    most: Option<usize>,
    /// Count words of conflict too, not deeds alone.
    words_too: Option<bool>,
}

/// Which packages of levers.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhatIf {
    /// `NAME::LEVER+LEVER`, or levers alone; may be given several times.
    package: Vec<String>,
    /// Days ahead; 90 if not given.
    days: Option<usize>,
}

/// Which forecasts.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Forecast {
    /// country (if not given), pair, admin1, cell or all.
    unit: Option<String>,
    /// What is counted: own, ged … The only source that the lake holds, if not given.
    source: Option<String>,
    /// The last month that the forecast sees, as 2018-10; the last that is known, if not given.
    month: Option<String>,
    /// Months ahead: one number or a range, as 3-14; 1-12 if not given.
    leads: Option<String>,
    /// stack (if not given), `weighted_3`, conflictology, `negative_binomial`, `last_poisson` or zero.
    model: Option<String>,
    /// At most so many units, those of most deaths in the last year; 8 if not given.
    most: Option<usize>,
}

/// Which of the forecasts that were kept.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ForecastRecord {
    /// country, pair, admin1, cell or all; that of which most are kept, if not given.
    unit: Option<String>,
    /// own, ged …
    source: Option<String>,
    /// One forecaster; all, if not given.
    model: Option<String>,
}

/// What to look for.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// Words, all of which must be there; "a phrase" in quotes; -word to exclude; OR between words.
    q: String,
    /// Where to look: documents, claims or both.
    within: Option<String>,
}
