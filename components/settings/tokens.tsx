"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { parseAsBoolean, useQueryState } from "nuqs";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { QuerySection } from "@/components/trpc/query-section";
import { Button } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { notify } from "@/components/ui/feedback/notify";
import { Section } from "@/components/ui/layout/section";
import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";
import { RelativeTime } from "@/components/ui/text/relative-time";
import { hasRole, NeedsRole } from "./needs-role";
import type { RoleName } from "./role-options";

const NewToken = dynamic(() => import("./new-token").then((module) => module.NewToken));

type Props = { project: string; origin: string; role: RoleName };

export function Tokens({ role, ...rest }: Props) {
  return hasRole(role, "member") ? <TokenList {...rest} /> : <NeedsRole title="Tokens" needed="member" role={role} />;
}

function TokenList({ project, origin }: Omit<Props, "role">) {
  const trpc = useTRPC();
  const [isMaking, setIsMaking] = useQueryState("new", parseAsBoolean.withDefault(false));
  const [doomed, setDoomed] = useState<{ id: string; name: string } | null>(null);
  const query = useQuery(trpc.identity.listTokens.queryOptions({ project }));
  const revoke = useMutation(
    trpc.identity.revokeToken.mutationOptions({
      onSuccess: () => {
        notify.success(`${doomed?.name} is revoked`);
        setDoomed(null);
        void query.refetch();
      },
    }),
  );
  return (
    <Section title="Tokens" description="For scripts, agents and services. Every protocol takes them: as Bearer, or as the password of Basic." actions={<Button variant="primary" size="sm" onClick={() => void setIsMaking(true)}>New token</Button>} flush>
      <QuerySection query={query} title="The tokens could not be read">
        {(tokens) =>
          tokens.length === 0 ? (
            <EmptyState title="No token yet">Make one to log from a script.</EmptyState>
          ) : (
            <ul className="text-table">
              {tokens.map((token) => (
                <li key={token.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-4 py-2 last:border-b-0">
                  <div className="min-w-0 flex-1 basis-52">
                    <p className="flex flex-wrap items-baseline gap-x-3"><span className="font-medium">{token.name}</span><code className="text-label text-muted">{token.hint}</code></p>
                    <p className="text-muted">{token.scopes.join(", ")} · of {token.owner ?? "this installation"} · {token.lastUsedAt ? <>used <RelativeTime at={token.lastUsedAt} /></> : "never used"}{token.expiresAt && <> · expires <RelativeTime at={token.expiresAt} /></>}</p>
                  </div>
                  <Button size="sm" variant="danger" onClick={() => setDoomed(token)}>Revoke…</Button>
                </li>
              ))}
            </ul>
          )
        }
      </QuerySection>
      {isMaking && <NewToken project={project} origin={origin} onClose={() => void setIsMaking(null)} onMade={() => void query.refetch()} />}
      <ConfirmDialog open={doomed !== null} onOpenChange={(open) => !open && setDoomed(null)} verb="Revoke" name={doomed?.name ?? ""} consequence="Whatever uses it is refused from this moment. It can't be undone." danger error={revoke.error?.message} onConfirm={() => {
          if (doomed) revoke.mutate({ project, tokenId: doomed.id });
        }} />
    </Section>
  );
}
