// The official MCP client, which goes through what a server with everything has. Takes: http ADDRESS, or stdio PROGRAM ARGUMENT...
// Prints what it saw as JSON.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const here = createRequire(`${process.cwd()}/package.json`);
const load = (name) => import(pathToFileURL(here.resolve(`@modelcontextprotocol/sdk/${name}`)).href);
const { Client } = await load("client/index.js");
const { StreamableHTTPClientTransport } = await load("client/streamableHttp.js");
const { StdioClientTransport } = await load("client/stdio.js");
const { CreateMessageRequestSchema, ElicitRequestSchema, LoggingMessageNotificationSchema } = await load("types.js");

const [way, ...where] = process.argv.slice(2);
const connect = async (name) => {
  const client = new Client({ name, version: "1" }, { capabilities: { sampling: {}, elicitation: {} } });
  const transport = way === "http" ? new StreamableHTTPClientTransport(new URL(where[0])) : new StdioClientTransport({ command: where[0], args: where.slice(1), env: process.env, stderr: "inherit" });
  await client.connect(transport);
  return { client, transport };
};

const { client, transport } = await connect("one");
const logs = [];
const progress = [];
client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => void logs.push(params.data));
client.setRequestHandler(CreateMessageRequestSchema, ({ params }) => ({ role: "assistant", model: "m", content: { type: "text", text: params.messages[0].content.text.toUpperCase() } }));
client.setRequestHandler(ElicitRequestSchema, () => ({ action: "accept", content: { username: "ada", email: "ada@example.com" } }));
const call = async (name, given = {}, options) => (await client.callTool({ name, arguments: given }, undefined, options)).content[0].text;

// A call that is given up makes room for the next one.
const giveUp = new AbortController();
const waiting = call("test_wait", {}, { signal: giveUp.signal, onprogress: () => giveUp.abort() }).then(() => "answered", () => "gave up");

const seen = {
  waiting: await waiting,
  server: client.getServerVersion().name,
  tools: (await client.listTools()).tools.length,
  text: await call("test_simple_text"),
  sampled: await call("test_sampling", { prompt: "quietly" }),
  elicited: await call("test_elicitation", { message: "who?" }),
  failed: (await client.callTool({ name: "test_error_handling", arguments: {} })).isError,
  unknown: await client.callTool({ name: "no-such-tool", arguments: {} }).then(() => "answered", (problem) => problem.code),
  done: await call("test_tool_with_progress", {}, { onprogress: ({ progress: of }) => progress.push(of) }),
  progress,
  level: await client.setLoggingLevel("debug"),
  logged: await call("test_tool_with_logging"),
  logs,
  resource: (await client.readResource({ uri: "test://static-text" })).contents[0].mimeType,
  prompt: (await client.getPrompt({ name: "test_prompt_with_arguments", arguments: { arg1: "a", arg2: "b" } })).messages[0].content.text,
  completed: (await client.complete({ ref: { type: "ref/prompt", name: "test_prompt_with_arguments" }, argument: { name: "arg1", value: "par" } })).completion.values.length,
};

if (way === "http") {
  // Two clients count their requests alike; each gets its own answers.
  const { client: other } = await connect("two");
  seen.together = await Promise.all([call("test_simple_text"), other.readResource({ uri: "test://template/7/data" }).then((r) => JSON.parse(r.contents[0].text).id), client.ping().then(() => "pong")]);
  seen.session = transport.sessionId ?? null;
  await other.close();
}

await client.close();
console.log(JSON.stringify(seen));
