// Which records the drawer shows, as the address has it (`open`): ids with commas between, and behind them how many more there
// are, since an address has no room for thousands.

/** Most ids of an address. */
const MOST = 40;

export interface Open {
  ids: string[];
  /** Records that are not among them. */
  more: number;
}

/** The records for the address. */
export function opened(ids: string[], more = 0): string {
  const all = [...new Set(ids)];
  const rest = Math.max(0, all.length - MOST) + (Number.isFinite(more) && more > 0 ? Math.floor(more) : 0);
  return [...all.slice(0, MOST), ...(rest > 0 ? [`~${rest}`] : [])].join(",");
}

/** The records of an address. */
export function parseOpen(text: string | null): Open {
  const parts = (text ?? "").split(/[\s,]+/);
  const ids = parts.filter((id) => /^(clm|inc|doc)_\w+$/.test(id));
  const more = parts.flatMap((part) => /^~(\d{1,9})$/.exec(part)?.[1] ?? []).map(Number);
  return { ids, more: ids.length > 0 ? (more[0] ?? 0) : 0 };
}
