import { defineConfig } from "vite";

declare const process: { env: Record<string, string | undefined> };

// `npm run dev` serves the pages with the API of a running `annalist serve`; the port can be given in ANNALIST_PORT.
const port = process.env.ANNALIST_PORT ?? "8457";

export default defineConfig({
  build: {
    target: "es2022",
    // The server's content security policy allows no inline script and no data: fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    // The map and the world are large by nature; they load only with the map.
    chunkSizeWarningLimit: 1200,
    modulePreload: { polyfill: false },
  },
  worker: { format: "es" },
  server: { proxy: { "/api": `http://127.0.0.1:${port}` } },
});
