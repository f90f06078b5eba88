// A figure that the server drew: fetched as SVG, cleaned, set into the page. Its marks open what they rest on.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { urlOf, useText } from "./api";
import { figure } from "./clean";
import { Empty, Failed, Loading, openEvidence } from "./pieces";

interface Props {
  route: string;
  params?: Record<string, string> | URLSearchParams;
  label: string;
}

export function Figure({ route, params = {}, label }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState<number | null>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const measure = () => {
      // In steps, so that dragging the window does not ask for a figure at every pixel.
      const room = Math.max(320, Math.min(1160, Math.floor(element.clientWidth / 20) * 20));
      setWidth(room);
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const all = new URLSearchParams(params);
  all.set("format", "svg");
  all.set("width", String(width ?? 860));
  const asked = useText(width === null ? null : urlOf(route, all));
  return (
    <div class="figure" ref={box}>
      {asked.error ? (
        <Failed why={asked.error} />
      ) : asked.data === null ? (
        <Loading />
      ) : (
        <Drawn svg={asked.data} label={label} />
      )}
    </div>
  );
}

function Drawn({ svg, label }: { svg: string; label: string }) {
  const place = useRef<HTMLDivElement>(null);
  const drawn = useMemo(() => figure(svg), [svg]);
  useEffect(() => {
    if (!place.current || !drawn) return;
    drawn.removeAttribute("role");
    drawn.setAttribute("role", "group");
    for (const mark of drawn.querySelectorAll<SVGElement>("[data-id]")) {
      mark.setAttribute("tabindex", "0");
      mark.setAttribute("role", "button");
      const said = [...mark.querySelectorAll("text, title")].map((one) => one.textContent?.trim()).filter(Boolean);
      mark.setAttribute(
        "aria-label",
        said.length ? `${said.join(" ")}; open what it rests on` : "Open what this mark rests on",
      );
    }
    place.current.replaceChildren(drawn);
  }, [drawn]);
  if (!drawn) return <Empty title="The figure cannot be shown">The server sent something that is no figure.</Empty>;
  const openAt = (target: EventTarget | null): boolean => {
    const mark = target instanceof Element ? target.closest("[data-id]") : null;
    const ids = mark?.getAttribute("data-id");
    if (!ids) return false;
    openEvidence(ids.split(/\s+/).filter(Boolean), Number(mark?.getAttribute("data-more") ?? 0));
    return true;
  };
  return (
    <div
      ref={place}
      role="group"
      aria-label={label}
      onClick={(event) => {
        if (openAt(event.target)) event.preventDefault();
      }}
      onKeyDown={(event) => {
        if ((event.key === "Enter" || event.key === " ") && openAt(event.target)) event.preventDefault();
      }}
    />
  );
}
