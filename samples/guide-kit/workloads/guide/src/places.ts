import { readFile } from "node:fs/promises";

export interface Place {
  name: string;
  sentences: string[];
}

/** What src/hydrate.ts makes. */
export const indexFile = "places.index.json";

/** What can be said of places, in the words of a file of phrases. */
export class Guide {
  readonly #places: Record<string, Place>;
  readonly #phrases: Record<"welcome" | "unknown", string>;
  readonly #most: number;

  private constructor(places: Record<string, Place>, phrases: Record<"welcome" | "unknown", string>, most: number) {
    this.#places = places;
    this.#phrases = phrases;
    this.#most = most;
  }

  /** @param style `brief` for the variant of that name. */
  static async load(phrases: string, style: string | undefined): Promise<Guide> {
    return new Guide(JSON.parse(await readFile(indexFile, "utf8")), JSON.parse(await readFile(phrases, "utf8")), style === "brief" ? 1 : Infinity);
  }

  get ids(): string[] {
    return Object.keys(this.#places);
  }

  tell(id: string): string[] {
    const place = this.#places[id.trim().toLowerCase()];
    return place === undefined
      ? [this.#phrases.unknown.replace("{place}", id)]
      : [this.#phrases.welcome.replace("{place}", place.name), ...place.sentences.slice(0, this.#most)];
  }
}
