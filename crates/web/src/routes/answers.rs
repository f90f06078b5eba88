//! What claims and incidents come to: series, changes, ceasefires, ties, commitments, figures, causes.

use analysis::ceasefires::Definitions;
use analysis::changepoints::{Cost, Penalty};
use analysis::series::{By, LAG_DAYS, LevelsAsked, Measure, Undated, Unit};
use analysis::ties::Period;
use answers::{
    AnswerError, CeasefiresAsked, ChangesAsked, Desk, Grounded, NetworkAsked, Question, SeriesAsked, Source,
};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use model::When;
use present::Answer;

use super::parameters;
use crate::asked::{Asked, flags};
use crate::command::Command;
use crate::problem::Problem;
use crate::shown;
use crate::state::App;

/// An answer to a question and what `read` makes of the further parameters.
pub(super) async fn answered<A: Answer, More: Send + 'static>(
    app: App,
    asked: Asked,
    words: &'static str,
    read: impl Fn(&mut Asked, Command) -> Result<(More, Command), Problem> + Send + Sync + 'static,
    ask: impl Fn(&Desk, &Question, &More) -> Result<Grounded<A>, Problem> + Send + Sync + 'static,
) -> Response {
    app.answer(asked, move |asked, ctx| {
        let form = shown::form_of_answer(asked)?;
        let question = asked.question()?;
        let (more, command) = read(asked, flags(Command::new(words), &question, ctx.desk.as_of()))?;
        asked.done()?;
        shown::answer(&command, &ask(&ctx.desk, &question, &more)?, form, ctx.app.settings.public)
    })
    .await
}

/// The same where nothing more is asked.
pub(super) async fn plainly<A: Answer + 'static>(
    app: App,
    asked: Asked,
    words: &'static str,
    ask: fn(&Desk, &Question) -> Result<Grounded<A>, AnswerError>,
) -> Response {
    let more = |_: &mut Asked, command| Ok(((), command));
    answered(app, asked, words, more, move |desk, question, ()| Ok(ask(desk, question)?)).await
}

/// The word of a value.
pub(super) fn word<T: PartialEq>(words: &[(&'static str, T)], value: &T) -> &'static str {
    words.iter().find(|(_, known)| known == value).map_or("", |(word, _)| word)
}

/// Counts and sums over time, with what was read; where the level changed.
#[utoipa::path(get, path = "/api/v1/series", params(parameters::Question, parameters::Series, parameters::Form),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn series(State(app): State<App>, asked: Asked) -> Response {
    let read = |asked: &mut Asked, command: Command| {
        let sides = [
            ("all", By::All),
            ("dyad", By::Dyad),
            ("directed", By::DirectedDyad),
            ("party", By::Party),
            ("country", By::Country),
            ("admin1", By::Admin1),
            ("cell", By::Cell),
            ("type", By::Type),
        ];
        let units = [("day", Unit::Day), ("week", Unit::Week), ("month", Unit::Month), ("year", Unit::Year)];
        let measures = [
            ("happenings", Measure::Happenings),
            ("hostile", Measure::Hostile),
            ("cooperative", Measure::Cooperative),
            ("dead", Measure::Dead),
        ];
        let by = asked.word("by", &sides)?.unwrap_or(By::All);
        let unit = asked.word("unit", &units)?.unwrap_or(Unit::Month);
        let sources_named = asked.text("source")?;
        let sources = asked.values::<Source>("source")?;
        let on_report = asked.flag("undated_on_report")?;
        let measure = asked.word("change_points", &measures)?;
        let command = command
            .option("--by", Some(word(&sides, &by)))
            .option("--unit", Some(word(&units, &unit)))
            .option("--source", sources_named)
            .flag("--undated-on-report", on_report)
            .option("--change-points", measure.map(|m| word(&measures, &m)));
        let levels = measure.map(|measure| LevelsAsked {
            measure,
            cost: Cost::Poisson,
            penalty: Penalty::Schwarz,
            plain: false,
        });
        let undated = if on_report { Undated::OnReport } else { Undated::NotPlaced };
        Ok((SeriesAsked { sources, by, unit, undated, lag_days: LAG_DAYS, levels }, command))
    };
    answered(app, asked, "series", read, |desk, question, more| Ok(answers::series(desk, question, more)?)).await
}

/// A period against those before it: who and where is new, what is newly disputed.
#[utoipa::path(get, path = "/api/v1/changes", params(parameters::Question, parameters::Changes, parameters::Form),
    responses((status = 200, body = Value), (status = 400, body = Value), (status = 404, body = Value)))]
pub async fn changes(State(app): State<App>, asked: Asked) -> Response {
    let read = |asked: &mut Asked, command: Command| {
        let sources_named = asked.text("source")?;
        let sources = asked.values::<Source>("source")?;
        let days = asked.value::<u16>("days")?.unwrap_or(7);
        let last = asked.value::<Date>("last")?;
        let before = asked.values::<usize>("before")?;
        if !(1..=366).contains(&days) {
            return Err(Problem::asked(format!("`days={days}`: a period has 1 to 366 days")));
        }
        if before.iter().any(|n| *n == 0 || *n > 1_000) {
            return Err(Problem::asked("`before` names numbers of periods from 1 to 1000"));
        }
        let command = command
            .option("--days", Some(days))
            .option("--last", last)
            .list("--before", &before)
            .option("--source", sources_named);
        let before = if before.is_empty() { vec![4, 52] } else { before };
        Ok((ChangesAsked { sources, days, last, before, dated_only: false }, command))
    };
    answered(app, asked, "changes", read, |desk, question, more| {
        let nothing =
            || Problem::new(StatusCode::NOT_FOUND, "the lake holds no report with a date: nothing can be compared");
        answers::changes(desk, question, more)?.ok_or_else(nothing)
    })
    .await
}

/// Each ceasefire with its clock, how it stood, who accuses whom of breaking it.
#[utoipa::path(get, path = "/api/v1/ceasefires", params(parameters::Question, parameters::At, parameters::Form),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn ceasefires(State(app): State<App>, asked: Asked) -> Response {
    let read = |asked: &mut Asked, command: Command| {
        let at = asked.value::<When>("at")?;
        Ok((CeasefiresAsked { definitions: Definitions::embedded(), at }, command.option("--at", at)))
    };
    answered(app, asked, "ceasefires", read, |desk, question, more| Ok(answers::ceasefires(desk, question, more)?))
        .await
}

/// How long ceasefires held, and in which ways they ended.
#[utoipa::path(get, path = "/api/v1/ceasefires/survival", params(parameters::Question, parameters::Form),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn survival(State(app): State<App>, asked: Asked) -> Response {
    plainly(app, asked, "ceasefires survival", |desk, question| {
        answers::survival(desk, question, &Definitions::embedded())
    })
    .await
}

/// Each tie as a stretch of time: who asserts it, who denies it, since when, last said.
#[utoipa::path(get, path = "/api/v1/ties/spans", params(parameters::Question, parameters::Form),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn spans(State(app): State<App>, asked: Asked) -> Response {
    plainly(app, asked, "ties spans", answers::spans).await
}

/// How two parties stand to each other over time.
#[utoipa::path(get, path = "/api/v1/ties/shifts", params(parameters::Question, parameters::Unit, parameters::Form),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn shifts(State(app): State<App>, asked: Asked) -> Response {
    let read = |asked: &mut Asked, command: Command| {
        let units = [("week", Period::Week), ("month", Period::Month)];
        let unit = asked.word("unit", &units)?.unwrap_or(Period::Week);
        Ok((unit, command.option("--unit", Some(word(&units, &unit)))))
    };
    answered(app, asked, "ties shifts", read, |desk, question, unit| Ok(answers::shifts(desk, question, *unit)?)).await
}

/// Which ties stand on a day, with their signs, and the threes that they make.
#[utoipa::path(get, path = "/api/v1/ties/network", params(parameters::Question, parameters::Network, parameters::Form),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn network(State(app): State<App>, asked: Asked) -> Response {
    let read = |asked: &mut Asked, command: Command| {
        let on = asked.value::<Date>("on")?;
        let attacks = asked.value::<u16>("attacks")?.unwrap_or(90);
        Ok((NetworkAsked { on, attacks }, command.option("--on", on).option("--attacks", Some(attacks))))
    };
    answered(app, asked, "ties network", read, |desk, question, more| Ok(answers::network(desk, question, *more)?))
        .await
}

/// Who depends on what, and when it was closed and opened.
#[utoipa::path(get, path = "/api/v1/ties/leverage", params(parameters::Question, parameters::Form),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn leverage(State(app): State<App>, asked: Asked) -> Response {
    plainly(app, asked, "ties leverage", answers::leverage).await
}

/// Each commitment once, with who says that it was kept or broken.
#[utoipa::path(get, path = "/api/v1/commitments/kept", params(parameters::Question, parameters::Form),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn kept(State(app): State<App>, asked: Asked) -> Response {
    plainly(app, asked, "commitments kept", answers::commitments).await
}

/// Figures that reports give, beside what the lake counts.
#[utoipa::path(get, path = "/api/v1/figures/beside", params(parameters::Question, parameters::Form),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn beside(State(app): State<App>, asked: Asked) -> Response {
    plainly(app, asked, "figures beside", answers::figures).await
}

/// Judgements of cause and effect as a signed graph, each with who judges so.
#[utoipa::path(get, path = "/api/v1/causes/graph", params(parameters::Question, parameters::Form),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn graph(State(app): State<App>, asked: Asked) -> Response {
    plainly(app, asked, "causes graph", answers::causes).await
}

/// What feeds back on itself in these judgements, named.
#[utoipa::path(get, path = "/api/v1/causes/loops", params(parameters::Question, parameters::Form),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn loops(State(app): State<App>, asked: Asked) -> Response {
    plainly(app, asked, "causes loops", answers::loops).await
}

/// By what steps a lever works, in whose judgement.
#[utoipa::path(get, path = "/api/v1/causes/paths", params(parameters::Question, parameters::Lever, parameters::Form),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn paths(State(app): State<App>, asked: Asked) -> Response {
    let read = |asked: &mut Asked, command: Command| {
        let lever = asked.text("lever")?;
        let outcome = asked.text("outcome")?;
        let lever =
            lever.ok_or_else(|| Problem::asked("`lever` names a concept, or words of a judgement, such as strikes"))?;
        let command = command.option("--lever", Some(&lever)).option("--outcome", outcome.as_ref());
        Ok(((lever, outcome), command))
    };
    answered(app, asked, "causes paths", read, |desk, question, (lever, outcome)| {
        Ok(answers::paths(desk, question, lever, outcome.as_deref())?)
    })
    .await
}
