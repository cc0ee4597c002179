import { expect, it } from "vitest";
import { changeHref, changeWords } from "./change-words";

const row = (action: string, subjectName: string | null, details: object = {}, more: object = {}) => ({ action, actorName: "Ada", subjectKind: null, subjectId: null, subjectName, details, ...more });
const said = (change: ReturnType<typeof row>) => {
  const { did, what, more } = changeWords(change);
  return `Ada ${[did, what].filter(Boolean).join(" ")}${more}`;
};

it.each([
  ["models.registerVersion", "delay", { version: 4 }, "Ada registered delay v4"],
  ["models.judgeVersion", "delay", { version: 4 }, "Ada had the gate judge delay v4"],
  ["models.requestPromotion", "delay", { version: 4, alias: "champion", state: "pending" }, "Ada asked to promote delay v4 to champion"],
  ["models.requestPromotion", "delay", { version: 5, alias: "champion", state: "refused" }, "Ada asked to promote delay v5 to champion: refused by the gate"],
  ["models.requestPromotion", "delay", { version: 1, alias: "champion", state: "approved" }, "Ada asked to promote delay v1 to champion: approved at once"],
  ["models.decidePromotion", "delay", { version: 4, alias: "champion", state: "approved" }, "Ada approved the promotion of delay v4 to champion"],
  ["models.rollback", "delay", { from: 4, to: 2, alias: "champion", reason: "Drift" }, "Ada rolled back delay from v4 to v2: Drift"],
  ["models.setAlias", "delay", { alias: "shadow", version: 3 }, "Ada set an alias of delay v3: shadow"],
  ["models.setGate", "delay", { suite: "s", service: "f", approval: "person", was: { suite: "s", service: "f", approval: "policy" } }, "Ada changed the gate of delay: approval from policy to person"],
  ["models.setGate", "delay", { suite: "s", service: "f", approval: "policy", was: { suite: null, service: "f", approval: "policy" } }, "Ada changed the gate of delay: suite from none to s"],
  ["models.setVersionTag", "delay", { version: 2, tag: "checked" }, "Ada tagged a version of delay v2: checked"],
  ["models.renameModel", "late", { was: "delay" }, "Ada renamed the model to late, before delay"],
  ["experiments.registerRecipe", "train", { version: 2 }, "Ada registered the recipe train v2"],
  ["evaluations.applySuite", "delay", { version: 3, change: "changed" }, "Ada applied the suite delay v3"],
  ["monitoring.applyMonitor", "delay", { change: "created" }, "Ada made the monitor delay"],
  ["monitoring.applyMonitor", "delay", { change: "changed" }, "Ada changed the monitor delay"],
  ["monitoring.controlReplay", "delay", { action: "pause", hourSeconds: 3 }, "Ada paused the replay delay"],
  ["monitoring.controlReplay", "delay", { action: "speed", hourSeconds: 3 }, "Ada set the speed of the replay delay: 3 s an hour"],
  ["identity.changeRole", "Grace", { from: "member", to: "maintainer" }, "Ada changed the role of Grace from member to maintainer"],
  ["identity.changeRole", "Grace", { role: "maintainer" }, "Ada changed the role of Grace to maintainer"],
  ["identity.inviteMember", "grace@example.com", { role: "viewer" }, "Ada invited grace@example.com as viewer"],
  ["identity.acceptLink", "Ada", { kind: "first_owner", role: "owner" }, "Ada made the first account, as owner"],
  ["identity.acceptLink", "Ada", { kind: "invitation", role: "member" }, "Ada came by an invitation, as member"],
  ["identity.acceptLink", "Ada", { kind: "password_reset", role: null }, "Ada set a new password by a reset link"],
  ["catalog.applyDefinitions", "2 definitions", { changed: [{ kind: "source", name: "a" }, { kind: "feature_view", name: "b" }] }, "Ada applied 2 definitions: source a, feature view b"],
])("%s of %s with %j", (action, name, details, words) => {
  expect(said(row(action, name, details))).toBe(words);
});

it("tells a sweep with the trials it launched", () => {
  expect(said(row("experiments.launchSweep", "leaves", {}, { trials: 6 }))).toBe("Ada launched the sweep leaves · 6 trials");
  expect(said(row("experiments.launchTrial", "leaves", {}, { trials: 1 }))).toBe("Ada launched trials of leaves · 1 trial");
  expect(said(row("experiments.launchTrial", "leaves", {}, { trials: 530, isCutOff: true }))).toBe("Ada launched trials of leaves · 530 or more trials");
});

it("leads to the version that was meant, to what has a page without an entry, and nowhere else", () => {
  const at = (subjectKind: string, path: string | null, details: object = {}, subjectId = "1") => changeHref("flights", { ...row("a.b", "x", details), subjectKind, subjectId, path });
  expect(at("model", "/models/delay", { version: 4 })).toBe("/flights/models/delay?version=4");
  expect(at("model", "/models/delay", { from: 4, to: 2 })).toBe("/flights/models/delay?version=2");
  expect(at("model", null, { version: 4 })).toBeNull();
  expect(at("run", "/experiments/runs/ab")).toBe("/flights/experiments/runs/ab");
  expect(at("user", null)).toBe("/flights/settings/members");
  expect(at("alert", null, {}, "7")).toBe("/flights/monitoring/alerts/7");
  expect(at("dataset", "/catalog?show=datasets", {}, "01a21ab5-e230-7079-874c-3d25d07f77f4")).toBe("/flights/catalog/datasets/01a21ab5-e230-7079-874c-3d25d07f77f4");
  expect(at("view", null)).toBeNull();
});
