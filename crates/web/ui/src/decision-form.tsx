// What every decision takes: why, and by whom; how it is sent, and what became of it. The fields before these are the caller's.

import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { send, written } from "./api";
import type { Decision } from "./records";

/** What is decided, without its reason. */
export interface Draft {
  target: string;
  action: string;
  field: string | null;
  value: string | string[] | null;
}

export function DecisionForm({
  means,
  button,
  draft,
  children,
  onDone,
}: {
  means: string;
  button: string;
  /** What is decided; or, in words, what is still to be filled in. */
  draft: () => Draft | string;
  children?: ComponentChildren;
  onDone: () => void;
}) {
  const id = useId();
  const [reason, setReason] = useState("");
  const [by, setBy] = useState(() => localStorage.getItem("annalist.by") ?? "");
  const [state, setState] = useState<{ busy: boolean; error: string | null }>({ busy: false, error: null });
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const decided = draft();
    if (typeof decided === "string") return setState({ busy: false, error: decided });
    setState({ busy: true, error: null });
    try {
      if (by) localStorage.setItem("annalist.by", by);
      await send<Decision>("POST", "/decisions", { ...decided, reason, by: by || null });
      written();
      onDone();
    } catch (error) {
      setState({ busy: false, error: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <form class="decide-form" onSubmit={submit}>
      <p class="detail">{means}</p>
      {children}
      <label for={`${id}-reason`}>Why: whoever reads the decision later will ask</label>
      <textarea
        id={`${id}-reason`}
        required
        rows={2}
        value={reason}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <label for={`${id}-by`}>Your name</label>
      <input id={`${id}-by`} value={by} autocomplete="name" onInput={(event) => setBy(event.currentTarget.value)} />
      {state.error ? (
        <p class="problem" role="alert">
          {state.error}
        </p>
      ) : null}
      <div class="row">
        <button type="submit" class="main" disabled={state.busy}>
          {button}
        </button>
        <button type="button" onClick={onDone}>
          Leave it
        </button>
      </div>
    </form>
  );
}
