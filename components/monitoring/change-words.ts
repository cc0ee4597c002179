/** An audited action in the words of someone who tells what happened. */
const words: Record<string, string> = {
  "catalog.applyDefinitions": "applied definitions:", "catalog.applyFiles": "applied definitions:", "catalog.loadSource": "loaded the source", "catalog.computeSource": "computed the source", "catalog.materializeView": "computed the feature view",
  "catalog.materializeOnline": "wrote online features of", "catalog.buildDataset": "built the dataset", "models.requestPromotion": "asked to promote", "models.decidePromotion": "decided on the promotion of", "models.rollback": "rolled back",
  "models.setAlias": "set an alias of", "models.registerVersion": "registered", "monitoring.applyMonitor": "changed the monitor", "monitoring.resetMonitor": "reset the monitor", "monitoring.controlReplay": "steered the replay", "monitoring.startReplay": "started the replay",
  "experiments.launchRun": "launched", "monitoring.acknowledgeAlert": "acknowledged", "monitoring.resolveAlert": "resolved",
};

/** `models.setApproval` → `set approval` where no better words are known. */
export const changeWords = (action: string): string =>
  words[action] ??
  action
    .replace(/^.*\./, "")
    .replace(/([A-Z])/g, " $1")
    .toLowerCase();
