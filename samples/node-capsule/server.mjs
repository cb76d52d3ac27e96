import { createServer } from "node:http";
import { networkInterfaces } from "node:os";

const port = Number(process.env.PORT);
if (!Number.isInteger(port) || port < 1) {
  console.error("PORT must be a port number");
  process.exit(2);
}

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  if (request.method !== "GET" && request.method !== "HEAD") {
    return send(response, 405, "text/plain", "Only GET is answered here.\n");
  }

  if (pathname === "/") {
    return send(response, 200, "text/html", page());
  }

  return pathname === "/api/self"
    ? send(response, 200, "application/json", JSON.stringify(self()))
    : send(response, 404, "text/plain", "There is nothing here.\n");
});

server.listen(port, "127.0.0.1", () => console.log(`listening on port ${port}`));

process.once("SIGTERM", () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});

function self() {
  return {
    greeting: process.env.GREETING ?? "Hello",
    node: process.version,
    variables: Object.keys(process.env).sort(),
    interfaces: Object.keys(networkInterfaces()).sort(),
  };
}

function send(response, status, type, body) {
  response.writeHead(status, {
    "content-type": `${type}; charset=utf-8`,
    "content-length": Buffer.byteLength(body),
    "x-content-type-options": "nosniff",
  });
  response.end(body);
}

function page() {
  const { greeting, node, variables, interfaces } = self();
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Node capsule</title>
<link rel="icon" href="data:,">
<style>
  :root { color-scheme: light dark; }
  body { max-width: 40rem; margin: 4rem auto; padding: 0 1.5rem; font: 1.05rem/1.6 system-ui, sans-serif; }
  h1 { font-size: 2.4rem; line-height: 1.15; letter-spacing: -0.02em; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.6rem 1.5rem; padding: 1.5rem; border: 1px solid #8886; border-radius: 1rem; }
  dt { opacity: 0.7; }
  dd { margin: 0; font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
</style>
<h1>${escape(greeting)}</h1>
<p>This is all that the process behind this page can see of the machine:</p>
<dl>
  <dt>node</dt><dd>${escape(node)}</dd>
  <dt>variables</dt><dd>${escape(variables.join(" "))}</dd>
  <dt>network</dt><dd>${escape(interfaces.join(" ") || "none")}</dd>
</dl>
</html>
`;
}

function escape(text) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
