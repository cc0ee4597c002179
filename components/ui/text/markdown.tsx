import type { ReactNode } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { cn } from "@/components/ui/class-names";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { ScrollRegion } from "@/components/ui/layout/scroll-region";

/** One level below the title of the part that it stands in: a text's own levels would tear the page's outline. */
const heading = (className: string) => (props: { children?: ReactNode }) => <h3 className={className}>{props.children}</h3>;

/** In running text a link is told by more than its colour. */
const outward = "rounded-sm text-accent-text underline underline-offset-2";

const isOwn = (address: string | undefined): address is string => address !== undefined && /^\/(?!\/)/.test(address);

const components: Components = {
  h1: heading("mt-1 text-heading first:mt-0"),
  h2: heading("mt-1 text-heading first:mt-0"),
  h3: heading("mt-1 text-body first:mt-0"),
  h4: heading("mt-1 text-body first:mt-0"),
  h5: heading("mt-1 text-body first:mt-0"),
  h6: heading("mt-1 text-body first:mt-0"),
  p: ({ children }) => <p className="min-w-0">{children}</p>,
  ul: ({ children, className }) => <ul className={`grid gap-0.5 marker:text-faint ${className?.includes("task-list") ? "" : "list-disc pl-5"}`}>{children}</ul>,
  ol: ({ children, start }) => <ol start={start} className="grid list-decimal gap-0.5 pl-6 marker:text-faint">{children}</ol>,
  input: ({ checked }) => <input type="checkbox" checked={checked ?? false} disabled aria-label={checked ? "done" : "to do"} className="mr-1.5 align-[-2px]" />,
  blockquote: ({ children }) => <blockquote className="grid gap-2 border-line-strong border-l-2 pl-3 text-muted">{children}</blockquote>,
  hr: () => <hr className="border-line" />,
  // A block of code is scrolled for itself; `code` in a line is marked.
  pre: ({ children }) => (
    <ScrollRegion label="Code" className="rounded-md border border-line bg-well/60 px-3 py-2 [&_code]:bg-transparent [&_code]:p-0">
      <pre className="w-fit font-mono text-label leading-[1.35rem]">{children}</pre>
    </ScrollRegion>
  ),
  code: ({ children }) => <code className="rounded-sm bg-well px-1 font-mono text-label">{children}</code>,
  table: ({ children }) => (
    <ScrollRegion label="Table" className="w-fit max-w-full rounded-md border border-line">
      <table className="text-table tabular-nums">{children}</table>
    </ScrollRegion>
  ),
  th: ({ children, style }) => <th style={style} className="h-8 whitespace-nowrap border-line border-b px-3 text-left font-medium text-label text-muted">{children}</th>,
  td: ({ children, style }) => <td style={style} className="h-8 border-line border-b px-3 [tr:last-child_&]:border-b-0">{children}</td>,
  a: ({ href, children }) =>
    isOwn(href) ? (
      <InlineLink href={href} className="underline">{children}</InlineLink>
    ) : href ? (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow" className={outward}>
        {children}
      </a>
    ) : (
      children
    ),
  // Another host would learn who reads it, and when.
  img: ({ src, alt }) => {
    const address = typeof src === "string" ? src : undefined;
    // biome-ignore lint/performance/noImgElement: an artifact, of a size nobody knows before
    if (isOwn(address)) return <img src={address} alt={alt ?? ""} className="max-w-full rounded-sm border border-line" />;
    return address ? <a href={address} target="_blank" rel="noopener noreferrer nofollow" className={outward}>{alt || address}</a> : alt;
  },
};

export type MarkdownProps = { text: string; /** Line ends are kept, as in what was typed into a form. */ isTyped?: boolean };

/** Markdown as GitHub reads it. HTML in it stays text. */
export function Markdown({ text, isTyped }: MarkdownProps) {
  return (
    <div className={cn("grid min-w-0 max-w-[75ch] gap-2.5 break-words", isTyped && "[&_p]:whitespace-pre-line")}>
      <ReactMarkdown remarkPlugins={[remarkGfm]} components={components}>
        {text}
      </ReactMarkdown>
    </div>
  );
}
