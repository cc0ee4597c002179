export type RulerQuestion = {
  estimate: number;
  low?: number | null;
  high?: number | null;
  threshold: number;
  passWhen: "below" | "above";
};

/** Which end decides, and whether it lies strictly on the right side. Without an interval the estimate decides. */
export function judgeRuler({ estimate, low, high, threshold, passWhen }: RulerQuestion): {
  judged: number;
  end: string;
  passes: boolean;
} {
  const bound = passWhen === "below" ? high : low;
  const judged = bound ?? estimate;
  const end =
    bound === null || bound === undefined ? "the estimate" : passWhen === "below" ? "the upper end" : "the lower end";
  return { judged, end, passes: passWhen === "below" ? judged < threshold : judged > threshold };
}
