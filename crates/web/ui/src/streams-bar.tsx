// Which streams of events a reckoning looks at: of which source, and how they are told apart. Both stand in the address. Where the
// server refuses one way, the others are offered.

import { useQuestion, useLake } from "./question-bar";
import { address, change } from "./router";
import { counted } from "./words";

type Choice = [value: string, name: string];

export const STREAMS: Choice[] = [
  ["directed", "Who to whom"],
  ["dyad", "Between whom"],
  ["admin1", "Provinces"],
  ["cell", "Cells of half a degree"],
  ["country", "Countries"],
  ["all", "All together"],
];

/** The chosen one of a parameter of the address; the first where it has none that is known. */
export function chosen(name: string, choices: Choice[]): string {
  const said = address.value.params.get(name);
  return choices.find(([value]) => value === said)?.[0] ?? choices[0]?.[0] ?? "";
}

/** The source of the address, which every reckoning takes. */
export function sourceAsked(): Record<string, string> {
  const source = address.value.params.get("source");
  return source ? { source } : {};
}

/** What of the address tells which streams. */
export const streamsAsked = (): Record<string, string> => ({ by: chosen("by", STREAMS), ...sourceAsked() });

/** Buttons of which one is pressed; the first is what an address without the parameter means. */
export function Choices({ name, label, choices }: { name: string; label: string; choices: Choice[] }) {
  const now = chosen(name, choices);
  return (
    <div class="row" role="group" aria-label={label}>
      {choices.map(([value, words], at) => (
        <button
          key={value}
          type="button"
          aria-pressed={now === value}
          onClick={() => change({ [name]: at === 0 ? null : value, open: null }, true)}
        >
          {words}
        </button>
      ))}
    </div>
  );
}

/** The sources of the lake: its own reading of reports, and data sets of others. */
function useSources(): { id: string; name: string; of: string }[] {
  const lake = useLake().data;
  if (!lake) return [];
  const rows = lake.datasets.reduce((sum, one) => sum + one.rows, 0);
  const own = lake.claims - rows;
  return [
    ...(own > 0 ? [{ id: "own", name: "The reports", of: counted(own, "claim") }] : []),
    ...lake.datasets.map(({ id, rows: n }) => ({ id, name: id.toUpperCase(), of: counted(n, "row") })),
  ];
}

/** The choice of a source, where there are several. */
export function SourceChoice() {
  const sources = useSources();
  const now = address.value.params.get("source") ?? "";
  if (sources.length < 2 && !now) return null;
  return (
    <label>
      Source{" "}
      <select value={now} onChange={(event) => change({ source: event.currentTarget.value, open: null }, true)}>
        <option value="">{sources.length > 1 ? "not chosen" : "the only one"}</option>
        {sources.map(({ id, name, of }) => (
          <option key={id} value={id}>
            {name} ({of})
          </option>
        ))}
        {now && !sources.some(({ id }) => id === now) ? <option value={now}>{now}</option> : null}
      </select>
    </label>
  );
}

/** Beneath a refusal: other sources, other ways of telling streams apart. */
export function OtherWays({ name, choices }: { name: string; choices: Choice[] }) {
  const sources = useSources();
  const { about } = useQuestion();
  const params = address.value.params;
  const now = chosen(name, choices);
  return (
    <>
      {sources.length > 1 && !params.get("source") ? (
        <p class="row ways" role="group" aria-label="Of which source">
          Of one source:
          {sources.map(({ id, name: called, of }) => (
            <button key={id} type="button" onClick={() => change({ source: id, open: null })}>
              {called} <span class="detail">{of}</span>
            </button>
          ))}
        </p>
      ) : (
        <p class="row ways" role="group" aria-label="Otherwise">
          Otherwise:
          {choices
            .filter(([value]) => value !== now)
            .map(([value, words]) => (
              <button
                key={value}
                type="button"
                onClick={() => change({ [name]: value === choices[0]?.[0] ? null : value, open: null })}
              >
                {words}
              </button>
            ))}
          {about.length ? (
            <button type="button" onClick={() => change({ about: null, open: null })}>
              About everybody
            </button>
          ) : null}
        </p>
      )}
    </>
  );
}
