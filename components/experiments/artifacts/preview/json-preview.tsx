"use client";

import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { ChartSkeleton } from "@/components/ui/feedback/skeletons";
import { Segmented } from "@/components/ui/forms/segmented";
import { CodeBlock } from "@/components/ui/text/code-block";
import { HeadTable } from "./head-table";
import { missingTraces, readJson } from "./read-json";

const PlotlyPlot = dynamic(() => import("./plotly-plot").then((module) => module.PlotlyPlot), { ssr: false, loading: () => <ChartSkeleton height={384} /> });

const shownRows = 200;

const ways = [
  { value: "shown", label: "Shown" },
  { value: "source", label: "JSON" },
] as const;

/** JSON as what it means, where that is known: a logged table, a figure; its text else, and on request. */
export function JsonPreview({ path, text, isWhole }: { path: string; text: string; isWhole: boolean }) {
  const [way, setWay] = useState<"shown" | "source">("shown");
  const read = useMemo(() => (isWhole ? readJson(text) : ({ kind: "text", text } as const)), [text, isWhole]);
  const missing = read.kind === "plotly" ? missingTraces(read.figure) : [];
  const source = <CodeBlock code={read.kind === "text" ? read.text : text} maxHeight="65dvh" />;
  if (read.kind === "text") return source;
  return (
    <>
      <Segmented label="How it is shown" className="mb-3" options={ways} value={way} onValueChange={setWay} />
      {way === "source" ? (
        source
      ) : read.kind === "table" ? (
        <HeadTable label={path} header={read.header.map((name) => ({ name }))} rows={read.rows.slice(0, shownRows)} note={read.rows.length > shownRows ? `The first ${shownRows} of ${read.rows.length} rows; download the file for the rest.` : null} />
      ) : (
        <>
          {missing.length > 0 && <p className="mb-2 text-label text-warning">Traces of these kinds are not drawn here: {missing.join(", ")}. The JSON has them.</p>}
          <PlotlyPlot figure={read.figure} label={path} />
        </>
      )}
    </>
  );
}
