// Ids of a manifest: lower case letters, digits, "_" and "-"; the first is a letter, the last no sign.
const grammar = /^[a-z](?:[a-z0-9_-]*[a-z0-9])?$/;

/**
 * @param {string} kind What the id names, for the message.
 * @param {unknown} text
 */
export function id(kind, text) {
  if (typeof text !== "string" || !grammar.test(text)) {
    throw new TypeError(`${JSON.stringify(text)} is not a ${kind} id: use lower case letters, digits, "_" and "-", starting with a letter`);
  }

  return text;
}

/** @param {unknown} text */
export function endpoint(text) {
  if (typeof text !== "string" || text.length === 0 || /[\s?#]/.test(text)) {
    throw new TypeError(`${JSON.stringify(text)} is not an endpoint path: write a path such as "/http"`);
  }

  const path = text.startsWith("/") ? text : `/${text}`;
  return path.length > 1 && path.endsWith("/") ? path.replace(/\/+$/, "") || "/" : path;
}
