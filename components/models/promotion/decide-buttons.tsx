"use client";

import { Button } from "@/components/ui/actions/button";
import type { PromotionView } from "@/server/domains/models/contract";
import type { Decision } from "./decide-dialog";

/** What a maintainer can do about a request that waits. */
export function DecideButtons({ promotion, onDecide }: { promotion: PromotionView; onDecide: (decision: Decision) => void }) {
  return (
    <div className="flex gap-1.5">
      <Button size="sm" variant="primary" disabled={promotion.approvalRefusal !== null} onClick={() => onDecide({ promotion, approve: true })}>Approve…</Button>
      <Button size="sm" variant="danger" onClick={() => onDecide({ promotion, approve: false })}>Refuse…</Button>
    </div>
  );
}
