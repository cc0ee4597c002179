/** The ledger that writers keep outside the platform, and what the platform holds: every ack once, nothing untried. */
import { readFileSync } from "node:fs";
import { baseUrl, connect } from "../instance";

type Ledger = { tried: Set<string>; acked: Set<string> };

const pointOf = (step: number | string, value: number | string) => `${step}:${Number(value)}`;

/** By run: a job that was tried again has more than one. */
function readLedgers(path: string): Map<string, Ledger> {
  const ledgers = new Map<string, Ledger>();
  for (const line of readFileSync(path, "utf8").split("\n").filter(Boolean)) {
    const [word, runId = "", , step = "", value = ""] = line.split(" ");
    const ledger = ledgers.get(runId) ?? { tried: new Set(), acked: new Set() };
    ledgers.set(runId, ledger);
    (word === "ack" ? ledger.acked : ledger.tried).add(pointOf(step, value));
  }
  return ledgers;
}

type Page = { metrics?: { step: number; value: number }[]; next_page_token?: string };

/** A metric's points as MLflow's wire gives them, in order, page by page. */
export async function readPoints(runId: string, key = "loss"): Promise<string[]> {
  const points: string[] = [];
  let token: string | undefined;
  do {
    const query = new URLSearchParams({ run_id: runId, metric_key: key, ...(token ? { page_token: token } : {}) });
    const response = await fetch(`${baseUrl}/api/2.0/mlflow/metrics/get-history?${query}`, {
      headers: { authorization: `Bearer ${connect.SLIPWAY_TOKEN}` },
    });
    const page = (await response.json()) as Page;
    for (const { step, value } of page.metrics ?? []) points.push(pointOf(step, value));
    token = page.next_page_token;
  } while (token);
  return points;
}

export type Verdict = { lost: string[]; doubled: string[]; untried: string[]; acked: number };

export async function judge(path: string): Promise<Verdict> {
  const verdict: Verdict = { lost: [], doubled: [], untried: [], acked: 0 };
  for (const [runId, { tried, acked }] of readLedgers(path)) {
    const points = await readPoints(runId);
    const held = new Set(points);
    verdict.lost.push(...[...acked].filter((point) => !held.has(point)));
    const seen = new Set<string>();
    for (const point of points) {
      if (seen.has(point)) verdict.doubled.push(point);
      seen.add(point);
    }
    verdict.untried.push(...points.filter((point) => !tried.has(point)));
    verdict.acked += acked.size;
  }
  return verdict;
}
