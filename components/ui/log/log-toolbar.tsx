"use client";

import { ArrowDown, ArrowDownToLine, ArrowUp, Clock, Download, Search, WrapText } from "lucide-react";
import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/actions/copy-button";
import { IconButton } from "@/components/ui/actions/icon-button";
import { Input } from "@/components/ui/forms/input";

export type LogToolbarProps = {
  query: string;
  onQuery: (query: string) => void;
  found: number;
  current: number;
  onStep: (by: 1 | -1) => void;
  wrap: boolean;
  onWrap: () => void;
  times: boolean;
  onTimes: () => void;
  following: boolean;
  onFollow: () => void;
  live?: boolean;
  downloadHref?: string;
  note?: ReactNode;
  /** The line that was pressed, marked or found; its link can be copied. */
  picked?: number;
  hrefOfLine?: (n: number) => string;
};

export function LogToolbar(props: LogToolbarProps) {
  const { query, onQuery, found, current, onStep, downloadHref, note, hrefOfLine = (n) => `#L${n}` } = props;
  return (
    <div className="flex flex-wrap items-center gap-1 border-line border-b px-2 py-1.5">
      <Input
        aria-label="Search the log"
        placeholder="Search"
        prefix={<Search aria-hidden />}
        suffix={
          query === "" ? undefined : (
            <span role="status">
              {found === 0 ? "none" : current < 0 ? `${found} found` : `${current + 1} of ${found}`}
            </span>
          )
        }
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && onStep(event.shiftKey ? -1 : 1)}
        className="max-w-72 flex-1"
        data-filter-input
      />
      <IconButton label="Previous match" icon={<ArrowUp />} disabled={found === 0} onClick={() => onStep(-1)} />
      <IconButton label="Next match" icon={<ArrowDown />} disabled={found === 0} onClick={() => onStep(1)} />
      <span className="min-w-0 flex-1 truncate px-2 text-right text-label text-muted max-sm:invisible">{note}</span>
      {props.picked !== undefined && (
        <CopyButton
          size="md"
          label={`Copy link to line ${props.picked}`}
          text={() => new URL(hrefOfLine(props.picked ?? 1), location.href).href}
        />
      )}
      <IconButton label="Show times" icon={<Clock />} aria-pressed={props.times} onClick={props.onTimes} />
      <IconButton label="Wrap long lines" icon={<WrapText />} aria-pressed={props.wrap} onClick={props.onWrap} />
      <IconButton
        label={props.live ? "Follow the end" : "Go to the end"}
        icon={<ArrowDownToLine />}
        aria-pressed={props.following}
        onClick={props.onFollow}
      />
      {downloadHref && (
        <a
          href={downloadHref}
          download
          aria-label="Download the log"
          data-tip="Download the log"
          className="inline-grid size-8 place-items-center rounded-md text-muted hover:bg-well hover:text-ink"
        >
          <Download aria-hidden className="size-4" />
        </a>
      )}
    </div>
  );
}
