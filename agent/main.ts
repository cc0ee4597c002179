/** The agent's entry: `run`, `doctor`, `prepare-environment`, and `runner`, which the agent starts for each attempt. */
import { parseArgs } from "node:util";
import { runDoctor } from "./doctor";
import { NotEnrolled } from "./enrol";
import { agentEnv } from "./env";
import { log, messageOf } from "./log";
import { prepareFromArguments } from "./python/prepare-command";
import { Agent, type Ending, IdentityLost } from "./run-agent";
import { runAttempt } from "./runner/run-attempt";

const USAGE = `Usage:
  agent run [--exit-with-stdin]     run jobs (settings: SLIPWAY_URL, SLIPWAY_AGENT_TOKEN, SLIPWAY_AGENT_STATE, …)
  agent doctor                      say what is wrong with this host
  agent prepare-environment --requirements FILE --state FOLDER [--python PATH]
`;

/** Whoever started us is gone: jobs go on under their runners, for the next agent to adopt. */
function whenOrphaned(end: () => void, watchStdin: boolean): void {
  if (process.send) process.once("disconnect", end);
  if (!watchStdin) return;
  process.stdin.on("error", end);
  process.stdin.once("end", end);
  process.stdin.once("close", end);
  process.stdin.resume();
}

async function runFromArguments(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { "exit-with-stdin": { type: "boolean", default: false } } });
  const env = agentEnv();
  const opening = new AbortController();
  let agent: Agent | null = null;
  const end = (how: Ending) => {
    opening.abort();
    agent?.end(how);
  };
  // A terminal's Ctrl-C reaches the whole group: a supervisor, where there is one, decides the order.
  process.on("SIGINT", () => (process.send ? undefined : end(env.SLIPWAY_AGENT_DRAIN)));
  process.on("SIGTERM", () => end(env.SLIPWAY_AGENT_DRAIN));
  whenOrphaned(() => end("leave"), values["exit-with-stdin"]);
  agent = await Agent.open(env, process.argv[1] ?? "", opening.signal);
  if (opening.signal.aborted) agent.end("leave");
  await agent.run(() => process.send?.({ ready: true }));
}

async function main([command = "", ...args]: string[]): Promise<number> {
  switch (command) {
    case "run":
      await runFromArguments(args);
      return 0;
    case "doctor":
      return (await runDoctor((line) => process.stdout.write(`${line}\n`))) ? 0 : 1;
    case "prepare-environment":
      await prepareFromArguments(args);
      return 0;
    case "runner":
      await runAttempt(args[0] ?? "", Number(args[1]));
      return 0;
    default:
      process.stderr.write(USAGE);
      return 2;
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    log.error(messageOf(error));
    // EX_NOPERM of sysexits.h: to start it again is of no use.
    process.exit(error instanceof NotEnrolled || error instanceof IdentityLost ? 77 : 1);
  },
);
