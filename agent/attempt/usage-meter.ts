/** What one attempt uses, between one look and the next. */
import type { UsageReport } from "@/server/domains/compute/contract/protocol";
import { type Gpu, readGpus } from "../host/gpus";
import { isOthers } from "../host/processes";
import { familyMembers } from "../runner/process-family";
import type { AttemptFolder, AttemptOrder } from "./attempt-folder";

export class UsageMeter {
  #last: { at: number; cpuSeconds: number } | null = null;

  constructor(
    readonly folder: AttemptFolder,
    readonly order: AttemptOrder,
  ) {}

  /** Null before the command runs, and after. */
  async read(): Promise<UsageReport | null> {
    const started = this.folder.started();
    if (!started) return null;
    const members = familyMembers({ marker: this.order.marker, leader: isOthers(started.leader) ? undefined : started.leader.pid });
    if (members.length === 0) return null;
    const at = performance.now();
    const cpuSeconds = members.reduce((sum, one) => sum + one.cpuSeconds, 0);
    const last = this.#last;
    this.#last = { at, cpuSeconds };
    // A process that ended takes its time with it when nobody waited for it.
    const cpus = last ? Math.max(0, (cpuSeconds - last.cpuSeconds) / ((at - last.at) / 1_000)) : 0;
    const gpus = this.order.devices.length > 0 ? await this.#gpus() : [];
    const second = Math.max(0, Math.round((Date.now() - Date.parse(started.at)) / 1_000));
    return { second, cpus, memoryBytes: members.reduce((sum, one) => sum + one.rssBytes, 0), gpus };
  }

  async #gpus(): Promise<UsageReport["gpus"]> {
    const mine = (await readGpus()).filter((gpu: Gpu) => this.order.devices.includes(gpu.uuid));
    return mine.map(({ use: { uuid, utilization, memoryUsedBytes, powerWatts } }) => ({
      uuid,
      utilization,
      memoryUsedBytes,
      powerWatts,
    }));
  }
}
