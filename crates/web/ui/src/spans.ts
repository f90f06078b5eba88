// Spans are counted in bytes of UTF-8; the browser counts text in UTF-16 units. This turns the one into the other, and cuts a
// text into segments so that claims that overlap can all be marked.

import type { Span } from "./records";

/** A text whose parts are named by spans of bytes. `from` is the byte of the document at which the text begins. */
export class ByteText {
  readonly text: string;
  readonly from: number;
  /** Number of bytes. */
  readonly bytes: number;
  /** The UTF-16 index of each byte; a byte inside a character has the index of its character. */
  private readonly index: Uint32Array;

  constructor(text: string, from = 0) {
    this.text = text;
    this.from = from;
    this.bytes = new TextEncoder().encode(text).length;
    this.index = new Uint32Array(this.bytes + 1);
    let byte = 0;
    let unit = 0;
    for (const char of text) {
      const code = char.codePointAt(0) ?? 0;
      const wide = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      this.index.fill(unit, byte, byte + wide);
      byte += wide;
      unit += char.length;
    }
    this.index[this.bytes] = text.length;
  }

  /** The UTF-16 index of a byte of the document, kept inside this text. */
  unit(byte: number): number {
    const at = Math.min(Math.max(byte - this.from, 0), this.bytes);
    return this.index[at] ?? this.text.length;
  }

  /** The words at a span. */
  slice(span: Span): string {
    return this.text.slice(this.unit(span[0]), this.unit(span[1]));
  }
}

/** Something to be marked in a text. */
export interface Mark<T> {
  span: Span;
  value: T;
}

/** A stretch of text in which the same marks hold. */
export interface Segment<T> {
  text: string;
  /** First byte, in the document. */
  from: number;
  values: T[];
}

/** The text in stretches: put together they are the text again, and each carries all marks that cover it, in their order. */
export function segments<T>(text: ByteText, marks: Mark<T>[]): Segment<T>[] {
  const end = text.from + text.bytes;
  const inside = (byte: number) => Math.min(Math.max(byte, text.from), end);
  const kept = marks
    .map((mark) => ({ from: inside(mark.span[0]), to: inside(mark.span[1]), value: mark.value }))
    .filter((mark) => mark.to > mark.from);
  const cuts = [...new Set([text.from, end, ...kept.flatMap((mark) => [mark.from, mark.to])])].sort((a, b) => a - b);
  const starting = [...kept].map((mark, order) => ({ ...mark, order })).sort((a, b) => a.from - b.from);
  const parts: Segment<T>[] = [];
  let open: typeof starting = [];
  let next = 0;
  for (let at = 0; at + 1 < cuts.length; at += 1) {
    const from = cuts[at] ?? 0;
    const to = cuts[at + 1] ?? 0;
    open = open.filter((mark) => mark.to > from);
    for (let mark = starting[next]; mark && mark.from <= from; mark = starting[next]) {
      open.push(mark);
      next += 1;
    }
    const words = text.slice([from, to]);
    if (words)
      parts.push({ text: words, from, values: [...open].sort((a, b) => a.order - b.order).map((m) => m.value) });
  }
  return parts;
}

/** How much of the text lies under at least one mark, from 0 to 1. */
export function covered(text: ByteText, spans: Span[]): number {
  if (text.bytes === 0) return 0;
  let sum = 0;
  let reached = text.from;
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    sum += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return Math.min(1, sum / text.bytes);
}
