// What changed: what is new, what is disputed, what is worse than before, and which ceasefires hold.

import { lazy, Suspense } from "preact/compat";
import type { Answer, IncidentItem, List } from "../answers";
import { urlOf, useAnswer } from "../api";
import { CeasefireClocks } from "../ceasefire-clocks";
import { Changes, type WhatChanged } from "../changes";
import { Figure } from "../figure";
import { Screen } from "../frame";
import { GroundsNote } from "../grounds";
import { IncidentRows } from "../incident-rows";
import { Empty, Waiting } from "../pieces";
import { QuestionBar, asked, useLake, useQuestion } from "../question-bar";
import { carry } from "../router";
import { Twins } from "../twins";
import { counted } from "../words";

const OverviewMap = lazy(() => import("./map-small").then((found) => found.QuestionMap));

export function OverviewScreen() {
  const question = useQuestion();
  const lake = useLake();
  const query = asked(question);
  const changes = useAnswer<Answer<WhatChanged>>(urlOf("/changes", query));
  if (lake.data && lake.data.claims === 0) {
    return (
      <Screen title="What changed">
        <Empty title="The lake is empty">
          <p>Nothing has been read yet.</p>
          <p>
            <a class="button" href="/read">
              Read the first reports
            </a>
          </p>
        </Empty>
      </Screen>
    );
  }
  return (
    <Screen title="What changed">
      <QuestionBar />
      <Waiting asked={changes}>
        {(data) => (
          <>
            <Changes answer={data.answer} />
            <GroundsNote grounds={data.grounds} />
            <Twins route="/changes" params={query} command={data.command} />
          </>
        )}
      </Waiting>
      <div class="columns">
        <div class="column-wide">
          <Triage query={query} />
        </div>
        <div class="column-narrow">
          <CeasefireClocks query={query} />
          <section>
            <h2>Where</h2>
            <Suspense fallback={null}>
              <OverviewMap query={query} />
            </Suspense>
            <p class="detail">
              <a href={carry("/map")}>The whole map</a>
            </p>
          </section>
        </div>
      </div>
      <BriefLinks query={query} />
      <section>
        <h2>Hostile and cooperative</h2>
        <Figure route="/series" params={query} label="Hostile and cooperative happenings over time" />
        <Twins route="/series" params={query} command={null} formats={["json", "csv", "svg"]} />
      </section>
    </Screen>
  );
}

const FORMS: [string, string][] = [
  ["html", "page"],
  ["pdf", "PDF"],
  ["md", "Markdown"],
];

/** The same question as a brief to hand on. */
function BriefLinks({ query }: { query: Record<string, string> }) {
  return (
    <section>
      <h2>As a brief</h2>
      <p class="row briefs">
        What this question comes to, on paper, each sentence with its source:
        {FORMS.map(([format, name]) => (
          <a key={format} class="button" href={urlOf("/brief", { ...query, format })} target="_blank" rel="noopener">
            {name}
          </a>
        ))}
      </p>
    </section>
  );
}

const LISTS: [string, string, string][] = [
  ["recent", "Newest", "by the day on which they happened or were first told"],
  ["gravity", "Gravest", "by the dead that anybody gives"],
  ["dispute", "Most disputed", "where somebody involved denies it, or tolls lie far apart"],
];

/** Three short lists to begin with. */
function Triage({ query }: { query: Record<string, string> }) {
  return (
    <>
      {LISTS.map(([sort, title, how]) => (
        <TriageList key={sort} sort={sort} title={title} how={how} query={query} />
      ))}
    </>
  );
}

function TriageList({
  sort,
  title,
  how,
  query,
}: {
  sort: string;
  title: string;
  how: string;
  query: Record<string, string>;
}) {
  const params = { ...query, sort, limit: "5" };
  const answer = useAnswer<List<IncidentItem>>(urlOf("/incidents", params));
  return (
    <section>
      <h2>
        {title} <span class="detail">{how}</span>
      </h2>
      <Waiting
        asked={answer}
        empty={(data) => (data.items.length === 0 ? <p class="unsaid">No incident answers this question.</p> : null)}
      >
        {(data) => (
          <>
            <IncidentRows items={data.items} detail={false} />
            <p class="detail">
              <a href={carry("/incidents", { sort })}>All {counted(data.total, "incident")}</a>
            </p>
          </>
        )}
      </Waiting>
    </section>
  );
}
