"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { useMemo } from "react";
import { QuerySection } from "@/components/trpc/query-section";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { TableSkeleton } from "@/components/ui/feedback/skeletons";
import { Input } from "@/components/ui/forms/input";
import { Section } from "@/components/ui/layout/section";
import { type ApiDocument, groupsOf, matchesOperation, type Operation, operationsOf } from "./openapi";
import { OperationRow } from "./operation-row";

const documentPath = "/api/v1/openapi.json";

async function fetchDocument(): Promise<ApiDocument> {
  const response = await fetch(documentPath);
  if (!response.ok) throw new Error(`The document answered ${response.status}.`);
  return response.json();
}

function Reference({ document, server }: { document: ApiDocument; server: string }) {
  const [search, setSearch] = useQueryState("find", { defaultValue: "" });
  const [open, setOpen] = useQueryState("call");
  const operations = useMemo(() => operationsOf(document), [document]);
  const groups = useMemo(() => groupsOf(operations.filter((operation) => matchesOperation(operation, search))), [operations, search]);
  const toggle = ({ id }: Operation) => void setOpen(open === id ? null : id);
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span className="w-80 max-w-full"><Input type="search" aria-label="Find a call" placeholder="Find by path, word or field" value={search} onChange={(event) => void setSearch(event.target.value || null)} /></span>
        <span className="text-label text-muted">{operations.length} calls below <code>{server}</code>. As an <a href={documentPath} className="text-accent-text underline underline-offset-2">OpenAPI 3.1 document</a>.</span>
      </div>
      <p className="max-w-[75ch] text-muted">A project's token, sent as Bearer, decides the project. Errors come as <code>application/problem+json</code> and name the field. A write that is sent again with the same <code>Idempotency-Key</code> gets its first answer again.</p>
      {groups.length === 0 && <EmptyState title={`No call matches “${search}”`}>Search looks at methods, paths, summaries and the names of fields.</EmptyState>}
      {groups.map(([tag, members]) => (
        <Section key={tag} id={tag} title={<span className="capitalize">{tag}</span>} flush>
          <ul>{members.map((operation) => <OperationRow key={operation.id} operation={operation} server={server} isOpen={open === operation.id} onToggle={() => toggle(operation)} />)}</ul>
        </Section>
      ))}
    </div>
  );
}

/** What the installation's own API takes, read from the document it serves. */
export function ApiReference({ origin }: { origin: string }) {
  const query = useQuery({ queryKey: ["openapi"], queryFn: fetchDocument, staleTime: Number.POSITIVE_INFINITY });
  return (
    <QuerySection query={query} title="The API's document could not be read" loading={<TableSkeleton rows={12} columns={3} />}>
      {(document) => <Reference document={document} server={`${origin}/api/v1`} />}
    </QuerySection>
  );
}
