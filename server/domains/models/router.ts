import { read, router, write } from "@/server/platform/trpc/procedures";
import { getChampion, getEndpoint, listServed, readTraffic } from "./serving/endpoints";
import { readExample } from "./serving/example";
import { getVerdict, judgeVersion, listVerdicts } from "./service/judge-version";
import { createModel, deleteModel, getModel, listModels, renameModel, setGate, updateModel } from "./service/models";
import { decidePromotion, listLedger, listPromotions, readLedgerAt, removeAlias, requestPromotion, rollback, setAlias } from "./service/promotions";
import { describeOnnx } from "./service/describe-onnx";
import { proposeGate } from "./service/propose-gate";
import { deleteVersion, getVersion, listRegistered, listVersions, registerVersion, updateVersion } from "./service/versions";

export const modelsRouter = router({
  listModels: read(listModels),
  getModel: read(getModel),
  createModel: write(createModel),
  updateModel: write(updateModel),
  renameModel: write(renameModel),
  deleteModel: write(deleteModel),
  setGate: write(setGate),
  proposeGate: read(proposeGate),
  listVersions: read(listVersions),
  listRegistered: read(listRegistered),
  getVersion: read(getVersion),
  registerVersion: write(registerVersion),
  updateVersion: write(updateVersion),
  deleteVersion: write(deleteVersion),
  judgeVersion: write(judgeVersion),
  listVerdicts: read(listVerdicts),
  getVerdict: read(getVerdict),
  requestPromotion: write(requestPromotion),
  decidePromotion: write(decidePromotion),
  listPromotions: read(listPromotions),
  rollback: write(rollback),
  setAlias: write(setAlias),
  removeAlias: write(removeAlias),
  listLedger: read(listLedger),
  readLedgerAt: read(readLedgerAt),
  getEndpoint: read(getEndpoint),
  getChampion: read(getChampion),
  listServed: read(listServed),
  readTraffic: read(readTraffic),
  readExample: read(readExample),
  describeOnnx: read(describeOnnx),
});
