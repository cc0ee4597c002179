import { read, router, write } from "@/server/platform/trpc/procedures";
import { applyDefinitions } from "./service/apply-definitions";
import { buildDataset } from "./service/build-dataset";
import { checkSkew } from "./service/check-skew";
import { computeSource, loadSource, materializeView } from "./service/compute-material";
import { materializeOnline } from "./service/materialize-online";
import { getDataset, getDefinition, listDatasetChoices, listDatasets, listDefinitions } from "./service/read-catalog";
import { readOnline } from "./service/read-online";

export const catalogRouter = router({
  listDefinitions: read(listDefinitions),
  getDefinition: read(getDefinition),
  listDatasets: read(listDatasets),
  listDatasetChoices: read(listDatasetChoices),
  getDataset: read(getDataset),
  readOnline: read(readOnline),
  applyDefinitions: write(applyDefinitions),
  loadSource: write(loadSource),
  computeSource: write(computeSource),
  materializeView: write(materializeView),
  buildDataset: write(buildDataset),
  checkSkew: write(checkSkew),
  materializeOnline: write(materializeOnline),
});
