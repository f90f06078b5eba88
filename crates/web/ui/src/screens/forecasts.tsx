// Forecasts of deaths, month by month, and their record: every earlier forecast with what came of it.

import { useState } from "preact/hooks";
import type { Answer } from "../answers";
import { urlOf, useAnswer } from "../api";
import { Fan, FanKey, isMiss } from "../fan";
import { RecordOfForecasts } from "../forecast-record";
import { Screen } from "../frame";
import { GroundsNote } from "../grounds";
import { Empty, Opens } from "../pieces";
import { QuestionBar, asked, useQuestion } from "../question-bar";
import { Reckoned, amount, percent } from "../reckoned";
import { type Forecast, type UnitForecast, readForecast } from "../reckoning";
import { address, change } from "../router";
import { Twins } from "../twins";
import { monthName, range } from "../words";

const UNITS: [string, string][] = [
  ["country", "Countries"],
  ["pair", "Pairs of parties"],
];
const MOST_LEADS = 14;
const LEADS = 6;
const FIRST = 6;

export function ForecastsScreen() {
  const params = address.value.params;
  const unit = params.get("unit") === "pair" ? "pair" : "country";
  const leads = Math.min(MOST_LEADS, Math.max(1, Math.round(Number(params.get("leads"))) || LEADS));
  const query = { ...asked(useQuestion()), unit, leads: `1..${leads}` };
  const answer = useAnswer<Answer<unknown>>(urlOf("/forecast", query));
  return (
    <Screen
      title="Forecasts"
      lead="How many will die, and how sure that is: from the counts before and from nothing else. Each is kept, and scored once its month is over."
    >
      <QuestionBar types={false} />
      <div class="toolbar">
        <div class="row" role="group" aria-label="Of what">
          {UNITS.map(([value, name]) => (
            <button
              key={value}
              type="button"
              aria-pressed={unit === value}
              onClick={() => change({ unit: value === "country" ? null : value, open: null }, true)}
            >
              {name}
            </button>
          ))}
        </div>
        <Leads leads={leads} />
      </div>
      <Reckoned asked={answer} read={readForecast} refused="There is no forecast of this">
        {(forecast, whole) => (
          <>
            <Units forecast={forecast} />
            <GroundsNote grounds={whole.grounds} />
          </>
        )}
      </Reckoned>
      <Twins route="/forecast" params={query} command={answer.data?.command} formats={["json", "csv", "svg"]} />
      <RecordOfForecasts />
    </Screen>
  );
}

function Leads({ leads }: { leads: number }) {
  const [moved, setMoved] = useState<number | null>(null);
  const n = moved ?? leads;
  return (
    <label class="leads">
      Months ahead <b>{n}</b>
      <input
        type="range"
        min={1}
        max={MOST_LEADS}
        value={n}
        onInput={(event) => setMoved(Number(event.currentTarget.value))}
        onChange={(event) => {
          setMoved(null);
          const value = Number(event.currentTarget.value);
          change({ leads: value === LEADS ? null : String(value) }, true);
        }}
      />
    </label>
  );
}

function Units({ forecast }: { forecast: Forecast }) {
  const [most, setMost] = useState(FIRST);
  const { units } = forecast;
  if (units.length === 0)
    return (
      <Empty title="Nothing to foretell">
        <p>
          No country or pair of this question has twelve months of counts. Ask about other parties, or about everybody.
        </p>
      </Empty>
    );
  const judged = units.some((one) => one.months.some(({ outcome }) => outcome !== null));
  return (
    <>
      <p class="lead">
        As of {monthName(forecast.as_of_month)}, by <i>{forecast.forecaster}</i>. Nothing later was looked at.
      </p>
      <FanKey of="deaths" outcomes={judged} />
      <div class={units.length === 1 ? "units one" : "units"}>
        {units.slice(0, most).map((unit) => (
          <UnitCard key={unit.unit} unit={unit} />
        ))}
      </div>
      {units.length > most ? (
        <button type="button" onClick={() => setMost(most + FIRST)}>
          Show {Math.min(FIRST, units.length - most)} more of {units.length - most}
        </button>
      ) : null}
    </>
  );
}

function UnitCard({ unit }: { unit: UnitForecast }) {
  const { past, months, held_out } = unit;
  const next = months[0];
  return (
    <section class="card unit">
      <h2>{unit.unit}</h2>
      {next ? (
        <p>
          {monthName(next.month)}: <b>{amount(next.median)}</b> deaths, nine times of ten{" "}
          {range(next.low90, next.high90)}
          {next.chance_any !== null ? `. Chance of any: ${percent(next.chance_any)}` : ""}
          {next.chance_25 !== null ? `; of 25 or more: ${percent(next.chance_25)}` : ""}
        </p>
      ) : (
        <p class="unsaid">No month ahead is foretold.</p>
      )}
      <Fan
        title={`Deaths by month in ${unit.unit}, and what is foretold`}
        of="deaths"
        seen={past.map((one) => ({ label: one.month, value: one.deaths, evidence: one.evidence }))}
        ahead={months.map((one) => ({ ...one, label: one.month }))}
      />
      {held_out ? (
        <p class={held_out.is_shown ? "detail" : "caution detail"}>
          <b>
            <span aria-hidden="true">{held_out.is_shown ? "●" : "○"}</span>{" "}
            {held_out.is_shown ? "Shown to be better" : "Not shown to be better"}.
          </b>{" "}
          {held_out.words}
        </p>
      ) : null}
      <details class="more">
        <summary>The same in numbers</summary>
        <Numbers unit={unit} />
      </details>
    </section>
  );
}

function Numbers({ unit: { unit, past, months } }: { unit: UnitForecast }) {
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label={`Foretold for ${unit}`}>
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">Month</th>
              <th scope="col" class="n">
                deaths
              </th>
              <th scope="col" class="n">
                half of the time
              </th>
              <th scope="col" class="n">
                nine of ten
              </th>
              <th scope="col" class="n">
                chance of any
              </th>
              <th scope="col" class="n">
                of 25 or more
              </th>
              <th scope="col" class="n">
                came out
              </th>
            </tr>
          </thead>
          <tbody>
            {months.map((one) => (
              <tr key={one.month}>
                <th scope="row">{one.month}</th>
                <td class="n">{amount(one.median)}</td>
                <td class="n">{range(one.low50, one.high50)}</td>
                <td class="n">{range(one.low90, one.high90)}</td>
                <td class="n">{one.chance_any === null ? "not said" : percent(one.chance_any)}</td>
                <td class="n">{one.chance_25 === null ? "not said" : percent(one.chance_25)}</td>
                <td class="n">
                  {one.outcome === null ? (
                    <span class="unsaid">not yet known</span>
                  ) : (
                    <>
                      {range(one.outcome, one.outcome)}{" "}
                      {isMiss({ ...one, label: one.month }) ? "✕ outside" : "○ within"}
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="detail past-months">
        Before:{" "}
        {past.map((one, i) => (
          <span key={one.month}>
            {i ? ", " : ""}
            {one.month}{" "}
            {one.deaths === null ? (
              <i>not known</i>
            ) : (
              <Opens ids={one.evidence} label={`${one.deaths} deaths in ${one.month}; open what they rest on`}>
                {range(one.deaths, one.deaths)}
              </Opens>
            )}
          </span>
        ))}
      </p>
    </>
  );
}
