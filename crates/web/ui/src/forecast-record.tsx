// The record of forecasts: each beside what came of it, misses as plainly as hits; whether they were as sure as they might be; and
// how they stand against a forecast that anybody could make.

import { useMemo } from "preact/hooks";
import type { Answer } from "./answers";
import { urlOf, useAnswer } from "./api";
import { Fan, FanKey } from "./fan";
import { GroundsNote } from "./grounds";
import { Empty, Opens } from "./pieces";
import { asked, useQuestion } from "./question-bar";
import { Reckoned, amount, percent } from "./reckoned";
import { type BesideBaseline, type ForecastRecord, type KeptForecast, readForecastRecord } from "./reckoning";
import { address, change } from "./router";
import { Twins } from "./twins";
import { capital, counted, day, modelName, range } from "./words";

/** Of the units and the source that the page asks about: what is counted otherwise has a record of its own. */
export function RecordOfForecasts({ of }: { of: { unit: string; source?: string } }) {
  const query = { ...asked(useQuestion()), ...of };
  const answer = useAnswer<Answer<unknown>>(urlOf("/forecast/record", query));
  return (
    <section aria-labelledby="record">
      <h2 id="record" class="apart">
        The record
      </h2>
      <Reckoned asked={answer} read={readForecastRecord} refused="There is no record yet" otherwise={<HowToKeep />}>
        {(record, whole) => (
          <>
            <Told record={record} />
            <GroundsNote grounds={whole.grounds} />
          </>
        )}
      </Reckoned>
      <Twins route="/forecast/record" params={query} command={answer.data?.command} />
    </section>
  );
}

function HowToKeep() {
  return (
    <p>
      A forecast that is kept stands here with what came of it, once its month is over. Keep one by the command line:{" "}
      <code>annalist forecast --keep</code>
    </p>
  );
}

function Told({ record }: { record: ForecastRecord }) {
  const params = address.value.params;
  const units = useMemo(() => [...new Set(record.forecasts.map((one) => one.unit))].sort(), [record]);
  const leads = useMemo(() => [...new Set(record.forecasts.map((one) => one.lead))].sort((a, b) => a - b), [record]);
  if (record.forecasts.length === 0)
    return (
      <Empty title="Nothing of this is in the record">
        <p>No forecast that was kept is of this question. Ask about everybody to see the others.</p>
      </Empty>
    );
  const unit = units.find((one) => one === params.get("record")) ?? units[0] ?? "";
  const lead = leads.find((one) => String(one) === params.get("lead")) ?? leads[0] ?? 1;
  const shown = record.forecasts
    .filter((one) => one.unit === unit && one.lead === lead)
    .sort((a, b) => a.month.localeCompare(b.month));
  const { due, misses, crps, baselines } = record;
  const open = record.forecasts.length - due;
  const made = record.models.map(([name, n]) => `“${modelName(name)}” (${n.toLocaleString("en")})`).join(", ");
  return (
    <>
      <p class="lead">
        {record.title ? <b>{record.title}. </b> : null}
        {counted(due, "forecast")} {due === 1 ? "has" : "have"} come due
        {open ? `, ${open.toLocaleString("en")} not yet` : ""}.{" "}
        {due ? (
          <>
            <b>{misses.toLocaleString("en")}</b> came out outside of what was to hold nine times of ten (
            {percent(misses / due)}; 10% would be as claimed).{" "}
          </>
        ) : null}
        <span class="detail">
          {made ? `By ${made}, ` : ""}from {record.data.map(([name]) => name).join(", ") || "data that are not said"}.
        </span>
      </p>
      {crps !== null ? <Scores crps={crps} baselines={baselines} due={due} /> : null}
      <div class="toolbar">
        <div class="row">
          <label>
            Of{" "}
            <select value={unit} onChange={(event) => change({ record: event.currentTarget.value }, true)}>
              {units.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </label>
          <label>
            Made{" "}
            <select value={String(lead)} onChange={(event) => change({ lead: event.currentTarget.value }, true)}>
              {leads.map((one) => (
                <option key={one} value={String(one)}>
                  {counted(one, "month")} ahead
                </option>
              ))}
            </select>
          </label>
        </div>
      </div>
      <Ladder shown={shown} title={`${unit}: forecasts made ${counted(lead, "month")} ahead, and what came of them`} />
      <details class="more">
        <summary>The same in numbers</summary>
        <Numbers shown={shown} />
      </details>
      <div class="columns even record-checks">
        <Pit pit={record.calibration?.histogram ?? []} />
        <Coverage coverage={record.calibration?.coverage ?? []} />
      </div>
      {record.calibration?.left_out ? (
        <p class="detail">
          {counted(record.calibration.left_out, "forecast")} left out of both: nobody was expected to die, and nobody did.
        </p>
      ) : null}
    </>
  );
}

/** Ours beside what anybody could have said, on one scale. */
function Scores({ crps, baselines, due }: { crps: number; baselines: BesideBaseline[]; due: number }) {
  const most = Math.max(crps, ...baselines.map((one) => one.crps ?? 0), 1e-9);
  return (
    <div class="scores">
      <h3>How far off, in deaths</h3>
      <Score name="ours" value={crps} most={most} words="" />
      {baselines.map((one) => (
        <Score key={one.name} name={modelName(one.name)} value={one.crps} most={most} words={beside(one)} />
      ))}
      <p class="detail">
        Mean CRPS over {counted(due, "forecast")}; lower is better. The others could have been made by anybody, from the
        counts alone.
      </p>
    </div>
  );
}

const signed = (value: number): string => `${value > 0 ? "+" : ""}${value.toFixed(2)}`.replace("-", "−");

const VERDICTS = { better: "ours is better", worse: "ours is worse", "not shown": "not shown to differ" };

function beside({ difference, lacking }: BesideBaseline): string {
  const lacks = lacking ? `; nothing beside ${counted(lacking, "forecast")}` : "";
  return difference
    ? `${VERDICTS[difference.verdict]}: by ${signed(difference.best)} (95%: ${signed(difference.low)} to ${signed(difference.high)})${lacks}`
    : `cannot be compared${lacks}`;
}

function Score({ name, value, most, words }: { name: string; value: number | null; most: number; words: string }) {
  return (
    <p class="score">
      <span>{name}</span>
      <span class="share" aria-hidden="true">
        <i style={{ width: `${((value ?? 0) / most) * 100}%` }} />
      </span>
      <b>{value === null ? "not said" : value.toFixed(2)}</b>
      <span class="detail score-words">{words}</span>
    </p>
  );
}

/** A bar for each forecast: its nine times of ten, its middle, and what came. */
function Ladder({ shown, title }: { shown: KeptForecast[]; title: string }) {
  const due = shown.filter((one) => one.outcome !== null).length;
  const out = `${shown.filter((one) => one.isMiss).length} of ${counted(due, "forecast")} came out outside`;
  return (
    <>
      <div class="card">
        <Fan apart title={`${title}; ${out}`} of="deaths" ahead={shown.map((one) => ({ ...one, label: one.month }))} />
      </div>
      <FanKey of="deaths" outcomes seen={false} />
      <p class="detail">{capital(out)}.</p>
    </>
  );
}

function Numbers({ shown }: { shown: KeptForecast[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Forecasts that came due">
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">Month</th>
            <th scope="col">made in</th>
            <th scope="col">by</th>
            <th scope="col" class="n">
              foretold
            </th>
            <th scope="col" class="n">
              nine of ten
            </th>
            <th scope="col" class="n">
              came out
            </th>
            <th scope="col" class="n">
              CRPS
            </th>
            <th scope="col" class="n">
              issued
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <tr key={one.month + one.as_of_month + one.issued + one.model}>
              <th scope="row">{one.month}</th>
              <td>{one.as_of_month}</td>
              <td>{modelName(one.model)}</td>
              <td class="n">{amount(one.median)}</td>
              <td class="n">{range(one.low90, one.high90)}</td>
              <td class="n">
                {one.outcome === null ? (
                  <span class="unsaid">not yet known</span>
                ) : (
                  <>
                    <Opens ids={one.evidence} label={`${one.outcome} deaths in ${one.month}; open what they rest on`}>
                      {range(one.outcome, one.outcome)}
                    </Opens>{" "}
                    {one.isMiss ? "✕ outside" : "○ within"}
                  </>
                )}
              </td>
              <td class="n">{one.crps === null ? "not yet" : one.crps.toFixed(1)}</td>
              <td class="n">{day(one.issued, true)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** In which tenth of what was foretold outcomes fell: even, if forecasts were as sure as they might be. */
function Pit({ pit }: { pit: number[] }) {
  if (pit.length === 0) return null;
  const most = Math.max(0.2, ...pit);
  return (
    <section>
      <h3>In which tenth it came out</h3>
      <div
        class="pit card"
        role="img"
        aria-label={`Shares from the lowest to the highest tenth: ${pit.map(percent).join(", ")}`}
      >
        <div class="pit-bars">
          {pit.map((share, i) => (
            <span key={i}>
              <i style={{ height: `${(share / most) * 100}%` }} />
            </span>
          ))}
          <b style={{ bottom: `${(0.1 / most) * 100}%` }} />
        </div>
        <p class="detail ends">
          <span>lower than told</span>
          <span>higher than told</span>
        </p>
      </div>
      <p class="detail">
        All bars at the line (a tenth each) would be as sure as it may be. High at both ends: too sure. High on the
        right: the worst months were worse than was told.
      </p>
    </section>
  );
}

function Coverage({ coverage }: { coverage: { claimed: number; held: number }[] }) {
  if (coverage.length === 0) return null;
  return (
    <section>
      <h3>What was claimed, and what held</h3>
      <ul class="bare coverage card">
        {coverage.map(({ claimed, held }) => (
          <li key={claimed}>
            <span>to hold {percent(claimed)}</span>
            <span class="share marked-share" aria-hidden="true">
              <i style={{ width: `${held * 100}%` }} />
              <b style={{ left: `${claimed * 100}%` }} />
            </span>
            <span>held {percent(held)}</span>
          </li>
        ))}
      </ul>
      <p class="detail">
        The mark is where the bar should end. Zeros cannot be split, so that narrow ones hold more than they claim.
      </p>
    </section>
  );
}
