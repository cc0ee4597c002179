"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { QuerySection } from "@/components/trpc/query-section";
import type { RoleName } from "../role-options";
import { ArchivedProjects } from "./archived-projects";
import { DangerZone } from "./danger-zone";
import { ProjectForm } from "./project-form";

type Props = { project: string; role: RoleName; isAdmin: boolean };

export function ProjectSettings({ project, role, isAdmin }: Props) {
  const trpc = useTRPC();
  const query = useQuery(trpc.identity.getProject.queryOptions({ project }));
  return (
    <div className="grid gap-4">
      <QuerySection query={query} title="The project could not be read">
        {(found) => (
          <>
            <ProjectForm key={`${found.name} ${found.description}`} project={found} mayChange={role === "owner"} onSaved={() => void query.refetch()} />
            {role === "owner" && <DangerZone project={found} isAdmin={isAdmin} />}
          </>
        )}
      </QuerySection>
      {isAdmin && <ArchivedProjects />}
    </div>
  );
}
