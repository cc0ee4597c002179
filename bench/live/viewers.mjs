// Many viewers of a project's live stream in a process of their own; each notes when it was told of one run.
import { Agent, get } from "node:http";

const [url, token, runHex, count] = process.argv.slice(2);
const runId = runHex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
const topic = `"run:${runId}"`;
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
const heardBy = [];

function open() {
  const times = [];
  heardBy.push(times);
  return new Promise((resolve, reject) => {
    const request = get(`${url}/live`, { agent, headers: { authorization: `Bearer ${token}`, accept: "text/event-stream" } }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`/live answered ${answer.statusCode}`));
      let rest = "";
      answer.setEncoding("utf8");
      answer.on("data", (text) => {
        const frames = (rest + text).split("\n\n");
        rest = frames.pop();
        for (const frame of frames) if (frame.startsWith("event: topics") && frame.includes(topic)) times.push(Date.now());
        resolve();
      });
    });
    request.on("error", reject);
  });
}

for (let at = 0; at < Number(count); at += 50) await Promise.all(Array.from({ length: Math.min(50, Number(count) - at) }, open));
process.send("ready");
process.on("message", () => process.send({ heardBy }, () => process.exit(0)));
