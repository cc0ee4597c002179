/** The audit's verbs as what was done, ready for what it was done to: `Ada` … `asked to promote` … `flight-delay`. */
const phrases: Record<string, string> = {
  "catalog.applyDefinitions": "applied", "catalog.applyFiles": "applied files of", "catalog.loadSource": "asked to load the source", "catalog.computeSource": "asked to compute the source", "catalog.materializeView": "asked to compute the feature view",
  "catalog.materializeOnline": "asked to write the online features of", "catalog.buildDataset": "asked to build the dataset", "catalog.checkSkew": "asked to compare online with offline on", "catalog.purgeDataset": "purged the dataset",
  "compute.submitJob": "submitted the job", "compute.cancelJob": "cancelled the job", "compute.retryJob": "retried the job", "compute.createEnrolmentToken": "made a token for an agent,", "compute.cordonAgent": "cordoned the agent", "compute.uncordonAgent": "uncordoned the agent", "compute.removeAgent": "removed the agent", "compute.setPrices": "set the",
  "evaluations.applySuite": "applied the suite", "evaluations.createEvaluation": "made the evaluation of", "evaluations.evaluateModel": "asked to evaluate", "evaluations.compareEvaluations": "asked to compare",
  "experiments.createExperiment": "made the experiment", "experiments.renameExperiment": "renamed the experiment", "experiments.deleteExperiment": "archived the experiment", "experiments.restoreExperiment": "restored the experiment", "experiments.setExperimentTag": "tagged the experiment", "experiments.deleteExperimentTag": "removed a tag of the experiment",
  "experiments.launchRun": "launched", "experiments.launchSweep": "launched the sweep", "experiments.launchTrial": "launched trials of", "experiments.cancelRun": "cancelled the run", "experiments.resumeRun": "resumed the run", "experiments.repeatRun": "ran again as", "experiments.deleteRun": "archived the run", "experiments.restoreRun": "restored the run", "experiments.updateRun": "changed the run", "experiments.deleteRunTag": "removed a tag of the run", "experiments.registerRecipe": "registered the recipe", "experiments.registerRecipeArchive": "uploaded the recipe", "experiments.registerRecipeFromGit": "asked for the recipe at", "experiments.deleteRuns": "archived runs of", "experiments.restoreRuns": "restored runs of", "experiments.tagRuns": "tagged runs of", "experiments.tagRun": "tagged the run", "experiments.saveView": "saved the view", "experiments.updateView": "changed the view", "experiments.deleteView": "deleted the view",
  "identity.acceptLink": "used a one-time link,", "identity.archiveProject": "archived the project", "identity.changePassword": "changed the password of", "identity.changeRole": "changed the role of", "identity.createPasswordReset": "made a reset link for", "identity.createProject": "made the project", "identity.createProjectToken": "made the token", "identity.createToken": "made the token",
  "identity.inviteMember": "invited", "identity.joinProject": "joined as", "identity.removeMember": "removed", "identity.renameAccount": "renamed the account of", "identity.restoreProject": "restored the project", "identity.revokeInvitation": "took back the invitation of", "identity.revokeToken": "revoked the token", "identity.updateProject": "changed the project",
  "models.createModel": "made the model", "models.registerVersion": "registered a version of", "models.judgeVersion": "had the gate judge", "models.requestPromotion": "asked to promote", "models.decidePromotion": "decided on the promotion of", "models.rollback": "rolled back", "models.setAlias": "set an alias of", "models.removeAlias": "removed an alias of", "models.setGate": "changed the gate of",
  "models.updateModel": "changed the description of", "models.renameModel": "renamed the model to", "models.deleteModel": "deleted the model", "models.updateVersion": "described a version of", "models.deleteVersion": "deleted a version of", "models.setModelTag": "tagged", "models.deleteModelTag": "removed a tag of", "models.setVersionTag": "tagged a version of", "models.deleteVersionTag": "removed a version's tag of",
  "monitoring.applyMonitor": "applied the monitor", "monitoring.resetMonitor": "reset the monitor", "monitoring.deleteMonitor": "deleted the monitor", "monitoring.startReplay": "started the replay", "monitoring.controlReplay": "steered the replay", "monitoring.acknowledgeAlert": "acknowledged", "monitoring.resolveAlert": "resolved",
  "monitoring.createChannel": "made the channel", "monitoring.updateChannel": "changed the channel", "monitoring.deleteChannel": "removed the channel", "monitoring.testChannel": "tested the channel", "monitoring.rotateChannelSecret": "renewed the secret of",
  "operations.cancelOperation": "stopped work on", "system.retryDeadLetter": "retried",
};

type Details = Record<string, unknown>;

/** An operation's subject is what it is for, so the phrase names the work that was stopped. */
const operations: Record<string, string> = {
  "build-dataset": "stopped the building of", "check-skew": "stopped a skew check of", "load-source": "stopped the loading of", "compute-source": "stopped the computing of", "materialize-view": "stopped the computing of",
  "materialize-online": "stopped writing the online features of", "preview-rules": "stopped a preview of rules for", "compute-baseline": "stopped a baseline for", "judge-version": "stopped the gate's judging of",
  "evaluate-model": "stopped an evaluation of", "compare-evaluations": "stopped a comparison of",
};
const decisions: Record<string, string> = { approved: "approved the promotion of", refused: "refused the promotion of", lapsed: "found lapsed the promotion of" };

const links: Record<string, string> = { first_owner: "made the first account", invitation: "came by an invitation", password_reset: "set a new password by a reset link" };
const steers: Record<string, string> = { pause: "paused the replay", resume: "resumed the replay", stop: "stopped the replay", restart: "started again the replay", speed: "set the speed of the replay" };
const monitors: Record<string, string> = { created: "made the monitor", changed: "changed the monitor" };

/** What a row's details tell more exactly than its action does. */
function detailedWords(action: string, details: Details): string | undefined {
  if (action === "operations.cancelOperation") return operations[String(details.operation)];
  // A change of many runs that was of one: its subject is that run.
  if (details.runs === 1 && action.endsWith("Runs")) return phrases[action.slice(0, -1)];
  if (action === "identity.acceptLink") return links[String(details.kind)];
  if (action === "monitoring.controlReplay") return steers[String(details.action)];
  if (action === "monitoring.applyMonitor") return monitors[String(details.change)];
  return action === "models.decidePromotion" ? decisions[String(details.state)] : undefined;
}

const irregular: Record<string, string> = { set: "set", reset: "reset", build: "built", submit: "submitted", cancel: "cancelled", control: "controlled" };

function pastOf(verb: string): string {
  if (irregular[verb]) return irregular[verb];
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ied`;
  return verb.endsWith("e") ? `${verb}d` : `${verb}ed`;
}

/** `models.requestPromotion` → `asked to promote`; one that has no phrase yet, `archiveThing` → `archived thing`. */
export function actionWords(action: string, details: unknown = null): string {
  const isDetailed = typeof details === "object" && details !== null;
  const known = (isDetailed ? detailedWords(action, details as Details) : undefined) ?? phrases[action];
  if (known !== undefined) return known;
  const [verb = "", ...rest] = (action.split(".").at(-1) ?? action)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(" ");
  return [pastOf(verb), ...rest].join(" ");
}
