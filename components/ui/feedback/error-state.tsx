import type { ReactNode } from "react";
import { Button } from "@/components/ui/actions/button";
import { CopyButton } from "@/components/ui/actions/copy-button";
import { cn } from "@/components/ui/class-names";
import { StateGlyph } from "./state-glyph";

export type ErrorStateProps = {
  title: string;
  kept?: ReactNode;
  next?: ReactNode;
  detail?: string;
  requestId?: string;
  onRetry?: () => void;
  retrying?: boolean;
  className?: string;
};

/** What happened, what was kept, what to do next, and the id to quote. */
export function ErrorState({ title, kept, next, detail, requestId, onRetry, retrying, className }: ErrorStateProps) {
  return (
    <div role="alert" className={cn("rounded-lg border border-line bg-panel px-4 py-3", className)}>
      <p className="flex items-start gap-2 font-medium">
        <StateGlyph glyph="bang" className="mt-[3px] text-failed" />
        {title}
      </p>
      <div className="mt-1 grid gap-1 pl-[22px] text-muted text-table">
        {kept && <p>{kept}</p>}
        {next && <p>{next}</p>}
        {detail && (
          <pre className="quiet-scroll max-h-40 overflow-auto whitespace-pre-wrap font-mono text-label">{detail}</pre>
        )}
        {(onRetry || requestId) && (
          <div className="mt-1.5 flex flex-wrap items-center gap-3">
            {onRetry && (
              <Button size="sm" onClick={onRetry} pending={retrying}>
                Try again
              </Button>
            )}
            {requestId && (
              <span className="inline-flex items-center gap-1 text-label">
                Request <code className="font-mono">{requestId}</code>
                <CopyButton text={requestId} label="Copy request id" />
              </span>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
