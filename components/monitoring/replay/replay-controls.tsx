"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import { Progress } from "@/components/ui/feedback/progress";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { Select } from "@/components/ui/forms/select";
import { Section } from "@/components/ui/layout/section";
import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { ReplayView } from "@/server/domains/monitoring/contract/replay";
import { streamTime } from "../measure-words";

const speeds = [
  { value: "10", label: "an hour in 10 s" }, { value: "3", label: "an hour in 3 s" }, { value: "1", label: "an hour in 1 s" }, { value: "0", label: "as fast as it goes" },
];

const stateLooks: Record<ReplayView["state"], string> = { finished: "succeeded", stopped: "cancelled", paused: "queued", running: "running" };

/** Silence sends no event. */
const silenceLookMs = 30_000;

/** A wish takes until the job's next report: till then it is said, and not asked for again. */
function wishOf({ state, wanted }: ReplayView): string | null {
  if (state === "running" && wanted === "pause") return "pausing…";
  if (state === "paused" && wanted === "run") return "going on…";
  return wanted === "stop" && (state === "running" || state === "paused") ? "stopping…" : null;
}

function describe(replay: ReplayView): ReactNode {
  if (replay.silent) return <>Its job last said something <RelativeTime at={replay.updatedAt} />: it waits in the queue, or has ended. Look at it under Compute, and run it again there if it is over.</>;
  const at = replay.clock ? ` At ${streamTime(replay.clock)}:` : "";
  const counts = `${replay.scored.toLocaleString("en")} scored, ${replay.labelled.toLocaleString("en")} labelled. ${replay.note}`;
  if (replay.state === "finished") return `It has sent its last request. Start it again to see the same months once more.${at} ${counts}`;
  if (replay.state === "stopped") return `It was stopped before its end. Start it again to see the months from their first day.${at} ${counts}`;
  return `Past traffic is sent to the endpoint in the order of its own time.${at} ${counts}`;
}

function Replay({ project, monitor, replay }: { project: string; monitor: string; replay: ReplayView }) {
  const trpc = useTRPC();
  const maySteer = useMay(project, "member");
  const mayReset = useMay(project, "maintainer");
  const cache = useQueryClient();
  const control = useMutation(
    trpc.monitoring.controlReplay.mutationOptions({
      // What was chosen stands until the list says the same.
      onSuccess: () => cache.invalidateQueries({ queryKey: trpc.monitoring.listReplays.queryKey({ project }) }),
      onError: (error) => notify.error("The replay did not take that", { description: error.message }),
    }),
  );
  const [asking, setAsking] = useState<"stop" | "again" | null>(null);
  const reset = useMutation(trpc.monitoring.resetMonitor.mutationOptions());
  const act = (action: "pause" | "resume" | "stop") => control.mutateAsync({ project, name: replay.name, action }).then(() => setAsking(null), () => undefined);
  /** The stream begins anew: what the monitor saw of the last round would make the new one late. */
  const startAgain = async () => {
    await reset.mutateAsync({ project, name: monitor }).then(
      () => control.mutateAsync({ project, name: replay.name, action: "restart" }).then(() => setAsking(null)),
      () => undefined,
    );
  };
  const asked = control.isPending && control.variables.action === "speed" ? control.variables.hourSeconds : undefined;
  const isOver = replay.state === "finished" || replay.state === "stopped";
  const wish = wishOf(replay);
  return (
    <Section
      title={<span className="flex items-center gap-2">Replay <StateBadge state={replay.silent ? "lost" : stateLooks[replay.state]} word={replay.silent ? "silent" : (wish ?? replay.state)} /></span>}
      description={describe(replay)}
      actions={
        <>
          {maySteer && !isOver && <span className="w-44"><Select aria-label="Speed" options={speeds} value={String(asked ?? replay.hourSeconds)} onChange={(event) => control.mutate({ project, name: replay.name, action: "speed", hourSeconds: Number(event.target.value) })} /></span>}
          {maySteer && replay.state === "running" && <Button size="sm" disabled={wish !== null} pending={control.isPending && control.variables.action === "pause"} onClick={() => void act("pause")}>Pause</Button>}
          {maySteer && replay.state === "paused" && <Button size="sm" variant="primary" disabled={wish !== null} onClick={() => void act("resume")}>Go on</Button>}
          {maySteer && !isOver && <Button size="sm" variant="danger" disabled={replay.wanted === "stop"} onClick={() => setAsking("stop")}>Stop…</Button>}
          {mayReset && isOver && <Button size="sm" onClick={() => setAsking("again")}>Start again…</Button>}
        </>
      }
    >
      <Progress label="Replay" value={replay.progress} />
      <ConfirmDialog open={asking === "again"} onOpenChange={() => setAsking(null)} verb="Start again" name={replay.name} error={reset.error?.message}
        consequence={`The replay begins at its first day, and each monitor of ${replay.model} forgets the windows it has judged so far. Their alerts stay.`} onConfirm={startAgain} />
      <ConfirmDialog open={asking === "stop"} onOpenChange={() => setAsking(null)} verb="Stop" name={replay.name} danger error={control.error?.message}
        consequence="It sends no further request, and can't go on from here: it can only be started again from its first day. To hold it for a while, pause it." onConfirm={() => act("stop")} />
    </Section>
  );
}

/** The replays that feed a monitor's model, with their controls. */
export function ReplayControls({ project, monitor, model }: { project: string; monitor: string; model: string }) {
  const trpc = useTRPC();
  const options = trpc.monitoring.listReplays.queryOptions({ project }, { refetchInterval: silenceLookMs });
  const { data } = useQuery(options);
  useLive(["replays"], [options.queryKey]);
  return <>{(data ?? []).filter((replay) => replay.model === model).map((replay) => <Replay key={replay.name} project={project} monitor={monitor} replay={replay} />)}</>;
}
