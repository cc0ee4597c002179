import { instanceWrite, read, router, write } from "@/server/platform/trpc/procedures";
import { cordonAgent, getAgent, listAgents, removeAgent, uncordonAgent } from "./service/agents";
import { cancelJob } from "./service/cancel-job";
import { countJobs, getHistory, listQueue } from "./service/compute-overview";
import { createEnrolmentToken } from "./service/enrol-agent";
import { getPrices, setPrices } from "./service/costs/prices";
import { forecastStart } from "./service/forecast-start";
import { getEstimateRecord } from "./service/record-estimates";
import { getJob, listJobs } from "./service/read-jobs";
import { readLogs, readUsage } from "./service/read-logs";
import { retryJob, submitJob } from "./service/submit-job";

export const computeRouter = router({
  submitJob: write(submitJob),
  cancelJob: write(cancelJob),
  retryJob: write(retryJob),
  getJob: read(getJob),
  listJobs: read(listJobs),
  listQueue: read(listQueue),
  forecastStart: read(forecastStart),
  countJobs: read(countJobs),
  getHistory: read(getHistory),
  getEstimateRecord: read(getEstimateRecord),
  readLogs: read(readLogs),
  readUsage: read(readUsage),
  getPrices: read(getPrices),
  setPrices: instanceWrite(setPrices),
  listAgents: read(listAgents),
  getAgent: read(getAgent),
  cordonAgent: instanceWrite(cordonAgent),
  uncordonAgent: instanceWrite(uncordonAgent),
  removeAgent: instanceWrite(removeAgent),
  createEnrolmentToken: instanceWrite(createEnrolmentToken),
});
