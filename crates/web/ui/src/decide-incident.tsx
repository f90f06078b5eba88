// A reader says which claims are of one happening: joins incidents, splits claims off, or pins one as it is, with a reason.

import { useId, useState } from "preact/hooks";
import type { IncidentAnswer } from "./answers";
import { type Draft, DecisionForm } from "./decision-form";
import { asserterName, clip } from "./words";

type Action = "pin" | "split" | "join" | "restore";

const WORDS: Record<Action, { button: string; does: string }> = {
  pin: { button: "Pin…", does: "It is right as it is: later weighing leaves it alone." },
  split: { button: "Split…", does: "The claims that you choose are another happening than the rest." },
  join: { button: "Join…", does: "This and the others that you name are one happening." },
  restore: { button: "Restore…", does: "Takes back what was decided about this incident." },
};

export function DecideIncident({ data }: { data: IncidentAnswer }) {
  const [action, setAction] = useState<Action | null>(null);
  const actions: Action[] = data.decisions.length ? ["pin", "split", "join", "restore"] : ["pin", "split", "join"];
  return (
    <section class="decide">
      <h2>One happening?</h2>
      <div class="row" role="group" aria-label="Decide about this incident">
        {actions.map((one) => (
          <button
            key={one}
            type="button"
            aria-expanded={action === one}
            disabled={one === "split" && data.claims.length < 2}
            onClick={() => setAction(action === one ? null : one)}
          >
            {WORDS[one].button}
          </button>
        ))}
      </div>
      {action ? <Form key={action} action={action} data={data} onDone={() => setAction(null)} /> : null}
    </section>
  );
}

function Form({ action, data, onDone }: { action: Action; data: IncidentAnswer; onDone: () => void }) {
  const id = useId();
  const [others, setOthers] = useState("");
  const [out, setOut] = useState<string[]>([]);
  const draft = (): Draft | string => {
    const named = others.match(/inc_\w+/g) ?? [];
    if (action === "join" && named.length === 0) return "Name the other incidents by their ids (inc_…).";
    if (action === "split" && (out.length === 0 || out.length === data.claims.length))
      return "Choose some of the claims, not none and not all.";
    const value = action === "join" ? named : action === "split" ? out : null;
    return { target: data.incident.id, action, field: null, value };
  };
  return (
    <DecisionForm means={WORDS[action].does} button="Decide" draft={draft} onDone={onDone}>
      {action === "join" ? (
        <>
          <label for={`${id}-others`}>Ids or addresses of the other incidents</label>
          <input
            id={`${id}-others`}
            value={others}
            placeholder="inc_…"
            onInput={(event) => setOthers(event.currentTarget.value)}
          />
        </>
      ) : null}
      {action === "split" ? (
        <fieldset>
          <legend>Claims to take out</legend>
          {data.claims.map(({ claim, publisher }) => (
            <label key={claim.id} class="choice">
              <input
                type="checkbox"
                checked={out.includes(claim.id)}
                onChange={(event) =>
                  setOut(event.currentTarget.checked ? [...out, claim.id] : out.filter((one) => one !== claim.id))
                }
              />
              <span>
                {asserterName(claim, publisher)}: <span class="quoted">{clip(claim.evidence.text, 110)}</span>
              </span>
            </label>
          ))}
        </fieldset>
      ) : null}
    </DecisionForm>
  );
}
