"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "./client";

const rolesFrom = {
  member: ["member", "maintainer", "owner"],
  maintainer: ["maintainer", "owner"],
  owner: ["owner"],
} as const;

/** Whether this person has the role here, or is an admin of the installation; until it is known, nothing that needs it is offered. */
export function useMay(project: string, needed: keyof typeof rolesFrom | "admin"): boolean {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.identity.getViewer.queryOptions({ project }, { staleTime: Number.POSITIVE_INFINITY }));
  if (data === undefined) return false;
  return needed === "admin" ? data.actor.isAdmin : rolesFrom[needed].some((role) => role === data.role);
}
