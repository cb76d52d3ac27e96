import { countWords, greet } from "./words.ts";

const pages: Record<string, { file: string; type: string }> = {
  "/": { file: "index.html", type: "text/html; charset=utf-8" },
  "/style.css": { file: "style.css", type: "text/css; charset=utf-8" },
  "/app.js": { file: "app.js", type: "text/javascript; charset=utf-8" },
};

const headers = {
  "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/** Answers below the http endpoint: three files and two API calls. */
export async function handleWeb(request: Request, path: string): Promise<Response> {
  if (request.method === "POST") {
    return answer(path, await body(request));
  }

  const page = pages[path];
  if (page === undefined) {
    return Response.json({ error: "not found" }, { status: 404 });
  }

  if (request.method !== "GET" && request.method !== "HEAD") {
    return new Response(null, { status: 405, headers: { allow: "GET, HEAD" } });
  }

  const file = Bun.file(new URL(`../web/${page.file}`, import.meta.url));
  return new Response(file, { headers: { ...headers, "content-type": page.type } });
}

function answer(path: string, input: Record<string, unknown> | null): Response {
  if (path === "/api/greet" && typeof input?.name === "string") {
    return Response.json({ greeting: greet(input.name), name: input.name });
  }

  if (path === "/api/count-words" && typeof input?.text === "string") {
    return Response.json(countWords(input.text));
  }

  return path === "/api/greet" || path === "/api/count-words"
    ? Response.json({ error: "send a JSON object with a text field: name or text" }, { status: 400 })
    : Response.json({ error: "not found" }, { status: 404 });
}

async function body(request: Request): Promise<Record<string, unknown> | null> {
  try {
    const value: unknown = await request.json();
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
