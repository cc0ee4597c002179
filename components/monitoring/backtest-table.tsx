import { Section } from "@/components/ui/layout/section";
import type { BaselineView } from "@/server/domains/monitoring/contract/monitor";
import { measureTitles } from "./measure-words";

/** How often the rules would have fired on the reference itself: what calibration is for. */
export function BacktestTable({ baseline }: { baseline: BaselineView }) {
  return (
    <Section title="Calibration" description={`Limits come from the windows of the reference itself (${baseline.datasetName}, ${baseline.rows.toLocaleString("en")} rows, scored by v${baseline.modelVersion}).`} flush>
      <div className="quiet-scroll overflow-x-auto">
        <table className="w-full text-table tabular-nums">
          <thead className="text-label text-muted">
            <tr className="border-line border-b">
              {["Rule", "Measure", "Reference windows", "Would have fired", "Limits of one half, fired on the other", "Textbook limit would have fired"].map((header) => <th key={header} scope="col" className="px-3 py-1.5 text-right font-medium first:text-left [&:nth-child(2)]:text-left">{header}</th>)}
            </tr>
          </thead>
          <tbody>
            {baseline.backtest.map((rule) => (
              <tr key={rule.rule} className="h-8 border-line border-b last:border-b-0">
                <th scope="row" className="px-3 text-left font-normal">{rule.rule}</th>
                <td className="px-3">{measureTitles[rule.measure]}</td>
                <td className="px-3 text-right">{rule.windows}</td>
                <td className="px-3 text-right">{rule.fired}</td>
                <td className="px-3 text-right">{rule.halfFired} of {rule.halfWindows}</td>
                <td className="px-3 text-right">{rule.textbookFired ?? "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
