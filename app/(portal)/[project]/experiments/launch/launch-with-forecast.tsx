"use client";

import { StartForecast } from "@/components/compute/overview/start-forecast";
import { LaunchPage } from "@/components/experiments/launch/launch-page";

type Props = { project: string; recipeName: string; fromHex: string | null };

/** Where experiments' form and compute's queue meet. */
export function LaunchWithForecast(props: Props) {
  return (
    <LaunchPage
      {...props}
      forecast={({ name, definition, requirementsSha256 }, priority) => (
        <StartForecast
          project={props.project}
          recipe={name}
          resources={{ cpus: definition.resources.cpus, memoryBytes: definition.resources.memory, gpus: definition.resources.gpus }}
          needsPython={requirementsSha256 !== null}
          timeLimitSeconds={definition.resources.timeout}
          priority={priority}
        />
      )}
    />
  );
}
