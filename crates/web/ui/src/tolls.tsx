// Tolls side by side: a row for each who gives a number, on one scale. Nothing is averaged.

import { useState } from "preact/hooks";
import type { Toll } from "./answers";
import { openEvidence } from "./pieces";
import { capital, counted, day, plain, range } from "./words";

export function Tolls({ tolls }: { tolls: Toll[] }) {
  const kinds = [...new Set(tolls.map((toll) => toll.kind))].sort(
    (a, b) => Number(b === "killed") - Number(a === "killed"),
  );
  const [picked, setPicked] = useState<string | null>(null);
  const kind = picked ?? kinds[0];
  if (!kind) return null;
  const rows = tolls.filter((toll) => toll.kind === kind && (toll.low !== null || toll.high !== null));
  const most = Math.max(1, ...rows.map((toll) => Math.max(toll.low ?? 0, toll.high ?? 0)));
  const nice = niceTop(most);
  return (
    <section aria-labelledby="tolls">
      <h2 id="tolls">Numbers, by who gives them</h2>
      {kinds.length > 1 ? (
        <div class="row" role="group" aria-label="Which effect">
          {kinds.map((one) => (
            <button key={one} type="button" aria-pressed={one === kind} onClick={() => setPicked(one)}>
              {capital(one)}
            </button>
          ))}
        </div>
      ) : null}
      <ul class="tolls">
        {rows.map((toll, i) => {
          const low = toll.low ?? 0;
          const high = toll.high ?? nice;
          return (
            <li key={i}>
              <button type="button" onClick={() => openEvidence([toll.claim])}>
                <span class="toll-who">
                  {toll.claimant}
                  <span class="detail block">
                    {day(toll.said, true)}
                    {toll.category && toll.category !== "unknown" ? `, ${plain(toll.category)}` : ""}
                    {toll.cumulative ? ", so far" : ""}
                  </span>
                </span>
                <svg class="toll-bar" viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
                  <line x1="0" x2="100" y1="8" y2="8" class="axis" />
                  {low === high ? null : (
                    <rect
                      x={(low / nice) * 100}
                      width={Math.max(0.5, ((high - low) / nice) * 100)}
                      y="4"
                      height="8"
                      class={toll.high === null ? "open-end" : "span"}
                    />
                  )}
                </svg>
                <Dots low={toll.low} high={toll.high} top={nice} />
                <span class="toll-n">
                  {range(toll.low, toll.high)}
                  <span class="unseen"> {kind}; open the sentence</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <p class="detail">
        {capital(kind)}, people or things, on a scale from 0 to {nice.toLocaleString("en")};{" "}
        {counted(rows.length, "number")}. A bar is a range; pale where no upper end is said. None of them is the right
        one.
      </p>
    </section>
  );
}

/** Ends of the range as round dots, which the stretched bar cannot draw. */
function Dots({ low, high, top }: { low: number | null; high: number | null; top: number }) {
  const ends = [...new Set([low, high].filter((end): end is number => end !== null))];
  return (
    <span class="toll-dots" aria-hidden="true">
      {ends.map((end) => (
        <i key={end} style={{ left: `${(end / top) * 100}%` }} />
      ))}
    </span>
  );
}

function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return ([1, 2, 3, 5, 7.5, 10].find((step) => step * power >= most) ?? 10) * power;
}
