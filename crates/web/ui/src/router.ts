// The address bar is the state: which screen, which question, what is open. Links are plain links; this catches the clicks.

import { signal } from "@preact/signals";
import { formatQuestion, parseQuestion, queryString } from "./question";

export interface Address {
  path: string;
  params: URLSearchParams;
}

const here = (): Address => ({ path: location.pathname, params: new URLSearchParams(location.search) });

export const address = signal<Address>(here());

/** Goes to another page of ours. */
export function go(to: string, replace = false): void {
  if (to === location.pathname + location.search) return;
  if (replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  address.value = here();
}

/** Changes parameters of the present address; `null` takes one out. */
export function change(changes: Record<string, string | null>, replace = false): void {
  go(changed(changes), replace);
}

/** The present address with other parameters. */
export function changed(changes: Record<string, string | null>): string {
  const { path, params } = address.value;
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") next.delete(name);
    else next.set(name, value);
  }
  return path + queryString(next);
}

/** Another screen with the same question. */
export function carry(path: string, more: Record<string, string> = {}): string {
  const params = formatQuestion(parseQuestion(address.value.params));
  for (const [name, value] of Object.entries(more)) params.set(name, value);
  return path + queryString(params);
}

/** Where an id is shown on a page of its own. */
export function pageOf(id: string): string {
  if (id.startsWith("inc_")) return carry(`/incident/${id}`);
  if (id.startsWith("doc_")) return carry(`/document/${id}`);
  return carry(`/claim/${id}`);
}

/** Where a claim stands in its document. */
export const inDocument = (claim: { id: string; document: string }): string =>
  carry(`/document/${claim.document}`, { claim: claim.id });

/** Follows links and the back button. Called once. */
export function listen(): void {
  addEventListener("popstate", () => {
    address.value = here();
  });
  document.addEventListener("click", (event) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download")) return;
    const to = link.getAttribute("href") ?? "";
    if (!to.startsWith("/") || to.startsWith("/api/")) return;
    event.preventDefault();
    const path = location.pathname;
    go(to);
    if (location.pathname !== path) scrollTo(0, 0);
  });
}
