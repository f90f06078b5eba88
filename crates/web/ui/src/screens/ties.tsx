// Ties at a date: the network, the same as a matrix, and each tie with who says so and who denies it.

import { useState } from "preact/hooks";
import type { Answer } from "../answers";
import { urlOf, useAnswer } from "../api";
import { Figure } from "../figure";
import { Screen } from "../frame";
import { GroundsNote } from "../grounds";
import { Empty, Opens, Waiting } from "../pieces";
import { QuestionBar, asked, useLake, useQuestion } from "../question-bar";
import { address, change } from "../router";
import { DAY, iso, moment } from "../time-scale";
import { Twins } from "../twins";
import { counted, day, plain } from "../words";

interface Node {
  key: string;
  name: string;
  is_place: boolean;
}

interface Edge {
  type: string;
  from: string;
  to: string;
  symmetric: boolean;
  sign: "positive" | "negative" | "neutral";
  disputed: boolean;
  words: string;
  asserted_by: string[];
  denied_by: string[];
  last_said: string | null;
  claims: string[];
  denials: string[];
}

interface Network {
  date: string;
  nodes: Node[];
  edges: Edge[];
  relations: {
    a: string;
    b: string;
    hostile_deeds: { number: number; first: string; last: string; claims: string[] } | null;
  }[];
  triads: { words: string; balance: string }[];
}

/** What shifted is told against so many days before. */
const BACK = 30;

export function TiesScreen() {
  const question = useQuestion();
  const lake = useLake().data;
  const on = address.value.params.get("on") ?? lake?.last?.slice(0, 10) ?? null;
  const base = asked(question);
  const query = on ? { ...base, on } : base;
  const network = useAnswer<Answer<Network>>(lake ? urlOf("/ties/network", query) : null);
  const before = useAnswer<Answer<Network>>(
    on ? urlOf("/ties/network", { ...base, on: iso(moment(on) - BACK * DAY).slice(0, 10) }) : null,
  );
  return (
    <Screen title="Ties" lead="Lasting relations, as somebody says them: who shelters, backs, leads or opposes whom.">
      <QuestionBar types={false} />
      {lake?.first && lake.last && on ? (
        <DateSlider first={lake.first.slice(0, 10)} last={lake.last.slice(0, 10)} on={on} />
      ) : null}
      <Waiting asked={network}>
        {(data) =>
          data.answer.edges.length + data.answer.relations.length === 0 ? (
            <Empty title={`No tie stands on ${day(data.answer.date)}`}>
              Nobody who was read says so of that day. A later day may tell more.
            </Empty>
          ) : (
            <>
              {before.data ? <Shifted now={data.answer} before={before.data.answer} /> : null}
              <div class="columns even">
                <section>
                  <h2>As a network</h2>
                  <Figure route="/ties/network" params={query} label={`Network of ties on ${day(data.answer.date)}`} />
                </section>
                <Matrix network={data.answer} />
              </div>
              <Edges network={data.answer} />
              <Triads network={data.answer} />
              <GroundsNote grounds={data.grounds} />
            </>
          )
        }
      </Waiting>
      <Twins route="/ties/network" params={query} command={network.data?.command} formats={["json", "csv", "svg"]} />
      <section>
        <h2>Since when each is said to hold</h2>
        <Figure route="/ties/spans" params={base} label="Ties over time" />
        <Twins route="/ties/spans" params={base} command={null} formats={["json", "csv", "svg"]} />
      </section>
      {question.about.length === 2 ? (
        <section>
          <h2>How the two stand to each other over time</h2>
          <Figure route="/ties/shifts" params={base} label="Tone between the two over time" />
          <Twins route="/ties/shifts" params={base} command={null} formats={["json", "csv", "svg"]} />
        </section>
      ) : (
        <p class="detail">Ask about two parties to see how they draw closer or apart over time.</p>
      )}
    </Screen>
  );
}

function DateSlider({ first, last, on }: { first: string; last: string; on: string }) {
  const days = Math.max(1, Math.round((moment(last) - moment(first)) / DAY));
  const at = Math.min(days, Math.max(0, Math.round((moment(on) - moment(first)) / DAY)));
  const [moved, setMoved] = useState<number | null>(null);
  const date = (n: number) => iso(moment(first) + n * DAY).slice(0, 10);
  return (
    <div class="slider">
      <label for="on">
        Ties that stand on <b>{day(date(moved ?? at))}</b>
      </label>
      <input
        id="on"
        type="range"
        min={0}
        max={days}
        value={moved ?? at}
        aria-valuetext={day(date(moved ?? at))}
        onInput={(event) => setMoved(Number(event.currentTarget.value))}
        onChange={(event) => {
          setMoved(null);
          change({ on: date(Number(event.currentTarget.value)) }, true);
        }}
      />
      <span class="detail ends">
        <span>{day(first, true)}</span>
        <span>{day(last, true)}</span>
      </span>
    </div>
  );
}

const id = (edge: Edge) => `${edge.type} ${edge.from} ${edge.to}`;

function Shifted({ now, before }: { now: Network; before: Network }) {
  const was = new Map(before.edges.map((edge) => [id(edge), edge]));
  const is = new Set(now.edges.map(id));
  const came = now.edges.filter((edge) => !was.has(id(edge)));
  const went = before.edges.filter((edge) => !is.has(id(edge)));
  const turned = now.edges.filter((edge) => edge.disputed && was.get(id(edge))?.disputed === false);
  const list = (edges: Edge[]) =>
    edges.map((edge, i) => (
      <span key={id(edge)}>
        {i ? "; " : ""}
        <Opens ids={[...edge.claims, ...edge.denials]}>{edge.words}</Opens>
      </span>
    ));
  return (
    <p class="lead">
      Against {day(before.date)}: {came.length + went.length + turned.length === 0 ? "nothing shifted." : null}
      {came.length ? <>new: {list(came)}. </> : null}
      {went.length ? <>no longer standing: {list(went)}. </> : null}
      {turned.length ? <>newly disputed: {list(turned)}.</> : null}
    </p>
  );
}

const SIGN = { positive: "+", negative: "−", neutral: "·" };

/** Who to whom: a cell has the signs of the ties between two. */
function Matrix({ network }: { network: Network }) {
  const nodes = network.nodes;
  const cell = (a: string, b: string) =>
    network.edges.filter(
      (edge) => (edge.from === a && edge.to === b) || (edge.symmetric && edge.from === b && edge.to === a),
    );
  return (
    <section>
      <h2>As a matrix</h2>
      <div class="scroll card" tabIndex={0} role="region" aria-label="Ties, from the row to the column">
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col">from ↓ to →</th>
              {nodes.map((node) => (
                <th key={node.key} scope="col" title={node.name}>
                  {node.key.replace(/^~/, "")}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {nodes.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.name}</th>
                {nodes.map((column) => {
                  const edges = cell(row.key, column.key);
                  return (
                    <td key={column.key} class={row.key === column.key ? "self" : undefined}>
                      {edges.map((edge) => (
                        <Opens
                          key={id(edge)}
                          ids={[...edge.claims, ...edge.denials]}
                          label={`${edge.words}${edge.disputed ? ", disputed" : ""}; open the claims`}
                        >
                          <span class={`sign-${edge.sign}`} title={edge.words}>
                            {SIGN[edge.sign]}
                            {edge.disputed ? "✕" : ""}
                          </span>
                        </Opens>
                      ))}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="detail">+ together, − against each other, · neither, ✕ disputed</p>
    </section>
  );
}

function Edges({ network }: { network: Network }) {
  const name = (key: string) => network.nodes.find((node) => node.key === key)?.name ?? key;
  return (
    <section>
      <h2>Who says so</h2>
      <ul class="rows">
        {network.edges.map((edge) => (
          <li key={id(edge)} class="row-item tie-row">
            <span class={`tie-sign sign-${edge.sign}`}>
              {edge.sign === "positive" ? "+ together" : edge.sign === "negative" ? "− against" : "· neither"}
            </span>
            <div class="row-main">
              <b>{edge.words}</b>
              <p class="detail">
                said by {edge.asserted_by.map(voice).join(", ")}
                {edge.last_said ? `, last on ${day(edge.last_said, true)}` : ""}
                {edge.denied_by.length ? (
                  <>
                    ; <span class="denying">denied by {edge.denied_by.map(voice).join(", ")}</span>
                  </>
                ) : null}
              </p>
            </div>
            <p class="row-number">
              <Opens ids={edge.claims}>{counted(edge.claims.length, "claim")}</Opens>
              {edge.denials.length ? (
                <>
                  , <Opens ids={edge.denials}>{counted(edge.denials.length, "denial")}</Opens>
                </>
              ) : null}
            </p>
          </li>
        ))}
        {network.relations.flatMap(({ a, b, hostile_deeds }) =>
          hostile_deeds
            ? [
                <li key={`${a} ${b}`} class="row-item tie-row">
                  <span class="tie-sign sign-negative">− against</span>
                  <div class="row-main">
                    <b>
                      {counted(hostile_deeds.number, "hostile deed")} between {name(a)} and {name(b)}
                    </b>
                    <p class="detail">
                      {day(hostile_deeds.first, true)} to {day(hostile_deeds.last, true)}
                    </p>
                  </div>
                  <p class="row-number">
                    <Opens ids={hostile_deeds.claims}>{counted(hostile_deeds.claims.length, "claim")}</Opens>
                  </p>
                </li>,
              ]
            : [],
        )}
      </ul>
    </section>
  );
}

/** A publication that names none is known by its id alone. */
const voice = (who: string) => (who.startsWith("doc_") ? "a report in its own voice" : who);

function Triads({ network }: { network: Network }) {
  if (!network.triads?.length) return null;
  return (
    <section>
      <h2>Threes who all stand to each other</h2>
      <ul class="bare">
        {network.triads.map((triad) => (
          <li key={triad.words}>
            <span class="tag">{plain(triad.balance)}</span> {triad.words}
          </li>
        ))}
      </ul>
    </section>
  );
}
