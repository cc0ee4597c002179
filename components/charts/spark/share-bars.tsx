export type ShareBarsProps = { label: string; now: readonly number[]; reference: readonly number[]; width?: number; height?: number };

/** A distribution over another in the size of a word: bars are now, ticks are the reference. */
export function ShareBars({ label, now, reference, width = 96, height = 20 }: ShareBarsProps) {
  const most = Math.max(...now, ...reference, Number.MIN_VALUE);
  const slot = 100 / Math.max(1, now.length);
  const top = (share: number) => 100 - (share / most) * 100;
  return (
    <svg role="img" aria-label={label} data-tip={label} width={width} height={height} viewBox="0 0 100 100" preserveAspectRatio="none" className="inline-block align-middle">
      <path d={now.map((share, index) => `M${index * slot} 100V${top(share)}h${slot * 0.84}V100Z`).join("")} fill="var(--series-1)" fillOpacity="0.6" />
      <path d={reference.map((share, index) => `M${index * slot} ${top(share)}h${slot * 0.84}`).join("")} stroke="currentColor" strokeWidth="1.5" vectorEffect="non-scaling-stroke" fill="none" />
    </svg>
  );
}
