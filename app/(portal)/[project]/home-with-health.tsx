"use client";

import { useQuery } from "@tanstack/react-query";
import { HomePage, type HomePageProps } from "@/components/home/home-page";
import { LastAlert } from "@/components/monitoring/alerts/last-alert";
import { ModelHealth } from "@/components/monitoring/model-health";
import { OpenAlerts } from "@/components/monitoring/alerts/open-alerts";
import { restingReplay, restingWords } from "@/components/monitoring/replay/replay-of-job";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";

/** Where what serves meets what watches it. */
export function HomeWithHealth(props: Omit<HomePageProps, "alerts" | "openAlerts" | "lastAlert" | "health" | "waits">) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.monitoring.listAlerts.queryOptions({ project: props.project, state: "open", limit: 10 }));
  const replayOptions = trpc.monitoring.listReplays.queryOptions({ project: props.project });
  const { data: replays } = useQuery(replayOptions);
  useLive(["replays"], [replayOptions.queryKey]);
  const waits = (jobId: string) => {
    const resting = restingReplay(replays ?? [], jobId);
    return resting && restingWords(resting);
  };
  return (
    <HomePage
      {...props}
      openAlerts={data?.alerts.length}
      alerts={<OpenAlerts project={props.project} />}
      lastAlert={<LastAlert project={props.project} />}
      waits={waits}
      health={(model) => <ModelHealth project={props.project} model={model} />}
    />
  );
}
