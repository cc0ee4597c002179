/**
 * Reads Markdown in a worker, and gives up after a time: some texts of a few kilobytes take a parser of CommonMark
 * seconds (`*a_ ` over and over), and neither a page nor the server may stand still for what somebody wrote.
 */
import type { MarkdownAsked, MarkdownRead } from "./read-markdown";

const mostMs = 2_000;
const mostStartMs = 15_000;

let reader: Promise<Worker> | null = null;
let last: Promise<unknown> = Promise.resolve();

function start(): Promise<Worker> {
  const worker = new Worker(new URL("./markdown-worker.ts", import.meta.url), { type: "module" });
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      worker.terminate();
      reject(new Error(why));
    };
    const timer = setTimeout(() => fail("The reader of Markdown did not come."), mostStartMs);
    const listening = new AbortController();
    worker.addEventListener("message", () => {
      clearTimeout(timer);
      listening.abort();
      resolve(worker);
    }, listening);
    worker.addEventListener("error", (event) => fail(event.message || "The reader of Markdown could not start."), listening);
  });
}

async function ask(text: string, prefix: string): Promise<MarkdownRead> {
  reader ??= start();
  const worker = await reader.catch((error) => {
    reader = null;
    throw error;
  });
  const asked: MarkdownAsked = { text, prefix };
  return new Promise((resolve, reject) => {
    const listening = new AbortController();
    const end = (settle: () => void, isSpent: boolean) => {
      clearTimeout(timer);
      listening.abort();
      if (isSpent) {
        worker.terminate();
        reader = null;
      }
      settle();
    };
    const timer = setTimeout(() => end(() => resolve({ fault: "slow" }), true), mostMs);
    worker.addEventListener("message", ({ data }: MessageEvent<MarkdownRead>) => end(() => resolve(data), false), listening);
    worker.addEventListener("error", (event) => end(() => reject(new Error(event.message)), true), listening);
    worker.postMessage(asked);
  });
}

/** One text after the other: the time of each is its own. */
export function parseMarkdown(text: string, prefix: string): Promise<MarkdownRead> {
  const mine = last.then(() => ask(text, prefix));
  last = mine.catch(() => null);
  return mine;
}
