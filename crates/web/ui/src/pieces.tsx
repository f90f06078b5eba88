// Small parts that many screens share: standings, kinds, parties, decisions, states of waiting and failing.

import type { ComponentChildren } from "preact";
import type { Asked } from "./api";
import type { Decision, Kind, Standing } from "./records";
import { change } from "./router";
import { opened } from "./evidence";
import { capital, day, plain } from "./words";

const STANDING: Record<Standing, { sign: string; means: string }> = {
  corroborated: { sign: "●●", means: "two independent sources say so, or one against its own interest" },
  reported: { sign: "●○", means: "somebody says so, and that is all" },
  disputed: { sign: "●✕", means: "somebody involved denies it" },
  denied: { sign: "○✕", means: "only denials remain" },
  retracted: { sign: "○○", means: "whoever said so took it back" },
};

/** How an incident stands, by a sign and a word. */
export function StandingMark({ standing }: { standing: string }) {
  const known = STANDING[standing as Standing];
  return (
    <span class={`standing standing-${standing}`} title={known?.means}>
      <span aria-hidden="true" class="sign">
        {known?.sign ?? "?"}
      </span>
      {standing}
    </span>
  );
}

export function KindMark({ kind }: { kind: Kind }) {
  return <span class={`kind kind-${kind}`}>{kind}</span>;
}

/** A party; with an id, a way to ask about it. */
export function PartyLink({ id, words }: { id: string | null; words: string }) {
  if (!id) return <span>{words}</span>;
  return (
    <a class="quiet" href={`/claims?about=${encodeURIComponent(id)}`} title={`Claims about ${words}`}>
      {words}
    </a>
  );
}

/** A number that opens what it rests on. */
export function Opens({ ids, children, label }: { ids: string[]; children: ComponentChildren; label?: string }) {
  if (ids.length === 0) return <span>{children}</span>;
  return (
    <button type="button" class="opens" aria-label={label} onClick={() => openEvidence(ids)}>
      {children}
    </button>
  );
}

/** Opens the evidence drawer; `more` is how many further records there are that nobody names. */
export function openEvidence(ids: string[], more = 0): void {
  change({ open: opened(ids, more) });
}

export function DecisionList({ decisions }: { decisions: Decision[] }) {
  if (decisions.length === 0) return null;
  return (
    <section class="decisions">
      <h4>Decided by people</h4>
      <ul>
        {decisions.map((one) => (
          <li key={one.id}>
            <b>{one.by}</b> {DID[one.action] ?? one.action}
            {one.field ? (
              <>
                {" "}
                <i>{plain(one.field)}</i>
                {one.value != null ? <> to {short(one.value)}</> : null}
              </>
            ) : null}
            : “{one.reason}” <span class="detail">{day(one.recorded, true)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const DID: Record<string, string> = {
  amend: "amended",
  reject: "rejected it",
  restore: "restored it",
  join: "joined it with another",
  split: "split it",
  pin: "pinned it as it is",
};

function short(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** What stands in place of an answer that is on its way, was refused, or holds nothing. */
export function Waiting<T>({
  asked,
  empty,
  children,
}: {
  asked: Asked<T>;
  empty?: (data: T) => ComponentChildren;
  children: (data: T) => ComponentChildren;
}) {
  if (asked.error !== null) return <Failed why={asked.error} />;
  if (asked.data === null) return <Loading />;
  const nothing = empty?.(asked.data);
  return (
    <div class={asked.loading ? "stale" : undefined} aria-busy={asked.loading}>
      {nothing || children(asked.data)}
    </div>
  );
}

export function Loading() {
  return (
    <div class="state loading" role="status">
      <span class="bars" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      Asking the lake…
    </div>
  );
}

export function Failed({ why }: { why: string }) {
  return (
    <div class="state failed" role="alert">
      <h3>That could not be answered</h3>
      <p>{why}</p>
      <button type="button" onClick={() => location.reload()}>
        Try again
      </button>
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="state empty">
      <h3>{title}</h3>
      {children}
    </div>
  );
}

export const title = (words: string): string => capital(words.replace(/…$/, ""));
