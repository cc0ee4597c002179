"use client";

import { useQuery } from "@tanstack/react-query";
import { type Components, toJsxRuntime } from "hast-util-to-jsx-runtime";
import { type ReactNode, useId } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import { cn } from "@/components/ui/class-names";
import { TextSkeleton } from "@/components/ui/feedback/skeletons";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { ScrollRegion } from "@/components/ui/layout/scroll-region";
import { CodeBlock } from "../code-block";
import { parseMarkdown } from "./parse-markdown";
import type { MarkdownFault } from "./read-markdown";

/** One level below the title of the part that it stands in: a text's own levels would tear the page's outline. */
const heading = (look: string) => (props: { className?: string; id?: string; children?: ReactNode }) => (
  <h3 id={props.id} className={props.className?.includes("sr-only") ? "sr-only" : look}>
    {props.children}
  </h3>
);

/** In running text a link is told by more than its colour. */
const outward = "rounded-sm text-accent-text underline underline-offset-2";

const isOwn = (address: string | undefined): address is string => address !== undefined && /^\/(?!\/)/.test(address);
const isRelative = (address: string | undefined): address is string => address !== undefined && /^(?![a-z][a-z0-9+.-]*:|[/#?\\])./i.test(address);

/** Where the files beside a text are: the page of one, and its content. */
export type FilesBeside = (path: string) => { page: string; content: string };

const look: Partial<Components> = {
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
};

function partsOf(files: FilesBeside | undefined): Partial<Components> {
  return {
    ...look,
    a: ({ href, children, id, "aria-describedby": describedBy, "aria-label": label }) => {
      const named = { id, "aria-describedby": describedBy, "aria-label": label };
      if (!href) return <span id={id}>{children}</span>;
      if (href.startsWith("#")) return <a {...named} href={href} className={outward}>{children}</a>;
      if (files && isRelative(href)) return <InlineLink href={files(href).page} className="underline">{children}</InlineLink>;
      if (isOwn(href)) return <InlineLink href={href} className="underline">{children}</InlineLink>;
      return <a {...named} href={href} target="_blank" rel="noopener noreferrer nofollow" className={outward}>{children}</a>;
    },
    // Another host would learn who reads it, and when.
    img: ({ src, alt }) => {
      const address = typeof src === "string" ? src : undefined;
      const shown = files && isRelative(address) ? files(address).content : isOwn(address) ? artifactOf(address) : undefined;
      // biome-ignore lint/performance/noImgElement: an artifact, of a size nobody knows before
      if (shown) return <img src={shown} alt={alt ?? ""} className="max-w-full rounded-sm border border-line" />;
      return address ? <a href={address} target="_blank" rel="noopener noreferrer nofollow" className={outward}>{alt || address}</a> : alt;
    },
  };
}

/** The one place of this server whose addresses are pictures; elsewhere a reader's browser would ask in the reader's name. */
function artifactOf(address: string): string | undefined {
  const { pathname, search } = new URL(address, "http://this");
  return pathname.startsWith("/api/2.0/mlflow-artifacts/artifacts/") && !/%(2e|2f|5c)/i.test(pathname) ? `${pathname}${search}` : undefined;
}

const faultWords: Record<MarkdownFault, string> = {
  deep: "Shown as it was written: its Markdown is nested too deep.",
  large: "Shown as it was written: its Markdown has too many parts.",
  slow: "Shown as it was written: its Markdown takes too long to read.",
};

function AsWritten({ text, why }: { text: string; why: string }) {
  return (
    <div className="grid min-w-0 gap-2">
      <p className="text-label text-muted">{why}</p>
      <CodeBlock code={text} wrap maxHeight="24rem" />
    </div>
  );
}

export type MarkdownProps = { text: string; /** Line ends are kept, as in what was typed into a form. */ isTyped?: boolean; files?: FilesBeside };

/** Markdown as GitHub reads it. HTML in it stays text. */
export function Markdown({ text, isTyped, files }: MarkdownProps) {
  const prefix = `${useId()}-`;
  const { data, isError } = useQuery({ queryKey: ["markdown", prefix, text], queryFn: () => parseMarkdown(text, prefix), staleTime: Number.POSITIVE_INFINITY, retry: false, networkMode: "always" });
  if (isError) return <AsWritten text={text} why="Shown as it was written: its Markdown could not be read." />;
  if (!data) return <TextSkeleton lines={3} />;
  if ("fault" in data) return <AsWritten text={text} why={faultWords[data.fault]} />;
  return (
    <div className={cn("grid min-w-0 max-w-[75ch] gap-2.5 break-words", isTyped && "[&_p]:whitespace-pre-line")}>
      {toJsxRuntime(data.tree, { Fragment, jsx, jsxs, components: partsOf(files) })}
    </div>
  );
}
