"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { Button } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import { Progress } from "@/components/ui/feedback/progress";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { Select } from "@/components/ui/forms/select";
import { Section } from "@/components/ui/layout/section";
import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";
import type { ReplayView } from "@/server/domains/monitoring/contract/replay";
import { streamTime } from "./measure-words";

const speeds = [
  { value: "10", label: "an hour in 10 s" }, { value: "3", label: "an hour in 3 s" }, { value: "1", label: "an hour in 1 s" }, { value: "0", label: "as fast as it goes" },
];

function Replay({ project, monitor, replay }: { project: string; monitor: string; replay: ReplayView }) {
  const trpc = useTRPC();
  const control = useMutation(trpc.monitoring.controlReplay.mutationOptions({ onError: (error) => notify.error("The replay did not take that", { description: error.message }) }));
  const [isAsking, setIsAsking] = useState(false);
  const reset = useMutation(trpc.monitoring.resetMonitor.mutationOptions());
  const act = (action: "pause" | "resume" | "stop") => control.mutate({ project, name: replay.name, action });
  /** The stream begins anew: what the monitor saw of the last round would make the new one late. */
  const startAgain = async () => {
    await reset.mutateAsync({ project, name: monitor }).then(
      () => control.mutateAsync({ project, name: replay.name, action: "restart" }).then(() => setIsAsking(false)),
      () => undefined,
    );
  };
  const isOver = replay.state === "finished" || replay.state === "stopped";
  return (
    <Section
      title={<span className="flex items-center gap-2">Replay <StateBadge state={replay.state === "finished" ? "succeeded" : replay.state === "stopped" ? "cancelled" : replay.state === "paused" ? "queued" : "running"} word={replay.state} /></span>}
      description={`${isOver ? "It has sent its last request. Start it again to see the same months once more." : "Past traffic is sent to the endpoint in the order of its own time."}${replay.clock ? ` At ${streamTime(replay.clock)}:` : ""} ${replay.scored.toLocaleString("en")} scored, ${replay.labelled.toLocaleString("en")} labelled. ${replay.note}`}
      actions={
        <>
          {!isOver && <span className="w-44"><Select aria-label="Speed" options={speeds} value={String(replay.hourSeconds)} onChange={(event) => control.mutate({ project, name: replay.name, action: "speed", hourSeconds: Number(event.target.value) })} /></span>}
          {replay.state === "running" && <Button size="sm" onClick={() => act("pause")}>Pause</Button>}
          {replay.state === "paused" && <Button size="sm" variant="primary" onClick={() => act("resume")}>Go on</Button>}
          {!isOver && <Button size="sm" variant="danger" onClick={() => act("stop")}>Stop</Button>}
          {isOver && <Button size="sm" onClick={() => setIsAsking(true)}>Start again…</Button>}
        </>
      }
    >
      <Progress label="Replay" value={replay.progress} />
      <ConfirmDialog open={isAsking} onOpenChange={setIsAsking} verb="Start again" name={replay.name} error={reset.error?.message}
        consequence={`The replay begins at its first day, and the monitor ${monitor} forgets the windows it has judged so far. Its alerts stay.`} onConfirm={startAgain} />
    </Section>
  );
}

/** The replays that feed a monitor's model, with their controls. */
export function ReplayControls({ project, monitor, model }: { project: string; monitor: string; model: string }) {
  const trpc = useTRPC();
  const options = trpc.monitoring.listReplays.queryOptions({ project });
  const { data } = useQuery(options);
  useLive(["replays"], [options.queryKey]);
  return <>{(data ?? []).filter((replay) => replay.model === model).map((replay) => <Replay key={replay.name} project={project} monitor={monitor} replay={replay} />)}</>;
}
