// Incidents as a list to work through: by gravity, novelty or dispute, narrowed by how they stand.

import type { IncidentItem, List } from "../answers";
import { urlOf, useAnswer } from "../api";
import { Screen } from "../frame";
import { GroundsNote } from "../grounds";
import { IncidentRows } from "../incident-rows";
import { More } from "../more";
import { Empty, Waiting } from "../pieces";
import { QuestionBar, asked, useQuestion } from "../question-bar";
import { queryString } from "../question";
import { address, change } from "../router";
import { Twins } from "../twins";
import { counted } from "../words";

const SORTS: Record<string, string> = {
  recent: "Newest first",
  gravity: "Gravest first",
  dispute: "Most disputed first",
};
const STANDINGS = ["corroborated", "reported", "disputed", "denied", "retracted"];

export function IncidentsScreen() {
  const question = useQuestion();
  const params = address.value.params;
  const sort = params.get("sort") ?? "recent";
  const standing = params.get("standing")?.split(",").filter(Boolean) ?? [];
  const query = { ...asked(question), sort, ...(standing.length ? { standing: standing.join(",") } : {}) };
  const answer = useAnswer<List<IncidentItem>>(urlOf("/incidents", query));
  return (
    <Screen
      title="Incidents"
      lead="Claims of one happening, set side by side. Open one to see who says what, and who denies it."
    >
      <QuestionBar />
      <div class="toolbar">
        <div class="row" role="group" aria-label="Standing">
          {STANDINGS.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={standing.includes(one)}
              onClick={() =>
                change({
                  standing: (standing.includes(one)
                    ? standing.filter((other) => other !== one)
                    : [...standing, one]
                  ).join(","),
                })
              }
            >
              {one}
            </button>
          ))}
        </div>
        <label>
          <span class="unseen">Order</span>
          <select value={sort} onChange={(event) => change({ sort: event.currentTarget.value })}>
            {Object.entries(SORTS).map(([name, words]) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Waiting
        asked={answer}
        empty={(data) =>
          data.items.length === 0 ? (
            <Empty title="No incident answers this question">
              Nothing that was read tells of one. A wider period or other parties may.
            </Empty>
          ) : null
        }
      >
        {(data) => (
          <>
            <p class="detail">{counted(data.total, "incident")}</p>
            <More route="/incidents" key={queryString(new URLSearchParams(query))} first={data} query={query}>
              {(items) => <IncidentRows items={items} />}
            </More>
            <GroundsNote grounds={data.grounds} />
            <Twins route="/incidents" params={query} command={data.command} formats={["json", "csv", "jsonl"]} />
          </>
        )}
      </Waiting>
    </Screen>
  );
}
