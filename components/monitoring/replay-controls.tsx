"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { Button } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import { Progress } from "@/components/ui/feedback/progress";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatAbsolute } from "@/components/ui/format/format-time";
import { Select } from "@/components/ui/forms/select";
import { Section } from "@/components/ui/layout/section";
import type { ReplayView } from "@/server/domains/monitoring/contract/replay";

const speeds = [
  { value: "10", label: "an hour in 10 s" }, { value: "3", label: "an hour in 3 s" }, { value: "1", label: "an hour in 1 s" }, { value: "0", label: "as fast as it goes" },
];

function Replay({ project, replay }: { project: string; replay: ReplayView }) {
  const trpc = useTRPC();
  const control = useMutation(trpc.monitoring.controlReplay.mutationOptions({ onError: (error) => notify.error("The replay did not take that", { description: error.message }) }));
  const act = (action: "pause" | "resume" | "stop" | "restart") => control.mutate({ project, name: replay.name, action });
  const isOver = replay.state === "finished" || replay.state === "stopped";
  return (
    <Section
      title={<span className="flex items-center gap-2">Replay <StateBadge state={replay.state === "finished" ? "succeeded" : replay.state === "stopped" ? "cancelled" : replay.state === "paused" ? "queued" : "running"} word={replay.state} /></span>}
      description={`Past traffic sent to the endpoint in the order of its own time${replay.clock ? `; now at ${formatAbsolute(replay.clock, "UTC")}` : ""}. ${replay.scored.toLocaleString("en")} scored, ${replay.labelled.toLocaleString("en")} labelled. ${replay.note}`}
      actions={
        <>
          {!isOver && <Select aria-label="Speed" className="w-44" options={speeds} value={String(replay.hourSeconds)} onChange={(event) => control.mutate({ project, name: replay.name, action: "speed", hourSeconds: Number(event.target.value) })} />}
          {replay.state === "running" && <Button size="sm" onClick={() => act("pause")}>Pause</Button>}
          {replay.state === "paused" && <Button size="sm" variant="primary" onClick={() => act("resume")}>Go on</Button>}
          {!isOver && <Button size="sm" variant="danger" onClick={() => act("stop")}>Stop</Button>}
          {isOver && <Button size="sm" onClick={() => act("restart")}>Start again</Button>}
        </>
      }
    >
      <Progress label="Replay" value={replay.progress} />
    </Section>
  );
}

/** The replays that feed a monitor's model, with their controls. */
export function ReplayControls({ project, model }: { project: string; model: string }) {
  const trpc = useTRPC();
  const options = trpc.monitoring.listReplays.queryOptions({ project });
  const { data } = useQuery(options);
  useLive(["replays"], [options.queryKey]);
  return <>{(data ?? []).filter((replay) => replay.model === model).map((replay) => <Replay key={replay.name} project={project} replay={replay} />)}</>;
}
