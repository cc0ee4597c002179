"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";
import { KeyValues } from "@/components/ui/layout/key-values";
import { Section } from "@/components/ui/layout/section";
import type { ModelView } from "@/server/domains/models/contract";
import { GateSettings } from "./gate-settings";
import { approvalWords, noGateWords, policyWords } from "./gate-words";

/** What stands between a version and the traffic. */
export function GateRules({ project, model }: { project: string; model: ModelView }) {
  const trpc = useTRPC();
  const mayChange = useMay(project, "maintainer");
  const [isChanging, setIsChanging] = useState(false);
  const { data: suite } = useQuery(
    trpc.evaluations.getSuite.queryOptions({ project, name: model.suite ?? "" }, { enabled: model.suite !== null }),
  );
  const rules =
    model.suite === null
      ? [{ label: "Suite", value: noGateWords }]
      : [
          {
            label: "Suite",
            value: `${model.suite}${suite ? ` v${suite.version}, split ${suite.definition.split}` : ""}`,
          },
          ...(suite ? policyWords(suite.definition.gate) : []),
        ];
  return (
    <Section
      id="rules"
      title="Rules of the gate"
      actions={
        mayChange && (
          <Button size="sm" onClick={() => setIsChanging(true)}>
            Change…
          </Button>
        )
      }
    >
      <KeyValues
        items={[
          ...rules,
          { label: "Who approves", value: approvalWords[model.approval] },
          { label: "Features from", value: model.service ? `feature service ${model.service}` : "the request itself" },
        ]}
      />
      {mayChange && <GateSettings project={project} model={model} open={isChanging} onOpenChange={setIsChanging} />}
    </Section>
  );
}
