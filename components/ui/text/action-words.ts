/** The audit's verbs as what was done, ready for what it was done to: `Ada` … `asked to promote` … `flight-delay`. */
const phrases: Record<string, string> = {
  "catalog.applyDefinitions": "applied", "catalog.applyFiles": "applied files of", "catalog.loadSource": "loaded the source", "catalog.computeSource": "computed the source", "catalog.materializeView": "computed the feature view",
  "catalog.materializeOnline": "wrote the online features of", "catalog.buildDataset": "built the dataset", "catalog.checkSkew": "compared online with offline on", "catalog.purgeDataset": "purged the dataset",
  "compute.submitJob": "submitted the job", "compute.cancelJob": "cancelled the job", "compute.retryJob": "retried the job", "compute.createEnrolmentToken": "made a token for an agent,", "compute.cordonAgent": "cordoned the agent", "compute.uncordonAgent": "uncordoned the agent", "compute.removeAgent": "removed the agent",
  "evaluations.applySuite": "applied the suite", "evaluations.createEvaluation": "made the evaluation of", "evaluations.evaluateModel": "asked to evaluate", "evaluations.compareEvaluations": "compared",
  "experiments.createExperiment": "made the experiment", "experiments.renameExperiment": "renamed the experiment", "experiments.deleteExperiment": "archived the experiment", "experiments.restoreExperiment": "restored the experiment", "experiments.setExperimentTag": "tagged the experiment", "experiments.deleteExperimentTag": "removed a tag of the experiment",
  "experiments.launchRun": "launched", "experiments.cancelRun": "cancelled the run", "experiments.deleteRun": "archived the run", "experiments.restoreRun": "restored the run", "experiments.updateRun": "changed the run", "experiments.deleteRunTag": "removed a tag of the run", "experiments.registerRecipe": "registered the recipe",
  "identity.acceptLink": "used a one-time link as", "identity.archiveProject": "archived the project", "identity.changePassword": "changed the password of", "identity.changeRole": "changed the role of", "identity.createPasswordReset": "made a reset link for", "identity.createProject": "made the project", "identity.createToken": "made the token",
  "identity.inviteMember": "invited", "identity.joinProject": "joined as", "identity.removeMember": "removed", "identity.renameAccount": "renamed the account of", "identity.restoreProject": "restored the project", "identity.revokeInvitation": "took back the invitation of", "identity.revokeToken": "revoked the token", "identity.updateProject": "changed the project",
  "models.createModel": "made the model", "models.registerVersion": "registered a version of", "models.judgeVersion": "had the gate judge", "models.requestPromotion": "asked to promote", "models.decidePromotion": "decided on the promotion of", "models.rollback": "rolled back", "models.setAlias": "set an alias of", "models.removeAlias": "removed an alias of", "models.setGate": "changed the gate of",
  "models.updateModel": "changed the description of", "models.renameModel": "renamed the model to", "models.deleteModel": "deleted the model", "models.updateVersion": "described a version of", "models.deleteVersion": "deleted a version of", "models.setModelTag": "tagged", "models.deleteModelTag": "removed a tag of", "models.setVersionTag": "tagged a version of", "models.deleteVersionTag": "removed a version's tag of",
  "monitoring.applyMonitor": "applied the monitor", "monitoring.resetMonitor": "reset the monitor", "monitoring.deleteMonitor": "deleted the monitor", "monitoring.startReplay": "started the replay", "monitoring.controlReplay": "steered the replay", "monitoring.acknowledgeAlert": "acknowledged", "monitoring.resolveAlert": "resolved",
  "monitoring.createChannel": "made the channel", "monitoring.updateChannel": "changed the channel", "monitoring.deleteChannel": "removed the channel", "monitoring.testChannel": "tested the channel", "monitoring.rotateChannelSecret": "renewed the secret of",
  "operations.cancelOperation": "cancelled", "system.retryDeadLetter": "retried",
};

const irregular: Record<string, string> = { set: "set", reset: "reset", build: "built", submit: "submitted", cancel: "cancelled", control: "controlled" };

function pastOf(verb: string): string {
  if (irregular[verb]) return irregular[verb];
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ied`;
  return verb.endsWith("e") ? `${verb}d` : `${verb}ed`;
}

/** `models.requestPromotion` → `asked to promote`; one that has no phrase yet, `archiveThing` → `archived thing`. */
export function actionWords(action: string): string {
  const known = phrases[action];
  if (known !== undefined) return known;
  const [verb = "", ...rest] = (action.split(".").at(-1) ?? action)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(" ");
  return [pastOf(verb), ...rest].join(" ");
}
