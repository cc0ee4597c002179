import { cn } from "@/components/ui/class-names";
import { formatSigned } from "@/components/ui/format/format-difference";
import { formatPlain } from "@/components/ui/format/format-number";
import { extentOf, padded, percentOf } from "../ticks";
import { judgeRuler } from "./judge-ruler";

export type RulerProps = {
  label: string;
  estimate: number;
  low?: number | null;
  high?: number | null;
  threshold: number;
  thresholdLabel?: string;
  /** Where the judged end must lie. */
  passWhen: "below" | "above";
  /** Decided elsewhere, by the estimate alone: the interval is then shown, not judged. */
  passes?: boolean;
  signed?: boolean;
  digits?: number;
  className?: string;
};

/** An interval on a line with its threshold: the passing side is tinted, the judged end is what counts. */
export function Ruler({
  label,
  estimate,
  low,
  high,
  threshold,
  thresholdLabel = "limit",
  passWhen,
  passes: decided,
  signed,
  digits = 4,
  className,
}: RulerProps) {
  const domain = padded(extentOf([estimate, low, high, threshold, ...(signed ? [0] : [])]) ?? [0, 1], 0.18);
  const x = (value: number) => `${percentOf(value, domain)}%`;
  const judgement = judgeRuler({ estimate, low, high, threshold, passWhen });
  const isByEstimate = decided !== undefined && decided !== judgement.passes;
  const { passes, judged, end } = isByEstimate ? { passes: decided, judged: estimate, end: "the estimate" } : judgement;
  const say = (value: number) => (signed ? formatSigned(value, digits) : formatPlain(value, digits));
  const words = `${label}: ${end} ${say(judged)} is ${judged < threshold ? "below" : judged > threshold ? "above" : "at"} the ${thresholdLabel} ${say(threshold)}, ${passes ? "passes" : "does not pass"}`;
  const colour = passes ? "var(--succeeded)" : "var(--failed)";
  const at = percentOf(threshold, domain);
  return (
    <svg
      role="img"
      aria-label={words}
      data-tip={words}
      className={cn("block h-9 w-full min-w-40 overflow-visible text-[10px]", className)}
    >
      <rect
        x={passWhen === "below" ? 0 : `${at}%`}
        width={passWhen === "below" ? `${at}%` : `${100 - at}%`}
        y="6"
        height="16"
        fill="var(--succeeded)"
        opacity="0.1"
      />
      <line x1="0" x2="100%" y1="14" y2="14" stroke="var(--line)" />
      <line
        x1={x(threshold)}
        x2={x(threshold)}
        y1="3"
        y2="25"
        stroke="var(--ink)"
        strokeWidth="1.5"
        strokeDasharray="3 2"
      />
      {low !== null && low !== undefined && high !== null && high !== undefined && (
        <g stroke={colour} strokeWidth="2">
          <line x1={x(low)} x2={x(high)} y1="14" y2="14" />
          <line x1={x(low)} x2={x(low)} y1="10" y2="18" />
          <line x1={x(high)} x2={x(high)} y1="10" y2="18" />
        </g>
      )}
      <circle cx={x(estimate)} cy="14" r="4" fill={passes ? colour : "var(--panel)"} stroke={colour} strokeWidth="2" />
      <text x={x(threshold)} y="35" textAnchor={at > 80 ? "end" : at < 20 ? "start" : "middle"} className="fill-muted">
        {thresholdLabel} {say(threshold)}
      </text>
    </svg>
  );
}
