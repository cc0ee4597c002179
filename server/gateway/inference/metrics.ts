/** Prometheus metrics of inference: Triton's counter names, a latency histogram of ours, and what became of the log. */
import { Counter, Gauge, Histogram } from "prom-client";
import { logCounts } from "@/server/domains/models/serving/log/inference-log";
import { allStatistics, type ServingStatistics } from "@/server/domains/models/serving/log/statistics";
import { waitingInferences } from "@/server/domains/models/serving/runtime/runtime";
import { registry } from "../http/metrics";

const labelNames = ["project", "model", "version"] as const;
const microseconds = (ns: number) => Math.round(ns / 1_000);

/** The counters are kept by the domain; a scrape copies them. */
function copied(name: string, help: string, pick: (row: ServingStatistics) => number): void {
  new Counter({
    name, help, labelNames: [...labelNames], registers: [registry],
    collect() {
      this.reset();
      for (const row of allStatistics()) this.inc({ project: row.projectId, model: row.model, version: row.version }, pick(row));
    },
  });
}

copied("nv_inference_request_success", "Inference requests answered.", (row) => row.success);
copied("nv_inference_request_failure", "Inference requests that the endpoint failed to answer.", (row) => row.failure);
copied("slipway_inference_request_refused", "Inference requests refused for their caller's mistake.", (row) => row.refused);
copied("nv_inference_count", "Rows inferred.", (row) => row.rows);
copied("nv_inference_exec_count", "Model executions.", (row) => row.executions);
copied("nv_inference_request_duration_us", "Cumulative time of answered requests, in microseconds.", (row) => microseconds(row.successNs));
copied("nv_inference_queue_duration_us", "Cumulative time requests waited for the runtime, in microseconds.", (row) => microseconds(row.queueNs));
copied("nv_inference_compute_input_duration_us", "Cumulative time of completing inputs, in microseconds.", (row) => microseconds(row.completeNs));
copied("nv_inference_compute_infer_duration_us", "Cumulative time in the model, in microseconds.", (row) => microseconds(row.inferNs));

new Gauge({
  name: "nv_inference_pending_request_count", help: "Requests that wait for the runtime.", registers: [registry],
  collect() {
    this.set(waitingInferences());
  },
});

new Gauge({
  name: "slipway_inference_log_rows", help: "Predictions by what became of them in the log, since this process started; `queued` waits now.", labelNames: ["outcome"], registers: [registry],
  collect() {
    for (const [outcome, count] of Object.entries(logCounts())) this.set({ outcome }, count);
  },
});

const durations = new Histogram({
  name: "slipway_inference_duration_seconds", help: "Time to answer an inference request, by model and version.", labelNames: [...labelNames],
  buckets: [0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1, 4], registers: [registry],
});

export function observeInference(project: string, model: string, version: number, ms: number): void {
  durations.observe({ project, model, version }, ms / 1_000);
}
