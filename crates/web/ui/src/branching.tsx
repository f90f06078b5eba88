// The branching matrix: how many further events one event brings. Each cell has its interval, whether chance gives as much, and
// what a constant baseline would have said, which is never shown alone.

import type { Baseline, Cycles, Entry } from "./reckoning";
import { amount, small, withinWords } from "./reckoned";
import { capital } from "./words";

export function BranchingMatrix({ cycles }: { cycles: Cycles }) {
  const { streams, entries, baselines } = cycles;
  const constant = baselines.find((one) => one.isConstant);
  const chosenIsConstant = baselines.some((one) => one.isChosen && one.isConstant);
  // What moves beside it, where the constant one was chosen.
  const other = chosenIsConstant ? baselines.find((one) => !one.isConstant) : constant;
  const entry = (of: string, by: string) => entries.find((one) => one.of === of && one.by === by);
  const top = Math.max(1, ...entries.map(({ branching }) => Math.min(branching.high ?? branching.best * 2, 4)));
  return (
    <>
      <div class="scroll card fits" tabIndex={0} role="region" aria-label="Branching, from the column to the row">
        <table class="branching">
          <thead>
            <tr>
              <td class="corner">
                one event of <span aria-hidden="true">→</span>
                <br />
                brings so many of <span aria-hidden="true">↓</span>
              </td>
              {streams.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {streams.map(({ name: of }, row) => (
              <tr key={of}>
                <th scope="row">{of}</th>
                {streams.map(({ name: by }, column) => {
                  const found = entry(of, by);
                  return (
                    <td key={by} class={found?.is_told ? "told" : "untold"}>
                      {found ? (
                        <Cell entry={found} top={top} other={other} beside={other?.branching[row]?.[column] ?? null} />
                      ) : (
                        <span class="unsaid">not reckoned</span>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="detail fan-key">
        <span>
          <b aria-hidden="true">●</b> more than chance gives (in at most 5 of 100 cases as much)
        </span>
        <span>
          <b aria-hidden="true">○</b> no more than chance gives
        </span>
        <span>bar: what the data allow at 95%, on a scale from 0 to {small(top)}; the tick is at 1</span>
      </p>
    </>
  );
}

function Cell({
  entry,
  top,
  other,
  beside,
}: {
  entry: Entry;
  top: number;
  other: Baseline | undefined;
  beside: number | null;
}) {
  const { branching, is_told } = entry;
  const at = (value: number) => `${(Math.min(value, top) / top) * 100}%`;
  return (
    <>
      <span class="branching-best">
        <span aria-hidden="true">{is_told ? "●" : "○"}</span> {small(branching.best)}
        <span class="unseen">{is_told ? ", more than chance gives" : ", no more than chance gives"}</span>
      </span>
      <span class="detail block">{withinWords(branching)}</span>
      <svg class="interval" width="100%" height="12" aria-hidden="true">
        <line x1="0" x2="100%" y1="6" y2="6" class="fan-grid" />
        <line x1={at(1)} x2={at(1)} y1="1" y2="11" class="fan-now" />
        <line
          x1={at(branching.low)}
          x2={at(branching.high ?? top)}
          y1="6"
          y2="6"
          class={branching.high === null ? "reach open" : "reach"}
        />
        <circle cx={at(branching.best)} cy="6" r="3.5" class={is_told ? "full" : "hollow"} />
      </svg>
      {beside !== null && other ? (
        <span class="detail block constant">
          {other.isConstant ? "constant baseline" : "moving baseline"}: {small(beside)}
        </span>
      ) : null}
    </>
  );
}

/** The matrix under every baseline that was tried: if it changes much from one to the next, none is to be trusted alone. */
export function Baselines({ cycles }: { cycles: Cycles }) {
  const { baselines, streams } = cycles;
  const pairs = streams.flatMap((of, row) => streams.map((by, column) => ({ of: of.name, by: by.name, row, column })));
  return (
    <>
      <div class="scroll card fits" tabIndex={0} role="region" aria-label="The matrix under each baseline">
        <table class="baselines">
          <thead>
            <tr>
              <th scope="col">Baseline</th>
              <th scope="col" class="n">
                weight
              </th>
              <th scope="col" class="n">
                held-out log-likelihood
              </th>
              <th scope="col" class="n">
                spectral radius
              </th>
              {pairs.map(({ of, by }) => (
                <th key={`${by} ${of}`} scope="col" class="n wraps">
                  {by === of ? `more ${of}` : `${by} brings ${of}`}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {baselines.map((one) => (
              <tr key={one.knots} class={one.isConstant ? "constant-row" : undefined}>
                <th scope="row">
                  {one.isConstant ? "constant: slow change passes for excitation" : capital(bends(one.knots))}
                  {one.isChosen ? <span class="tag">foretells best</span> : null}
                </th>
                <td class="n">{small(one.weight)}</td>
                <td class="n">{amount(one.held_out)}</td>
                <td class="n">{small(one.spectral_radius)}</td>
                {pairs.map(({ of, by, row, column }) => (
                  <td key={`${by} ${of}`} class="n">
                    {small(one.branching[row]?.[column] ?? 0)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="detail">
        Held-out log-likelihood: how well it foretells stretches that it did not see; higher is better.
      </p>
    </>
  );
}

const bends = (knots: number): string =>
  knots === 2 ? "a straight line" : `bends at ${knots - 2} ${knots === 3 ? "place" : "places"}`;
