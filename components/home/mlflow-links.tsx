"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** The paths that MLflow's clients print (`/#/experiments/1/runs/…`) as ours. */
export function pathOfHash(hash: string, project: string): string | null {
  const run = /^#\/experiments\/\d+\/runs\/([0-9a-f]{32})/.exec(hash);
  if (run) return `/${project}/experiments/runs/${run[1]}`;
  const experiment = /^#\/experiments\/(\d+)/.exec(hash);
  return experiment ? `/${project}/experiments/${experiment[1]}` : null;
}

/** A link that a script printed leads to the run, for the fragment survives the redirect to Home. */
export function MlflowLinks({ project }: { project: string }) {
  const router = useRouter();
  useEffect(() => {
    const path = pathOfHash(window.location.hash, project);
    if (path) router.replace(path);
  }, [router, project]);
  return null;
}
