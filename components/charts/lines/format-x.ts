import { formatDuration } from "@/components/ui/format/format-duration";
import { formatValue } from "@/components/ui/format/format-number";
import { formatAbsolute } from "@/components/ui/format/format-time";
import type { XMode } from "./line-series";

/** The x under the crosshair in words; without a zone, in the reader's. */
export function formatX(mode: XMode, x: number, zone?: string): string {
  if (mode === "step") return `step ${formatValue(x, 6)}`;
  return mode === "wall" ? formatAbsolute(x, zone) : formatDuration(x);
}
