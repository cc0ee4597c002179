import { KeyValues, type KeyValue } from "@/components/ui/layout/key-values";
import { Section } from "@/components/ui/layout/section";
import { CopyableId } from "@/components/ui/text/copyable-id";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { RunDetail } from "@/server/domains/experiments/contract/run";
import { hexOf } from "../../run-identity";

const tagFacts = [
  ["mlflow.source.name", "Source"],
  ["mlflow.source.git.commit", "Commit"],
  ["mlflow.source.git.branch", "Branch"],
] as const;

export function RunFacts({ run }: { run: RunDetail }) {
  const tagged = tagFacts.flatMap(([key, label]): KeyValue[] => {
    const value = run.tags.find((tag) => tag.key === key)?.value;
    if (!value) return [];
    return [{ label, value: label === "Commit" ? <CopyableId id={value} label="Copy the commit" /> : value, mono: true }];
  });
  return (
    <Section title="Facts">
      <KeyValues
        className="items-center"
        items={[
          { label: "Run id", value: <CopyableId id={hexOf(run.id)} shown={12} label="Copy the run's id" /> },
          { label: run.status === "SCHEDULED" ? "Launched" : "Started", value: <RelativeTime at={run.startTime} /> },
          { label: "Ended", value: <RelativeTime at={run.endTime} /> },
          { label: "By", value: run.userName || run.tags.find((tag) => tag.key === "mlflow.user")?.value || "–" },
          ...tagged,
        ]}
      />
    </Section>
  );
}
