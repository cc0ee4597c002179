/** The looks that every Recharts drawing shares. */

export const axisLook = {
  stroke: "var(--line)",
  tick: { fill: "var(--muted)", fontSize: 11 },
  tickLine: false,
  axisLine: false,
} as const;

export const gridLook = { stroke: "var(--line)", vertical: false } as const;

export const tooltipLook = {
  isAnimationActive: false,
  cursor: { fill: "var(--well)", stroke: "var(--control)" },
  contentStyle: {
    background: "var(--panel)",
    border: "1px solid var(--line)",
    borderRadius: 6,
    boxShadow: "var(--float)",
    padding: "6px 10px",
    fontSize: 12,
  },
  labelStyle: { color: "var(--muted)" },
  itemStyle: { color: "var(--ink)", padding: 0 },
} as const;
