"use client";

import { useQuery } from "@tanstack/react-query";
import { Box, Gauge } from "lucide-react";
import { useState } from "react";
import { EvaluateButton } from "@/components/evaluations/evaluate/evaluate-button";
import { RegisterDialog } from "@/components/models/register/register-dialog";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";

/** Where a run's logged model meets evaluations and the registry: what can be done with the model once its files are there. */
export function RunModelActions({ project, runId }: { project: string; runId: string }) {
  const trpc = useTRPC();
  const mayWrite = useMay(project, "member");
  const [isRegistering, setIsRegistering] = useState(false);
  const asked = trpc.experiments.listModelsOfRun.queryOptions({ project, runId });
  const { data } = useQuery(asked);
  useLive(["logged-models"], [asked.queryKey]);
  const ready = (data ?? []).filter(({ status }) => status === "LOGGED_MODEL_READY");
  const newest = ready.at(-1);
  if (!mayWrite || !newest) return null;
  return (
    <>
      <EvaluateButton project={project} loggedModelId={newest.id} icon={<Gauge />}>Evaluate</EvaluateButton>
      <Button icon={<Box />} onClick={() => setIsRegistering(true)}>Register</Button>
      <RegisterDialog project={project} models={ready} open={isRegistering} onOpenChange={setIsRegistering} />
    </>
  );
}
