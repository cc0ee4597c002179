"use client";

import { useQuery } from "@tanstack/react-query";
import { BarChart } from "@/components/charts/bars/bar-chart";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { TextSkeleton } from "@/components/ui/feedback/skeletons";
import { formatCount } from "@/components/ui/format/format-number";
import { KeyValues } from "@/components/ui/layout/key-values";
import type { OnnxValue } from "@/server/domains/models/contract";
import { Failure } from "../../failure";
import type { OfFileProps } from "./parquet-table";

function Values({ title, values }: { title: string; values: readonly OnnxValue[] }) {
  return (
    <section className="min-w-0">
      <h3 className="mb-1 font-medium text-label">{title}</h3>
      <ul className="grid gap-0.5 text-table">
        {values.map(({ name, datatype, dims }) => (
          <li key={name} className="flex flex-wrap gap-x-3">
            <code className="break-all font-mono text-label">{name}</code>
            <span className="text-label text-muted">
              {datatype}[{dims.map((dim) => dim ?? "?").join(", ")}]
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What an ONNX graph takes, gives and is made of; nothing of it is run. */
export function OnnxGraph({ project, root, path }: OfFileProps) {
  const trpc = useTRPC();
  const asked = trpc.models.describeOnnx.queryOptions({ project, ...root, path }, { retry: false });
  const { data, error, refetch } = useQuery(asked);
  useLive(["artifacts"], [asked.queryKey]);
  if (error && !data) return <Failure title="The graph could not be read" error={error} onRetry={() => void refetch()} />;
  if (!data) return <TextSkeleton lines={8} />;
  return (
    <div className="grid gap-5">
      <KeyValues
        items={[
          { label: "Opset", value: data.opsets.map(({ domain, version }) => (domain === "" ? String(version) : `${domain} ${version}`)).join(", ") },
          { label: "IR version", value: String(data.irVersion) },
          { label: "Made by", value: data.producer || "not said" },
          { label: "Nodes", value: formatCount(data.nodes) },
          { label: "Weights", value: `${formatCount(data.initializers)} tensors` },
        ]}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <Values title="Inputs" values={data.inputs} />
        <Values title="Outputs" values={data.outputs} />
      </div>
      <BarChart title="Operators" bare bars={data.operators.map(({ name, count }) => ({ id: name, label: name, value: count }))} format={formatCount} />
      {data.metadata.length > 0 && <KeyValues items={data.metadata.map(({ key, value }) => ({ label: key, value, mono: true }))} />}
    </div>
  );
}
