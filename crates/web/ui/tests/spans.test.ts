import { describe, expect, test } from "vitest";
import { ByteText, covered, segments } from "../src/spans";

const bytes = (text: string) => new TextEncoder().encode(text).length;
/** The span of some words of a text, in bytes. */
const span = (text: string, words: string): [number, number] => {
  const at = text.indexOf(words);
  return [bytes(text.slice(0, at)), bytes(text.slice(0, at + words.length))];
};

const TEXT = "“Zwölf” starben in Чаман; 𝕏 schwieg — پشاور too.";

describe("spans of bytes", () => {
  test.each(["Zwölf", "Чаман", "𝕏", "— پشاور", "too."])("%s is cut out whole", (words) => {
    expect(new ByteText(TEXT).slice(span(TEXT, words))).toBe(words);
  });

  test("a text that begins within the document", () => {
    const from = 1000;
    const [a, b] = span(TEXT, "Чаман");
    expect(new ByteText(TEXT, from).slice([a + from, b + from])).toBe("Чаман");
  });

  test("a span that reaches beyond the text, or into a character, is kept inside", () => {
    const text = new ByteText("aö𝕏");
    expect(text.slice([0, 99])).toBe("aö𝕏");
    expect(text.slice([2, 3])).toBe("ö");
    expect(text.slice([99, 120])).toBe("");
  });
});

describe("segments", () => {
  const text = new ByteText(TEXT);
  const mark = (words: string, value: string) => ({ span: span(TEXT, words), value });

  test("put together they are the text", () => {
    const parts = segments(text, [
      mark("“Zwölf” starben", "a"),
      mark("starben in Чаман", "b"),
      mark("𝕏", "c"),
      mark(TEXT, "all"),
    ]);
    expect(parts.map((part) => part.text).join("")).toBe(TEXT);
  });

  test("where marks overlap, a segment has both", () => {
    const parts = segments(text, [mark("“Zwölf” starben", "a"), mark("starben in Чаман", "b")]);
    expect(parts.map((part) => [part.text, part.values.join("")])).toEqual([
      ["“Zwölf” ", "a"],
      ["starben", "ab"],
      [" in Чаман", "b"],
      ["; 𝕏 schwieg — پشاور too.", ""],
    ]);
  });

  test("the order of marks is kept, and empty ones mark nothing", () => {
    const parts = segments(text, [mark("starben", "long"), mark("starben", "first"), { span: [3, 3], value: "none" }]);
    expect(parts.find((part) => part.text === "starben")?.values).toEqual(["long", "first"]);
    expect(parts.some((part) => part.values.includes("none"))).toBe(false);
  });

  test("a text without marks is one segment; one without words is none", () => {
    expect(segments(text, [])).toHaveLength(1);
    expect(segments(new ByteText(""), [])).toHaveLength(0);
  });
});

test("how much of a text is covered counts what overlaps once", () => {
  const text = new ByteText("0123456789");
  expect(
    covered(text, [
      [0, 4],
      [2, 5],
    ]),
  ).toBe(0.5);
  expect(covered(text, [])).toBe(0);
});
