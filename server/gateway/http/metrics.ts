/** Prometheus metrics of this process: requests by route and status, event-loop lag, pool, queue. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { connection } from "@/server/platform/db";

export const registry = new Registry();
collectDefaultMetrics({ register: registry, prefix: "slipway_" });

const requests = new Counter({
  name: "slipway_http_requests_total",
  help: "Requests answered, by route pattern, method and status.",
  labelNames: ["route", "method", "status"],
  registers: [registry],
});

const durations = new Histogram({
  name: "slipway_http_request_duration_seconds",
  help: "Time to the response's head, by route pattern.",
  labelNames: ["route", "method"],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [registry],
});

new Gauge({
  name: "slipway_database_connections",
  help: "Connections of this process's pool, by state.",
  labelNames: ["state"],
  registers: [registry],
  collect() {
    const { pool } = connection();
    this.set({ state: "open" }, pool.totalCount);
    this.set({ state: "idle" }, pool.idleCount);
    this.set({ state: "waiting" }, pool.waitingCount);
  },
});

new Gauge({
  name: "slipway_queue_depth",
  help: "Background jobs, by task and whether they failed for good.",
  labelNames: ["task", "state"],
  registers: [registry],
  async collect() {
    const result = await connection().pool.query<{ task: string; dead: boolean; n: number }>(
      "select task_identifier as task, attempts >= max_attempts as dead, count(*) as n from graphile_worker.jobs group by 1, 2",
    );
    this.reset();
    for (const { task, dead, n } of result.rows) this.set({ task, state: dead ? "dead" : "waiting" }, n);
  },
});

export type Answered = { route: string; method: string; status: number };

const knownMethods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

export function observeRequest({ route, method, status }: Answered, started: number): void {
  const label = knownMethods.has(method) ? method : "other";
  requests.inc({ route, method: label, status });
  durations.observe({ route, method: label }, (performance.now() - started) / 1000);
}
