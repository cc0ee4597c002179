/** What a trial of a rule on the reference says: one bound for both ways of trying it. Pure. */
import type { Backtest } from "@/server/domains/monitoring/contract/monitor";
import { formatPercent } from "@/components/ui/format/format-number";

/** A rule that fires in more than a tenth of a healthy time's windows would be ignored soon. */
const noisyShare = 0.1;

type Tried = { isNoisy: boolean; text: string };

const share = (fired: number, windows: number): number => (windows === 0 ? 0 : fired / windows);
const against = (part: number): string => `${formatPercent(part, part > noisyShare && part < noisyShare + 0.01 ? 1 : 0)}, ${part > noisyShare ? "more than" : "not more than"} 10%`;

function tryOf(text: string, fired: number, windows: number): Tried {
  const part = share(fired, windows);
  return { isNoisy: part > noisyShare, text: `${text}: ${fired} of ${windows} windows (${against(part)}).` };
}

/** The trial that decided comes first: the one that is noisy, else the one that is nearer to it. */
export function trialsOf({ fired, windows, halfFired, halfWindows }: Backtest): { isNoisy: boolean; texts: string[] } {
  const all = tryOf("Limits of all windows, on the same", fired, windows);
  const half = tryOf("Limits of the first half, on the second half", halfFired, halfWindows);
  const isHalfFirst = share(halfFired, halfWindows) > share(fired, windows);
  return { isNoisy: all.isNoisy || half.isNoisy, texts: (isHalfFirst ? [half, all] : [all, half]).map(({ text }) => text) };
}
