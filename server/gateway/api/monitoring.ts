import { acknowledgeAlert, getAlert, listAlerts, resolveAlert } from "@/server/domains/monitoring/service/alerts";
import { applyMonitor, deleteMonitor, resetMonitor } from "@/server/domains/monitoring/service/apply-monitor";
import { createChannel, deleteChannel, listChannels, listDeliveries, rotateChannelSecret, testChannel, updateChannel } from "@/server/domains/monitoring/service/notify/channels";
import { previewRules } from "@/server/domains/monitoring/service/reference/preview-rules";
import { readFeatureDrift } from "@/server/domains/monitoring/service/read-drift";
import { getMonitor, listMonitors, readMonitorSeries } from "@/server/domains/monitoring/service/read-monitors";
import { recordLabels } from "@/server/domains/monitoring/service/record-labels";
import { controlReplay, getReplay, listReplays, reportReplayPosition, startReplay } from "@/server/domains/monitoring/service/replays";
import { type ApiRoute, projectRoute } from "./route";

const made = { status: 201 } as const;

export const monitoringRoutes: ApiRoute[] = [
  projectRoute("post", "/monitors", applyMonitor, "monitoring", "Apply a monitor; its baseline is computed in the background"),
  projectRoute("get", "/monitors", listMonitors, "monitoring", "List monitors with their state"),
  projectRoute("get", "/monitors/{name}", getMonitor, "monitoring", "One monitor: state, rules against limits, traffic, labels"),
  projectRoute("delete", "/monitors/{name}", deleteMonitor, "monitoring", "Delete a monitor and what it has seen"),
  projectRoute("post", "/monitors/{name}/reset", resetMonitor, "monitoring", "Forget the stream so far"),
  projectRoute("post", "/monitors/preview", previewRules, "monitoring", "Try rules on a reference; the answer is the operation's result", { status: 202 }),
  projectRoute("get", "/monitors/{name}/series", readMonitorSeries, "monitoring", "Judged windows, hours and days of labels"),
  projectRoute("get", "/monitors/{name}/drift", readFeatureDrift, "monitoring", "Distributions now over the reference"),
  projectRoute("post", "/labels", recordLabels, "monitoring", "Record outcomes that became known"),
  projectRoute("get", "/alerts", listAlerts, "monitoring", "List alerts"),
  projectRoute("get", "/alerts/{alertId}", getAlert, "monitoring", "One alert with what happened around it"),
  projectRoute("post", "/alerts/{alertId}/acknowledge", acknowledgeAlert, "monitoring", "Acknowledge an alert"),
  projectRoute("post", "/alerts/{alertId}/resolve", resolveAlert, "monitoring", "Resolve an alert"),
  projectRoute("post", "/channels", createChannel, "monitoring", "Make a notification channel; its secret is given once", made),
  projectRoute("get", "/channels", listChannels, "monitoring", "List notification channels"),
  projectRoute("patch", "/channels/{channelId}", updateChannel, "monitoring", "Change a channel: where it goes, what it hears of, whether it is on"),
  projectRoute("post", "/channels/{channelId}/secret", rotateChannelSecret, "monitoring", "Sign with a new secret; it is given once"),
  projectRoute("delete", "/channels/{channelId}", deleteChannel, "monitoring", "Delete a notification channel"),
  projectRoute("post", "/channels/{channelId}/test", testChannel, "monitoring", "Send a test through a channel", { status: 202 }),
  projectRoute("get", "/channels/{channelId}/deliveries", listDeliveries, "monitoring", "What was sent through a channel"),
  projectRoute("post", "/replays", startReplay, "monitoring", "Make a replay, or say anew what it is", made),
  projectRoute("get", "/replays", listReplays, "monitoring", "List replays"),
  projectRoute("get", "/replays/{name}", getReplay, "monitoring", "One replay: where it is and what is wanted of it"),
  projectRoute("put", "/replays/{name}", reportReplayPosition, "monitoring", "Report where a replay's job is"),
  projectRoute("post", "/replays/{name}/position", reportReplayPosition, "monitoring", "The same"),
  projectRoute("post", "/replays/{name}/control", controlReplay, "monitoring", "Pause, resume, stop, speed up or restart a replay"),
];
