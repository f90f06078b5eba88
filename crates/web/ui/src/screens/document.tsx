// A report with every claim marked in it. What was missed stays unmarked; what was misread shows beside its words.

import { useEffect, useMemo, useState } from "preact/hooks";
import type { DocumentAnswer } from "../answers";
import { useAnswer } from "../api";
import { ClaimRecord, useFieldMarks } from "../claim-record";
import { isWeb } from "../clean";
import { Screen } from "../frame";
import { Marked } from "../marked";
import { KindMark, Waiting } from "../pieces";
import { recordUrl } from "../question-bar";
import type { Claim, Kind } from "../records";
import { address, change, pageOf } from "../router";
import { ByteText, covered } from "../spans";
import { Twins } from "../twins";
import { asserterName, claimWords, counted, day, languageName, says } from "../words";

export function DocumentScreen({ id }: { id: string }) {
  const asked = useAnswer<DocumentAnswer>(recordUrl(`/documents/${id}`));
  return <Waiting asked={asked}>{(data) => <Shown data={data} id={id} />}</Waiting>;
}

function Shown({ data, id }: { data: DocumentAnswer; id: string }) {
  const { document } = data;
  const params = address.value.params;
  const chosen = data.claims.find((claim) => claim.id === params.get("claim")) ?? null;
  const [hidden, setHidden] = useState<Kind[]>([]);
  const [field, setField] = useState<string | null>(null);
  const [group, setGroup] = useState<string[]>([]);
  const text = useMemo(() => new ByteText(document.text), [document.text]);
  const kinds = [...new Set(data.claims.map((claim) => claim.kind))];
  const claims = useMemo(() => data.claims.filter((claim) => !hidden.includes(claim.kind)), [data.claims, hidden]);
  const fields = useFieldMarks(chosen);
  const share = useMemo(
    () =>
      covered(
        text,
        data.claims.map((claim) => claim.evidence.span),
      ),
    [text, data.claims],
  );
  const pick = (ids: string[]) => {
    setGroup(ids);
    setField(null);
    // One more click on the same words goes to the next claim on them.
    const at = chosen ? ids.indexOf(chosen.id) : -1;
    change({ claim: ids[(at + 1) % ids.length] ?? null }, true);
  };
  const key = chosen?.id ?? null;
  useEffect(() => {
    if (!key) return undefined;
    const close = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !address.value.params.has("open")) change({ claim: null }, true);
    };
    addEventListener("keydown", close);
    return () => removeEventListener("keydown", close);
  }, [key]);
  useEffect(() => {
    globalThis.document.querySelector(".marked .chosen")?.scrollIntoView({ block: "nearest" });
  }, [key]);
  return (
    <Screen title={document.title ?? "Untitled report"} eyebrow="Document">
      <p class="lead">
        {document.publisher ?? "Publisher not said"} · {day(document.published)} ·{" "}
        {document.language ? languageName(document.language) : "language not told"}
        {isWeb(document.url) ? (
          <>
            {" · "}
            <a href={document.url} target="_blank" rel="noopener noreferrer nofollow">
              {new URL(document.url).hostname}
            </a>
          </>
        ) : null}
      </p>
      <Notices data={data} />
      <div class="toolbar">
        <p>
          {counted(data.claims.length, "claim")}; {Math.round(share * 100)} % of the text carries one. What is not
          marked was not read as a claim.
        </p>
        <div class="row" role="group" aria-label="Kinds of claims that are marked">
          {kinds.map((kind) => (
            <button
              key={kind}
              type="button"
              aria-pressed={!hidden.includes(kind)}
              onClick={() =>
                setHidden(hidden.includes(kind) ? hidden.filter((one) => one !== kind) : [...hidden, kind])
              }
            >
              {kind} {data.claims.filter((claim) => claim.kind === kind).length}
            </button>
          ))}
        </div>
      </div>
      <div class={chosen ? "reading has-record" : "reading"}>
        <div class="card text">
          {document.text ? null : (
            <p class="unsaid">The text stays with its publisher: only the sentences of claims are shown.</p>
          )}
          <Marked text={text} claims={claims} chosen={key} fields={fields} field={field} onPick={pick} />
        </div>
        <div class="beside" aria-live="polite">
          {chosen ? (
            <div class="card record-card">
              <Siblings
                ids={group.includes(chosen.id) ? group : sameWords(data.claims, chosen)}
                claims={data.claims}
                chosen={chosen.id}
              />
              <ClaimRecord
                key={chosen.id}
                claim={chosen}
                publisher={document.publisher}
                decisions={data.decisions.filter((one) => one.target === chosen.id)}
                incident={data.incidents[chosen.id] ?? null}
                field={field}
                onField={setField}
              />
              <button type="button" onClick={() => change({ claim: null }, true)}>
                Back to all claims
              </button>
            </div>
          ) : (
            <ClaimList claims={claims} publisher={document.publisher} />
          )}
        </div>
      </div>
      <Twins route={`/documents/${id}`} command={`annalist show ${id}`} />
    </Screen>
  );
}

function Notices({ data }: { data: DocumentAnswer }) {
  const { document, copies } = data;
  if (!document.copy_of && document.problems.length === 0 && copies.length === 0) return null;
  return (
    <ul class="notices">
      {document.copy_of ? (
        <li>
          A near-copy of <a href={pageOf(document.copy_of)}>another document</a>: it adds no independent account.
        </li>
      ) : null}
      {copies.map((copy) => (
        <li key={copy.id}>
          <a href={pageOf(copy.id)}>{copy.title ?? "Another document"}</a> ({copy.publisher ?? "publisher not said"})
          says nearly the same words.
        </li>
      ))}
      {document.problems.map((problem, i) => (
        <li key={i}>
          {typeof problem === "string" ? problem : `${problem.kind.replace(/_/g, " ")}: ${problem.detail}`}
        </li>
      ))}
    </ul>
  );
}

function sameWords(claims: Claim[], chosen: Claim): string[] {
  const [from, to] = chosen.evidence.span;
  return claims.filter(({ evidence: { span } }) => span[0] < to && span[1] > from).map((claim) => claim.id);
}

/** Which other claims stand on the same words. */
function Siblings({ ids, claims, chosen }: { ids: string[]; claims: Claim[]; chosen: string }) {
  if (ids.length < 2) return null;
  return (
    <nav class="siblings" aria-label="Claims on these words">
      <p class="detail">{counted(ids.length, "claim")} on these words</p>
      <ol>
        {ids.map((id) => {
          const claim = claims.find((one) => one.id === id);
          return claim ? (
            <li key={id}>
              <button
                type="button"
                aria-current={id === chosen ? "true" : undefined}
                onClick={() => change({ claim: id }, true)}
              >
                <KindMark kind={claim.kind} /> {claimWords(claim)}
              </button>
            </li>
          ) : null;
        })}
      </ol>
    </nav>
  );
}

function ClaimList({ claims, publisher }: { claims: Claim[]; publisher: string | null }) {
  const ordered = [...claims].sort((a, b) => a.evidence.span[0] - b.evidence.span[0]);
  return (
    <nav class="card claim-list" aria-label="Claims in this document">
      <h2>Claims, in the order of the text</h2>
      {ordered.length === 0 ? <p class="unsaid">None was read in it.</p> : null}
      <ol>
        {ordered.map((claim) => (
          <li key={claim.id}>
            <button type="button" onClick={() => change({ claim: claim.id }, true)}>
              <KindMark kind={claim.kind} /> {claimWords(claim)}
              <span class="detail block">
                {asserterName(claim, publisher)} {says(claim.attitude)}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
