import { applyDefinitions } from "@/server/domains/catalog/service/apply-definitions";
import { applyFiles, parseDocuments } from "@/server/domains/catalog/service/apply-files";
import { buildDataset } from "@/server/domains/catalog/service/build-dataset";
import { checkSkew } from "@/server/domains/catalog/service/check-skew";
import { computeSource, loadSource, materializeView } from "@/server/domains/catalog/service/compute-material";
import { advanceOnline, materializeOnline, pushRows } from "@/server/domains/catalog/service/materialize-online";
import { getDataset, getDefinition, listDatasets, listDefinitions } from "@/server/domains/catalog/service/read-catalog";
import { readOnline } from "@/server/domains/catalog/service/read-online";
import { type ApiRoute, projectRoute } from "./route";

const started = { status: 202 } as const;

export const catalogRoutes: ApiRoute[] = [
  projectRoute("post", "/catalog/definitions", applyDefinitions, "catalog", "Apply definitions: all or none"),
  projectRoute("post", "/catalog/files", applyFiles, "catalog", "Apply a folder of YAML and SQL: all or none"),
  projectRoute("post", "/catalog/files/parse", parseDocuments, "catalog", "A folder's YAML documents as JSON"),
  projectRoute("get", "/catalog/definitions", listDefinitions, "catalog", "List definitions"),
  projectRoute("get", "/catalog/definitions/{kind}/{name}", getDefinition, "catalog", "One definition with what it holds"),
  projectRoute("post", "/catalog/sources/{name}/load", loadSource, "catalog", "Take an uploaded file as a source's data", started),
  projectRoute("post", "/catalog/sources/{name}/compute", computeSource, "catalog", "Compute a source that is SQL", started),
  projectRoute("post", "/catalog/views/{name}/materialize", materializeView, "catalog", "Compute a feature view's rows", started),
  projectRoute("post", "/catalog/views/{view}/rows", pushRows, "catalog", "Push rows to the online store"),
  projectRoute("post", "/catalog/online/materialize", materializeOnline, "catalog", "Write computed rows to the online store", started),
  projectRoute("post", "/catalog/online/advance", advanceOnline, "catalog", "The same, done when it answers (replays)"),
  projectRoute("post", "/catalog/online/read", readOnline, "catalog", "Read online features by key"),
  projectRoute("post", "/datasets/{name}/build", buildDataset, "catalog", "Build a dataset: a point-in-time join", started),
  projectRoute("get", "/datasets", listDatasets, "catalog", "List datasets"),
  projectRoute("get", "/datasets/{datasetId}", getDataset, "catalog", "One dataset"),
  projectRoute("post", "/datasets/{datasetId}/skew-checks", checkSkew, "catalog", "Replay and compare online with offline", started),
];
