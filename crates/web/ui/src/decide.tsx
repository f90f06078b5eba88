// A reader amends, rejects or restores, and says why. Decisions are added to the record, which itself stays as it was. Values
// go to the server as they are typed; it reads them as the command line does.

import { useId, useState } from "preact/hooks";
import { DecisionForm } from "./decision-form";
import type { Claim, Decision } from "./records";
import { plain } from "./words";

/** Fields that can be amended, with how their value is typed. */
const AMENDABLE: Record<string, string> = {
  actor: "ids of parties, with commas between: PAK.MIL, TTP",
  recipient: "ids of parties, with commas between",
  via: "ids of parties, with commas between",
  asserter: "the id of a party; null for the publication's own voice",
  attitude: "asserts confirms alleges denies doubts retracts",
  status: "occurred ongoing did_not_occur cancelled planned promised threatened demanded possible hypothetical",
  type: "a code, as ASSAULT",
  modes: "words, with commas between",
  contexts: "words, with commas between",
  places: "a list of places, in JSON",
  time: "a time, in JSON; null for not said",
  effects: "a list of effects, in JSON",
  reciprocal: "true false",
  direction: "none, where a source names no initiator; null otherwise",
  count: 'in JSON: {"low":18,"high":null,"of":"groups"}',
  polarity: "+ -",
  instrument: "words: the accord or law",
  terms: "of a ceasefire, in JSON",
};

/** Fields that only claims of one kind have. */
const ONLY: Record<string, Claim["kind"][]> = {
  reciprocal: ["event"],
  direction: ["event"],
  terms: ["event"],
  modes: ["event"],
  count: ["figure"],
  polarity: ["cause"],
  instrument: ["commitment"],
  type: ["event", "tie"],
};

const CHOICES: Record<string, string[]> = {
  attitude: AMENDABLE.attitude?.split(" ") ?? [],
  status: AMENDABLE.status?.split(" ") ?? [],
  reciprocal: ["true", "false"],
  polarity: ["+", "-"],
};

type Action = "amend" | "reject" | "restore";

export function Decide({ target, claim, decisions }: { target: string; claim: Claim; decisions: Decision[] }) {
  const [action, setAction] = useState<Action | null>(null);
  return (
    <div class="decide">
      <div class="row" role="group" aria-label="Decide about this claim">
        {(["amend", "reject", "restore"] as const)
          .filter((one) => one !== "restore" || decisions.length > 0)
          .map((one) => (
            <button
              key={one}
              type="button"
              aria-expanded={action === one}
              onClick={() => setAction(action === one ? null : one)}
            >
              {one === "amend" ? "Amend a field…" : one === "reject" ? "Reject…" : "Restore…"}
            </button>
          ))}
      </div>
      {action ? (
        <ClaimForm key={action} action={action} target={target} claim={claim} onDone={() => setAction(null)} />
      ) : null}
    </div>
  );
}

const SAID: Record<Action, string> = {
  amend: "The claim keeps what was read; every view shows your value, and says who amended it.",
  reject: "The claim leaves every count and view, and stays in the lake with your reason.",
  restore: "Takes back what was decided about this claim.",
};

function ClaimForm({
  action,
  target,
  claim,
  onDone,
}: {
  action: Action;
  target: string;
  claim: Claim;
  onDone: () => void;
}) {
  const [field, setField] = useState("actor");
  const [value, setValue] = useState("");
  const id = useId();
  const choices = CHOICES[field];
  const amends = action === "amend";
  return (
    <DecisionForm
      means={SAID[action]}
      button={amends ? "Amend" : action === "reject" ? "Reject the claim" : "Restore the claim"}
      draft={() => ({ target, action, field: amends ? field : null, value: amends ? value.trim() : null })}
      onDone={onDone}
    >
      {amends ? (
        <>
          <label for={`${id}-field`}>Field</label>
          <select id={`${id}-field`} value={field} onChange={(event) => setField(event.currentTarget.value)}>
            {Object.keys(AMENDABLE)
              .filter((name) => ONLY[name]?.includes(claim.kind) ?? true)
              .map((name) => (
                <option key={name} value={name}>
                  {plain(name)}
                </option>
              ))}
          </select>
          <label for={`${id}-value`}>What it should be</label>
          {choices ? (
            <select id={`${id}-value`} required value={value} onChange={(event) => setValue(event.currentTarget.value)}>
              <option value="">choose…</option>
              {choices.map((one) => (
                <option key={one} value={one}>
                  {plain(one)}
                </option>
              ))}
            </select>
          ) : (
            <>
              <input
                id={`${id}-value`}
                value={value}
                required
                aria-describedby={`${id}-hint`}
                placeholder={shown(claim, field)}
                onInput={(event) => setValue(event.currentTarget.value)}
              />
              <p class="detail" id={`${id}-hint`}>
                {AMENDABLE[field]}
              </p>
            </>
          )}
        </>
      ) : null}
    </DecisionForm>
  );
}

function shown(claim: Claim, field: string): string {
  const value = (claim as unknown as Record<string, unknown>)[field];
  if (Array.isArray(value))
    return value
      .map((one) => (typeof one === "string" ? one : (one?.id ?? one?.mention ?? one?.name ?? "…")))
      .join(", ");
  return typeof value === "string" ? value : "";
}
