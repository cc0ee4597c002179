/** Reads a JSON body with limits on size and nesting, before anything is parsed further. */
import type { Context } from "hono";
import { assertStorable, maxDepth } from "@/server/platform/db";
import { env } from "@/server/platform/env";
import { Invalid, TooLarge } from "@/server/platform/errors";

/** Depth of brackets outside strings, found without building the value. */
export function nestingDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 0x5c) i += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return deepest;
}

export async function readBody(c: Context, maxBytes = env().SLIPWAY_MAX_BODY_MB * 1024 * 1024): Promise<Buffer> {
  const declared = Number(c.req.header("content-length") ?? 0);
  if (declared > maxBytes) throw new TooLarge(`The body has ${declared} bytes; at most ${maxBytes} are read.`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const { body } = c.req.raw;
  if (!body) return Buffer.alloc(0);
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw new TooLarge(`The body is larger than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

export function parseJson(body: Uint8Array): unknown {
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    throw new Invalid("The body is not UTF-8.");
  }
  if (text.length === 0) return {};
  if (nestingDepth(text) > maxDepth) throw new Invalid(`The body is nested deeper than ${maxDepth} levels.`);
  try {
    const value: unknown = JSON.parse(text);
    // UTF-8 holds no half of a pair, JSON no raw NUL: only such an escape can make one.
    if (/\\u(?:0000|d[89a-f])/i.test(text)) assertStorable(value);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) throw new Invalid(`The body is not JSON: ${error.message}`);
    throw error;
  }
}

export async function readJson(c: Context, maxBytes?: number): Promise<unknown> {
  return parseJson(await readBody(c, maxBytes));
}
