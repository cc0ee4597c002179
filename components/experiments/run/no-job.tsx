import { Rocket } from "lucide-react";
import { ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";

const words = {
  logs: { title: "The log is where the script runs", text: "This run was started outside Slipway. Runs that Slipway launches keep their log here, live." },
  usage: { title: "Nobody measured this run", text: "It was started outside Slipway. Of runs that Slipway launches, CPU, memory and GPU use are measured." },
} as const;

export function NoJob({ project, what }: { project: string; what: keyof typeof words }) {
  return (
    <EmptyState
      title={words[what].title}
      action={
        <ButtonLink href={`/${project}/experiments/launch`} icon={<Rocket aria-hidden />}>
          Launch a run
        </ButtonLink>
      }
    >
      {words[what].text}
    </EmptyState>
  );
}
