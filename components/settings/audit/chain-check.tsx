"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { formatCount } from "@/components/ui/format/format-number";
import { CopyableId } from "@/components/ui/text/copyable-id";

type Props = { project: string; mayVerify: boolean };

/** The chain's state, once somebody who may has it walked. */
export function ChainCheck({ project, mayVerify }: Props) {
  const trpc = useTRPC();
  const check = useQuery(trpc.platform.verifyAuditChain.queryOptions({ project }, { enabled: false }));
  if (!mayVerify) return <Notice>Every entry is chained to the one before it. A maintainer can verify the chain.</Notice>;
  const button = <Button size="sm" pending={check.isFetching} onClick={() => void check.refetch()}>Verify the chain</Button>;
  if (check.error) return <Notice tone="failed" action={button}>The chain could not be verified: {check.error.message}</Notice>;
  if (!check.data) return <Notice action={button}>Every entry is chained to the one before it. Verifying walks the whole chain.</Notice>;
  const { sealed, unsealed, brokenAt, head } = check.data;
  if (brokenAt !== null) return <Notice tone="failed" action={button}>The chain breaks at entry {formatCount(brokenAt)}: it or one before it was changed behind the platform's back.</Notice>;
  return <Notice tone="succeeded" action={button}>{formatCount(sealed)} {sealed === 1 ? "entry" : "entries"} chained without a break, {formatCount(unsealed)} not yet sealed; head <CopyableId id={head} shown={12} label="head" /></Notice>;
}
