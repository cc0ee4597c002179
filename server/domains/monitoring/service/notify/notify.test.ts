/** Webhooks against a local server: signed, the same id at each attempt, and never to an inner address. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { alerts, channels, deliveries, monitors } from "@/drizzle/schema/monitoring";
import { makeModel } from "@/server/domains/models/serving/testing/serve-fixture";
import { connection, database } from "@/server/platform/db";
import { overrideEnv } from "@/server/platform/env";
import { Conflict, Forbidden, Invalid, NotFound } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { oneOfEight } from "@/server/platform/testing/one-of-eight";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { signWebhook } from "../../rules/webhook/webhook-signature";
import { createChannel, deleteChannel, listChannels, listDeliveries, rotateChannelSecret, testChannel, updateChannel } from "./channels";
import { deliverNotification, notifyChannels } from "./deliver";
import { sendWebhook } from "./send-webhook";

/** What names resolve to is the world's: one that leads inside, the rest to nothing. */
const world = vi.hoisted(() => ({ whenAsked: async () => {} }));
vi.mock("node:dns/promises", () => ({
  Resolver: class {
    async resolve4(host: string) {
      await world.whenAsked();
      if (host === "inner.example") return ["93.184.215.14", "10.0.0.7"];
      throw Object.assign(new Error(`queryA ENOTFOUND ${host}`), { code: "ENOTFOUND" });
    }
    async resolve6(host: string) {
      throw Object.assign(new Error(`queryAaaa ENOTFOUND ${host}`), { code: "ENOTFOUND" });
    }
    cancel() {}
  },
}));

type Seen = { headers: IncomingMessage["headers"]; body: string };
const seen: Seen[] = [];
let answers: number[] = [];
const receiver = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    seen.push({ headers: request.headers, body });
    const status = answers.shift() ?? 200;
    response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end("thanks");
  });
});
let port = 0;
let a: TestProject;
const url = () => `http://127.0.0.1:${port}/hook`;
const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const attempt = (deliveryId: string, n = 1) => deliverNotification.run({ deliveryId }, { attempt: n, maxAttempts: 8, signal: new AbortController().signal });

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  port = (receiver.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => receiver.close(resolve)));
beforeEach(async () => {
  a = await testProject();
  seen.length = 0;
  answers = [];
});
afterEach(() => overrideEnv({ SLIPWAY_ALLOW_PRIVATE_WEBHOOKS: "true" }));

async function makeAlert(): Promise<string> {
  const modelId = await makeModel(a.ctx, "delay");
  const [monitorId, alertId] = [newId(), newId()];
  await database().insert(monitors).values({ id: monitorId, projectId: a.project.id, name: "delay", version: 1, definition: {}, modelId, appliedBy: "test" });
  const at = new Date();
  const evidence = { columns: [{ column: "hour", value: 1, low: null, high: 0.5, ratio: 2 }], rows: 10, modelVersion: 1, receivedFrom: null, receivedTo: null, watermark: at.toISOString() };
  await database().insert(alerts).values({ id: alertId, projectId: a.project.id, monitorId, rule: "drift", state: "firing", dedupKey: "delay/drift", title: "delay: drift", startsAt: at, endsAt: at, lastEndsAt: at, evidence });
  return alertId;
}

describe("a delivery", () => {
  it("is retried until it is taken, with one id and a valid signature, and not sent again", async () => {
    const channel = await createChannel(a.ctx, { name: "ops", config: { url: url() }, secret });
    const alertId = await makeAlert();
    await notifyChannels(a.project.id, { alertId, event: "alert.firing" });
    await notifyChannels(a.project.id, { alertId, event: "alert.firing" });
    const [queued, ...more] = await database().select().from(deliveries).where(eq(deliveries.channelId, channel.id));
    expect(more).toEqual([]);
    const id = queued?.id ?? "";
    answers = [500, 302];
    await expect(attempt(id)).rejects.toThrow(/answered 500/);
    expect(await listDeliveries(a.ctx, { channelId: channel.id })).toMatchObject([{ state: "pending", attempts: 1, nextAttemptAt: expect.any(Date) }]);
    await expect(attempt(id, 2)).rejects.toThrow(/answered 302/);
    await attempt(id, 3);
    await attempt(id, 4);
    expect(seen).toHaveLength(3);
    expect(new Set(seen.map((one) => one.headers["webhook-id"]))).toEqual(new Set([id]));
    for (const { headers, body } of seen) {
      expect(headers["webhook-signature"]).toBe(signWebhook(secret, id, Number(headers["webhook-timestamp"]), body));
    }
    expect(JSON.parse(seen[2]?.body ?? "{}")).toMatchObject({ type: "alert.firing", data: { alertId, monitor: "delay", model: "delay", dedupKey: `${a.project.slug}/delay/drift`, columns: [{ column: "hour" }] } });
    expect(await listDeliveries(a.ctx, { channelId: channel.id })).toMatchObject([{ id, state: "delivered", attempts: 3, nextAttemptAt: null, lastStatus: 200, channel: "ops" }]);
    expect((await listChannels(a.ctx, {}))[0]).toMatchObject({ name: "ops", url: url(), lastDelivery: { state: "delivered" } });
  });

  it("is not sent once its channel is off, says so, and stays so when the channel is on again", async () => {
    const channel = await createChannel(a.ctx, { name: "ops", config: { url: url() } });
    await notifyChannels(a.project.id, { alertId: await makeAlert(), event: "alert.firing" });
    const [queued] = await listDeliveries(a.ctx, { channelId: channel.id });
    answers = [500];
    await expect(attempt(queued?.id ?? "")).rejects.toThrow(/answered 500/);
    await updateChannel(a.ctx, { channelId: channel.id, isEnabled: false });
    await attempt(queued?.id ?? "", 2);
    expect(seen).toHaveLength(1);
    expect(await listDeliveries(a.ctx, { channelId: channel.id })).toMatchObject([{ state: "stopped", attempts: 1, lastError: "the channel was turned off", nextAttemptAt: null }]);
    await updateChannel(a.ctx, { channelId: channel.id, isEnabled: true });
    await attempt(queued?.id ?? "", 3);
    expect(seen).toHaveLength(1);
  });

  it("that was queued while its channel was being turned off is not sent", async () => {
    const channel = await createChannel(a.ctx, { name: "ops", config: { url: url() } });
    await notifyChannels(a.project.id, { alertId: await makeAlert(), event: "alert.firing" });
    await database().update(channels).set({ isEnabled: false }).where(eq(channels.id, channel.id));
    const [queued] = await listDeliveries(a.ctx, { channelId: channel.id });
    await attempt(queued?.id ?? "");
    expect(seen).toEqual([]);
    expect(await listDeliveries(a.ctx, { channelId: channel.id })).toMatchObject([{ state: "stopped", attempts: 0, lastError: "the channel was turned off" }]);
  });

  it("that is a test is sent while the channel is off: that is what one tries it for", async () => {
    const channel = await createChannel(a.ctx, { name: "ops", config: { url: url() } });
    await updateChannel(a.ctx, { channelId: channel.id, isEnabled: false });
    const { deliveryId } = await testChannel(a.ctx, { channelId: channel.id });
    await attempt(deliveryId);
    expect(await listDeliveries(a.ctx, { channelId: channel.id })).toMatchObject([{ state: "delivered" }]);
  });

  it("is not sent any more once a later event of its alert was taken, and says so", async () => {
    const [channel, other] = [await createChannel(a.ctx, { name: "ops", config: { url: url() } }), await createChannel(a.ctx, { name: "pager", config: { url: url() } })];
    const alertId = await makeAlert();
    for (const event of ["alert.firing", "alert.acknowledged", "alert.resolved"]) await notifyChannels(a.project.id, { alertId, event });
    const deliveryOf = async (event: string, { id } = channel) => (await listDeliveries(a.ctx, { channelId: id })).find((one) => one.event === event);
    const send = async (event: string, n: number, to = channel) => attempt((await deliveryOf(event, to))?.id ?? "", n);
    answers = [500];
    await expect(send("alert.firing", 1)).rejects.toThrow(/answered 500/);
    await send("alert.acknowledged", 1);
    await send("alert.firing", 2);
    expect(await deliveryOf("alert.firing")).toMatchObject({ state: "overtaken", attempts: 1, nextAttemptAt: null, lastError: "a later event of this alert was taken before it" });
    // Neither what comes after it nor another channel is concerned.
    await send("alert.resolved", 1);
    await send("alert.firing", 1, other);
    expect(seen.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual(["alert.firing", "alert.acknowledged", "alert.resolved", "alert.firing"]);
  });

  it("is given up after the last attempt, and says why", async () => {
    const channel = await createChannel(a.ctx, { name: "dead", config: { url: "http://127.0.0.1:1/none" } });
    const { deliveryId } = await testChannel(a.ctx, { channelId: channel.id });
    await expect(attempt(deliveryId, 8)).rejects.toThrow(/ECONNREFUSED/);
    expect(await listDeliveries(a.ctx, { channelId: channel.id })).toMatchObject([{ state: "failed", event: "test", lastStatus: null, lastError: expect.stringContaining("ECONNREFUSED") }]);
  });
});

describe("channels", () => {
  it("of eight renamed at once to one name one gets it, and the rest hear that it is taken", async () => {
    const made = await Promise.all(Array.from({ length: 8 }, (_, n) => createChannel(a.ctx, { name: `c ${n}`, config: { url: url() } })));
    expect(await oneOfEight((n) => updateChannel(a.ctx, { channelId: made[n]?.id ?? "", name: "ops" }))).toEqual(["There is a channel ops already."]);
  });

  it("give their secret once, and are a maintainer's", async () => {
    const made = await createChannel(a.ctx, { name: "ops", config: { url: url() } });
    expect(made.secret).toMatch(/^whsec_/);
    expect(JSON.stringify(await listChannels(a.ctx, {}))).not.toContain(made.secret);
    await expect(createChannel(a.ctx, { name: "ops", config: { url: url() } })).rejects.toThrow(Conflict);
    await expect(createChannel(await a.as("member"), { name: "more", config: { url: url() } })).rejects.toThrow(Forbidden);
    await expect(testChannel((await testProject()).ctx, { channelId: made.id })).rejects.toThrow(NotFound);
    await deleteChannel(a.ctx, { channelId: made.id });
    expect(await listChannels(a.ctx, {})).toEqual([]);
  });

  it("tell of the monitors and events they were given, and of nothing while off", async () => {
    const alertId = await makeAlert();
    const [all, other, resolved] = await Promise.all([
      createChannel(a.ctx, { name: "all", config: { url: url() } }),
      createChannel(a.ctx, { name: "other", config: { url: url() }, monitors: ["another"] }),
      createChannel(a.ctx, { name: "resolved", config: { url: url() }, monitors: ["delay"], events: ["alert.resolved"] }),
    ]);
    const eventsOf = async (channel: { id: string }) => (await listDeliveries(a.ctx, { channelId: channel.id })).map((one) => one.event).sort();
    await notifyChannels(a.project.id, { alertId, event: "alert.firing" });
    await updateChannel(a.ctx, { channelId: all.id, isEnabled: false });
    await notifyChannels(a.project.id, { alertId, event: "alert.resolved" });
    expect(await Promise.all([all, other, resolved].map(eventsOf))).toEqual([["alert.firing"], [], ["alert.resolved"]]);
    expect(await updateChannel(a.ctx, { channelId: all.id, isEnabled: true })).toMatchObject({ isEnabled: true, url: url(), monitors: [] });
  });

  it("change name, URL and secret, for a maintainer of the project only", async () => {
    const [ops] = await Promise.all([createChannel(a.ctx, { name: "ops", config: { url: url() }, secret }), createChannel(a.ctx, { name: "pager", config: { url: url() } })]);
    await expect(updateChannel(a.ctx, { channelId: ops.id, name: "pager" })).rejects.toThrow(Conflict);
    await expect(updateChannel(a.ctx, { channelId: ops.id, events: [] })).rejects.toThrow(Invalid);
    await expect(updateChannel(await a.as("member"), { channelId: ops.id, name: "mine" })).rejects.toThrow(Forbidden);
    await expect(rotateChannelSecret((await testProject()).ctx, { channelId: ops.id })).rejects.toThrow(NotFound);
    await updateChannel(a.ctx, { channelId: ops.id, name: "ops", config: { url: `${url()}/moved` } });
    const { secret: fresh } = await rotateChannelSecret(a.ctx, { channelId: ops.id });
    const { deliveryId } = await testChannel(a.ctx, { channelId: ops.id });
    await attempt(deliveryId);
    const { headers, body } = seen[0] ?? { headers: {}, body: "" };
    expect(headers["webhook-signature"]).toBe(signWebhook(fresh, deliveryId, Number(headers["webhook-timestamp"]), body));
    expect(await listDeliveries(a.ctx, { channelId: ops.id })).toMatchObject([{ attempts: 1, lastStatus: 200, lastMs: expect.any(Number), lastAttemptAt: expect.any(Date) }]);
  });

  it.each(["ftp://example.org/x", "file:///etc/passwd", "javascript:alert(1)", "not a url", "http://user:password@example.org/", ""])("refuse the URL %j", async (bad) => {
    await expect(createChannel(a.ctx, { name: "bad", config: { url: bad } })).rejects.toThrow(Invalid);
  });
});

describe("an inner address", () => {
  it.each(["http://127.0.0.1:9000/hook", "http://localhost/", "http://x.localhost/", "http://10.0.0.1/", "http://[::1]/", "http://2130706433/", "http://postgres:5432/"])("%s can't be a channel, and the setting is named", async (bad) => {
    const channel = await createChannel(a.ctx, { name: "ops", config: { url: "https://example.org/" } });
    overrideEnv({ SLIPWAY_ALLOW_PRIVATE_WEBHOOKS: "false" });
    await expect(createChannel(a.ctx, { name: "inner", config: { url: bad } })).rejects.toThrow(/SLIPWAY_ALLOW_PRIVATE_WEBHOOKS/);
    await expect(updateChannel(a.ctx, { channelId: channel.id, config: { url: bad } })).rejects.toThrow(Invalid);
  });

  it("behind a name is refused as the name resolves, at making and at changing; a name that does not resolve is not", async () => {
    overrideEnv({ SLIPWAY_ALLOW_PRIVATE_WEBHOOKS: "false" });
    const inner = { url: "https://inner.example/hook" };
    await expect(createChannel(a.ctx, { name: "inner", config: inner })).rejects.toMatchObject({
      code: "Invalid", detail: { field: "config.url" }, message: "inner.example leads to what is not a public address. SLIPWAY_ALLOW_PRIVATE_WEBHOOKS=true allows it.",
    });
    const channel = await createChannel(a.ctx, { name: "ops", config: { url: "https://nowhere.example/" } });
    await expect(updateChannel(a.ctx, { channelId: channel.id, config: inner })).rejects.toMatchObject({ code: "Invalid", detail: { field: "config.url" } });
  });

  it("is looked for while no transaction is open", async () => {
    overrideEnv({ SLIPWAY_ALLOW_PRIVATE_WEBHOOKS: "false" });
    const { pool } = connection();
    let asked = 0;
    // A transaction that waited for this answer would hold its connection until it comes; others' work in the pool ends by itself.
    world.whenAsked = async () => {
      await expect.poll(() => pool.totalCount - pool.idleCount, { interval: 1 }).toBe(0);
      asked += 1;
    };
    const channel = await createChannel(a.ctx, { name: "ops", config: { url: "https://nowhere.example/" } });
    await updateChannel(a.ctx, { channelId: channel.id, config: { url: "https://elsewhere.example/" } });
    world.whenAsked = async () => {};
    expect(asked).toBe(2);
  });

  it("that was a channel before is given up at the first attempt, and not tried again", async () => {
    const channel = await createChannel(a.ctx, { name: "inner", config: { url: url() } });
    const { deliveryId } = await testChannel(a.ctx, { channelId: channel.id });
    overrideEnv({ SLIPWAY_ALLOW_PRIVATE_WEBHOOKS: "false" });
    await attempt(deliveryId);
    expect(await listDeliveries(a.ctx, { channelId: channel.id })).toMatchObject([{ state: "failed", attempts: 1, lastError: expect.stringContaining("not a public address") }]);
    expect(seen).toEqual([]);
  });

  it.each([
    ["loopback", () => `http://127.0.0.1:${port}/`], ["a name of loopback", () => `http://localhost:${port}/`], ["a name below localhost", () => `http://x.localhost:${port}/`], ["decimal", () => `http://2130706433:${port}/`],
    ["hexadecimal", () => `http://0x7f000001:${port}/`], ["octal", () => `http://0177.0.0.1:${port}/`], ["short", () => `http://127.1:${port}/`], ["nothing", () => `http://0:${port}/`],
    ["IPv6 loopback", () => `http://[::1]:${port}/`], ["mapped", () => `http://[::ffff:127.0.0.1]:${port}/`], ["mapped in hex", () => `http://[::ffff:7f00:1]:${port}/`], ["private", () => "http://10.0.0.1/"],
    ["link-local", () => "http://169.254.169.254/latest/meta-data/"], ["unique local", () => "http://[fd00::1]/"], ["translated", () => "http://[64:ff9b::7f00:1]/"], ["6to4", () => "http://[2002:7f00:1::]/"],
  ])("%s is refused, and nothing is sent", async (_, target) => {
    overrideEnv({ SLIPWAY_ALLOW_PRIVATE_WEBHOOKS: "false" });
    const answer = await sendWebhook({ id: "msg_x", url: target(), secret, payload: {} });
    expect(answer.status).toBeNull();
    expect(answer.error).toMatch(/not a public address|ENOTFOUND|EAI_AGAIN/);
    expect(seen).toEqual([]);
  });
});
