import { defineConfig } from "vite";

// Relative addresses: the page works under whatever public path the Kit is exposed.
export default defineConfig({
  root: "web",
  base: "./",
  build: { outDir: "../dist", emptyOutDir: true },
  oxc: { jsx: { runtime: "automatic" } },
});
