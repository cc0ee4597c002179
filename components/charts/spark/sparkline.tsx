import { cn } from "@/components/ui/class-names";
import { sparkBars, sparkPath } from "./prepare-sparkline";

export type SparklineProps = {
  /** In words, for who cannot see it: "loss, falling to 0.412". */
  label: string;
  values: readonly (number | null)[];
  kind?: "line" | "bars";
  domain?: readonly [number, number];
  width?: number;
  height?: number;
  colour?: string;
  className?: string;
};

/** A word-sized graphic; plain SVG, drawn on the server. */
export function Sparkline({
  label,
  values,
  kind = "line",
  domain,
  width = 80,
  height = 20,
  colour = "var(--series-1)",
  className,
}: SparklineProps) {
  const bars = kind === "bars" ? sparkBars(values) : [];
  const slot = 100 / Math.max(1, bars.length);
  return (
    <svg
      role="img"
      aria-label={label}
      data-tip={label}
      width={width}
      height={height}
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      className={cn("inline-block shrink-0 overflow-visible align-middle", className)}
    >
      {kind === "line" ? (
        <path
          d={sparkPath(values, domain)}
          fill="none"
          stroke={colour}
          strokeWidth="1.5"
          strokeLinejoin="round"
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
        />
      ) : (
        <path
          d={bars.map((share, index) => `M${index * slot} 100V${100 - share}h${slot * 0.84}V100Z`).join("")}
          fill={colour}
          fillOpacity="0.75"
        />
      )}
    </svg>
  );
}
