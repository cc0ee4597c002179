"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsBoolean, parseAsString } from "nuqs";
import { useMemo } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Badge } from "@/components/ui/feedback/badge";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { TextSkeleton } from "@/components/ui/feedback/skeletons";
import { Switch } from "@/components/ui/forms/switch";
import { Section } from "@/components/ui/layout/section";
import type { ComparedRun } from "@/server/domains/experiments/contract/compare";
import type { RunCode } from "@/server/domains/experiments/contract/run-code";
import { useAddressState } from "../../address-state";
import { CodeText, fileRow } from "../../code/code-files";
import { type FilePair, packageChanges, pairFiles } from "../../code/file-changes";
import { FileDiff } from "../../code/file-diff";
import { Failure } from "../../failure";
import type { Compared } from "../use-comparison";
import { OtherRun, useOtherRun } from "./other-run";

const words = { changed: "changed", added: "only in the other", removed: "only in the baseline", same: "same" } as const;

function useCodeOf(project: string, runId: string | undefined) {
  const trpc = useTRPC();
  return useQuery(trpc.experiments.readRunCode.queryOptions({ project, runId: runId ?? "" }, { enabled: runId !== undefined, retry: false }));
}

/** What differs in the code of two runs, and in what they ran in. */
export function CompareCode({ compared }: { compared: Compared }) {
  const { project, baseline } = compared;
  const chosen = useOtherRun(compared);
  const base = useCodeOf(project, baseline.id);
  const other = useCodeOf(project, chosen.other?.id);
  const error = base.error ?? other.error;
  if (!chosen.other) return null;
  return (
    <div className="grid gap-3">
      <OtherRun baseline={baseline} others={chosen.others} other={chosen.other} choose={chosen.choose} />
      {error ? (
        <Failure title="The code could not be read" error={error} />
      ) : base.data && other.data ? (
        <Changes base={base.data} other={other.data} names={[baseline, chosen.other]} />
      ) : (
        <TextSkeleton lines={8} />
      )}
    </div>
  );
}

const textsOf = ({ environment }: RunCode) => environment.map(({ text }) => text ?? "").join("\n");

function Changes({ base, other, names }: { base: RunCode; other: RunCode; names: readonly [ComparedRun, ComparedRun] }) {
  const [state, set] = useAddressState({ file: parseAsString, same: parseAsBoolean.withDefault(false) }, { history: "replace", shallow: true });
  const pairs = useMemo(() => [...pairFiles(base.files, other.files), ...pairFiles(base.environment, other.environment)], [base, other]);
  const packages = useMemo(() => packageChanges(textsOf(base), textsOf(other)), [base, other]);
  const differing = pairs.filter(({ change }) => change !== "same");
  const shown = state.same ? pairs : differing;
  const pair = shown.find(({ path }) => path === state.file) ?? shown[0];
  if (base.source === "none" && other.source === "none") return <EmptyState title="Nothing is known of their code">Runs launched from a recipe keep theirs; a script keeps its own by logging it: mlflow.log_artifact("train.py", "code").</EmptyState>;
  return (
    <>
      <Section title="Packages that differ" flush={packages.length > 0}>
        {packages.length === 0 ? (
          <p className="text-muted text-table">{base.environment.length + other.environment.length === 0 ? "Neither run told its environment." : "None: their requirements name the same versions."}</p>
        ) : (
          <table className="w-full text-table">
            <thead className="text-label text-muted">
              <tr>
                {["Package", names[0].name, names[1].name].map((name) => (
                  <th key={name} scope="col" className="h-8 border-line border-b px-4 text-left font-medium">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {packages.map(({ name, base: left, other: right }) => (
                <tr key={name}>
                  <th scope="row" className="h-8 px-4 text-left font-normal">
                    {name}
                  </th>
                  <td className="px-4 font-mono text-label">{left ?? "–"}</td>
                  <td className="px-4 font-mono text-label">{right ?? "–"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Section>
      <Section title="Files" flush description={differing.length === 0 ? "All files are the same." : `${differing.length} of ${pairs.length} differ.`} actions={<Switch label="Same ones too" checked={state.same} onChange={(event) => void set({ same: event.target.checked || null })} />}>
        {pair && <PairView pairs={shown} pair={pair} onChoose={(path) => void set({ file: path })} />}
      </Section>
    </>
  );
}

function PairView({ pairs, pair, onChoose }: { pairs: readonly FilePair[]; pair: FilePair; onChoose: (path: string) => void }) {
  const { base, other } = pair;
  const only = base && other ? null : (base ?? other);
  return (
    <div className="grid md:grid-cols-[17rem_minmax(0,1fr)]">
      <nav aria-label="Files of both" className="quiet-scroll max-h-56 overflow-auto border-line p-1.5 max-md:border-b md:max-h-[65dvh] md:border-r">
        <ul>
          {pairs.map(({ path, change }) => (
            <li key={path}>
              <button type="button" className={fileRow} aria-current={path === pair.path || undefined} onClick={() => onChoose(path)}>
                <span className="min-w-0 flex-1 truncate" data-tip={path}>
                  {path}
                </span>
                <Badge tone={change === "changed" ? "accent" : "neutral"}>{words[change]}</Badge>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      {only ? <CodeText file={only} /> : base?.text !== null && other?.text !== null && base && other ? <FileDiff path={pair.path} before={base.text ?? ""} after={other.text ?? ""} /> : <p className="p-4 text-muted text-table">Not shown: no text, or too long.</p>}
    </div>
  );
}
