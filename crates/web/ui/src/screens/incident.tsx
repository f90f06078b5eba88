// One happening: every account of it side by side, who denies it, how many dead by whom, and every sentence.

import { lazy, Suspense } from "preact/compat";
import { useState } from "preact/hooks";
import type { IncidentAnswer, Reply } from "../answers";
import { useAnswer } from "../api";
import { DecideIncident } from "../decide-incident";
import { Mentioned, Screen } from "../frame";
import { DecisionList, Opens, PartyLink, StandingMark, Waiting } from "../pieces";
import { recordUrl, useReadOnly } from "../question-bar";
import type { Account, Incident, Party } from "../records";
import { inDocument, pageOf } from "../router";
import { Tolls } from "../tolls";
import { Twins } from "../twins";
import {
  NOT_SAID,
  asserterName,
  capital,
  claimWords,
  counted,
  day,
  effectWords,
  partyName,
  period,
  placeName,
  plain,
  precisionWords,
  range,
  says,
  statusWords,
} from "../words";

const SmallMap = lazy(() => import("./map-small").then((found) => found.SmallMap));

export function IncidentScreen({ id }: { id: string }) {
  const readOnly = useReadOnly();
  const asked = useAnswer<IncidentAnswer>(recordUrl(`/incidents/${id}`));
  return (
    <Waiting asked={asked}>
      {(data) => (
        <Screen title={capital(data.words)} eyebrow="Incident">
          <p class="lead">
            <StandingMark standing={data.incident.standing} /> <Mentioned words={data.standing_why} />
          </p>
          <Facts incident={data.incident} />
          <div class="columns">
            <div class="column-wide">
              <Accounts data={data} />
              <Tolls tolls={data.tolls} />
              <Denials data={data} />
              <Replies replies={data.replies} />
              <Sentences data={data} />
            </div>
            <div class="column-narrow">
              {data.incident.places.length ? (
                <Suspense fallback={null}>
                  <SmallMap places={data.incident.places} />
                </Suspense>
              ) : null}
              <Places incident={data.incident} />
              <Why lines={data.explain} />
              <DecisionList decisions={data.decisions} />
              {readOnly ? null : <DecideIncident data={data} />}
            </div>
          </div>
          <Twins route={`/incidents/${id}`} command={`annalist show ${id}`} />
        </Screen>
      )}
    </Waiting>
  );
}

/** Who, to whom, when, what: each with how exactly it is known. */
function Facts({ incident }: { incident: Incident }) {
  return (
    <dl class="facts">
      <div>
        <dt>What</dt>
        <dd>{[capital(plain(incident.type)), ...incident.modes.map(plain)].join(", ")}</dd>
      </div>
      <div>
        <dt>Who</dt>
        <dd>
          <Parties list={incident.actor} />
        </dd>
      </div>
      <div>
        <dt>To whom</dt>
        <dd>
          <Parties list={incident.recipient} />
        </dd>
      </div>
      <div>
        <dt>When</dt>
        <dd>{period(incident.from, incident.to)}</dd>
      </div>
      {incident.effects.map((effect) => (
        <div key={effect.kind}>
          <dt>{capital(effect.kind)}</dt>
          <dd>
            <b>{range(effect.low, effect.high)}</b>
            <span class="detail">
              {effect.low !== effect.high ? " lowest and highest," : ""} by <Mentioned words={effect.by.join(", ")} />
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Parties({ list }: { list: Party[] }) {
  if (list.length === 0) return <span class="unsaid">{NOT_SAID}</span>;
  return (
    <ul class="bare">
      {list.slice(0, 6).map((party, i) => (
        <li key={i}>
          <PartyLink id={party.id} words={partyName(party)} />
          {party.id ? <span class="detail"> {party.id}</span> : null}
        </li>
      ))}
      {list.length > 6 ? <li class="detail">and {list.length - 6} more</li> : null}
    </ul>
  );
}

function Places({ incident }: { incident: Incident }) {
  return (
    <section>
      <h2>Where</h2>
      {incident.places.length === 0 ? <p class="unsaid">{NOT_SAID}</p> : null}
      <ul class="bare spaced">
        {incident.places.map((place, i) => (
          <li key={i}>
            {placeName(place)}
            <span class="detail block">
              {precisionWords(place.precision, place.radius_km)}
              {place.claimed_by.length ? `; claimed by ${place.claimed_by.join(", ")}` : ""}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** An account a row: who says or denies it, with which numbers. */
function Accounts({ data }: { data: IncidentAnswer }) {
  const { accounts } = data.incident;
  const days = new Map(data.claims.map((one) => [one.claim.id, one.claim.published]));
  return (
    <section>
      <h2>Who says what</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="Accounts, by claimant">
        <table class="accounts">
          <thead>
            <tr>
              <th scope="col">Claimant</th>
              <th scope="col">Says</th>
              <th scope="col">Effects, as last said</th>
              <th scope="col">First said</th>
              <th scope="col">In</th>
            </tr>
          </thead>
          <tbody>
            {accounts.map((account, i) => (
              <tr key={i} class={account.attitude === "denies" ? "denies" : undefined}>
                <th scope="row">
                  <Claimant account={account} />
                </th>
                <td>
                  <b>{says(account.attitude)}</b> {statusWords(account.status)}
                </td>
                <td>
                  {account.effects.length === 0 ? <span class="unsaid">{NOT_SAID}</span> : null}
                  {account.effects.map((effect, at) => (
                    <div key={at} class={effect.part_of !== null ? "part-of" : undefined}>
                      {effectWords(effect)}
                    </div>
                  ))}
                  {account.tolls.length > 1 ? <TollHistory account={account} /> : null}
                </td>
                <td>
                  {day(
                    account.claims
                      .map((claim) => days.get(claim) ?? "")
                      .filter(Boolean)
                      .sort()[0],
                    true,
                  )}
                </td>
                <td>
                  <Opens ids={account.claims}>{counted(account.claims.length, "claim")}</Opens>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Claimant({ account }: { account: Account }) {
  if (!account.claimant)
    return (
      <>
        {account.publisher ?? "A report"}
        <span class="detail block">in its own voice</span>
      </>
    );
  return (
    <>
      <PartyLink id={account.claimant.id} words={partyName(account.claimant)} />
      {account.claimant.id ? <span class="detail block">{account.claimant.id}</span> : null}
    </>
  );
}

function TollHistory({ account }: { account: Account }) {
  return (
    <details class="more">
      <summary>How the dead were given over time</summary>
      <ul class="bare">
        {account.tolls.map((toll) => (
          <li key={toll.claim}>
            <Opens ids={[toll.claim]}>
              {day(toll.published, true)}: {range(toll.low, toll.high)}
            </Opens>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Denials({ data }: { data: IncidentAnswer }) {
  if (data.denials.length === 0) return null;
  const words = new Map(data.claims.map((one) => [one.claim.id, one.claim.evidence.text]));
  return (
    <section>
      <h2>Who denies it</h2>
      <ul class="bare spaced">
        {data.denials.map((denial) => (
          <li key={denial.claim}>
            <b>{denial.by}</b>, {day(denial.said, true)}
            <blockquote>
              <Opens ids={[denial.claim]}>{words.get(denial.claim) ?? "the sentence"}</Opens>
            </blockquote>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Replies({ replies }: { replies: IncidentAnswer["replies"] }) {
  if (replies.to.length + replies.from.length === 0) return null;
  const list = (name: string, many: Reply[]) =>
    many.length ? (
      <div>
        <h3>{name}</h3>
        <ul class="bare spaced">
          {many.map((reply) => (
            <li key={reply.incident}>
              <a href={pageOf(reply.incident)}>{reply.words}</a>{" "}
              <span class={`basis basis-${reply.basis}`}>{reply.basis}</span>
            </li>
          ))}
        </ul>
      </div>
    ) : null;
  return (
    <section>
      <h2>Replies</h2>
      {list("In reply to", replies.to)}
      {list("Answered by", replies.from)}
    </section>
  );
}

const FIRST = 12;

/** Every sentence, with its report. */
function Sentences({ data }: { data: IncidentAnswer }) {
  const [all, setAll] = useState(false);
  const shown = all ? data.claims : data.claims.slice(0, FIRST);
  return (
    <section>
      <h2>Every sentence</h2>
      {shown.map(({ claim, publisher, title, copy }) => (
        <figure key={claim.id} class="said">
          <blockquote>
            <Opens ids={[claim.id]}>{claim.evidence.text}</Opens>
          </blockquote>
          <figcaption>
            <b>{asserterName(claim, publisher)}</b> {says(claim.attitude)}: {claimWords(claim, false)}
            <span class="block">
              <a href={inDocument(claim)}>{title ?? "Untitled report"}</a>, {publisher ?? "publisher not said"},{" "}
              {day(claim.published, true)}
              {copy ? <em class="flag">near-copy</em> : null}
            </span>
          </figcaption>
        </figure>
      ))}
      {!all && data.claims.length > FIRST ? (
        <button type="button" onClick={() => setAll(true)}>
          Show all {data.claims.length}
        </button>
      ) : null}
    </section>
  );
}

/** Why these claims were put together, as it was weighed. */
function Why({ lines }: { lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <details class="more">
      <summary>Why these claims are of one happening</summary>
      <pre class="explain" tabIndex={0}>
        {lines.join("\n")}
      </pre>
    </details>
  );
}
