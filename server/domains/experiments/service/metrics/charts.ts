/** Series for charts: read once a key for all runs, thinned on the server, extrema kept. */
import { database, type Db } from "@/server/platform/db";
import { Invalid, NotFound } from "@/server/platform/errors";
import { query } from "@/server/platform/mutation";
import { type ChartSeries, ChartSeriesInput, MetricHistoryInput, type MetricPoint } from "../../contract/run";
import { downsample } from "../../rules/downsample";
import { decodePageToken, encodePageToken } from "../../store/search/keyset";
import { readHistory } from "../../store/metrics/history";
import { readSeries } from "../../store/metrics/series";
import { countPoints } from "../../store/metrics/summaries";
import { ownRunIds } from "../../store/runs";
import { requireRun } from "../runs";

export async function assertOwnRuns(db: Db, projectId: string, runIds: string[]): Promise<void> {
  const own = new Set(await ownRunIds(db, projectId, runIds));
  const missing = runIds.find((id) => !own.has(id));
  if (missing) throw new NotFound(`Run with id=${missing.replaceAll("-", "")} not found`);
}

export const readChartSeries = query("experiments.readChartSeries", "viewer", ChartSeriesInput, async ({ db, ctx, input }): Promise<ChartSeries[]> => {
  const runIds = [...new Set(input.runIds)];
  await assertOwnRuns(db, ctx.project.id, runIds);
  const series: ChartSeries[] = [];
  for (const key of input.keys) {
    const counts = await countPoints(db, runIds, key);
    const byRun = await readSeries(db, runIds, key, { from: input.fromStep, to: input.toStep }, input.points);
    for (const [runId, points] of byRun) series.push({ runId, key, points: downsample(points, input.points), total: counts.get(runId) ?? points.length });
  }
  return series;
});

/** A page token's last part is text, so that NaN and the infinities survive JSON. */
function pointAfter(token: string | null): MetricPoint | null {
  if (token === null) return null;
  const [step, timestamp, value] = decodePageToken(token, 3);
  if (!Number.isSafeInteger(step) || !Number.isSafeInteger(timestamp)) throw new Invalid("The page token is not one of this search.", { field: "page_token" });
  return { step: Number(step), timestamp: Number(timestamp), value: Number(value) };
}

export const getMetricHistory = query("experiments.getMetricHistory", "viewer", MetricHistoryInput, async ({ db, ctx, input }) => {
  const run = await requireRun(db, ctx.project.id, input.runId);
  const points = await readHistory(database(), run.id, input.key, pointAfter(input.pageToken), input.limit + 1);
  const page = points.slice(0, input.limit);
  const last = page.at(-1);
  const hasMore = points.length > input.limit && last !== undefined;
  return { points: page, next: hasMore ? encodePageToken([last.step, last.timestamp, String(last.value)]) : null };
});
