import { listAgents } from "@/server/domains/compute/service/agents";
import { cancelJob } from "@/server/domains/compute/service/cancel-job";
import { listQueue } from "@/server/domains/compute/service/compute-overview";
import { getJob, listJobs } from "@/server/domains/compute/service/read-jobs";
import { readLogs } from "@/server/domains/compute/service/read-logs";
import { retryJob, submitJob } from "@/server/domains/compute/service/submit-job";
import { getPrices, setPrices } from "@/server/domains/compute/service/costs/prices";
import { type ApiRoute, instanceRoute, projectRoute } from "./route";

export const computeRoutes: ApiRoute[] = [
  projectRoute("post", "/jobs", submitJob, "compute", "Submit a job", { status: 201 }),
  projectRoute("get", "/jobs", listJobs, "compute", "List jobs"),
  projectRoute("get", "/jobs/{jobId}", getJob, "compute", "One job with its attempts"),
  projectRoute("post", "/jobs/{jobId}/cancel", cancelJob, "compute", "Cancel a job"),
  projectRoute("post", "/jobs/{jobId}/retry", retryJob, "compute", "Run a finished job again", { status: 201 }),
  projectRoute("get", "/jobs/{jobId}/logs", readLogs, "compute", "Read a job's log by byte offset"),
  projectRoute("get", "/queue", listQueue, "compute", "What waits, why, and until when"),
  projectRoute("get", "/prices", getPrices, "compute", "What an hour of each resource costs; null where no prices are set"),
  instanceRoute("put", "/prices", setPrices, "compute", "Set the prices (admin token); null takes them away"),
  projectRoute("get", "/agents", listAgents, "compute", "Agents with their resources"),
];
