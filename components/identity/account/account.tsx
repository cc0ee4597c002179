"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { QuerySection } from "@/components/trpc/query-section";
import { NameForm } from "./name-form";
import { PasswordForm } from "./password-form";
import { SessionList } from "./session-list";

/** A person's own page: it is the same in every project. */
export function Account() {
  const trpc = useTRPC();
  const query = useQuery(trpc.identity.getAccount.queryOptions({}));
  const reread = () => void query.refetch();
  return (
    <QuerySection query={query} title="Your account could not be read">
      {(account) => (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <NameForm account={account} onSaved={reread} />
          <PasswordForm onChanged={reread} />
          <SessionList sessions={account.sessions} onChanged={reread} />
        </div>
      )}
    </QuerySection>
  );
}
