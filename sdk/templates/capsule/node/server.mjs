import { createServer } from "node:http";

const port = Number(process.env.PORT);
if (!Number.isInteger(port) || port < 1) {
  console.error("PORT must be a port number");
  process.exit(2);
}

const server = createServer((request, response) => {
  const found = request.url === "/" && (request.method === "GET" || request.method === "HEAD");
  response.writeHead(found ? 200 : 404, { "content-type": "text/plain; charset=utf-8" });
  response.end(found ? "Hello from starter-capsule!\n" : "There is nothing here.\n");
});

server.listen(port, "127.0.0.1", () => console.log(`listening on port ${port}`));

process.once("SIGTERM", () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});
