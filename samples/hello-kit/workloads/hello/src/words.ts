export interface WordCount {
  [key: string]: unknown;
  words: number;
  characters: number;
  longest: string;
}

/** Counts what stands between white space; characters are Unicode code points. */
export function countWords(text: string): WordCount {
  const words = text.split(/\s+/u).filter((word) => word !== "");
  const longest = words.reduce((best, word) => ([...word].length > [...best].length ? word : best), "");
  return { words: words.length, characters: [...text].length, longest };
}

export function greet(name: string): string {
  const trimmed = name.trim();
  return `Hello, ${trimmed === "" ? "world" : trimmed}!`;
}
