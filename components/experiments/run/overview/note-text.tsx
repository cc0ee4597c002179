import { Fragment, type ReactNode } from "react";

/** The little of Markdown that notes use: headings, lists, bold, code. Everything else stays text; no HTML is made. */

function inline(text: string): ReactNode[] {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((part, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a line have no other identity
    if (/^\*\*[^*]+\*\*$/.test(part)) return <b key={index}>{part.slice(2, -2)}</b>;
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a line have no other identity
    if (/^`[^`]+`$/.test(part)) return <code key={index} className="rounded-sm bg-well px-1 font-mono text-label">{part.slice(1, -1)}</code>;
    return part;
  });
}

type Block = { kind: "heading" | "list" | "text"; lines: string[] };

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  for (const line of text.replaceAll("\r\n", "\n").split("\n")) {
    const kind = /^#{1,6} /.test(line) ? "heading" : /^\s*[-*] /.test(line) ? "list" : "text";
    const last = blocks.at(-1);
    const starts = kind === "heading" || last?.kind !== kind || last.lines.length === 0;
    if (line.trim() === "") blocks.push({ kind: "text", lines: [] });
    else if (starts) blocks.push({ kind, lines: [line] });
    else last.lines.push(line);
  }
  return blocks.filter((block) => block.lines.length > 0);
}

export function NoteText({ text }: { text: string }) {
  return (
    <div className="grid max-w-[75ch] gap-2 break-words">
      {blocksOf(text).map((block, at) => {
        const key = `${at} ${block.lines[0]}`;
        if (block.kind === "heading")
          return (
            <h3 key={key} className="text-body">
              {inline((block.lines[0] ?? "").replace(/^#+ /, ""))}
            </h3>
          );
        if (block.kind === "list")
          return (
            <ul key={key} className="grid list-disc gap-0.5 pl-5 marker:text-faint">
              {block.lines.map((line) => (
                <li key={line}>{inline(line.replace(/^\s*[-*] /, ""))}</li>
              ))}
            </ul>
          );
        return (
          <p key={key}>
            {block.lines.map((line, index) => (
              <Fragment key={line}>
                {index > 0 && <br />}
                {inline(line)}
              </Fragment>
            ))}
          </p>
        );
      })}
    </div>
  );
}
