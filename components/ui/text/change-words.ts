/** An entry of what changed as a sentence: who `did` `what` and `more`, where `what` is the object that can be opened. */
import { actionWords } from "./action-words";

export type Change = { action: string; actorName: string; subjectKind: string | null; subjectId: string | null; subjectName: string | null; details: unknown; path?: string | null; trials?: number; isCutOff?: boolean };

type Details = Record<string, unknown>;

const detailsOf = (details: unknown): Details => (typeof details === "object" && details !== null ? (details as Details) : {});
const wordOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : null);
const versionOf = (details: Details): number | null => (typeof details.version === "number" ? details.version : null);

/** Where the version stands beside the name, the phrase need not say that it is one. */
const ofVersion: Record<string, string> = { "models.registerVersion": "registered", "models.deleteVersion": "deleted", "models.updateVersion": "described" };

/** `: approval from policy to person, suite from none to delay`. */
function gateMore(details: Details): string {
  const was = detailsOf(details.was);
  const changed = ["suite", "service", "approval"].filter((name) => name in was && name in details && was[name] !== details[name]);
  return changed.length === 0 ? "" : `: ${changed.map((name) => `${name} from ${wordOf(was[name]) ?? "none"} to ${wordOf(details[name]) ?? "none"}`).join(", ")}`;
}

const settled: Record<string, string> = { refused: ": refused by the gate", approved: ": approved at once", lapsed: ": lapsed" };
const shownDefinitions = 4;

function definitionsMore({ changed }: Details): string {
  if (!Array.isArray(changed) || changed.length === 0) return "";
  const names = changed.slice(0, shownDefinitions).map((one) => `${String(one?.kind).replaceAll("_", " ")} ${one?.name}`);
  return `: ${names.join(", ")}${changed.length > shownDefinitions ? ` and ${changed.length - shownDefinitions} more` : ""}`;
}

const fromTo = (details: Details, mark = ""): string => (wordOf(details.from) && wordOf(details.to) ? ` from ${mark}${details.from} to ${mark}${details.to}` : "");
const reason = ({ reason: words }: Details): string => (wordOf(words) ? `: ${words}` : "");
const before = ({ was }: Details): string => (wordOf(was) ? `, before ${was}` : "");
const tag = (details: Details): string => (wordOf(details.tag) ? `: ${details.tag}` : "");
const alias = (details: Details): string => (wordOf(details.alias) ? `: ${details.alias}` : "");
const toAlias = (details: Details): string => (wordOf(details.alias) ? ` to ${details.alias}` : "");

/** What its details add to a sentence, by action. */
const mores: Record<string, (details: Details) => string> = {
  "catalog.applyDefinitions": definitionsMore,
  "experiments.renameExperiment": before, "experiments.setExperimentTag": tag, "experiments.deleteExperimentTag": tag, "experiments.deleteRunTag": tag,
  "identity.changeRole": (details) => fromTo(details) || (wordOf(details.role) ? ` to ${details.role}` : ""),
  "identity.inviteMember": (details) => (wordOf(details.role) ? ` as ${details.role}` : ""),
  "identity.acceptLink": (details) => (wordOf(details.role) ? `, as ${details.role}` : ""),
  "models.rollback": (details) => `${fromTo(details, "v")}${reason(details)}`, "models.setGate": gateMore, "models.renameModel": before,
  "models.requestPromotion": (details) => `${toAlias(details)}${settled[String(details.state)] ?? ""}`, "models.decidePromotion": toAlias,
  "models.setAlias": alias, "models.removeAlias": alias, "models.setModelTag": tag, "models.deleteModelTag": tag, "models.setVersionTag": tag, "models.deleteVersionTag": tag,
  "monitoring.controlReplay": (details) => (details.action === "speed" ? `: ${details.hourSeconds} s an hour` : ""),
};

export type ChangeWords = { did: string; what: string; more: string };

/** Who acts on their own account is named once. */
const isOwnAccount = ({ action, actorName, subjectName }: Change): boolean => action === "identity.acceptLink" && subjectName === actorName;

export function changeWords(change: Change): ChangeWords {
  const details = detailsOf(change.details);
  const version = versionOf(details);
  const name = change.subjectName ?? change.subjectId ?? "";
  const did = (version === null ? undefined : ofVersion[change.action]) ?? actionWords(change.action, details);
  const trials = change.trials ? ` · ${change.trials}${change.isCutOff ? " or more" : ""} ${change.trials === 1 && !change.isCutOff ? "trial" : "trials"}` : "";
  // A run's and a dataset's version are their recipe's and definition's.
  const versioned = version !== null && change.action !== "experiments.launchRun" ? `${name} v${version}` : name;
  return { did, what: isOwnAccount(change) ? "" : change.action === "experiments.launchSweep" ? name : versioned, more: `${mores[change.action]?.(details) ?? ""}${trials}` };
}

/** Pages of what has no entry in the index of search. */
const kindPaths: Record<string, (id: string) => string> = {
  user: () => "/settings/members", invitation: () => "/settings/members", token: () => "/settings/tokens", channel: () => "/settings/channels", prices: () => "/settings/system",
  project: () => "/settings/project", catalog: () => "/catalog", replay: () => "/monitoring", alert: (id) => `/monitoring/alerts/${id}`,
};
const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** Where its object stands, or null if it is gone; of a model the version that was meant. */
export function changeHref(project: string, { subjectKind, subjectId, details, path }: Change): string | null {
  const kind = subjectKind ?? "";
  const id = subjectId ?? "";
  if (kind === "dataset" && path && uuid.test(id)) return `/${project}/catalog/datasets/${id}`;
  const at = path ?? kindPaths[kind]?.(id) ?? null;
  if (at === null) return null;
  const { version, to } = detailsOf(details);
  const meant = typeof version === "number" ? version : to;
  return `/${project}${at}${kind === "model" && typeof meant === "number" ? `?version=${meant}` : ""}`;
}
