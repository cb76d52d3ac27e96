import type { PromptMessage } from "@modelcontextprotocol/sdk/types.js";
import { png } from "./tools.ts";

type Given = Record<string, string>;

const user = (content: PromptMessage["content"]): PromptMessage => ({ role: "user", content });
const text = (words: string) => user({ type: "text", text: words });

export const prompts: Record<string, { args: string[]; say: (given: Given) => PromptMessage[] }> = {
  test_simple_prompt: { args: [], say: () => [text("This is a simple prompt for testing.")] },
  test_prompt_with_arguments: { args: ["arg1", "arg2"], say: ({ arg1, arg2 }) => [text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)] },
  test_prompt_with_embedded_resource: {
    args: ["resourceUri"],
    say: ({ resourceUri = "" }) => [
      user({ type: "resource", resource: { uri: resourceUri, mimeType: "text/plain", text: "Embedded resource content for testing." } }),
      text("Please process the embedded resource above."),
    ],
  },
  test_prompt_with_image: { args: [], say: () => [user({ type: "image", data: png, mimeType: "image/png" }), text("Please analyze the image above.")] },
};
