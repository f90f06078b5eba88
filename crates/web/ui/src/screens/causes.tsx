// Judgements of cause and effect: a signed graph, by whom, loops named, each with its sentences.

import type { Answer } from "../answers";
import { urlOf, useAnswer } from "../api";
import { Figure } from "../figure";
import { Screen } from "../frame";
import { GroundsNote } from "../grounds";
import { Empty, Opens, Waiting } from "../pieces";
import { QuestionBar, asked, useQuestion } from "../question-bar";
import { Twins } from "../twins";
import { capital, counted, day, plain } from "../words";

interface Judgement {
  claim: string;
  by: string;
  publisher: string | null;
  status: string;
  published: string | null;
  words: string;
}

interface Graph {
  nodes: { id: string; name: string; less_name: string }[];
  edges: {
    from: number;
    to: number;
    polarity: "+" | "-";
    says: Judgement[];
    denies: Judgement[];
    contrary: number | null;
  }[];
  retracted: Judgement[];
  unread: string[];
}

interface Loops {
  chains: {
    name: string;
    sign: string;
    steps: { by: string[]; claims: string[]; against: string[]; against_claims: string[] }[];
    whole_by: string[];
    pieced: boolean;
  }[];
  steps_at_most: number;
  cut: boolean;
}

export function CausesScreen() {
  const query = asked(useQuestion());
  const graph = useAnswer<Answer<Graph>>(urlOf("/causes/graph", query));
  const loops = useAnswer<Answer<Loops>>(urlOf("/causes/loops", query));
  return (
    <Screen
      title="Causes"
      lead="What raises or lowers what, in somebody's judgement. An edge says that somebody judges so, not that it is so."
    >
      <QuestionBar types={false} />
      <Waiting
        asked={graph}
        empty={(data) =>
          data.answer.edges.length === 0 ? (
            <Empty title="No judgement of cause and effect">
              Columns and reports of experts judge more than news does.
            </Empty>
          ) : null
        }
      >
        {(data) => (
          <>
            <Figure route="/causes/graph" params={query} label="Judgements of cause and effect, as a signed graph" />
            <Waiting asked={loops}>{(told) => <LoopList loops={told.answer} />}</Waiting>
            <Edges graph={data.answer} />
            <GroundsNote grounds={data.grounds} />
            <Twins route="/causes/graph" params={query} command={data.command} formats={["json", "csv", "svg"]} />
          </>
        )}
      </Waiting>
    </Screen>
  );
}

function LoopList({ loops }: { loops: Loops }) {
  return (
    <section>
      <h2>Loops</h2>
      {loops.chains.length === 0 ? (
        <p class="unsaid">The judgements that were read close no loop of up to {loops.steps_at_most} steps.</p>
      ) : null}
      <ul class="bare spaced">
        {loops.chains.map((loop) => (
          <li key={loop.name}>
            <span class="tag">{loop.sign}</span>{" "}
            <Opens ids={loop.steps.flatMap((step) => step.claims)}>{capital(loop.name)}</Opens>
            <span class="detail block">
              {loop.whole_by.length
                ? `as a whole by ${loop.whole_by.join(", ")}`
                : "pieced together: nobody says all of it"}
              {loop.steps.some((step) => step.against.length) ? (
                <>
                  ; <Opens ids={loop.steps.flatMap((step) => step.against_claims)}>some judge otherwise</Opens>
                </>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      {loops.cut ? <p class="detail">There are more, longer ones.</p> : null}
    </section>
  );
}

function Edges({ graph }: { graph: Graph }) {
  const name = (at: number) => graph.nodes[at]?.name ?? "?";
  return (
    <section>
      <h2>Who judges so</h2>
      <ul class="rows">
        {graph.edges.map((edge, i) => (
          <li key={i} class="row-item tie-row">
            <span class={`tie-sign sign-${edge.polarity === "+" ? "positive" : "negative"}`}>
              {edge.polarity === "+" ? "+ raises" : "− lowers"}
            </span>
            <div class="row-main">
              <b>
                {capital(name(edge.from))} {edge.polarity === "+" ? "→ more" : "→ less"} {name(edge.to)}
              </b>
              {edge.says.map((one) => (
                <Said key={one.claim} one={one} />
              ))}
              {edge.denies.map((one) => (
                <Said key={one.claim} one={one} denies />
              ))}
              {edge.contrary !== null ? <p class="detail">Others judge the contrary.</p> : null}
            </div>
            <p class="row-number">
              <Opens ids={[...edge.says, ...edge.denies].map((one) => one.claim)}>
                {counted(edge.says.length, "judgement")}
              </Opens>
            </p>
          </li>
        ))}
      </ul>
      {graph.unread.length ? (
        <p class="detail">
          <Opens ids={graph.unread}>{counted(graph.unread.length, "judgement")}</Opens> of which a side has no word of
          content make no edge.
        </p>
      ) : null}
    </section>
  );
}

function Said({ one, denies = false }: { one: Judgement; denies?: boolean }) {
  return (
    <figure class="said slim">
      <blockquote class="short">
        <Opens ids={[one.claim]}>{one.words}</Opens>
      </blockquote>
      <figcaption>
        <b>{one.by.startsWith("doc_") ? "a report in its own voice" : one.by}</b>{" "}
        {denies ? <span class="denying">denies it</span> : `(${plain(one.status)})`}, {day(one.published, true)}
      </figcaption>
    </figure>
  );
}
