// The evidence drawer: what a number rests on, sentence by sentence. It stands beside the screen and in its address (`open`).

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ClaimAnswer, IncidentAnswer } from "./answers";
import { useAnswer } from "./api";
import { ClaimRecord, useFieldMarks } from "./claim-record";
import { type Open, parseOpen } from "./evidence";
import { Mentioned } from "./frame";
import { Marked } from "./marked";
import { Failed, Loading, StandingMark } from "./pieces";
import { recordUrl } from "./question-bar";
import { address, carry, change, inDocument, pageOf } from "./router";
import { ByteText } from "./spans";
import { asserterName, capital, claimWords, counted, day, parties, period, plain, range, says } from "./words";

const FIRST = 6;

export function Drawer() {
  const open = address.value.params.get("open");
  const { ids, more } = useMemo(() => parseOpen(open), [open]);
  if (ids.length === 0) return null;
  return <Opened key={open} ids={ids} more={more} />;
}

function Opened({ ids, more }: Open) {
  const panel = useRef<HTMLElement>(null);
  const [most, setMost] = useState(FIRST);
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.querySelector<HTMLElement>("h2")?.focus();
    const esc = (event: KeyboardEvent) => {
      if (event.key === "Escape") close();
    };
    addEventListener("keydown", esc);
    return () => {
      removeEventListener("keydown", esc);
      // Back to the mark from which it was opened, if that is still there.
      if ((before instanceof HTMLElement || before instanceof SVGElement) && before.isConnected) before.focus();
    };
  }, []);
  return (
    <aside class="drawer" ref={panel} aria-labelledby="drawer-title">
      <header>
        <h2 id="drawer-title" tabIndex={-1}>
          {ids.length + more === 1 ? "What this rests on" : `What this rests on: ${counted(ids.length + more, "record")}`}
        </h2>
        <button type="button" class="close" onClick={close} aria-label="Close the evidence">
          ✕
        </button>
      </header>
      <div class="drawer-body">
        {ids
          .slice(0, most)
          .map((id) =>
            id.startsWith("inc_") ? (
              <IncidentCard key={id} id={id} alone={ids.length === 1} />
            ) : id.startsWith("doc_") ? (
              <DocumentCard key={id} id={id} />
            ) : (
              <ClaimCard key={id} id={id} alone={ids.length === 1} />
            ),
          )}
        {ids.length > most ? (
          <button type="button" onClick={() => setMost(most + 12)}>
            Show {Math.min(12, ids.length - most)} more of {range(ids.length - most + more, ids.length - most + more)}
          </button>
        ) : more > 0 ? (
          <p class="detail">
            {counted(more, "further record")} not listed here: ask for a shorter period or fewer parties, or open the{" "}
            <a href={carry("/incidents")}>incidents</a> and <a href={carry("/claims")}>claims</a> of this question.
          </p>
        ) : null}
      </div>
    </aside>
  );
}

const close = () => change({ open: null });

/** One claim: its sentence in context, who said it, and the whole record on demand. */
export function ClaimCard({ id, alone }: { id: string; alone: boolean }) {
  const asked = useAnswer<ClaimAnswer>(recordUrl(`/claims/${id}`));
  const [field, setField] = useState<string | null>(null);
  const data = asked.data;
  const fields = useFieldMarks(data?.claim ?? null);
  const text = useMemo(() => {
    if (!data) return null;
    const { context, claim } = data;
    return context
      ? new ByteText(context.text, context.from)
      : new ByteText(claim.evidence.text, claim.evidence.span[0]);
  }, [data]);
  const claims = useMemo(() => (data ? [data.claim] : []), [data]);
  if (asked.error) return <Failed why={asked.error} />;
  if (!data || !text) return <Loading />;
  const { document } = data;
  const publisher = document?.publisher ?? null;
  const record = (
    <ClaimRecord
      claim={data.claim}
      publisher={publisher}
      decisions={data.decisions}
      incident={data.incident}
      field={field}
      onField={setField}
    >
      <Linked links={data.links} />
    </ClaimRecord>
  );
  return (
    <section class="evidence">
      <p class="who">
        <b>{asserterName(data.claim, publisher)}</b> {says(data.claim.attitude)}{" "}
        {plain(data.claim.status) === "occurred" ? "" : <i>({plain(data.claim.status)})</i>}
      </p>
      {data.stands === false ? (
        <p class="problem">It does not stand: it was rejected, or a later reading took its place.</p>
      ) : null}
      <blockquote>
        <Marked text={text} claims={claims} chosen={id} fields={alone || field ? fields : []} field={field} />
      </blockquote>
      <p class="source">
        {document ? (
          <a href={inDocument(data.claim)}>{document.title ?? "Untitled report"}</a>
        ) : (
          `Row ${data.claim.row?.key ?? ""} of ${data.claim.row?.dataset ?? "a data set"}`
        )}
        <span>
          {publisher ?? "publisher not said"}, {day(document?.published ?? data.claim.published)}
          {document?.copy_of ? ", a near-copy" : ""}
        </span>
      </p>
      {alone ? (
        record
      ) : (
        <details class="more">
          <summary>{claimWords(data.claim, false)}</summary>
          {record}
        </details>
      )}
    </section>
  );
}

const REL: Record<string, [string, string]> = {
  content_of: ["The content of", "Its content"],
  same_happening: ["Of the same happening", "Of the same happening"],
  replies_to: ["In reply to", "Answered by"],
};

function Linked({ links }: { links: ClaimAnswer["links"] }) {
  if (links.length === 0) return null;
  return (
    <ul class="linked">
      {links.map((link) => (
        <li key={link.claim.id + link.rel}>
          <span class="detail">
            {(REL[link.rel] ?? [plain(link.rel), plain(link.rel)])[link.direction === "to" ? 0 : 1]}
            {link.basis === "inferred" ? " (inferred)" : ""}
          </span>{" "}
          <a href={pageOf(link.claim.id)}>{claimWords(link.claim)}</a>
        </li>
      ))}
    </ul>
  );
}

function IncidentCard({ id, alone }: { id: string; alone: boolean }) {
  const asked = useAnswer<IncidentAnswer>(recordUrl(`/incidents/${id}`));
  if (asked.error) return <Failed why={asked.error} />;
  if (!asked.data) return <Loading />;
  const { incident, words, standing_why, claims } = asked.data;
  const shown = claims.slice(0, alone ? 12 : 2);
  return (
    <section class="evidence">
      <p class="who">
        <StandingMark standing={incident.standing} /> <span class="detail">{period(incident.from, incident.to)}</span>
      </p>
      <h3>
        <a href={pageOf(id)}>{capital(words)}</a>
      </h3>
      <p class="detail">
        {parties(incident.actor)} → {parties(incident.recipient)}
        {incident.effects.map((effect) => `; ${effect.kind} ${range(effect.low, effect.high)}`).join("")}
      </p>
      {alone ? (
        <p>
          <Mentioned words={standing_why} />
        </p>
      ) : null}
      {shown.map((one) => (
        <figure key={one.claim.id} class="said">
          <blockquote>
            <a class="quiet" href={pageOf(one.claim.id)}>
              {one.claim.evidence.text}
            </a>
          </blockquote>
          <figcaption>
            {asserterName(one.claim, one.publisher)} {says(one.claim.attitude)}; {day(one.claim.published, true)}
            {one.copy ? "; a near-copy" : ""}
          </figcaption>
        </figure>
      ))}
      <p class="record-links">
        <a href={pageOf(id)}>All {counted(claims.length, "claim")} of it</a>
      </p>
    </section>
  );
}

function DocumentCard({ id }: { id: string }) {
  return (
    <p>
      <a href={pageOf(id)}>The whole document</a>
    </p>
  );
}
