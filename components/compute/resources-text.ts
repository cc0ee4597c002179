import { formatBytes } from "@/components/ui/format/format-bytes";
import { formatPlain } from "@/components/ui/format/format-number";
import type { JobResources } from "@/server/domains/compute/contract/job";

/** `0.5 CPU · 512 MiB · 1 GPU`. */
export function resourcesText({ cpus, memoryBytes, gpus }: JobResources): string {
  return [`${formatPlain(cpus)} CPU`, formatBytes(memoryBytes), ...(gpus > 0 ? [`${gpus} GPU`] : [])].join(" · ");
}
