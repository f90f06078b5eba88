// The ledger: every claim, by facets and words, saved views, export.

import { useState } from "preact/hooks";
import type { ClaimItem, Facets, List, SearchHit } from "../answers";
import { urlOf, useAnswer } from "../api";
import { excerpt } from "../clean";
import { Screen } from "../frame";
import { More } from "../more";
import { Empty, KindMark, Waiting, openEvidence } from "../pieces";
import { QuestionBar, asked, useLake, useQuestion } from "../question-bar";
import { queryString } from "../question";
import { address, change, pageOf } from "../router";
import { SavedViews } from "../saved-views";
import { Twins } from "../twins";
import { asserterName, claimWords, counted, day, plain, says } from "../words";

/** Facets and the parameter that each one sets. */
const FACETS: [string, string, string][] = [
  ["kind", "Kind", "kind"],
  ["type", "Type", "type"],
  ["actor", "Who", "about"],
  ["asserter", "Who says so", "asserter"],
  ["attitude", "Attitude", "attitude"],
  ["status", "Status", "status"],
  ["country", "Country", "in"],
  ["publisher", "Publisher", "publisher"],
  ["month", "Month", "month"],
];

const FILTERS = ["kind", "asserter", "attitude", "status", "publisher", "document", "q", "min_confidence"];

/** Parameters of which only one value holds. */
const SINGLE = new Set(["kind", "in", "month", "asserter", "q", "min_confidence", "publisher"]);

export function ClaimsScreen() {
  const params = address.value.params;
  const query = {
    ...asked(useQuestion()),
    ...Object.fromEntries(FILTERS.flatMap((name) => (params.get(name) ? [[name, params.get(name) ?? ""]] : []))),
  };
  const list = useAnswer<List<ClaimItem>>(urlOf("/claims", query));
  const facets = useAnswer<Facets>(urlOf("/claims/facets", query));
  const [shown, setShown] = useState(false);
  return (
    <Screen title="Claims" lead="Everything that somebody says, in the words in which it stands.">
      <QuestionBar types={false} />
      <form class="toolbar search" role="search" onSubmit={(event) => event.preventDefault()}>
        <label class="grow">
          <span class="unseen">Words in the claims</span>
          <input
            type="search"
            placeholder="Search the words of claims"
            value={params.get("q") ?? ""}
            onChange={(event) => change({ q: event.currentTarget.value.trim() || null })}
          />
        </label>
        <label class="confidence">
          Confidence from
          <select
            value={params.get("min_confidence") ?? ""}
            onChange={(event) => change({ min_confidence: event.currentTarget.value || null })}
          >
            <option value="">any</option>
            {["0.5", "0.7", "0.8", "0.9"].map((one) => (
              <option key={one} value={one}>
                {Number(one) * 100} %
              </option>
            ))}
          </select>
        </label>
        <SavedViews />
        <button type="button" class="narrow-only" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? "Hide the facets" : "Show the facets"}
        </button>
      </form>
      <Chosen />
      <div class="ledger">
        <div class={shown ? "facets shown" : "facets"}>
          <Waiting asked={facets}>{(data) => <FacetLists facets={data.facets} />}</Waiting>
        </div>
        <div>
          {params.get("q") ? <Hits words={params.get("q") ?? ""} /> : null}
          <Waiting
            asked={list}
            empty={(data) =>
              data.items.length === 0 ? (
                <Empty title="No claim answers this question">Take out a facet above, or ask about more.</Empty>
              ) : null
            }
          >
            {(data) => (
              <>
                <p class="detail">{counted(data.total, "claim")}</p>
                <More route="/claims" key={queryString(new URLSearchParams(query))} first={data} query={query}>
              {(items) => (
                <ul class="claims">
                  {items.map((item) => (
                    <ClaimRow key={item.claim.id} item={item} />
                  ))}
                </ul>
              )}
            </More>
              </>
            )}
          </Waiting>
        </div>
      </div>
      <Twins route="/claims" params={query} command={list.data?.command} formats={["json", "csv", "jsonl"]} />
    </Screen>
  );
}

/** Documents in which the words stand, whether or not a claim was read there. */
function Hits({ words }: { words: string }) {
  const hits = useAnswer<List<SearchHit>>(urlOf("/search", { q: words, limit: "20" }));
  const documents = hits.data?.items.filter((hit) => hit.kind === "document") ?? [];
  if (documents.length === 0) return null;
  return (
    <details class="hits">
      <summary>{counted(documents.length, "document")} with these words</summary>
      <ul class="bare spaced">
        {documents.map((hit) => (
          <li key={hit.id}>
            <a href={pageOf(hit.id)}>{hit.title ?? "Untitled report"}</a>{" "}
            <span class="detail">
              {hit.publisher ?? "publisher not said"}, {day(hit.published, true)}
            </span>
            <p class="quoted">{excerpt(hit.html)}</p>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What is set, each to be taken out again. */
function Chosen() {
  const params = address.value.params;
  const set = FILTERS.concat("type").flatMap((name) =>
    (params.get(name) ?? "")
      .split(SINGLE.has(name) ? "\n" : ",")
      .filter(Boolean)
      .map((value) => ({ name, value })),
  );
  if (set.length === 0) return null;
  return (
    <p class="chips">
      {set.map(({ name, value }) => (
        <button
          key={name + value}
          type="button"
          class="chip"
          aria-label={`Take out ${name} ${value}`}
          onClick={() => change({ [name]: without(params.get(name) ?? "", value, name) })}
        >
          <span class="detail">{plain(name)}</span> {plain(value)} <span aria-hidden="true">✕</span>
        </button>
      ))}
    </p>
  );
}

const without = (all: string, value: string, name: string) =>
  SINGLE.has(name)
    ? null
    : all
        .split(",")
        .filter((one) => one !== value)
        .join(",") || null;

const FEW = 6;

function FacetLists({ facets }: { facets: Facets["facets"] }) {
  const params = address.value.params;
  const lake = useLake().data;
  const name = (facet: string, value: string) => {
    if (facet === "actor" || facet === "asserter") return lake?.parties.find((one) => one.id === value)?.name ?? value;
    return facet === "publisher" || facet === "country" || facet === "month" ? value : plain(value);
  };
  const pick = (parameter: string, value: string, on: boolean) => {
    if (parameter === "month") {
      const [year, month] = value.split("-");
      const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
      change(on ? { from: null, to: null } : { from: `${value}-01`, to: `${value}-${last}` });
      return;
    }
    const now = params.get(parameter) ?? "";
    if (on) change({ [parameter]: without(now, value, parameter) });
    else change({ [parameter]: SINGLE.has(parameter) || !now ? value : `${now},${value}` });
  };
  return (
    <>
      {FACETS.map(([facet, label, parameter]) => {
        const values = facets[facet] ?? [];
        if (values.length === 0) return null;
        const most = Math.max(...values.map((one) => one.count));
        const chosen =
          parameter === "month"
            ? [(params.get("from") ?? "").slice(0, 7)]
            : (params.get(parameter) ?? "").split(SINGLE.has(parameter) ? "\n" : ",");
        const item = ({ value, count }: { value: string; count: number }) => {
          const on = chosen.includes(value);
          return (
            <li key={value}>
              <button type="button" aria-pressed={on} onClick={() => pick(parameter, value, on)}>
                <span class="facet-name">{name(facet, value)}</span>
                <span class="facet-count">{count.toLocaleString("en")}</span>
                <svg class="facet-bar" viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true">
                  <rect width={(count / most) * 100} height="3" />
                </svg>
              </button>
            </li>
          );
        };
        return (
          <section key={facet} class="facet">
            <h2>{label}</h2>
            <ul>{values.slice(0, FEW).map(item)}</ul>
            {values.length > FEW ? (
              <details>
                <summary>{values.length - FEW} more</summary>
                <ul>{values.slice(FEW).map(item)}</ul>
              </details>
            ) : null}
          </section>
        );
      })}
    </>
  );
}

export function ClaimRow({ item: { claim, publisher } }: { item: ClaimItem }) {
  return (
    <li>
      <button type="button" class="claim-row" onClick={() => openEvidence([claim.id])}>
        <span class="claim-head">
          <KindMark kind={claim.kind} />
          <b>{claimWords(claim, false)}</b>
          {claim.status !== "occurred" ? <span class="tag">{plain(claim.status)}</span> : null}
        </span>
        <span class="quoted">{claim.evidence.text}</span>
        <span class="detail">
          {asserterName(claim, publisher)}{" "}
          <span class={claim.attitude === "denies" ? "denying" : undefined}>{says(claim.attitude)}</span> ·{" "}
          {publisher ?? "publisher not said"} · {day(claim.published, true)}
        </span>
      </button>
    </li>
  );
}
