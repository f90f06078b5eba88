// What comes from outside is text. Two things of the server are more than text: excerpts with <mark>, and figures in SVG. Both
// are taken apart here, and only what is known to be harmless is put together again.

import type { VNode } from "preact";

/** What is dropped with all that is in it. */
const DROPPED = ["SCRIPT", "STYLE", "TEMPLATE", "IFRAME", "NOSCRIPT"];

/** An excerpt as text with marks. Every other tag is dropped, its text kept. */
export function excerpt(html: string): (string | VNode)[] {
  const parts: (string | VNode)[] = [];
  const body = new DOMParser().parseFromString(html, "text/html").body;
  const walk = (node: Node, marked: boolean): void => {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.textContent ?? "";
      if (text) parts.push(marked ? <mark key={parts.length}>{text}</mark> : text);
      return;
    }
    if (!(node instanceof Element) || DROPPED.includes(node.tagName)) return;
    for (const child of node.childNodes) walk(child, marked || node.tagName === "MARK");
  };
  for (const child of body.childNodes) walk(child, false);
  return parts;
}

/** Words with links to the web, nothing else: what a map says of whom it is owed to. */
export function linked(html: string): (string | VNode)[] {
  const parts: (string | VNode)[] = [];
  const walk = (node: Node): void => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.textContent) parts.push(node.textContent);
      return;
    }
    if (!(node instanceof Element) || DROPPED.includes(node.tagName)) return;
    const href = node.tagName === "A" ? node.getAttribute("href") : null;
    if (isWeb(href))
      parts.push(
        <a key={parts.length} href={href} target="_blank" rel="noopener noreferrer">
          {node.textContent}
        </a>,
      );
    else node.childNodes.forEach(walk);
  };
  new DOMParser().parseFromString(html, "text/html").body.childNodes.forEach(walk);
  return parts;
}

const ELEMENTS = new Set(
  "svg g path rect circle ellipse line polyline polygon text tspan title desc defs pattern clippath mask lineargradient radialgradient stop marker symbol use a".split(
    " ",
  ),
);

/** A figure of the server, ready to stand in the page; null if it is no SVG. */
export function figure(svg: string): SVGSVGElement | null {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
  const root = parsed.documentElement;
  if (root.tagName !== "svg" || parsed.querySelector("parsererror")) return null;
  scrub(root);
  return document.importNode(root, true) as unknown as SVGSVGElement;
}

function scrub(element: Element): void {
  for (const { name, value } of [...element.attributes]) {
    const plain = name.toLowerCase();
    const local = /^url\(#[\w-]+\)$/;
    const bad =
      plain.startsWith("on") ||
      plain === "style" ||
      (/(^|:)href$/.test(plain) && !isSafeLink(value)) ||
      (/url\s*\(/i.test(value) && !local.test(value.trim()));
    if (bad) element.removeAttribute(name);
  }
  for (const child of [...element.children]) {
    if (ELEMENTS.has(child.localName.toLowerCase())) scrub(child);
    else child.remove();
  }
}

function isSafeLink(value: string): boolean {
  return value.startsWith("#") || (value.startsWith("/") && !value.startsWith("//")) || isWeb(value);
}

/** Whether an address found in a report may be linked. */
export function isWeb(address: string | null | undefined): address is string {
  if (!address) return false;
  try {
    return ["http:", "https:"].includes(new URL(address).protocol) && /^https?:\/\//i.test(address);
  } catch {
    return false;
  }
}
