// Runs before each instance of the guide starts: makes one index of all places.

import { readdir, readFile, writeFile } from "node:fs/promises";
import { indexFile, type Place } from "./places.ts";

const places: Record<string, Place> = {};
for (const file of (await readdir("places")).sort()) {
  const [name = "", ...sentences] = (await readFile(`places/${file}`, "utf8")).trim().split("\n");
  places[file.replace(/\.txt$/, "")] = { name, sentences };
}

await writeFile(indexFile, JSON.stringify(places));
console.log(`${Object.keys(places).length} places`);
