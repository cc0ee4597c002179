/** The runner's end of the line to whichever agent is there now. */
import { rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { type FromRunner, readMessages, sendMessage, ToRunner, withSocketPath } from "../attempt/control-socket";

export type ControlServer = { say(type: FromRunner["type"]): void; close(): void };

export function listenForAgent(folder: string, take: (message: ToRunner) => void): Promise<ControlServer> {
  const agents = new Set<Socket>();
  const server = createServer((socket) => {
    agents.add(socket);
    // An agent is connected before it is heard of here: what was said between would be news to nobody.
    sendMessage(socket, { type: "log" });
    socket.on("error", () => undefined);
    socket.on("close", () => agents.delete(socket));
    readMessages(socket, ToRunner, take);
  });
  const control: ControlServer = {
    say: (type) => {
      for (const socket of agents) sendMessage(socket, { type });
    },
    close: () => {
      server.close();
      for (const socket of agents) socket.end();
      rmSync(join(folder, "control.sock"), { force: true });
    },
  };
  return withSocketPath(folder, (path, release) => {
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(path, () => {
        release();
        resolve(control);
      });
    });
  });
}
