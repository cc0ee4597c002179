import { read, router, write } from "@/server/platform/trpc/procedures";
import { acknowledgeAlert, getAlert, listAlerts, resolveAlert } from "./service/alerts";
import { applyMonitor, deleteMonitor, resetMonitor } from "./service/apply-monitor";
import { createChannel, deleteChannel, listChannels, listDeliveries, rotateChannelSecret, testChannel, updateChannel } from "./service/notify/channels";
import { previewRules } from "./service/reference/preview-rules";
import { proposeReference } from "./service/reference/propose-reference";
import { readFeatureDrift } from "./service/read-drift";
import { getMonitor, listMonitors, readMonitorSeries } from "./service/read-monitors";
import { recordLabels } from "./service/record-labels";
import { controlReplay, getReplay, listReplays, startReplay } from "./service/replays";

export const monitoringRouter = router({
  applyMonitor: write(applyMonitor),
  deleteMonitor: write(deleteMonitor),
  previewRules: write(previewRules),
  proposeReference: read(proposeReference),
  resetMonitor: write(resetMonitor),
  listMonitors: read(listMonitors),
  getMonitor: read(getMonitor),
  readMonitorSeries: read(readMonitorSeries),
  readFeatureDrift: read(readFeatureDrift),
  recordLabels: write(recordLabels),
  listAlerts: read(listAlerts),
  getAlert: read(getAlert),
  acknowledgeAlert: write(acknowledgeAlert),
  resolveAlert: write(resolveAlert),
  createChannel: write(createChannel),
  listChannels: read(listChannels),
  updateChannel: write(updateChannel),
  rotateChannelSecret: write(rotateChannelSecret),
  deleteChannel: write(deleteChannel),
  testChannel: write(testChannel),
  listDeliveries: read(listDeliveries),
  startReplay: write(startReplay),
  getReplay: read(getReplay),
  listReplays: read(listReplays),
  controlReplay: write(controlReplay),
});
