/** RPCs that are refused on purpose: 501 with the reason, which clients take as a sign to go another way. */
import { Hono } from "hono";
import { requireProject } from "../http/identify";
import { mlflowProblem } from "./problem";

const multipart = "Multipart upload is not supported for the current artifact repository: send the file in one PUT.";
const presigned = "Presigned URLs are not supported: artifacts are kept by this server, with no other store behind it. Send and fetch them here.";
const stages = "Stages are not kept: give the version an alias instead (champion moves by promotion).";

const refused = [
  ["POST", "mlflow-artifacts/mpu/*", multipart],
  ["GET", "mlflow-artifacts/presigned/*", presigned],
  ["POST", "mlflow/artifacts/presigned-upload-url", presigned],
  ["POST", "mlflow/artifacts/presigned-download-url", presigned],
  ["POST", "mlflow/model-versions/transition-stage", stages],
] as const;

export const refusedRoutes = new Hono();
refusedRoutes.onError((error, c) => mlflowProblem(c, error));

for (const [method, path, message] of refused) {
  refusedRoutes.on(method, [`/api/2.0/${path}`, `/ajax-api/2.0/${path}`], async (c) => {
    await requireProject(c);
    return c.json({ error_code: "NOT_IMPLEMENTED", message }, 501);
  });
}
