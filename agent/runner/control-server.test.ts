import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { FromRunner, readMessages } from "../attempt/control-socket";
import { type ControlServer, listenForAgent } from "./control-server";

let folder: string;
let server: ControlServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "slipway-control-"));
  server = await listenForAgent(folder, () => undefined);
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

it("has an agent look again that was connected, but not heard of yet, when something was said", async () => {
  const heard = await new Promise<string>((resolve) => {
    const agent = connect(join(folder, "control.sock"));
    readMessages(agent, FromRunner, ({ type }) => {
      agent.destroy();
      resolve(type);
    });
    // The kernel has taken the line; this process hears of it in a later turn.
    server.say("started");
  });
  expect(heard).toBe("log");
});
