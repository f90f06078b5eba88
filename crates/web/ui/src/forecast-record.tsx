// The record of forecasts: each beside what came of it, misses as plainly as hits; whether they were as sure as they might be; and
// how they stand against a forecast that anybody could make.

import { useMemo } from "preact/hooks";
import type { Answer } from "./answers";
import { urlOf, useAnswer } from "./api";
import { type Foretold, Outcome, greatest, place, ticks, useWidth } from "./fan";
import { GroundsNote } from "./grounds";
import { Empty, Opens } from "./pieces";
import { asked, useQuestion } from "./question-bar";
import { Reckoned, amount, percent } from "./reckoned";
import { type ForecastRecord, type PastForecast, readForecastRecord } from "./reckoning";
import { address, change } from "./router";
import { Twins } from "./twins";
import { counted, range } from "./words";

export function RecordOfForecasts() {
  const query = asked(useQuestion());
  const answer = useAnswer<Answer<unknown>>(urlOf("/forecast/record", query));
  return (
    <section aria-labelledby="record">
      <h2 id="record" class="apart">
        The record
      </h2>
      <Reckoned asked={answer} read={readForecastRecord} refused="There is no record yet">
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

const asForetold = (one: PastForecast): Foretold => ({
  label: one.month,
  median: one.median,
  low50: one.median,
  high50: one.median,
  low90: one.low90,
  high90: one.high90,
  outcome: one.outcome,
  evidence: one.evidence,
});

const isOut = (one: PastForecast): boolean =>
  one.outcome !== null && (one.outcome < one.low90 || one.outcome > one.high90);

function Told({ record }: { record: ForecastRecord }) {
  const params = address.value.params;
  const units = useMemo(() => [...new Set(record.forecasts.map((one) => one.unit))].sort(), [record]);
  const leads = useMemo(() => [...new Set(record.forecasts.map((one) => one.lead))].sort((a, b) => a - b), [record]);
  if (record.forecasts.length === 0)
    return (
      <Empty title="No forecast has come due">
        <p>
          Forecasts are kept when they are made. Once their months are over, they stand here with what came of them.
        </p>
      </Empty>
    );
  const unit = units.find((one) => one === params.get("record")) ?? units[0] ?? "";
  const lead = leads.find((one) => String(one) === params.get("lead")) ?? leads[0] ?? 1;
  const shown = record.forecasts
    .filter((one) => one.unit === unit && one.lead === lead)
    .sort((a, b) => a.month.localeCompare(b.month));
  const due = record.forecasts.filter((one) => one.outcome !== null);
  const missed = due.filter(isOut);
  const { scores } = record;
  return (
    <>
      <p class="lead">
        {counted(due.length, "forecast")} have come due. <b>{missed.length}</b> came out outside of what was to hold
        nine times of ten ({percent(missed.length / Math.max(1, due.length))}; 10% would be as claimed).
      </p>
      {scores ? (
        <div class="scores">
          <Score name="ours" value={scores.crps} other={scores.baseline_crps} />
          <Score name="what anybody could make" value={scores.baseline_crps} other={scores.crps} />
          <p>
            {scores.words}{" "}
            <span class="detail">Mean CRPS in deaths over {counted(scores.n, "forecast")}; lower is better.</span>
          </p>
        </div>
      ) : null}
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
        <Pit pit={record.pit} />
        <Coverage coverage={record.coverage} />
      </div>
    </>
  );
}

function Score({ name, value, other }: { name: string; value: number | null; other: number | null }) {
  const most = Math.max(value ?? 0, other ?? 0, 1e-9);
  return (
    <p class="score">
      <span>{name}</span>
      <span class="share" aria-hidden="true">
        <i style={{ width: `${((value ?? 0) / most) * 100}%` }} />
      </span>
      <b>{value === null ? "not said" : value.toFixed(2)}</b>
    </p>
  );
}

const [LEFT, TOP, BELOW, HEIGHT] = [44, 10, 24, 200];

/** A rung for each forecast: its nine times of ten, its middle, and what came. */
function Ladder({ shown, title }: { shown: PastForecast[]; title: string }) {
  const { box, width } = useWidth();
  const rungs = shown.map(asForetold);
  const top = greatest([], rungs);
  const step = (width - LEFT - 10) / Math.max(1, rungs.length);
  const x = (at: number) => LEFT + (at + 0.5) * step;
  const y = (value: number) => TOP + (1 - place(value, top)) * (HEIGHT - TOP - BELOW);
  const every = Math.max(1, Math.ceil(58 / Math.max(1, step)));
  const out = shown.filter(isOut).length;
  return (
    <>
      <div ref={box} class="fan card">
        {width > 80 ? (
          <svg width={width} height={HEIGHT} role="group" aria-label={`${title}; ${out} of ${shown.length} outside`}>
            {ticks(top).map((tick) => (
              <g key={tick}>
                <line x1={LEFT} x2={width - 10} y1={y(tick)} y2={y(tick)} class="fan-grid" />
                <text x={LEFT - 6} y={y(tick) + 4} text-anchor="end" class="fan-text">
                  {range(tick, tick)}
                </text>
              </g>
            ))}
            {rungs.map((one, at) => {
              const half = Math.min(9, step * 0.34);
              return (
                <g key={at}>
                  <rect
                    x={x(at) - half}
                    width={half * 2}
                    y={y(one.high90)}
                    height={Math.max(1.5, y(one.low90) - y(one.high90))}
                    class="fan-90"
                  />
                  <line x1={x(at) - half} x2={x(at) + half} y1={y(one.median)} y2={y(one.median)} class="fan-median" />
                  {one.outcome == null ? null : (
                    <Outcome one={one} of="deaths" x={x(at)} y={y(one.outcome)} evidence={one.evidence ?? []} />
                  )}
                  {at % every === 0 ? (
                    <text x={x(at)} y={HEIGHT - 6} text-anchor="middle" class="fan-text">
                      {one.label}
                    </text>
                  ) : null}
                </g>
              );
            })}
          </svg>
        ) : null}
      </div>
      <p class="detail fan-key">
        <span>
          <b class="key-90" aria-hidden="true" /> foretold, nine times of ten
        </span>
        <span>
          <b class="key-line" aria-hidden="true" /> its middle
        </span>
        <span>
          <b class="key-hit" aria-hidden="true" /> came out within
        </span>
        <span>
          <b class="key-miss" aria-hidden="true">
            ✕
          </b>{" "}
          came out outside: {out} of {shown.length}
        </span>
      </p>
    </>
  );
}

function Numbers({ shown }: { shown: PastForecast[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Forecasts that came due">
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">Month</th>
            <th scope="col">made in</th>
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
              of anybody’s
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <tr key={one.month + one.as_of_month}>
              <th scope="row">{one.month}</th>
              <td>{one.as_of_month}</td>
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
                    {isOut(one) ? "✕ outside" : "○ within"}
                  </>
                )}
              </td>
              <td class="n">{one.crps === null ? "not said" : one.crps.toFixed(1)}</td>
              <td class="n">{one.baseline_crps === null ? "not said" : one.baseline_crps.toFixed(1)}</td>
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
