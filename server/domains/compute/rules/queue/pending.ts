/** Why a queued job waits, as one sentence that names the binding reason. */
import { type Ask, type Capacity, fits } from "./placement";

export type AgentSnapshot = {
  name: string;
  capacity: Capacity;
  free: Capacity;
  inTouch: boolean;
  cordoned: boolean;
  draining: boolean;
  /** Room there is kept: for this job, or for one before it that this one may not pass. */
  keptFor?: "it" | "other" | undefined;
};

export type PendingSnapshot = {
  ask: Ask;
  /** 1 is next. */
  position: number;
  notBefore: Date | null;
  now: Date;
  agents: readonly AgentSnapshot[];
};

const GIB = 1024 ** 3;

function count(n: number, one: string, many = `${one}s`): string {
  return `${Number(n.toFixed(2))} ${n === 1 ? one : many}`;
}

function gib(bytes: number): string {
  return `${Number((bytes / GIB).toFixed(bytes < GIB ? 2 : 1))} GiB`;
}

type Need = { asked: string; short(free: Capacity): boolean; of(free: Capacity, capacity: Capacity): string };

function needsOf(ask: Ask): Need[] {
  return [
    {
      asked: count(ask.gpus, "GPU"),
      short: (free) => ask.gpus > free.gpus.length,
      of: (free, capacity) => `${free.gpus.length} of ${capacity.gpus.length} GPUs free`,
    },
    {
      asked: gib(ask.memoryBytes),
      short: (free) => ask.memoryBytes > free.memoryBytes,
      of: (free, capacity) => `${gib(Math.max(0, free.memoryBytes))} of ${gib(capacity.memoryBytes)} memory free`,
    },
    {
      asked: count(ask.cpus, "CPU"),
      short: (free) => ask.cpus > free.cpus + 1e-9,
      of: (free, capacity) => `${Number(Math.max(0, free.cpus).toFixed(2))} of ${capacity.cpus} CPUs free`,
    },
  ];
}

function whyNoneCould(ask: Ask, agents: readonly AgentSnapshot[]): string {
  if (ask.needsPython && !agents.some((agent) => agent.capacity.hasPython)) {
    return "It needs Python 3.10 or newer, which no connected agent has.";
  }
  for (const need of needsOf(ask)) {
    if (agents.every((agent) => need.short(agent.capacity))) {
      const best = agents.map((agent) => need.of(agent.capacity, agent.capacity)).join("; ");
      return `It asks for ${need.asked}, more than any connected agent has (${best}).`;
    }
  }
  return "No single connected agent has all that it asks for together.";
}

function ordinal(n: number): string {
  const tens = n % 100;
  const suffix = tens >= 11 && tens <= 13 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n}${suffix}`;
}

export function whyPending(snapshot: PendingSnapshot): string {
  const { ask, agents, now, notBefore, position } = snapshot;
  if (notBefore && notBefore > now) {
    const seconds = Math.ceil((notBefore.getTime() - now.getTime()) / 1_000);
    return `It is tried again in ${count(seconds, "second")}.`;
  }
  if (agents.length === 0) return "No agent is registered. Add one on the Compute page.";
  const inTouch = agents.filter((agent) => agent.inTouch);
  if (inTouch.length === 0) return "No agent is connected now.";
  const open = inTouch.filter((agent) => !agent.cordoned && !agent.draining);
  if (open.length === 0) return "Every connected agent is cordoned or draining.";
  const able = open.filter((agent) => fits(ask, agent.capacity));
  if (able.length === 0) return whyNoneCould(ask, open);
  const withRoom = able.filter((agent) => fits(ask, agent.free));
  const ready = withRoom.find((agent) => agent.keptFor !== "other");
  if (ready)
    return position <= 1
      ? `It starts now on ${ready.name}.`
      : `It is ${ordinal(position)} in the queue for ${ready.name}.`;
  const barred = withRoom[0];
  if (barred) return `Room on ${barred.name} is kept for a larger job that comes before it. It is ${ordinal(position)} in the queue.`;
  const agent = able.find((one) => one.keptFor === "it") ?? able[0];
  const need = agent && needsOf(ask).find((one) => one.short(agent.free));
  if (!agent || !need) return "It waits for an agent with everything it asks for.";
  const where = able.length === 1 ? agent.name : `${agent.name} and ${count(able.length - 1, "other")}`;
  const kept = agent.keptFor === "it" ? ` Room on ${agent.name} is kept for it.` : "";
  return `It waits for ${need.asked} on ${where}: ${need.of(agent.free, agent.capacity)}.${kept} It is ${ordinal(position)} in the queue.`;
}
