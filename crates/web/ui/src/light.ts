// Light or dark: as the system has it, unless the reader chose. What draws by itself (the map) follows this signal.

import { computed, effect, signal } from "@preact/signals";

export type Light = "auto" | "light" | "dark";

const system = matchMedia("(prefers-color-scheme: dark)");
const systemDark = signal(system.matches);
system.addEventListener("change", () => {
  systemDark.value = system.matches;
});

const kept = localStorage.getItem("annalist.light");
export const light = signal<Light>(kept === "light" || kept === "dark" ? kept : "auto");
export const dark = computed(() => (light.value === "auto" ? systemDark.value : light.value === "dark"));

effect(() => {
  localStorage.setItem("annalist.light", light.value);
  if (light.value === "auto") delete document.documentElement.dataset.light;
  else document.documentElement.dataset.light = light.value;
  document.documentElement.classList.toggle("dark", dark.value);
});
