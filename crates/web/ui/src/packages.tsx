// What packages of levers come to: what each lever is taken to do and on whose word, totals on one scale, days as small multiples,
// and what differs, in words.

import { Fan, greatest, place, ticks } from "./fan";
import { type LeverState, leverWords, parseLever, titleOf } from "./levers";
import { Opens } from "./pieces";
import type { Contrast, Course, LeverTold, PackageTold, Spread, WhatIf } from "./reckoning";
import { SpreadWords, amount, percent, sentence, small } from "./reckoned";
import { capital, counted, day, range } from "./words";

/** Assumed: a hollow sign, a dashed edge and the word; estimated: filled, solid, and from how many episodes. */
export function LeversTold({ packages }: { packages: PackageTold[] }) {
  return (
    <div class="told-packages">
      {packages.map((one, at) => (
        <section key={at}>
          <h3>{titleOf(one.name)}</h3>
          <ul class="bare">
            {one.levers.map((lever) => (
              <li key={lever.text} class={lever.isAssumed ? "told-lever assumed" : "told-lever estimated"}>
                <LeverLine lever={lever} />
              </li>
            ))}
          </ul>
          {one.flags.map((flag) => (
            <p key={flag} class="caution detail">
              {capital(flag)}
            </p>
          ))}
        </section>
      ))}
    </div>
  );
}

function LeverLine({ lever }: { lever: LeverTold }) {
  const known: LeverState | null = parseLever(lever.text);
  return (
    <>
      <span>
        {known ? leverWords(known) : lever.text}
        {lever.low !== null && lever.high !== null ? (
          <>
            :{" "}
            <b>
              × {small(lever.low)}
              {lever.low === lever.high ? "" : ` to ${small(lever.high)}`}
            </b>
          </>
        ) : null}
      </span>
      <span class="basis-word">
        <span aria-hidden="true">{lever.isAssumed ? "◇" : "◆"}</span>{" "}
        <Opens ids={lever.evidence} label={`${lever.label}; open the episodes`}>
          {lever.label}
        </Opens>
      </span>
      {lever.on.length ? <span class="detail block">Acts on {lever.on.join(", ")}</span> : null}
      <span class="detail block">{historyWords(lever)}</span>
    </>
  );
}

/** What earlier episodes showed, also where the strength does not rest on them. */
function historyWords({ known, history }: LeverTold): string {
  if (!history) {
    if (known === 0) return "No earlier episode of it is known.";
    return known === 1
      ? "One earlier episode is known, which shows nothing."
      : `${counted(known, "earlier episode")} are known, too few to show anything.`;
  }
  const { ratio, low, high, episodes, observed, placebo_share } = history;
  return [
    `History: ${small(ratio)} times what was expected (${small(low)} to ${small(high)}) in ${counted(episodes, "episode")}`,
    observed ? `single ones ${small(observed[0])} to ${small(observed[1])}` : null,
    placebo_share === null ? null : `windows at random were as far off in ${percent(placebo_share)} of draws`,
  ]
    .filter(Boolean)
    .join("; ");
}

export function Contrasts({ packages, none }: { packages: PackageTold[]; none: string }) {
  const told = packages.filter((one) => one.contrasts.length > 0);
  if (told.length === 0) return null;
  return (
    <section>
      <h2>What would differ from no lever</h2>
      <dl class="contrasts">
        {told.map((one, at) => (
          <div key={at}>
            <dt>{titleOf(one.name)}</dt>
            {one.contrasts
              .filter(({ against }) => against === none)
              .map((contrast) => (
                <ContrastLine key={contrast.stream} contrast={contrast} />
              ))}
            <Others contrasts={one.contrasts.filter(({ against }) => against !== none)} />
          </div>
        ))}
      </dl>
    </section>
  );
}

function ContrastLine({ contrast }: { contrast: Contrast }) {
  const { stream, words, difference, fewer, more } = contrast;
  return (
    <dd>
      <span class="detail block">{stream}</span>
      {sentence(words)}
      {difference ? (
        <span class="detail block">
          Difference: <SpreadWords spread={difference} />
        </span>
      ) : null}
      {fewer !== null && more !== null ? (
        <span class="detail block">
          Fewer in {percent(fewer)} of futures, more in {percent(more)}, as many in the others
        </span>
      ) : null}
    </dd>
  );
}

/** Beside the packages before it. */
function Others({ contrasts }: { contrasts: Contrast[] }) {
  if (contrasts.length === 0) return null;
  return (
    <dd class="others">
      <details class="more">
        <summary>Beside the other packages</summary>
        <ul>
          {contrasts.map((one) => (
            <li key={`${one.against} ${one.stream}`}>
              <span class="detail block">
                {one.stream}, against {titleOf(one.against)}
              </span>
              {sentence(one.words)}
            </li>
          ))}
        </ul>
      </details>
    </dd>
  );
}

/** All courses of one stream: first without a lever, then each package. */
function columns(told: WhatIf, stream: string): { name: string; course: Course }[] {
  const of = (courses: Course[]) => courses.find((one) => one.stream === stream);
  return [
    { name: told.none, courses: told.no_lever },
    ...told.packages.map((one) => ({ name: titleOf(one.name), courses: one.courses })),
  ].flatMap(({ name, courses }) => {
    const course = of(courses);
    return course ? [{ name, course }] : [];
  });
}

const streamsOf = (told: WhatIf): string[] => [
  ...new Set([told.no_lever, ...told.packages.map((one) => one.courses)].flat().map((one) => one.stream)),
];

export function Totals({ told }: { told: WhatIf }) {
  const streams = streamsOf(told);
  const top = Math.max(
    1,
    ...streams.flatMap((stream) => columns(told, stream).map(({ course }) => course.total.high90)),
  );
  return (
    <div class="totals card">
      {streams.map((stream) => (
        <section key={stream}>
          <h3>{stream}</h3>
          <ul class="bare">
            {columns(told, stream).map(({ name, course }, at) => (
              <li key={at} class={at === 0 ? "without" : undefined}>
                <span>{name}</span>
                <Bar spread={course.total} top={top} />
                <span>
                  <SpreadWords spread={course.total} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <p class="detail totals-scale">
        <span />
        <span class="ends">
          {ticks(top).map((tick) => (
            <span key={tick} style={{ left: `${place(tick, top) * 100}%` }}>
              {range(tick, tick)}
            </span>
          ))}
        </span>
        <span />
      </p>
      <p class="detail">
        Dot: as likely more as less; thick: half of the time; thin: nine times of ten. The scale is of square roots.
      </p>
    </div>
  );
}

function Bar({ spread, top }: { spread: Spread; top: number }) {
  const at = (value: number) => `${place(value, top) * 100}%`;
  return (
    <svg class="total-bar" width="100%" height="18" aria-hidden="true">
      {ticks(top).map((tick) => (
        <line key={tick} x1={at(tick)} x2={at(tick)} y1="0" y2="18" class="fan-grid" />
      ))}
      <line x1={at(spread.low90)} x2={at(spread.high90)} y1="9" y2="9" class="thin" />
      <line x1={at(spread.low50)} x2={at(spread.high50)} y1="9" y2="9" class="thick" />
      <circle cx={at(spread.median)} cy="9" r="5" />
    </svg>
  );
}

/** Small multiples: a row a stream, a column a package, one scale a row. */
export function SideBySide({ told }: { told: WhatIf }) {
  const events = told.isAttackAndReply ? "attacks" : "events";
  return (
    <>
      {streamsOf(told).map((stream) => {
        const all = columns(told, stream);
        const ahead = (course: Course) => course.steps.map((one) => ({ ...one, label: dayLabel(one.day) }));
        const seen = (told.past.get(stream) ?? []).map((one) => ({ ...one, label: dayLabel(one.day), value: one.n }));
        const top = Math.max(...all.map(({ course }) => greatest(seen, ahead(course))));
        return (
          <section key={stream} class="multiples-row">
            <h3>{stream}</h3>
            <div class="multiples">
              {all.map(({ name, course }, at) => (
                <figure key={at} class={at === 0 ? "card without" : "card"}>
                  <figcaption>{name}</figcaption>
                  <Fan
                    title={`${stream}, ${name}: ${events} ${course.days_each === 7 ? "a week" : "a day"}; in all ${amount(course.total.median)}, nine times of ten ${range(course.total.low90, course.total.high90)}`}
                    of={events}
                    seen={seen}
                    ahead={ahead(course)}
                    top={top}
                    height={140}
                  />
                </figure>
              ))}
            </div>
          </section>
        );
      })}
    </>
  );
}

/** `2025-11-14` → `14 Nov`; a bare number of days stays. */
const dayLabel = (when: string): string => day(when, true).replace(/ \d{4}$/, "");
