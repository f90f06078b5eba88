//! Reckonings: cycles, forecasts with their record, what-ifs.

use analysis::forecast::{Model, Month, months_ahead};
use analysis::series::{By, Quad};
use analysis::whatif::{FEWEST_FUTURES, LONGEST_DAYS, Package};
use answers::cycles::CyclesAsked;
use answers::forecast::{ForecastAsked, MODELS, RecordAsked, by_of, model_named, ours};
use answers::whatif::WhatIfAsked;
use answers::{Source, forecast};
use axum::extract::State;
use axum::response::Response;

use super::answers::{answered, word};
use super::parameters;
use crate::asked::Asked;
use crate::command::Command;
use crate::problem::Problem;
use crate::state::App;

/// Most streams, or units, of one answer.
const MOST: usize = 16;

/// How many further events one event brings, of its own kind and of others, and how soon.
#[utoipa::path(get, path = "/api/v1/cycles", params(parameters::Question, parameters::Cycles, parameters::Form),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn cycles(State(app): State<App>, asked: Asked) -> Response {
    answered(app, asked, "cycles", streams, |desk, question, more| Ok(answers::cycles::cycles(desk, question, more)?))
        .await
}

/// Which streams a request asks for.
pub(super) fn streams(asked: &mut Asked, command: Command) -> Result<(CyclesAsked, Command), Problem> {
    let sides = [
        ("directed", By::DirectedDyad),
        ("dyad", By::Dyad),
        ("country", By::Country),
        ("admin1", By::Admin1),
        ("cell", By::Cell),
        ("all", By::All),
    ];
    let by = asked.word("by", &sides)?.unwrap_or(By::DirectedDyad);
    let source_named = asked.text("source")?;
    let source = asked.value::<Source>("source")?;
    let most = most(asked, 4)?;
    let words_too = asked.flag("words_too")?;
    let mut quads = vec![Quad::MaterialConflict];
    if words_too {
        quads.push(Quad::VerbalConflict);
    }
    let command = command
        .option("--by", Some(word(&sides, &by)))
        .option("--source", source_named)
        .option("--most", Some(most))
        .flag("--words-too", words_too);
    Ok((CyclesAsked { source, by, most, quads }, command))
}

fn most(asked: &mut Asked, usual: usize) -> Result<usize, Problem> {
    let most = asked.value::<usize>("most")?.unwrap_or(usual);
    if (1..=MOST).contains(&most) {
        return Ok(most);
    }
    Err(Problem::asked(format!("`most={most}`: from 1 to {MOST}")))
}

/// Deaths by month to come, as distributions.
#[utoipa::path(get, path = "/api/v1/forecast", params(parameters::Question, parameters::Forecast, parameters::Form),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn forecast(State(app): State<App>, asked: Asked) -> Response {
    let read = |asked: &mut Asked, command: Command| {
        let units = units();
        let source_named = asked.text("source")?;
        let source = asked.value::<Source>("source")?;
        let by = asked.word("unit", &units)?.unwrap_or(By::Country);
        let month = asked.text("month")?;
        let leads = asked.text("leads")?;
        let model = asked.text("model")?;
        let most = most(asked, 8)?;
        let command = command
            .option("--source", source_named)
            .option("--unit", Some(word(&units, &by)))
            .option("--month", month.as_ref())
            .option("--leads", leads.as_ref())
            .option("--model", model.as_ref())
            .option("--most", Some(most));
        let month = month.map(Month::try_from).transpose().map_err(|e| Problem::asked(format!("`month`: {e}")))?;
        let model = model.as_deref().map_or_else(|| Ok(ours()), named)?;
        let leads =
            months_ahead(leads.as_deref().unwrap_or("1-12")).map_err(|e| Problem::asked(format!("`leads`: {e}")))?;
        Ok((ForecastAsked { source, by, month, leads, model, most }, command))
    };
    answered(app, asked, "forecast", read, |desk, question, more| Ok(forecast::forecasts(desk, question, more)?.told))
        .await
}

/// What there may be a forecast for each of, by its word.
fn units() -> [(&'static str, By); 5] {
    ["country", "pair", "admin1", "cell", "all"].map(|word| (word, by_of(word)))
}

/// A forecaster by its name.
fn named(name: &str) -> Result<Model, Problem> {
    let unknown = || Problem::asked(format!("`model={name}` is not known; the models are {}", MODELS.join(", ")));
    model_named(name).ok_or_else(unknown)
}

/// What the forecasts kept in the lake have come to, misses included.
#[utoipa::path(get, path = "/api/v1/forecast/record",
    params(parameters::Question, parameters::ForecastRecord, parameters::Form),
    responses((status = 200, body = Value), (status = 400, body = Value), (status = 404, body = Value)))]
pub async fn record(State(app): State<App>, asked: Asked) -> Response {
    let read = |asked: &mut Asked, command: Command| {
        let source_named = asked.text("source")?;
        let source = asked.value::<Source>("source")?;
        let unit = asked.text("unit")?;
        let by = asked.word("unit", &units())?;
        let model = asked.text("model")?;
        let command = command.option("--source", source_named).option("--unit", unit).option("--model", model.as_ref());
        Ok((RecordAsked { source, by, model: model.as_deref().map(named).transpose()? }, command))
    };
    answered(app, asked, "forecast record", read, |desk, question, more| Ok(forecast::record(desk, question, more)?))
        .await
}

/// What might come under packages of levers, beside none. What people say of the levers stands beside, never in the numbers.
#[utoipa::path(get, path = "/api/v1/whatif",
    params(parameters::Question, parameters::Cycles, parameters::WhatIf, parameters::Form),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn whatif(State(app): State<App>, asked: Asked) -> Response {
    let read = |asked: &mut Asked, command: Command| {
        let (streams, mut command) = streams(asked, command)?;
        let days = asked.value::<usize>("days")?.unwrap_or(90);
        if !(1..=LONGEST_DAYS).contains(&days) {
            return Err(Problem::asked(format!("`days={days}`: from 1 to {LONGEST_DAYS}")));
        }
        let mut packages = Vec::new();
        for text in asked.texts("package") {
            let package = text.parse::<Package>();
            packages.push(package.map_err(|e| Problem::asked(format!("`package={text}`: {e}")))?);
            command = command.option("--package", Some(text));
        }
        if packages.is_empty() {
            return Err(Problem::asked(
                "`package` names levers, as fewer replies::replies:PAK=0.4..0.8; it may be given several times",
            ));
        }
        let command = command.option("--days", Some(days));
        let asked = WhatIfAsked { streams, packages, days, futures: FEWEST_FUTURES, episodes: Vec::new() };
        Ok((asked, command))
    };
    answered(app, asked, "whatif", read, |desk, question, more| Ok(answers::whatif::what_if(desk, question, more)?))
        .await
}
