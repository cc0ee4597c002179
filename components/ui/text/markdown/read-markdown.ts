/** Markdown (CommonMark with GitHub's extensions) as a tree of what may be shown. Runs in a worker: see parse-markdown.ts. */
import type { Nodes, Root } from "hast";
import rehypeSanitize, { defaultSchema } from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";

/** Why a text is shown as it was written. */
export type MarkdownFault = "deep" | "large" | "slow";

export type MarkdownAsked = { text: string; /** Before the ids of footnotes, which a page with two texts would have twice. */ prefix: string };
export type MarkdownRead = { tree: Root } | { fault: MarkdownFault };

const mostNodes = 30_000;
/** React and the clone out of the worker go down a tree by recursion. */
const deepest = 100;

const schema = { ...defaultSchema, clobberPrefix: "" };

function* nodesOf(tree: Root) {
  const waiting: Nodes[] = [tree];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node;
    if ("children" in node) for (const child of node.children) waiting.push(child);
  }
}

/** HTML in a text stays text. */
function rawAsText() {
  return (tree: Root) => {
    for (const node of nodesOf(tree)) {
      if ("children" in node) node.children = node.children.map((child) => (child.type === "raw" ? { type: "text", value: child.value } : child)) as typeof node.children;
    }
  };
}

/** The one id that the library gives without the prefix. */
const labelId = "footnote-label";

function ownLabel(prefix: string) {
  return (tree: Root) => {
    for (const node of nodesOf(tree)) {
      if (node.type !== "element") continue;
      if (node.properties.id === labelId) node.properties.id = prefix + labelId;
      if (String(node.properties.ariaDescribedBy) === labelId) node.properties.ariaDescribedBy = prefix + labelId;
    }
  };
}

function faultOf(tree: Root): MarkdownFault | null {
  let nodes = 0;
  let level: Nodes[] = [tree];
  for (let depth = 0; level.length > 0; depth += 1) {
    nodes += level.length;
    if (depth > deepest) return "deep";
    if (nodes > mostNodes) return "large";
    level = level.flatMap((node): Nodes[] => ("children" in node ? (node.children as Nodes[]) : []));
  }
  return null;
}

export function readMarkdown({ text, prefix }: MarkdownAsked): MarkdownRead {
  const pipeline = unified().use(remarkParse).use(remarkGfm).use(remarkRehype, { allowDangerousHtml: true, clobberPrefix: prefix }).use(rawAsText).use(rehypeSanitize, schema).use(ownLabel, prefix);
  try {
    const tree = pipeline.runSync(pipeline.parse(text)) as Root;
    const fault = faultOf(tree);
    return fault ? { fault } : { tree };
  } catch (error) {
    // V8 tells a full stack as a RangeError, or as a regular expression that it could not compile any more.
    if (error instanceof Error && /stack/i.test(error.message)) return { fault: "deep" };
    throw error;
  }
}
