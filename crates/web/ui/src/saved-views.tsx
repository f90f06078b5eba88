// Saved views: addresses under a name, kept in this browser alone.

import { useState } from "preact/hooks";
import { go } from "./router";

const KEY = "annalist.views";

type Views = Record<string, string>;

function stored(): Views {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Views;
  } catch {
    return {};
  }
}

export function SavedViews() {
  const [views, setViews] = useState(stored);
  const [name, setName] = useState("");
  const keep = (next: Views) => {
    localStorage.setItem(KEY, JSON.stringify(next));
    setViews(next);
  };
  const names = Object.keys(views);
  return (
    <details class="saved">
      <summary>Saved views{names.length ? ` (${names.length})` : ""}</summary>
      <div class="card">
        <ul class="bare">
          {names.map((one) => (
            <li key={one} class="row">
              <button type="button" class="link" onClick={() => go(views[one] ?? "/claims")}>
                {one}
              </button>
              <button
                type="button"
                class="small"
                aria-label={`Forget ${one}`}
                onClick={() => {
                  const { [one]: _, ...rest } = views;
                  keep(rest);
                }}
              >
                ✕
              </button>
            </li>
          ))}
        </ul>
        <label for="view-name">Save this view as</label>
        <div class="row">
          <input id="view-name" value={name} onInput={(event) => setName(event.currentTarget.value)} />
          <button
            type="button"
            disabled={!name.trim()}
            onClick={() => {
              keep({ ...views, [name.trim()]: location.pathname + location.search });
              setName("");
            }}
          >
            Save
          </button>
        </div>
      </div>
    </details>
  );
}
