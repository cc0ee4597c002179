/** All background tasks; the worker runs them. */
import { z } from "zod";
// Operations register themselves where they are defined: the worker must have loaded them all.
import "./domains/catalog/service/build-dataset";
import "./domains/catalog/service/check-skew";
import "./domains/catalog/service/compute-material";
import "./domains/catalog/service/materialize-online";
import "./domains/evaluations/service/compare-evaluations";
import "./domains/evaluations/service/create-evaluation";
import "./domains/experiments/service/purge/purge-runs";
import "./domains/experiments/service/recipe-source/register-git";
import "./domains/models/service/judge-version";
import "./domains/monitoring/service/reference/compute-baseline";
import "./domains/monitoring/service/reference/preview-rules";
import { purgeTemporaryDatasets } from "./domains/catalog/jobs";
import { purgeJobLogs } from "./domains/compute/jobs";
import { releaseOverdue } from "./domains/compute/service/dependencies/release-followers";
import { recordEstimates } from "./domains/compute/service/record-estimates";
import { keepReservations } from "./domains/compute/service/reservations/keep-reservations";
import { purgeBatchHashesTask, releaseDeletedRuns } from "./domains/experiments/jobs";
import { advanceSweepTask, keepSweeps, measureSweep } from "./domains/experiments/service/sweeps/advance-sweep";
import { sealDueRuns } from "./domains/experiments/service/metrics/seal-metrics";
import { purgeInferenceLog } from "./domains/models/jobs";
import { purgeMonitoring } from "./domains/monitoring/jobs";
import { foldMonitors } from "./domains/monitoring/service/fold-inferences";
import { deliverNotification } from "./domains/monitoring/service/notify/deliver";
import { joinLabels } from "./domains/monitoring/service/record-labels";
import { sealAudit } from "./platform/audit/seal";
import { sweepBlobStore } from "./platform/blob-store/sweep-blobs";
import { database } from "./platform/db";
import { purgeIdempotencyKeys } from "./platform/idempotency";
import { giveUpAbandonedTask, runOperation } from "./platform/operations";
import { defineTask, type TaskDefinition } from "./platform/outbox";
import { sampleStorage } from "./platform/system/storage";

const purgeKeys = defineTask("purge-idempotency-keys", z.unknown(), () => purgeIdempotencyKeys(database()), { cron: "17 3 * * *" });

export const tasks: readonly TaskDefinition[] = [
  runOperation,
  giveUpAbandonedTask,
  purgeKeys,
  purgeJobLogs,
  releaseDeletedRuns,
  purgeBatchHashesTask,
  advanceSweepTask,
  measureSweep,
  purgeTemporaryDatasets,
  purgeInferenceLog,
  purgeMonitoring,
  deliverNotification,
  sampleStorage,
  sweepBlobStore,
];

/** Work that recurs faster than cron's minute. */
export const everySecond: readonly (() => Promise<unknown>)[] = [() => sealAudit(database()), () => joinLabels().then(foldMonitors), recordEstimates, releaseOverdue, keepReservations, () => sealDueRuns(), keepSweeps];
