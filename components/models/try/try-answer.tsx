import { Notice } from "@/components/ui/feedback/notice";
import { formatPlain } from "@/components/ui/format/format-number";
import { ColumnHeads } from "@/components/ui/layout/column-heads";
import { ScrollRegion } from "@/components/ui/layout/scroll-region";
import { completedOutput, scoreOutput } from "@/server/domains/models/serving/contract";
import type { TryAnswer } from "./ask-endpoint";

type Cell = TryAnswer["outputs"][number]["data"][number];
type Props = { answer: TryAnswer; features: readonly string[]; description: string };

const text = (value: Cell | undefined): string => (value === null || value === undefined ? "absent" : typeof value === "number" ? formatPlain(value, 6) : String(value));

function Completed({ values, features }: { values: readonly Cell[]; features: readonly string[] }) {
  return (
    <ScrollRegion label="Completed values" className="max-h-72 rounded-md border border-line">
      <table className="w-full text-table tabular-nums">
        <caption className="sr-only">What the request was completed to from the online store</caption>
        <ColumnHeads titles={["Feature", "Completed value"]} sticky />
        <tbody>
          {features.map((name, position) => (
            <tr key={name} className="h-7 border-line border-b last:border-b-0">
              <th scope="row" className="px-3 text-left font-normal">{name}</th>
              <td className={values[position] === null ? "px-3 text-right text-muted" : "px-3 text-right"}>{text(values[position])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

const isMostlyAbsent = (values: readonly Cell[]) => values.filter((one) => one === null).length * 2 > values.length;

/** The score first, then who answered and how fast, then what it was made of. */
export function TryAnswerView({ answer, features, description }: Props) {
  const score = answer.outputs.find(({ name }) => name === scoreOutput);
  const completed = answer.outputs.find(({ name }) => name === completedOutput);
  const others = answer.outputs.filter((output) => output !== score && output !== completed);
  const [value] = score?.data ?? [];
  return (
    <div className="grid content-start gap-3">
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        {score && (
          <div>
            <dt className="text-label text-muted">Score</dt>
            <dd className="font-semibold text-title tabular-nums">{typeof value === "number" ? value.toFixed(4) : text(value)}</dd>
          </div>
        )}
        <div>
          <dt className="text-label text-muted">Answered by</dt>
          <dd>version {answer.model_version}</dd>
        </div>
        <div>
          <dt className="text-label text-muted">Round trip</dt>
          <dd className="tabular-nums">{answer.tookMs.toFixed(1)} ms</dd>
        </div>
      </dl>
      {others.map((output) => <p key={output.name} className="break-words text-table"><span className="text-muted">{output.name}:</span> {output.data.slice(0, 20).map(text).join(", ")}</p>)}
      {score && description && <p className="text-label text-muted">{description}</p>}
      {completed && isMostlyAbsent(completed.data) && (
        <Notice tone="warning">
          The online store had no value for {completed.data.filter((one) => one === null).length} of {completed.data.length} features at that time: the score says little. Are the views materialized, and fresh enough for their TTL?
        </Notice>
      )}
      {completed && <Completed values={completed.data} features={features} />}
    </div>
  );
}
