"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { useTRPC } from "@/components/trpc/client";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { TextSkeleton } from "@/components/ui/feedback/skeletons";
import { Segmented } from "@/components/ui/forms/segmented";
import { Select } from "@/components/ui/forms/select";
import type { ArtifactRow } from "@/server/domains/experiments/contract/artifact";
import type { ComparedRun } from "@/server/domains/experiments/contract/compare";
import { useAddressState } from "../../address-state";
import { artifactHref, kindOfArtifact } from "../../artifacts/artifact-kind";
import { FileBody } from "../../artifacts/artifact-preview";
import { Failure } from "../../failure";
import type { Compared } from "../use-comparison";
import { ImageSlider } from "./image-slider";
import { OtherRun, useOtherRun } from "./other-run";

const ways = [
  { value: "slider", label: "Slider" },
  { value: "beside", label: "Side by side" },
] as const;

type RunFiles = { rootUri: string; files: ArtifactRow[] };

/** Files of either run: those of both that differ first, then the same ones, then what one of them lacks. */
function fileOptions(base: RunFiles, other: RunFiles) {
  const [left, right] = [new Map(base.files.map((file) => [file.path, file])), new Map(other.files.map((file) => [file.path, file]))];
  const groupOf = (path: string) => {
    const [a, b] = [left.get(path), right.get(path)];
    if (!a || !b) return a ? "Only in the baseline" : "Only in the other";
    return a.sha256 === b.sha256 ? "Same in both" : "Differ";
  };
  const order = ["Differ", "Same in both", "Only in the baseline", "Only in the other"];
  const options = [...new Set([...left.keys(), ...right.keys()])].sort().map((path) => ({ value: path, label: path, group: groupOf(path) }));
  return options.sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group));
}

function useFilesOf(project: string, runId: string | undefined) {
  const trpc = useTRPC();
  return useQuery(trpc.experiments.listRunFiles.queryOptions({ project, runId: runId ?? "" }, { enabled: runId !== undefined }));
}

/** One file of two runs beside each other; images under a slider. */
export function CompareArtifacts({ compared }: { compared: Compared }) {
  const { project, baseline } = compared;
  const chosen = useOtherRun(compared);
  const base = useFilesOf(project, baseline.id);
  const other = useFilesOf(project, chosen.other?.id);
  const error = base.error ?? other.error;
  if (!chosen.other) return null;
  if (error && !(base.data && other.data)) return <Failure title="The artifacts could not be listed" error={error} />;
  return (
    <div className="grid gap-3">
      <OtherRun baseline={baseline} others={chosen.others} other={chosen.other} choose={chosen.choose} />
      {base.data && other.data ? <Files project={project} runs={[baseline, chosen.other]} files={[base.data, other.data]} /> : <TextSkeleton lines={8} />}
    </div>
  );
}

type FilesProps = { project: string; runs: readonly [ComparedRun, ComparedRun]; files: readonly [RunFiles, RunFiles] };

function Files({ project, runs, files }: FilesProps) {
  const [state, set] = useAddressState({ path: parseAsString, way: parseAsStringLiteral(["slider", "beside"]).withDefault("slider") }, { history: "replace", shallow: true });
  const options = useMemo(() => fileOptions(files[0], files[1]), [files]);
  const path = options.some(({ value }) => value === state.path) ? state.path : (options[0]?.value ?? null);
  if (path === null) return <EmptyState title="Neither run has artifacts">Files that a run logs can be held against another’s here.</EmptyState>;
  const sides = files.map(({ rootUri, files: own }, index) => {
    const file = own.find((each) => each.path === path);
    const run = runs[index];
    return { run, file, href: file ? artifactHref(project, rootUri, path) : null };
  });
  const [left, right] = sides;
  const canSlide = kindOfArtifact(path) === "image" && Boolean(left?.href && right?.href);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Select aria-label="File" className="max-w-96" options={options} value={path} onChange={(event) => void set({ path: event.target.value })} />
        {canSlide && <Segmented label="How the images are shown" options={ways} value={state.way} onValueChange={(way) => void set({ way })} />}
      </div>
      {canSlide && state.way === "slider" && left?.href && right?.href ? (
        <ImageSlider base={{ name: runs[0].name, href: left.href }} other={{ name: runs[1].name, href: right.href }} />
      ) : (
        <div className="grid gap-3 lg:grid-cols-2">
          {sides.map(({ run, file, href }) => (
            <section key={run?.id} aria-label={run?.name} className="min-w-0 rounded-lg border border-line bg-panel p-3">
              <h3 className="mb-2 truncate font-medium text-table">{run?.name}</h3>
              {file && href && run ? <FileBody project={project} root={{ runId: run.id }} file={{ ...file, isDir: false }} href={href} /> : <p className="text-muted text-table">It has no such file here.</p>}
            </section>
          ))}
        </div>
      )}
    </>
  );
}
