"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { ButtonLink } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { restingReplay, restingWords } from "./replay-of-job";

/** On a job's page: it runs, yet what it plays is over. */
export function RestingReplayNotice({ project, jobId }: { project: string; jobId: string }) {
  const trpc = useTRPC();
  const replays = trpc.monitoring.listReplays.queryOptions({ project });
  const { data } = useQuery(replays);
  useLive(["replays"], [replays.queryKey]);
  const replay = restingReplay(data ?? [], jobId);
  const { data: monitors } = useQuery(trpc.monitoring.listMonitors.queryOptions({ project }, { enabled: replay !== null }));
  if (!replay) return null;
  const monitor = monitors?.find(({ model }) => model === replay.model);
  return (
    <Notice action={monitor && <ButtonLink size="sm" href={`/${project}/monitoring/${monitor.name}`}>Its monitor</ButtonLink>}>
      {restingWords(replay)} on its monitor's page. Until then this job does nothing, and holds what it asked for.
    </Notice>
  );
}
