"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useTRPC } from "@/components/trpc/client";
import { TextSkeleton } from "@/components/ui/feedback/skeletons";
import { formatBytes } from "@/components/ui/format/format-bytes";
import { Section } from "@/components/ui/layout/section";
import { CodeBlock } from "@/components/ui/text/code-block";
import type { CodeFile } from "@/server/domains/experiments/contract/run-code";
import { messageOf } from "../failure";

export const fileRow = "flex min-h-7 w-full min-w-0 items-center gap-2 rounded-sm px-2 text-left text-table hover:bg-well aria-[current]:bg-well aria-[current]:font-medium";

export function CodeText({ file }: { file: CodeFile }) {
  if (file.text === null) return <p className="p-4 text-muted text-table">{formatBytes(file.size)} that are not shown: no text, or too long.</p>;
  return <CodeBlock code={file.text} maxHeight="65dvh" className="rounded-none border-0" />;
}

/** The files of a run's code on the left, the chosen one on the right; then what it ran in. */
export function CodeFiles({ project, runId }: { project: string; runId: string }) {
  const trpc = useTRPC();
  const [chosen, setChosen] = useQueryState("file", parseAsString.withOptions({ history: "push", shallow: true }));
  const { data, error } = useQuery(trpc.experiments.readRunCode.queryOptions({ project, runId }, { retry: false }));
  if (error) return <p className="text-muted text-table">{messageOf(error)}</p>;
  if (!data) return <TextSkeleton lines={6} />;
  const files = [...data.files, ...data.environment];
  const file = files.find(({ path }) => path === chosen) ?? files[0];
  if (!file) return null;
  return (
    <Section title="Files" flush description={data.isCut ? `The first ${data.files.length}.` : undefined}>
      <div className="grid md:grid-cols-[15rem_minmax(0,1fr)]">
        <nav aria-label="Code files" className="quiet-scroll max-h-56 overflow-auto border-line p-1.5 max-md:border-b md:max-h-[65dvh] md:border-r">
          <ul>
            {files.map(({ path, size }) => (
              <li key={path}>
                <button type="button" className={fileRow} aria-current={path === file.path || undefined} onClick={() => void setChosen(path)}>
                  <span className="min-w-0 flex-1 truncate" data-tip={path}>
                    {path}
                  </span>
                  <span className="shrink-0 font-normal text-label text-muted">{formatBytes(size)}</span>
                </button>
              </li>
            ))}
          </ul>
        </nav>
        <CodeText key={file.path} file={file} />
      </div>
    </Section>
  );
}
