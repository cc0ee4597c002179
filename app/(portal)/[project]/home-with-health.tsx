"use client";

import { HomePage, type HomePageProps } from "@/components/home/home-page";
import { ModelHealth } from "@/components/monitoring/model-health";
import { OpenAlerts } from "@/components/monitoring/alerts/open-alerts";

/** Where what serves meets what watches it. */
export function HomeWithHealth(props: Omit<HomePageProps, "alerts" | "health">) {
  return (
    <HomePage
      {...props}
      alerts={<OpenAlerts project={props.project} />}
      health={(model) => <ModelHealth project={props.project} model={model} />}
    />
  );
}
