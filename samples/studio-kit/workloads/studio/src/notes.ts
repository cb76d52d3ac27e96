import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { hostMountMid, workloadMid, type WorkloadSdk } from "@capakit/sdk";
import { createOaicClient } from "@capakit/sdk/oaic";

/** The text files of the mount, and what the model says about them. */
export class Notes {
  readonly #folder: string;
  readonly #model;

  constructor(sdk: WorkloadSdk) {
    this.#folder = sdk.mounts.get(hostMountMid("notes")).path;
    this.#model = createOaicClient(sdk, workloadMid("model"), "/oaic");
  }

  async list(): Promise<string[]> {
    const files = await readdir(this.#folder, { withFileTypes: true });
    return files.filter((file) => file.isFile() && !file.name.startsWith(".")).map((file) => file.name).sort();
  }

  /** Throws for a name that is not in the list, so that nobody reads elsewhere. */
  async ask(note: string): Promise<{ note: string; answer: string }> {
    if (!(await this.list()).includes(note)) {
      throw new Error(`there is no note '${note}'`);
    }

    const content = await readFile(join(this.#folder, note), "utf8");
    const completion = await this.#model.chat.completions.create({ model: "digest", messages: [{ role: "user", content }] });
    return { note, answer: completion.choices[0]?.message.content ?? "" };
  }
}
