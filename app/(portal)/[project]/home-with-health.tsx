"use client";

import { useQuery } from "@tanstack/react-query";
import { HomePage, type HomePageProps } from "@/components/home/home-page";
import { ModelHealth } from "@/components/monitoring/model-health";
import { OpenAlerts } from "@/components/monitoring/alerts/open-alerts";
import { useTRPC } from "@/components/trpc/client";

/** Where what serves meets what watches it. */
export function HomeWithHealth(props: Omit<HomePageProps, "alerts" | "openAlerts" | "health">) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.monitoring.listAlerts.queryOptions({ project: props.project, state: "open", limit: 10 }));
  return (
    <HomePage
      {...props}
      openAlerts={data?.alerts.length}
      alerts={<OpenAlerts project={props.project} />}
      health={(model) => <ModelHealth project={props.project} model={model} />}
    />
  );
}
