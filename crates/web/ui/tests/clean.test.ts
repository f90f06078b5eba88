// @vitest-environment jsdom
import { render } from "preact";
import { describe, expect, test } from "vitest";
import { excerpt, figure, isWeb, linked } from "../src/clean";

function shown(html: string): string {
  const place = document.createElement("div");
  render(excerpt(html), place);
  return place.innerHTML;
}

describe("excerpts", () => {
  test("marks stay", () => {
    expect(shown("a <mark>truce</mark> of two days")).toBe("a <mark>truce</mark> of two days");
  });

  test.each([
    ["<img src=x onerror=alert(1)>gone", "gone"],
    ["<script>alert(1)</script>kept", "kept"],
    ["<a href='javascript:alert(1)'>words</a>", "words"],
    ["<mark onclick=alert(1)>words</mark>", "<mark>words</mark>"],
    ["<mark><b>nested</b></mark>", "<mark>nested</mark>"],
    ["5 &lt; 6 &amp; 7", "5 &lt; 6 &amp; 7"],
  ])("%s", (html, kept) => {
    expect(shown(html)).toBe(kept);
  });
});

describe("figures", () => {
  const svg = (inside: string, attributes = "") =>
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`;
  const cleaned = (inside: string, attributes = "") => figure(svg(inside, attributes))?.outerHTML ?? null;

  test("marks, hatches and ids stay", () => {
    const kept = cleaned('<g data-id="clm_1 clm_2"><title>7</title><rect width="3" fill="url(#own-orange)"/></g>');
    expect(kept).toContain('data-id="clm_1 clm_2"');
    expect(kept).toContain("url(#own-orange)");
    expect(kept).toContain("<title>7</title>");
  });

  test.each([
    "<script>alert(1)</script>",
    '<foreignObject><iframe src="https://example.org"/></foreignObject>',
    '<rect onclick="alert(1)"/>',
    '<a xlink:href="javascript:alert(1)"><text>x</text></a>',
    '<a href="//example.org"><text>x</text></a>',
    '<image href="https://example.org/x.png"/>',
    '<style>@import "https://example.org"</style>',
    '<rect style="background:url(https://example.org)"/>',
    '<rect fill="url(https://example.org#x)"/>',
    '<animate attributeName="href" to="javascript:alert(1)"/>',
  ])("%s is taken out", (inside) => {
    expect(cleaned(inside)).not.toMatch(/script|foreignObject|onclick|example\.org|animate/i);
  });

  test("its own attributes are cleaned, too", () => {
    expect(cleaned("", 'onload="alert(1)"')).not.toContain("onload");
  });

  test.each(["", "no figure", "<html></html>", "<svg><rect></svg>"])("%s is no figure", (text) => {
    expect(figure(text)).toBeNull();
  });
});

test("only http and https are linked", () => {
  expect(isWeb("https://example.org/a")).toBe(true);
  for (const bad of [
    null,
    "",
    "javascript:alert(1)",
    "data:text/html,x",
    "//example.org",
    "ftp://example.org",
    " https:evil",
  ])
    expect(isWeb(bad)).toBe(false);
});

test("whom a map is owed to keeps its words and links to the web, nothing else", () => {
  const told = linked(
    '<b onclick="x()">Made</b> by <a href="https://a.example/c">A</a>, <a href="javascript:x()">B</a><script>x()</script><style>i{}</style>',
  );
  expect(told.filter((part) => typeof part === "string").join("|")).toBe("Made| by |, |B");
  const [link] = told.filter((part) => typeof part !== "string");
  expect((link as { props: Record<string, unknown> }).props).toMatchObject({
    href: "https://a.example/c",
    rel: "noopener noreferrer",
  });
});
