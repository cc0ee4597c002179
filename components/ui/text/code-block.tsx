import { CopyButton } from "@/components/ui/actions/copy-button";
import { cn } from "@/components/ui/class-names";
import { ScrollRegion } from "@/components/ui/layout/scroll-region";

export type CodeBlockProps = { code: string; title?: string; wrap?: boolean; maxHeight?: string; className?: string };

/** Code to read and to take along; long ones scroll, and the keyboard can reach the scroll. */
export function CodeBlock({ code, title, wrap, maxHeight, className }: CodeBlockProps) {
  return (
    <figure
      className={cn("group relative min-w-0 overflow-hidden rounded-md border border-line bg-well/60", className)}
    >
      {title && (
        <figcaption className="flex h-8 items-center border-line border-b px-3 text-label text-muted">
          {title}
        </figcaption>
      )}
      <CopyButton
        text={code}
        label={title ? `Copy ${title}` : "Copy code"}
        className={cn("absolute right-1 z-10", title ? "top-0.5" : "top-1 bg-panel/80")}
      />
      <ScrollRegion label={title ?? "Code"} style={{ maxHeight }} className="px-3 py-2">
        <pre
          className={cn(
            "w-fit min-w-full pr-8 font-mono text-label leading-[1.35rem]",
            wrap && "w-auto whitespace-pre-wrap break-words",
          )}
        >
          <code>{code}</code>
        </pre>
      </ScrollRegion>
    </figure>
  );
}
