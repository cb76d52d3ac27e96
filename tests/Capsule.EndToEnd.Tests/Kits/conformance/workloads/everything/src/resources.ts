import { png } from "./tools.ts";

export const resources = [
  { uri: "test://static-text", name: "text", description: "A text.", mimeType: "text/plain" },
  { uri: "test://static-binary", name: "binary", description: "An image.", mimeType: "image/png" },
  { uri: "test://watched-resource", name: "watched", description: "One to subscribe to.", mimeType: "text/plain" },
];

export function read(uri: string): { uri: string; mimeType: string; text: string } | { uri: string; mimeType: string; blob: string } | undefined {
  const id = /^test:\/\/template\/([^/]+)\/data$/.exec(uri)?.[1];
  if (id !== undefined) {
    return { uri, mimeType: "application/json", text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }) };
  }

  const mimeType = resources.find((one) => one.uri === uri)?.mimeType;
  return mimeType === undefined ? undefined
    : mimeType === "image/png" ? { uri, mimeType, blob: png }
    : { uri, mimeType, text: "This is the content of the static text resource." };
}
