"use client";

import { useState } from "react";
import { useMay } from "@/components/trpc/use-may";
import { Notice } from "@/components/ui/feedback/notice";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { PromotionView } from "@/server/domains/models/contract";
import { DecideButtons } from "./decide-buttons";
import { DecideDialog, type Decision } from "./decide-dialog";

/** On top of the page: who comes to decide need not look for the request; its reason stands with its thread. */
export function WaitingPromotions({ project, promotions }: { project: string; promotions: readonly PromotionView[] }) {
  const mayDecide = useMay(project, "maintainer");
  const [decision, setDecision] = useState<Decision | null>(null);
  return (
    <>
      {promotions.filter(({ state }) => state === "pending").map((promotion) => {
        const { id, version, alias, replaces, requestedBy, createdAt, approvalRefusal } = promotion;
        const isYours = mayDecide && approvalRefusal === null;
        return (
          <Notice key={id} tone="warning" action={isYours && <DecideButtons promotion={promotion} onDecide={setDecision} />}>
            <p>
              <a href="#promotions" className="font-medium underline-offset-2 hover:underline">Version {version} waits for {isYours ? "your" : "another person's"} decision</a>{" "}
              <span className="text-muted">· {requestedBy} asked <RelativeTime at={createdAt} /> for it to become {alias}{replaces !== null && <> in place of version {replaces}</>}</span>
            </p>
          </Notice>
        );
      })}
      <DecideDialog project={project} decision={decision} onClose={() => setDecision(null)} />
    </>
  );
}
