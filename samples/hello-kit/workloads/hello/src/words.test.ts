import { expect, test } from "bun:test";
import { countWords, greet } from "./words.ts";

test("counts words, code points and the first longest word", () => {
  expect(countWords("  one three\tseven 🎈\n")).toEqual({ words: 4, characters: 20, longest: "three" });
});

test("an empty text has no words", () => {
  expect(countWords(" \n")).toEqual({ words: 0, characters: 2, longest: "" });
});

test("greets the world when nobody is named", () => {
  expect(greet("  ")).toBe("Hello, world!");
  expect(greet(" Ada ")).toBe("Hello, Ada!");
});
