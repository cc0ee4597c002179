"use client";

import { useQuery } from "@tanstack/react-query";

const headBytes = 256 * 1024;
/** JSON means something only as a whole. */
const jsonBytes = 8 * 1024 * 1024;

export type ArtifactHead = { text: string; isWhole: boolean };

/** Reads up to the first bytes of a file, and hangs up on the rest. */
async function readHead(href: string, most: number, signal: AbortSignal): Promise<ArtifactHead> {
  const response = await fetch(href, { signal });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let read = 0;
  while (reader) {
    const { value, done } = await reader.read();
    if (done) return { text: text + decoder.decode(), isWhole: true };
    read += value.length;
    text += decoder.decode(value, { stream: true });
    if (read >= most) {
      await reader.cancel();
      return { text, isWhole: false };
    }
  }
  return { text, isWhole: true };
}

export function useArtifactHead(href: string, sha256: string | null, isJson: boolean) {
  return useQuery({ queryKey: ["artifact head", href, sha256], queryFn: ({ signal }) => readHead(href, isJson ? jsonBytes : headBytes, signal), staleTime: Number.POSITIVE_INFINITY });
}
