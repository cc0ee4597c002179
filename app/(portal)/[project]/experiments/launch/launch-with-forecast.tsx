"use client";

import { CostForecast } from "@/components/compute/overview/cost-forecast";
import { StartForecast, type StartForecastProps } from "@/components/compute/overview/start-forecast";
import { LaunchPage } from "@/components/experiments/launch/launch-page";

type Props = { project: string; recipeName: string; fromHex: string | null };

/** Where experiments' form and compute's queue meet. */
export function LaunchWithForecast(props: Props) {
  return (
    <LaunchPage
      {...props}
      forecast={({ name, definition, requirementsSha256 }, priority) => {
        const { cpus, memory, gpus, timeout } = definition.resources;
        const job: StartForecastProps = {
          project: props.project, recipe: name, resources: { cpus, memoryBytes: memory, gpus }, needsPython: requirementsSha256 !== null, timeLimitSeconds: timeout, priority,
        };
        return { queue: <StartForecast {...job} />, facts: (items) => <CostForecast {...job} items={items} /> };
      }}
    />
  );
}
