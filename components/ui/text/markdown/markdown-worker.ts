import { type MarkdownAsked, readMarkdown } from "./read-markdown";

// Its own coming is not counted as time that a text takes.
postMessage("ready");
addEventListener("message", ({ data }: MessageEvent<MarkdownAsked>) => postMessage(readMarkdown(data)));
