// What if: packages of levers side by side, against no lever. The sliders are the address. Assumptions are marked as such, and what
// analysts say of a lever stands beside the numbers, never in them.

import { Ahead } from "../ahead";
import type { Answer } from "../answers";
import { urlOf, useAnswer } from "../api";
import { FanKey } from "../fan";
import { Screen } from "../frame";
import { GroundsNote } from "../grounds";
import { AddLever, Packages, lacks, packagesHere, setPackages } from "../lever-form";
import { type LeverState, formatPackage, newLever, titleOf } from "../levers";
import { Contrasts, LeversTold, SideBySide, Totals } from "../packages";
import { Opens } from "../pieces";
import { QuestionBar, asked, useLake, useQuestion } from "../question-bar";
import { Reckoned, amount, sentence, small } from "../reckoned";
import { type WhatIf, readWhatIf } from "../reckoning";
import { address } from "../router";
import { Choices, OtherWays, STREAMS, SourceChoice, streamsAsked } from "../streams-bar";
import { Twins } from "../twins";
import { capital, day } from "../words";

const DAYS = 90;
const MOST_DAYS = 365;

export function WhatIfScreen() {
  const question = useQuestion();
  const lake = useLake().data;
  const packages = packagesHere();
  const wanted = Math.round(Number(address.value.params.get("days"))) || DAYS;
  const days = Math.min(MOST_DAYS, Math.max(1, wanted));
  const query = new URLSearchParams({ ...asked(question), ...streamsAsked(), days: String(days) });
  for (const one of packages) query.append("package", formatPackage(one));
  const incomplete = packages.some((one) => one.levers.some((lever) => !("unread" in lever) && lacks(lever)));
  const answer = useAnswer<Answer<unknown>>(packages.length && !incomplete ? urlOf("/whatif", query) : null);
  const parties = [...new Set([...question.about, ...(lake?.parties.map((one) => one.id) ?? [])])];
  return (
    <Screen
      title="What if"
      lead="How many attacks there might be if something were done, as the model of cycles has it. What a lever does is assumed by you or taken from history; neither is advice, and no model knows what people will decide."
    >
      <QuestionBar types={false} />
      {packages.length === 0 ? (
        <Begin parties={parties} name={(id) => lake?.parties.find((one) => one.id === id)?.name ?? id} />
      ) : (
        <>
          <div class="toolbar">
            <Choices name="by" label="Streams" choices={STREAMS} />
            <SourceChoice />
            <Ahead name="days" label="Days ahead" value={days} usual={DAYS} least={7} most={MOST_DAYS} />
          </div>
          <Packages packages={packages} parties={parties} />
          {incomplete ? (
            <p class="detail" role="status">
              Complete the levers above, and the answer follows.
            </p>
          ) : (
            <Reckoned
              asked={answer}
              read={readWhatIf}
              refused="That cannot be reckoned"
              otherwise={<OtherWays name="by" choices={STREAMS} />}
            >
              {(told, whole) => (
                <>
                  <Told told={told} />
                  <GroundsNote grounds={whole.grounds} />
                </>
              )}
            </Reckoned>
          )}
          <Twins route="/whatif" params={query} command={answer.data?.command} formats={["json", "csv", "svg"]} />
        </>
      )}
    </Screen>
  );
}

/** The first package: a few to begin with. */
function Begin({ parties, name }: { parties: string[]; name: (id: string) => string }) {
  const [one = "", other = ""] = parties;
  const begin = (called: string, lever: LeverState) => setPackages([{ name: called, levers: [lever] }], false);
  return (
    <div class="begin card">
      <h2>Begin with a lever</h2>
      <p>
        Each package stands beside <b>no lever</b>, on the same scale. Set how strong each lever is by its sliders, or
        leave that to history. The address holds all of it.
      </p>
      <div class="row begins">
        <button type="button" onClick={() => begin("truce", newLever("ceasefire", parties))}>
          A ceasefire of 14 days
        </button>
        {one ? (
          <button type="button" onClick={() => begin("restraint", newLever("replies", [one]))}>
            {name(one)} replies less
          </button>
        ) : null}
        {one && other ? (
          <button type="button" onClick={() => begin("talks", newLever("talks", [one, other]))}>
            {name(one)} and {name(other)} talk
          </button>
        ) : null}
      </div>
      <AddLever
        label="or with"
        button="Begin"
        onAdd={(kind) => setPackages([{ name: "", levers: [newLever(kind, parties)] }], false)}
      />
    </div>
  );
}

function Told({ told }: { told: WhatIf }) {
  const isWeekly = told.no_lever.some((one) => one.days_each === 7);
  const events = told.isAttackAndReply ? "attacks" : "events";
  const heed = [...told.flags, ...told.warnings];
  return (
    <>
      <p class="lead">
        {told.title ? <b>{told.title}. </b> : null}
        {amount(told.futures)} futures of each package
        {told.first_day ? `, from ${day(told.first_day)}` : ""}. All packages share the same chance, so that what differs
        between them is the levers.
      </p>
      {heed.length ? (
        <ul class="notices" aria-label="What to heed">
          {heed.map((words) => (
            <li key={words}>{sentence(words)}</li>
          ))}
        </ul>
      ) : null}
      <LeversTold packages={told.packages} />
      <Contrasts packages={told.packages} none={told.none} />
      <section>
        <h2>
          {capital(events)} in {told.days} days <span class="detail">each beside no lever, on one scale</span>
        </h2>
        <Totals told={told} />
      </section>
      <section>
        <h2>{isWeekly ? "Week by week" : "Day by day"}</h2>
        <FanKey of={events} />
        <SideBySide told={told} />
      </section>
      <Experts told={told} />
      <Checks told={told} />
    </>
  );
}

const AGREES = new Map<boolean | null, [string, string]>([
  [true, ["●", "with these numbers"]],
  [false, ["✕", "against these numbers"]],
  [null, ["?", "neither way"]],
]);

function Experts({ told }: { told: WhatIf }) {
  return (
    <section>
      <h2>
        What analysts say of these levers <span class="detail">beside the numbers, never in them</span>
      </h2>
      {told.experts.length === 0 ? (
        <p class="unsaid">Nobody who was read judges any of them.</p>
      ) : (
        <ul class="bare experts">
          {told.experts.map((one, i) => {
            const [sign, words] = AGREES.get(one.agrees) ?? ["?", ""];
            return (
              <li key={i}>
                <span class="detail">{titleOf(one.lever)}</span>
                <blockquote class="short">
                  <Opens ids={one.evidence}>{one.says}</Opens>
                </blockquote>
                <span>
                  <b>{one.who}</b>{" "}
                  <span class="detail">
                    <span aria-hidden="true">{sign}</span> {words}
                  </span>
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

/** What the same model gives by its formula, as a check on what was simulated. */
function Checks({ told }: { told: WhatIf }) {
  if (told.checks.length === 0) return null;
  const disagrees = told.checks.some((one) => one.streams.some(({ agrees }) => !agrees));
  return (
    <details class="more" open={disagrees}>
      <summary>The long run, reckoned and simulated{disagrees ? ": they do not agree" : ""}</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label="The long run">
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">If all went on under</th>
              <th scope="col">stream</th>
              <th scope="col" class="n">
                a day, by formula
              </th>
              <th scope="col" class="n">
                simulated
              </th>
              <th scope="col">
                <span class="unseen">whether they agree</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {told.checks.flatMap((one) =>
              one.streams.length ? (
                one.streams.map(({ stream, reckoned, simulated, agrees }) => (
                  <tr key={`${one.package} ${stream}`}>
                    <th scope="row">{titleOf(one.package)}</th>
                    <td>{stream}</td>
                    <td class="n">{small(reckoned)}</td>
                    <td class="n">{small(simulated)}</td>
                    <td>{agrees ? "○ agree" : "✕ do not agree"}</td>
                  </tr>
                ))
              ) : (
                <tr key={one.package}>
                  <th scope="row">{titleOf(one.package)}</th>
                  <td colSpan={4}>never comes to rest: the spectral radius is {small(one.spectral_radius)}</td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </div>
    </details>
  );
}
