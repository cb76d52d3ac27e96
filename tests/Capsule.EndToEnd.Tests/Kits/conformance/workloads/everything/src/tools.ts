// The tools that the scenarios of @modelcontextprotocol/conformance call, by their names.
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { ElicitResultSchema, type CallToolResult, type ServerNotification, type ServerRequest } from "@modelcontextprotocol/sdk/types.js";
import type { RequestHandlerExtra } from "@modelcontextprotocol/sdk/shared/protocol.js";

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;
type Call = (given: Record<string, string>, extra: Extra) => Promise<CallToolResult>;
type Schema = { type: "object"; [key: string]: unknown };

export const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";
const wav = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=";
const nothing: Schema = { type: "object", properties: {} };
const pause = () => new Promise((done) => setTimeout(done, 50));
const text = (words: string) => ({ type: "text" as const, text: words });
const image = { type: "image" as const, data: png, mimeType: "image/png" };
const said = (...content: CallToolResult["content"]) => async (): Promise<CallToolResult> => ({ content });

function asking(message: string, properties: Record<string, unknown>): Call {
  return async (_, { sendRequest }) => {
    const { action, content } = await sendRequest({ method: "elicitation/create", params: { message, requestedSchema: { type: "object", properties, required: [] } } } as ServerRequest, ElicitResultSchema);
    return { content: [text(`Elicitation completed: action=${action}, content=${JSON.stringify(content)}`)] };
  };
}

export const tools: Record<string, { inputSchema?: Schema; call: Call }> = {
  test_simple_text: { call: said(text("This is a simple text response for testing.")) },
  test_image_content: { call: said(image) },
  test_audio_content: { call: said({ type: "audio", data: wav, mimeType: "audio/wav" }) },
  test_embedded_resource: { call: said({ type: "resource", resource: { uri: "test://embedded-resource", mimeType: "text/plain", text: "This is an embedded resource content." } }) },
  test_multiple_content_types: {
    call: said(text("Multiple content types test:"), image, { type: "resource", resource: { uri: "test://mixed-content-resource", mimeType: "application/json", text: '{"test":"data","value":123}' } }),
  },
  test_error_handling: { call: async () => ({ isError: true, content: [text("This tool intentionally returns an error for testing")] }) },
  test_tool_with_logging: {
    call: async (_, { sendNotification }) => {
      for (const data of ["Tool execution started", "Tool processing data", "Tool execution completed"]) {
        await sendNotification({ method: "notifications/message", params: { level: "info", data } });
        await pause();
      }

      return { content: [text("Tool with logging executed successfully")] };
    },
  },
  test_tool_with_progress: {
    call: async (_, { sendNotification, _meta }) => {
      for (const progress of [0, 50, 100]) {
        if (_meta?.progressToken !== undefined) {
          await sendNotification({ method: "notifications/progress", params: { progressToken: _meta.progressToken, progress, total: 100 } });
        }

        await pause();
      }

      return { content: [text("done")] };
    },
  },
  // Of no scenario: it never ends by itself.
  test_wait: {
    call: async (_, { sendNotification, signal, _meta }) => {
      await sendNotification({ method: "notifications/progress", params: { progressToken: _meta?.progressToken ?? 0, progress: 1 } });
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("given up"))));
    },
  },
  test_elicitation_sep1034_defaults: {
    call: asking("Please review and update the form fields with defaults", {
      name: { type: "string", default: "John Doe" },
      age: { type: "integer", default: 30 },
      score: { type: "number", default: 95.5 },
      status: { type: "string", enum: ["active", "inactive", "pending"], default: "active" },
      verified: { type: "boolean", default: true },
    }),
  },
  test_elicitation_sep1330_enums: {
    call: asking("Please select options from the enum fields", {
      untitledSingle: { type: "string", enum: ["option1", "option2", "option3"] },
      titledSingle: { type: "string", oneOf: [{ const: "value1", title: "First Option" }, { const: "value2", title: "Second Option" }] },
      legacyEnum: { type: "string", enum: ["opt1", "opt2"], enumNames: ["Option One", "Option Two"] },
      untitledMulti: { type: "array", items: { type: "string", enum: ["option1", "option2", "option3"] } },
      titledMulti: { type: "array", items: { anyOf: [{ const: "value1", title: "First Choice" }, { const: "value2", title: "Second Choice" }] } },
    }),
  },
  json_schema_2020_12_tool: {
    inputSchema: {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      type: "object",
      $defs: { address: { type: "object", properties: { street: { type: "string" }, city: { type: "string" } } } },
      properties: { name: { type: "string" }, address: { $ref: "#/$defs/address" } },
      additionalProperties: false,
    },
    call: said(text("understood")),
  },
};

/** Those that ask the client's model or its user, which they do through the server. */
export function add(server: McpServer): void {
  tools.test_sampling = {
    inputSchema: { type: "object", properties: { prompt: { type: "string" } }, required: ["prompt"] },
    call: async ({ prompt = "" }, extra) => {
      const answer = await server.server.createMessage({ messages: [{ role: "user", content: text(prompt) }], maxTokens: 100 }, { relatedRequestId: extra.requestId });
      return { content: [text(`LLM response: ${JSON.stringify(answer.content)}`)] };
    },
  };
  tools.test_elicitation = {
    inputSchema: { type: "object", properties: { message: { type: "string" } }, required: ["message"] },
    call: async ({ message = "" }, extra) => {
      const answer = await server.server.elicitInput(
        { message, requestedSchema: { type: "object", properties: { username: { type: "string" }, email: { type: "string" } }, required: ["username", "email"] } },
        { relatedRequestId: extra.requestId },
      );
      return { content: [text(`User response: action: ${answer.action}, content: ${JSON.stringify(answer.content)}`)] };
    },
  };
  for (const tool of Object.values(tools)) {
    tool.inputSchema ??= nothing;
  }
}
