"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useTRPCClient } from "@/components/trpc/client";

const runLink = /^#\/experiments\/\d+\/runs\/(([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12}))/;
const experimentLink = /^#\/experiments\/(\d+)/;

/**
 * A link that a script printed (`/#/experiments/1/runs/…`) leads to the run, in whichever project it is; the fragment
 * survives the redirect to Home. Of an experiment MLflow tells the number alone: that is looked for in this project.
 */
export function MlflowLinks({ project }: { project: string }) {
  const router = useRouter();
  const client = useTRPCClient();
  useEffect(() => {
    const { hash } = window.location;
    const [, hex, ...parts] = runLink.exec(hash) ?? [];
    const [, experiment] = experimentLink.exec(hash) ?? [];
    if (!hex) {
      if (experiment) router.replace(`/${project}/experiments/${experiment}`);
      return;
    }
    void client.experiments.locateRun
      .query({ runId: parts.join("-") })
      .catch(() => ({ project: null }))
      .then((found) => router.replace(`/${found.project ?? project}/experiments/runs/${hex}`));
  }, [router, client, project]);
  return null;
}
