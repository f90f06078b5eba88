// Forecasts of deaths, month by month, and their record: every earlier forecast with what came of it.

import { Ahead } from "../ahead";
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
import { Choices, OtherWays, SourceChoice, chosen, sourceAsked } from "../streams-bar";
import { Twins } from "../twins";
import { modelName, modelsNamed, monthName, range } from "../words";

const UNITS: [string, string][] = [
  ["country", "Countries"],
  ["pair", "Pairs of parties"],
  ["admin1", "Provinces"],
  ["cell", "Cells of half a degree"],
  ["all", "All together"],
];
const MOST_LEADS = 14;
const LEADS = 6;
/** Units of one answer: as many as the server gives unasked, and as many as it gives at all. */
const UNITS_FIRST = 8;
const UNITS_MOST = 16;

export function ForecastsScreen() {
  const params = address.value.params;
  const leads = Math.min(MOST_LEADS, Math.max(1, Math.round(Number(params.get("leads"))) || LEADS));
  const month = /^\d{4}-\d{2}$/.exec(params.get("month") ?? "")?.[0] ?? "";
  const most = params.get("most") === String(UNITS_MOST) ? UNITS_MOST : UNITS_FIRST;
  const of = { unit: chosen("unit", UNITS), ...sourceAsked() };
  const query = {
    ...asked(useQuestion()),
    ...of,
    ...(month ? { month } : {}),
    leads: `1-${leads}`,
    most: String(most),
  };
  const answer = useAnswer<Answer<unknown>>(urlOf("/forecast", query));
  return (
    <Screen
      title="Forecasts"
      lead="How many will die, and how sure that is: from the counts before and from nothing else. Those that are kept are scored once their month is over, by CRPS, the mean distance of a forecast's distribution from what came, in deaths; lower is better."
    >
      <QuestionBar types={false} />
      <div class="toolbar">
        <Choices name="unit" label="Of what" choices={UNITS} />
        <SourceChoice />
        <label>
          As of{" "}
          <input
            type="month"
            value={month}
            title="what could be foretold then; empty: now"
            placeholder="2014-12"
            onChange={(event) => change({ month: event.currentTarget.value, open: null }, true)}
          />
        </label>
        <Ahead name="leads" label="Months ahead" value={leads} usual={LEADS} least={1} most={MOST_LEADS} />
      </div>
      <Reckoned
        asked={answer}
        read={readForecast}
        refused="There is no forecast of this"
        otherwise={<OtherWays name="unit" choices={UNITS} />}
      >
        {(forecast, whole) => (
          <>
            <Units forecast={forecast} most={most} />
            <GroundsNote grounds={whole.grounds} />
          </>
        )}
      </Reckoned>
      <Twins route="/forecast" params={query} command={answer.data?.command} formats={["json", "csv", "svg"]} />
      <RecordOfForecasts of={of} />
    </Screen>
  );
}

function Units({ forecast, most }: { forecast: Forecast; most: number }) {
  const { units, isShown } = forecast;
  if (units.length === 0)
    return (
      <Empty title="Nothing to foretell">
        <p>Nothing of this question has twelve months of counts. Ask about other parties, or about everybody.</p>
        <OtherWays name="unit" choices={UNITS} />
      </Empty>
    );
  const judged = units.some((one) => one.months.some(({ outcome }) => outcome !== null));
  const asOf = [...new Set(units.map((one) => one.as_of_month))];
  const shown = [...new Set(units.map((one) => one.shown).filter(Boolean))];
  return (
    <>
      <p class="lead">
        {forecast.title ? <b>{forecast.title}. </b> : null}
        As of {asOf.map(monthName).join(" or ")}, by <i>{modelName(forecast.model)}</i> from{" "}
        {forecast.data.replace(/^own\b/, "the reports that were read")}. Nothing later was looked at.
      </p>
      {shown.map((words) => (
        <p key={words} class={isShown ? "shown-words" : "caution shown-words"}>
          {modelsNamed(words)}
        </p>
      ))}
      <FanKey of="deaths" outcomes={judged} />
      <div class={units.length === 1 ? "units one" : "units"}>
        {units.map((unit) => (
          <UnitCard key={unit.unit} unit={unit} isShown={isShown} />
        ))}
      </div>
      {units.length === UNITS_FIRST && most < UNITS_MOST ? (
        <button type="button" onClick={() => change({ most: String(UNITS_MOST) }, true)}>
          Foretell more of them, up to {UNITS_MOST}
        </button>
      ) : null}
    </>
  );
}

const SHOWN: Record<string, [string, string]> = {
  true: ["●", "Shown to be better than what anybody could say"],
  false: ["○", "Not shown to be better than what anybody could say"],
  null: ["○", "Not tried on months held out"],
};

function UnitCard({ unit, isShown }: { unit: UnitForecast; isShown: boolean | null }) {
  const { past, months } = unit;
  const next = months[0];
  const [sign, words] = SHOWN[String(isShown)] ?? [];
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
        apart
        title={`Deaths by month in ${unit.unit}, and what is foretold`}
        of="deaths"
        seen={past.map((one) => ({ label: one.month, value: one.deaths, evidence: one.evidence }))}
        ahead={months.map((one) => ({ ...one, label: one.month }))}
      />
      <p class="detail">
        <span aria-hidden="true">{sign}</span> {words}
      </p>
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
                      <Opens
                        ids={one.evidence}
                        label={`${one.outcome} deaths in ${one.month}; open what they rest on`}
                      >
                        {range(one.outcome, one.outcome)}
                      </Opens>{" "}
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
