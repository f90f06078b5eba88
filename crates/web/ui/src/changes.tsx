// This period beside the periods before: what is told more or less than usual, who is new, what is newly disputed or denied.

import { useMemo } from "preact/hooks";
import { Opens } from "./pieces";
import { pageOf } from "./router";
import { useLake } from "./question-bar";
import { capital, counted, day, period, plain } from "./words";

type Key =
  | "all"
  | { dyad: { from: string; to: string; directed: boolean } }
  | { party: string }
  | { country: string }
  | { admin1: { country: string; name: string } }
  | { type: string };

interface Against {
  periods: number;
  covered: number;
  now: number;
  before: number;
  usual: { lowest: number; median: number; highest: number } | null;
  ratio: { ratio: number | null; low: number; high: number | null } | null;
  verdict: "up" | "down" | "not_told" | "too_few" | "not_covered";
}

interface Change {
  key: Key;
  now: { rows: number; ids: string[] };
  rows: Against[];
  dead: Against[];
}

interface Denial {
  claim: string;
  day: string | null;
  by: string;
  kind: string;
  code: string | null;
  plain: boolean;
  words: string;
}

export interface WhatChanged {
  period: { from: string; to: string };
  compared: Change[];
  emerging: { key: Key; now: string[]; before: string[]; covered: number }[];
  disputes: { incident: string; code: string; since: string | null; denials: Denial[]; grounds: string }[];
  denials: Denial[];
  reading: {
    periods: number;
    covered: number;
    now: number;
    before: number;
    changed: boolean;
    gone: string[];
    new: string[];
  }[];
  looked_at: number;
}

const ROWS = 6;
const LISTED = 5;

export function Changes({ answer }: { answer: WhatChanged }) {
  const names = useNames();
  const { compared, emerging, disputes, denials, reading } = answer;
  const called = compared.filter((change) => [...change.rows, ...change.dead].some(isCalled));
  const rest = compared.filter((change) => !called.includes(change) && change.now.rows > 0);
  const shown = [...called, ...rest].slice(0, Math.max(ROWS, called.length));
  const all = compared.find((change) => change.key === "all");
  const most = Math.max(
    1,
    ...shown.flatMap((change) => [change.now.rows, ...change.rows.map((against) => against.usual?.highest ?? 0)]),
  );
  return (
    <>
      <p class="lead">
        {period(answer.period.from, answer.period.to)}:{" "}
        {all ? (
          <Opens ids={all.now.ids}>
            <b>{counted(all.now.rows, "happening")}</b>
          </Opens>
        ) : (
          <b>nothing that was read</b>
        )}
        ;{" "}
        {called.length ? (
          <b>{counted(called.length, "change")} that chance would hardly make</b>
        ) : (
          "no change that chance could not make"
        )}
        ; <b>{disputes.length}</b> newly disputed, <b>{denials.length}</b> newly denied.
      </p>
      <div class="triptych">
        <section class="card">
          <h2>Against before</h2>
          {shown.length === 0 ? <p class="unsaid">Nothing was told in this period.</p> : null}
          <ul class="bare beside-rows">
            {shown.map((change, i) => (
              <ChangeRow key={i} change={change} most={most} names={names} />
            ))}
          </ul>
          <ReadingNote reading={reading} />
        </section>
        <section class="card">
          <h2>New parties and places</h2>
          {emerging.length === 0 ? <p class="unsaid">None that were not told of before.</p> : null}
          <ul class="bare spaced">
            {emerging.slice(0, LISTED + 2).map((one, i) => (
              <li key={i}>
                <b>{keyName(one.key, names)}</b>{" "}
                <Opens ids={one.now}>
                  {one.now.length} now{one.before.length ? `, ${one.before.length} before` : ""}
                </Opens>
              </li>
            ))}
          </ul>
          <More n={emerging.length - LISTED - 2} />
        </section>
        <section class="card">
          <h2>Newly disputed or denied</h2>
          {disputes.length + denials.length === 0 ? <p class="unsaid">Nothing in this period.</p> : null}
          <ul class="bare spaced">
            {disputes.slice(0, LISTED).map((one) => (
              <li key={one.incident}>
                <span class="standing standing-disputed">
                  <span class="sign" aria-hidden="true">
                    ●✕
                  </span>
                  disputed
                </span>{" "}
                <a href={pageOf(one.incident)}>{capital(plain(one.code))}</a>{" "}
                <span class="detail">{day(one.since, true)}</span>
                <span class="detail block">{one.grounds}</span>
              </li>
            ))}
            {denials.slice(0, LISTED).map((one) => (
              <li key={one.claim}>
                <b>{one.by}</b> {one.plain ? "says it was not so" : "denies"}{" "}
                <span class="detail">{day(one.day, true)}</span>
                <blockquote class="short">
                  <Opens ids={[one.claim]}>{one.words}</Opens>
                </blockquote>
              </li>
            ))}
          </ul>
          <More n={Math.max(0, disputes.length - LISTED) + Math.max(0, denials.length - LISTED)} />
        </section>
      </div>
    </>
  );
}

function More({ n }: { n: number }) {
  return n > 0 ? <p class="detail">and {n} more, in JSON and CSV</p> : null;
}

function useNames(): Map<string, string> {
  const lake = useLake().data;
  return useMemo(
    () => new Map(lake?.parties.flatMap((one) => (one.name ? [[one.id, one.name] as const] : []))),
    [lake],
  );
}

const isCalled = (against: Against) => against.verdict === "up" || against.verdict === "down";

function ChangeRow({ change, most, names }: { change: Change; most: number; names: Map<string, string> }) {
  const first = change.rows[0];
  const called = [...change.rows, ...change.dead].find(isCalled);
  const usual = first?.usual;
  const x = (n: number) => `${(n / most) * 100}%`;
  return (
    <li class={called ? "called" : undefined}>
      <span class="beside-name">{keyName(change.key, names)}</span>
      <Opens ids={change.now.ids} label={`${keyName(change.key, names)}: ${change.now.rows} now; open them`}>
        <b>{change.now.rows}</b>
      </Opens>
      <span class="beside-bar" aria-hidden="true">
        {usual ? <i class="usual" style={{ left: x(usual.lowest), width: x(usual.highest - usual.lowest) }} /> : null}
        {usual ? <i class="median" style={{ left: x(usual.median) }} /> : null}
        <i class="now" style={{ left: x(change.now.rows) }} />
      </span>
      <span class="detail">
        {usual && first
          ? `usually ${usual.median} (${usual.lowest}–${usual.highest}) in ${first.covered} of the last ${first.periods}`
          : "not read before"}
        {called ? (
          <b class="verdict">
            {" "}
            {called.verdict === "up" ? "▲ more than before" : "▼ less than before"}
            {called.ratio?.ratio ? `, ×${called.ratio.ratio.toFixed(1)}` : ""}
          </b>
        ) : null}
      </span>
    </li>
  );
}

function ReadingNote({ reading }: { reading: WhatChanged["reading"] }) {
  const one = reading[0];
  if (!one) return null;
  return (
    <p class={one.changed ? "detail caution" : "detail"}>
      {counted(one.now, "report")} read now, {one.covered ? (one.before / one.covered).toFixed(1) : "none"} a period
      before.
      {one.changed ? " So much of a difference in reading changes counts by itself." : ""}
      {one.gone.length ? ` Not read now: ${one.gone.slice(0, 4).join(", ")}${one.gone.length > 4 ? "…" : ""}.` : ""}
    </p>
  );
}

/** Parties and countries by their names, where the lake knows them. */
function keyName(key: Key, names: Map<string, string>): string {
  const name = (id: string) => names.get(id) ?? id;
  if (key === "all") return "Everything";
  if ("dyad" in key) return `${name(key.dyad.from)} ${key.dyad.directed ? "→" : "and"} ${name(key.dyad.to)}`;
  if ("party" in key) return name(key.party);
  if ("country" in key) return `in ${name(key.country)}`;
  if ("admin1" in key) return `in ${key.admin1.name}, ${key.admin1.country}`;
  return capital(plain(key.type));
}
