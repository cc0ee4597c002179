/** Agents: hosts that run jobs. What they report, and what pages see of them. Browser-safe. */
import { z } from "zod";
import { Labels } from "./job";

const word = (max: number) => z.string().min(1).max(max);

export const GpuReport = z.object({
  index: z.number().int().min(0).max(1024),
  uuid: word(100),
  model: word(200),
  memoryBytes: z.number().int().min(0),
  busId: z.string().max(40).default(""),
  migEnabled: z.boolean().default(false),
});
export type GpuReport = z.infer<typeof GpuReport>;

export const PythonReport = z.object({ path: word(1_000), version: word(40) });
export type PythonReport = z.infer<typeof PythonReport>;

export const HostReport = z.object({
  hostname: word(255),
  platform: word(60),
  agentVersion: word(40),
  cpus: z.number().min(0.1).max(4096),
  cpuModel: z.string().max(200).default(""),
  memoryBytes: z.number().int().positive(),
  diskFreeBytes: z.number().int().min(0),
  diskTotalBytes: z.number().int().min(0),
  gpus: z.array(GpuReport).max(64),
  gpuDriver: z.string().max(60).nullable(),
  pythons: z.array(PythonReport).max(32),
  memoryLimit: z.enum(["cgroup2", "cgroup1", "watch"]),
  labels: Labels.default({}),
});
export type HostReport = z.infer<typeof HostReport>;

export const GpuUse = z.object({
  uuid: word(100),
  utilization: z.number().min(0).max(100).nullable(),
  memoryUsedBytes: z.number().int().min(0).nullable(),
  temperatureC: z.number().nullable(),
  powerWatts: z.number().nullable(),
});
export type GpuUse = z.infer<typeof GpuUse>;

export const HostUse = z.object({
  /** Cores in use, averaged since the last heartbeat. */
  cpus: z.number().min(0),
  memoryBytes: z.number().int().min(0),
  diskFreeBytes: z.number().int().min(0),
  gpus: z.array(GpuUse).max(64).default([]),
});
export type HostUse = z.infer<typeof HostUse>;

export const AgentIdInput = z.object({ agentId: z.uuid() });
export const CordonAgentInput = AgentIdInput.extend({ reason: z.string().max(500).default("") });
export const UncordonAgentInput = AgentIdInput;
export const RemoveAgentInput = AgentIdInput;

export const CreateEnrolmentTokenInput = z.object({
  note: z.string().max(200).default(""),
  expiresInSeconds: z
    .number()
    .int()
    .min(60)
    .max(30 * 86_400)
    .default(3_600),
});

export type AgentState = "online" | "offline" | "cordoned" | "draining";

export type AgentSummary = {
  id: string;
  name: string;
  state: AgentState;
  cordonReason: string | null;
  host: HostReport;
  use: HostUse | null;
  /** What open attempts hold, over all projects. */
  held: { cpus: number; memoryBytes: number; gpus: number; jobs: number };
  lastSeenAt: Date;
  registeredAt: Date;
};

export type AgentDetail = AgentSummary & {
  /** Jobs of this project only: another project's names are not shown. */
  jobs: { id: string; name: string; state: string; startedAt: Date | null; devices: string[] }[];
};
