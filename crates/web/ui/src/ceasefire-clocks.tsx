// Ceasefires with their clocks: from when, until when, how each stands, who says so.

import type { Answer } from "./answers";
import { urlOf, useAnswer } from "./api";
import { GroundsNote } from "./grounds";
import { Opens, Waiting } from "./pieces";
import { useLake } from "./question-bar";
import { carry } from "./router";
import { NOT_SAID, capital, counted, day, plain } from "./words";

interface Moment {
  from: string;
  to: string;
}

interface Reckoned {
  at: Moment;
  basis: "stated" | "reckoned";
  why: string;
  claims: string[];
}

interface Ceasefire {
  id: string;
  parties: { key: string; named: { name: string | null; mention: string | null }[] }[];
  clock: { begins: Reckoned | null; until: Reckoned | null; durations: { hours: number }[] };
  timeline: { at: Moment; state: string; claims: string[]; why: string }[];
  breaches: unknown[];
  outcome: { end: string | null; at: Moment | null; days: number | null; why: string };
  claims: string[];
  as_of: string;
}

interface Ceasefires {
  ceasefires: Ceasefire[];
}

/** A state that is still running comes first. */
const HOLDS = ["in_force", "extended", "suspended", "not_yet"];

export function CeasefireClocks({ query }: { query: Record<string, string> }) {
  const asked = useAnswer<Answer<Ceasefires>>(urlOf("/ceasefires", query));
  return (
    <section>
      <h2>Ceasefires</h2>
      <Waiting
        asked={asked}
        empty={(data) => (data.answer.ceasefires.length === 0 ? <p class="unsaid">No claim of a ceasefire.</p> : null)}
      >
        {(data) => {
          const state = (one: Ceasefire) => one.timeline.at(-1)?.state ?? "unknown";
          const ordered = [...data.answer.ceasefires].sort(
            (a, b) =>
              Number(HOLDS.includes(state(b))) - Number(HOLDS.includes(state(a))) ||
              (b.clock.begins?.at.from ?? "").localeCompare(a.clock.begins?.at.from ?? ""),
          );
          return (
            <>
              <ul class="bare clocks">
                {ordered.slice(0, 5).map((one) => (
                  <Clock key={one.id} one={one} state={state(one)} />
                ))}
              </ul>
              <p class="detail">
                <a href={carry("/timeline")}>{counted(ordered.length, "ceasefire")} on the timeline</a>
              </p>
              <GroundsNote grounds={data.grounds} />
            </>
          );
        }}
      </Waiting>
    </section>
  );
}

function Clock({ one, state }: { one: Ceasefire; state: string }) {
  const lake = useLake().data;
  const names = new Map(lake?.parties.map((party) => [party.id, party.name ?? party.id]));
  const { begins, until } = one.clock;
  const hours = one.clock.durations[0]?.hours;
  return (
    <li class="clock">
      <p class="row">
        <b>
          {one.parties.map((side) => names.get(side.key) ?? side.key.replace(/^~/, "")).join(" and ") ||
            "Parties not said"}
        </b>
        <span class={`tag state-${state}`}>{plain(state)}</span>
      </p>
      <p class="detail">
        from {begins ? <Opens ids={begins.claims}>{moment(begins.at)}</Opens> : NOT_SAID}
        {until ? (
          <>
            {" "}
            until <Opens ids={until.claims}>{moment(until.at)}</Opens>
          </>
        ) : hours ? (
          `, for ${hours} hours`
        ) : (
          "; no end said"
        )}
        {one.outcome.days !== null
          ? `; held ${one.outcome.days.toLocaleString("en", { maximumFractionDigits: 1 })} days`
          : ""}
        {one.outcome.end ? `, ${plain(one.outcome.end)}` : ""}
      </p>
      <p class="detail">
        <Opens ids={one.claims}>{counted(one.claims.length, "claim")}</Opens>
        {one.breaches.length ? `; ${capital(counted(one.breaches.length, "said breach")).toLowerCase()}` : ""}
      </p>
    </li>
  );
}

const moment = (at: Moment) =>
  at.from === at.to ? day(at.from, at.from.length <= 10) : `${day(at.from, true)} to ${day(at.to, true)}`;
