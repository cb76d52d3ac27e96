import type { GoogleGenAI, GoogleGenAIOptions } from "@google/genai";
import type { EndpointInput, WorkloadMid, WorkloadSdk } from "./index.js";

/** The official client; its requests go to a connected workload, for example a Relay. Other users of fetch notice nothing. */
export function createGoogleAiStudioClient(
  sdk: WorkloadSdk,
  workload: WorkloadMid,
  endpoint: EndpointInput,
  options?: Omit<GoogleGenAIOptions, "apiKey">,
): GoogleGenAI;
