// Asking the server. Answers are kept for a while, so that going back shows at once and a number that many parts of a screen
// need is asked for once; whatever writes empties the store.

import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { queryString } from "./question";

export const BASE = "/api/v1";

/** Grows with each write: screens ask again. */
export const writes = signal(0);

const kept = new Map<string, { asked: Promise<unknown>; at: number }>();
const KEPT = 80;
/** Others may write, too: after so long the server is asked again, which costs little where its answer has an ETag. */
const FRESH_MS = 30_000;

/** A refusal, in the server's words. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function answer(response: Response): Promise<Response> {
  if (response.ok) return response;
  let said = `The server answered ${response.status}.`;
  try {
    const body: unknown = await response.json();
    if (body && typeof body === "object" && "error" in body) said = String(body.error);
  } catch {
    // No JSON: the status has to do.
  }
  throw new Refused(response.status, said);
}

async function fetched(url: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch {
    throw new Refused(0, "The server does not answer. Is “annalist serve” still running?");
  }
  return answer(response);
}

/** The address of a route with its parameters. */
export function urlOf(route: string, params: URLSearchParams | Record<string, string> = {}): string {
  return BASE + route + queryString(new URLSearchParams(params));
}

function once<T>(url: string, read: (response: Response) => Promise<T>): Promise<T> {
  const known = kept.get(url);
  if (known && Date.now() - known.at < FRESH_MS) return known.asked as Promise<T>;
  const asked = fetched(url).then(read);
  kept.delete(url);
  kept.set(url, { asked, at: Date.now() });
  asked.catch(() => kept.delete(url));
  const oldest = kept.keys().next().value;
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return asked;
}

export const getJson = <T>(url: string): Promise<T> => once(url, (response) => response.json() as Promise<T>);
export const getText = (url: string): Promise<string> => once(url, (response) => response.text());

/** The token that writes carry, where the server wants one. */
function token(): Record<string, string> {
  const said = document.querySelector('meta[name="annalist-token"]')?.getAttribute("content");
  return said ? { "x-annalist-token": said } : {};
}

/** Writes: JSON, or a form with files. */
export async function send<T>(method: "POST" | "DELETE", route: string, body?: unknown): Promise<T> {
  const form = body instanceof FormData;
  const headers = { ...token(), ...(body === undefined || form ? {} : { "content-type": "application/json" }) };
  const response = await fetched(BASE + route, {
    method,
    headers,
    body: body === undefined ? null : form ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return (text ? JSON.parse(text) : null) as T;
}

/** Forgets what was answered, and lets the screens ask again. */
export function written(): void {
  kept.clear();
  writes.value += 1;
}

export interface Asked<T> {
  data: T | null;
  error: string | null;
  /** Of a refusal; null where there is none, or the server did not answer. */
  status: number | null;
  /** While a first or another answer is on its way; `data` is then the last one. */
  loading: boolean;
}

function useAsked<T>(url: string | null, get: (url: string) => Promise<T>): Asked<T> {
  const [state, setState] = useState<Asked<T> & { url: string | null }>({
    data: null,
    error: null,
    status: null,
    loading: url !== null,
    url: null,
  });
  const times = writes.value;
  useEffect(() => {
    if (url === null) return undefined;
    let current = true;
    setState((was) => ({ ...was, loading: true, error: null, status: null }));
    get(url).then(
      (data) => current && setState({ data, error: null, status: null, loading: false, url }),
      (error: unknown) =>
        current &&
        setState({
          data: null,
          error: error instanceof Error ? error.message : String(error),
          status: error instanceof Refused && error.status > 0 ? error.status : null,
          loading: false,
          url,
        }),
    );
    return () => {
      current = false;
    };
  }, [url, times, get]);
  return state;
}

/** The answer of a route, asked again when its address changes. */
export function useAnswer<T>(url: string | null): Asked<T> {
  return useAsked<T>(url, getJson as (url: string) => Promise<T>);
}

/** The same for text: a figure. */
export function useText(url: string | null): Asked<string> {
  return useAsked(url, getText);
}
