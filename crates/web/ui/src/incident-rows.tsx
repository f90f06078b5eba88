// Incidents in rows: how each stands, what happened in a phrase, when and where, how many dead.

import type { IncidentItem } from "./answers";
import { Opens, StandingMark } from "./pieces";
import { pageOf } from "./router";
import { NOT_SAID, capital, counted, period, placeName, range } from "./words";

export function IncidentRows({ items, detail = true }: { items: IncidentItem[]; detail?: boolean }) {
  return (
    <ul class="rows">
      {items.map(({ incident, words, dead, reports, publishers }) => (
        <li key={incident.id} class="row-item">
          <StandingMark standing={incident.standing} />
          <div class="row-main">
            <a href={pageOf(incident.id)}>{capital(words)}</a>
            <p class="detail">
              {period(incident.from, incident.to, true)} ·{" "}
              {incident.places[0] ? placeName(incident.places[0]) : `place ${NOT_SAID}`}
              {detail
                ? ` · ${counted(incident.accounts.length, "account")} in ${counted(reports, "report")} of ${counted(publishers, "publisher")}`
                : ""}
            </p>
          </div>
          <p class="row-number">
            {dead ? (
              <Opens ids={[incident.id]} label={`${range(dead.low, dead.high)} dead; open what this rests on`}>
                <b>{range(dead.low, dead.high)}</b> dead
              </Opens>
            ) : (
              <span class="unsaid">dead {NOT_SAID}</span>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
