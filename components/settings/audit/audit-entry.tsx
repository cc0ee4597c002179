"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { QuerySection } from "@/components/trpc/query-section";
import { TableSkeleton } from "@/components/ui/feedback/skeletons";
import { formatAbsolute } from "@/components/ui/format/format-time";
import { KeyValues } from "@/components/ui/layout/key-values";
import { Sheet } from "@/components/ui/overlays/sheet";
import { actionWords } from "@/components/ui/text/action-words";
import { actorText } from "@/components/ui/text/actor";
import { CodeBlock } from "@/components/ui/text/code-block";
import { CopyableId } from "@/components/ui/text/copyable-id";
import { type AuditRow, kindWords } from "./audit-row";

function Facts({ row }: { row: AuditRow }) {
  const { at, actorName, actorKind, action, subjectKind, subjectName, subjectId, details, requestId, seq, hash } = row;
  return (
    <div className="grid gap-4">
      <KeyValues
        items={[
          { label: "When", value: formatAbsolute(at) },
          { label: "Who", value: actorText(actorName, actorKind) },
          { label: "Did", value: <>{actionWords(action, details)} <code className="text-label text-muted">{action}</code></> },
          { label: "To", value: [kindWords(subjectKind), subjectName].filter(Boolean).join(" ") || "–" },
          { label: "Its id", value: subjectId ? <CopyableId id={subjectId} label="id" /> : "–" },
          { label: "Request", value: <CopyableId id={requestId} label="request" /> },
          { label: "In the chain", value: seq === null ? "not yet sealed" : `number ${seq}` },
          { label: "Its hash", value: hash ? <CopyableId id={hash} shown={16} label="hash" /> : "–" },
        ]}
      />
      <CodeBlock title="Details" code={JSON.stringify(details, null, 2)} />
    </div>
  );
}

type Props = { project: string; id: string; onClose: () => void };

/** One entry in full; asked for by itself, so that a link to it works however old it is. */
export function AuditEntry({ project, id, onClose }: Props) {
  const trpc = useTRPC();
  const query = useQuery(trpc.platform.listAudit.queryOptions({ project, id, limit: 1 }));
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title="Audit entry">
      <QuerySection query={query} title="The entry could not be read" loading={<TableSkeleton rows={6} columns={2} />}>
        {({ rows: [row] }) => (row ? <Facts row={row} /> : <p className="text-muted">There is no such entry in this project.</p>)}
      </QuerySection>
    </Sheet>
  );
}
