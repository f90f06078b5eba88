// Reading: paste a text, drop files or give an address; claims appear as they are read; keep them or not.

import { useEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import { send, urlOf, written } from "../api";
import { useFieldMarks } from "../claim-record";
import { Screen } from "../frame";
import { Marked } from "../marked";
import { Empty, KindMark } from "../pieces";
import { useReadOnly } from "../question-bar";
import type { Claim, DocumentHead } from "../records";
import { pageOf } from "../router";
import { ByteText } from "../spans";
import { Twins } from "../twins";
import { asserterName, claimWords, counted, day, plain, says } from "../words";

interface State {
  phase: "asking" | "reading" | "read" | "kept" | "discarded";
  id: string | null;
  done: number;
  of: number | null;
  at: string | null;
  documents: { document: DocumentHead; claims: Claim[] }[];
  skipped: { source: string; why: string }[];
  error: string | null;
}

type Told =
  | { type: "begin"; id: string }
  | { type: "progress"; done: number; of: number | null; document: string | null }
  | { type: "document"; document: DocumentHead; claims: Claim[] }
  | { type: "skipped"; source: string; why: string }
  | { type: "end" | "kept" | "discarded" | "again" }
  | { type: "error"; error: string };

const NOTHING: State = {
  phase: "asking",
  id: null,
  done: 0,
  of: null,
  at: null,
  documents: [],
  skipped: [],
  error: null,
};

function next(state: State, told: Told): State {
  switch (told.type) {
    case "begin":
      return { ...NOTHING, phase: "reading", id: told.id };
    case "progress":
      return { ...state, done: told.done, of: told.of, at: told.document };
    case "document":
      return { ...state, documents: [...state.documents, { document: told.document, claims: told.claims }] };
    case "skipped":
      return { ...state, skipped: [...state.skipped, { source: told.source, why: told.why }] };
    case "end":
      return { ...state, phase: "read" };
    case "kept":
      return { ...state, phase: "kept" };
    case "discarded":
      return { ...state, phase: "discarded" };
    case "again":
      return NOTHING;
    case "error":
      return {
        ...state,
        phase:
          state.id && state.phase === "reading" && state.documents.length
            ? "read"
            : state.phase === "reading"
              ? "asking"
              : state.phase,
        error: told.error,
      };
  }
}

export function ReadScreen() {
  const readOnly = useReadOnly();
  const [state, tell] = useReducer(next, NOTHING);
  const source = useRef<EventSource | null>(null);
  useEffect(() => () => source.current?.close(), []);
  const problem = (error: unknown) =>
    tell({ type: "error", error: error instanceof Error ? error.message : String(error) });

  const start = async (body: unknown) => {
    try {
      const { reading } = await send<{ reading: string }>("POST", "/read", body);
      tell({ type: "begin", id: reading });
      const events = new EventSource(urlOf(`/read/${reading}/events`));
      source.current = events;
      const on = <T,>(name: string, then: (data: T) => void) =>
        events.addEventListener(name, (event) => then(JSON.parse((event as MessageEvent<string>).data) as T));
      on<{ done: number; of: number | null; document: string | null }>("progress", (data) =>
        tell({ type: "progress", ...data }),
      );
      on<{ document: DocumentHead; claims: Claim[] }>("document", (data) => tell({ type: "document", ...data }));
      on<{ source: string; why: string }>("skipped", (data) => tell({ type: "skipped", ...data }));
      on("end", () => {
        events.close();
        tell({ type: "end" });
      });
      events.onerror = () => {
        if (source.current !== events || events.readyState !== EventSource.CLOSED) return;
        tell({ type: "error", error: "The connection broke off before the reading ended." });
      };
    } catch (error) {
      problem(error);
    }
  };
  const keep = async () => {
    try {
      await send("POST", `/read/${state.id}/keep`);
      written();
      tell({ type: "kept" });
    } catch (error) {
      problem(error);
    }
  };
  const discard = async () => {
    source.current?.close();
    try {
      await send("DELETE", `/read/${state.id}`);
      tell({ type: "discarded" });
    } catch (error) {
      problem(error);
    }
  };
  return (
    <Screen title="Read" lead="Claims appear as the text is read. Nothing is stored until you keep it.">
      {state.error ? (
        <p class="problem" role="alert">
          {state.error}
        </p>
      ) : null}
      {readOnly ? (
        <Empty title="This server only shows">Whoever runs it reads new reports on the machine itself.</Empty>
      ) : state.phase === "asking" ? (
        <Form start={start} />
      ) : (
        <Progress state={state} keep={keep} discard={discard} again={() => tell({ type: "again" })} />
      )}
      <Twins route="/openapi.json" command="annalist read FILE --no-store --format jsonl" formats={["json"]} />
    </Screen>
  );
}

type Way = "text" | "files" | "url";
const WAYS: [Way, string][] = [
  ["text", "Paste text"],
  ["files", "Files"],
  ["url", "An address"],
];

function Form({ start }: { start: (body: unknown) => Promise<void> }) {
  const [way, setWay] = useState<Way>("text");
  const [busy, setBusy] = useState(false);
  const [files, setFiles] = useState<File[]>([]);
  const [over, setOver] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const said = (name: string) => String(form.get(name) ?? "").trim() || null;
    let body: unknown;
    if (way === "text")
      body = {
        text: form.get("text"),
        title: said("title"),
        publisher: said("publisher"),
        published: said("published"),
      };
    else if (way === "url") body = { url: said("url") };
    else {
      const upload = new FormData();
      for (const name of ["publisher", "published"]) {
        const value = said(name);
        if (value) upload.set(name, value);
      }
      for (const file of files) upload.append("file", file, file.name);
      body = upload;
    }
    setBusy(true);
    await start(body);
    setBusy(false);
  };
  return (
    <form class="card read-form" onSubmit={submit}>
      <div class="row" role="group" aria-label="What to read">
        {WAYS.map(([one, words]) => (
          <button key={one} type="button" aria-pressed={way === one} onClick={() => setWay(one)}>
            {words}
          </button>
        ))}
      </div>
      {way === "text" ? (
        <>
          <label for="read-text">The report</label>
          <textarea id="read-text" name="text" required rows={12} placeholder="Paste the text of a report here" />
        </>
      ) : null}
      {way === "url" ? (
        <>
          <label for="read-url">Address of a page or feed</label>
          <input id="read-url" name="url" type="url" required placeholder="https://" pattern="https?://.+" />
        </>
      ) : null}
      {way === "files" ? (
        <div
          class={over ? "drop over" : "drop"}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            setFiles([...files, ...(event.dataTransfer?.files ?? [])]);
          }}
        >
          <label for="read-files">Drop files here, or choose them: text, pages, feeds, JSON Lines, archives</label>
          <input
            id="read-files"
            type="file"
            multiple
            onChange={(event) => setFiles([...(event.currentTarget.files ?? [])])}
          />
          {files.length ? <p>{files.map((file) => file.name).join(", ")}</p> : null}
        </div>
      ) : null}
      {way !== "url" ? (
        <div class="three">
          {way === "text" ? (
            <div>
              <label for="read-title">Title</label>
              <input id="read-title" name="title" />
            </div>
          ) : null}
          <div>
            <label for="read-publisher">Publisher</label>
            <input id="read-publisher" name="publisher" />
          </div>
          <div>
            <label for="read-published">Published on</label>
            <input id="read-published" name="published" type="date" />
          </div>
        </div>
      ) : null}
      <p class="detail">Without its date of publication, “yesterday” and “on Tuesday” stay undated.</p>
      <div class="row">
        <button type="submit" class="main" disabled={busy || (way === "files" && files.length === 0)}>
          {busy ? "Sending…" : "Read it"}
        </button>
      </div>
    </form>
  );
}

function Progress({
  state,
  keep,
  discard,
  again,
}: {
  state: State;
  keep: () => Promise<void>;
  discard: () => Promise<void>;
  again: () => void;
}) {
  const claims = state.documents.reduce((sum, one) => sum + one.claims.length, 0);
  const words = `${counted(claims, "claim")} in ${counted(state.documents.length, "document")}${state.skipped.length ? `, ${counted(state.skipped.length, "source")} not read` : ""}`;
  return (
    <>
      <div class="card reading-bar" role="status">
        {state.phase === "reading" ? (
          <>
            <progress max={state.of ?? undefined} value={state.of ? state.done : undefined} aria-label="Reading" />
            <p>
              Reading{state.of ? ` ${state.done} of ${state.of}` : ""}… {words}
              {state.at ? <span class="detail block">{state.at}</span> : null}
            </p>
          </>
        ) : (
          <p>
            <b>{state.phase === "kept" ? "Kept: " : state.phase === "discarded" ? "Discarded: " : "Read: "}</b>
            {words}
          </p>
        )}
        <div class="row">
          {state.phase === "read" ? (
            <button type="button" class="main" onClick={() => void keep()} disabled={state.documents.length === 0}>
              Keep in the lake
            </button>
          ) : null}
          {state.phase === "read" || state.phase === "reading" ? (
            <button type="button" onClick={() => void discard()}>
              Discard
            </button>
          ) : (
            <button type="button" onClick={again}>
              Read something else
            </button>
          )}
        </div>
      </div>
      {state.skipped.length ? (
        <ul class="notices">
          {state.skipped.map((one, i) => (
            <li key={i}>
              <b>{one.source}</b>: {one.why}
            </li>
          ))}
        </ul>
      ) : null}
      {state.phase === "read" && claims === 0 ? (
        <Empty title="No claim was read">
          The text says nothing that is read as a claim, or it is in a language that is not read.
        </Empty>
      ) : null}
      {state.phase === "discarded"
        ? null
        : state.documents.map((one) => (
            <ReadDocument
              key={one.document.id}
              document={one.document}
              claims={one.claims}
              kept={state.phase === "kept"}
            />
          ))}
    </>
  );
}

/** The text with its claims in place, and the claims in a list: the one shows the other. */
function ReadDocument({ document, claims, kept }: { document: DocumentHead; claims: Claim[]; kept: boolean }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const text = useMemo(() => (document.text ? new ByteText(document.text) : null), [document.text]);
  const fields = useFieldMarks(claims.find((claim) => claim.id === chosen) ?? null);
  const pick = (ids: string[]) => setChosen(ids[(chosen ? ids.indexOf(chosen) + 1 : 0) % ids.length] ?? null);
  return (
    <section class="read-document">
      <h2>
        {kept ? (
          <a href={pageOf(document.id)}>{document.title ?? "Untitled report"}</a>
        ) : (
          (document.title ?? "Untitled report")
        )}
      </h2>
      <p class="detail">
        {document.publisher ?? "publisher not said"} · {day(document.published)} · {counted(claims.length, "claim")}
        {document.copy_of ? " · a near-copy" : ""}
      </p>
      <div class={text ? "reading" : undefined}>
        {text ? (
          <div class="card text">
            <Marked text={text} claims={claims} chosen={chosen} fields={fields} field={null} onPick={pick} />
          </div>
        ) : null}
        <ul class="claims card">
          {claims.map((claim) => (
            <ReadClaim
              key={claim.id}
              claim={claim}
              publisher={document.publisher}
              chosen={claim.id === chosen}
              onChoose={() => setChosen(claim.id)}
            />
          ))}
        </ul>
      </div>
    </section>
  );
}

function ReadClaim({
  claim,
  publisher,
  chosen,
  onChoose,
}: {
  claim: Claim;
  publisher: string | null;
  chosen: boolean;
  onChoose: () => void;
}) {
  const text = useMemo(() => new ByteText(claim.evidence.text, claim.evidence.span[0]), [claim]);
  const fields = useFieldMarks(claim);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <li ref={row} class={chosen ? "chosen" : undefined}>
      <button type="button" class="claim-row" aria-pressed={chosen} onClick={onChoose}>
        <span class="claim-head">
          <KindMark kind={claim.kind} />
          <b>{claimWords(claim, false)}</b>
          {claim.status !== "occurred" ? <span class="tag">{plain(claim.status)}</span> : null}
        </span>
        <span class="quoted">
          <Marked text={text} claims={[]} chosen={null} field={null} fields={fields} inline />
        </span>
        <span class="detail">
          {asserterName(claim, publisher)} {says(claim.attitude)}
        </span>
      </button>
    </li>
  );
}
