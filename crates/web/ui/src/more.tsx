// A list of the server page by page: the first as it came, more as the reader asks for them.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { List } from "./answers";
import { getJson, urlOf } from "./api";

export function More<Item>({
  route,
  query,
  first,
  children,
}: {
  route: string;
  query: Record<string, string>;
  first: List<Item>;
  children: (items: Item[]) => ComponentChildren;
}) {
  const [more, setMore] = useState<Item[]>([]);
  const [next, setNext] = useState(first.next);
  const [problem, setProblem] = useState<string | null>(null);
  const load = async () => {
    if (!next) return;
    try {
      const page = await getJson<List<Item>>(urlOf(route, { ...query, after: next }));
      setMore([...more, ...page.items]);
      setNext(page.next);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      {children([...first.items, ...more])}
      {problem ? (
        <p class="problem" role="alert">
          {problem}
        </p>
      ) : null}
      {next ? (
        <button type="button" onClick={() => void load()}>
          Show more
        </button>
      ) : null}
    </>
  );
}
