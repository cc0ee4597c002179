import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { CodeTabs, type Snippet } from "@/components/ui/text/code-tabs";

export type EmptyStateProps = {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  snippets?: readonly Snippet[];
  className?: string;
};

/** An empty page teaches: one sentence, the one button, a snippet ready to paste. */
export function EmptyState({ title, children, action, snippets, className }: EmptyStateProps) {
  return (
    <div className={cn("mx-auto grid w-full max-w-xl grid-cols-[minmax(0,1fr)] justify-items-center gap-3 px-4 py-10 text-center", className)}>
      <div>
        <p className="font-medium text-body">{title}</p>
        {children && <div className="mt-1 text-muted">{children}</div>}
      </div>
      {action}
      {snippets && snippets.length > 0 && (
        <CodeTabs label="Snippet" snippets={snippets} className="mt-2 w-full text-left" />
      )}
    </div>
  );
}
