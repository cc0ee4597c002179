"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import { Section } from "@/components/ui/layout/section";
import { RelativeTime } from "@/components/ui/text/relative-time";

/** For admins: what was put away, to be brought back. */
export function ArchivedProjects() {
  const trpc = useTRPC();
  const router = useRouter();
  const query = useQuery(trpc.identity.listArchivedProjects.queryOptions({}));
  const restore = useMutation(
    trpc.identity.restoreProject.mutationOptions({
      onSuccess: ({ name }) => {
        notify.success(`${name} is back`);
        void query.refetch();
        router.refresh();
      },
      onError: (error) => notify.error("That was refused", { description: error.message }),
    }),
  );
  if (!query.data || query.data.length === 0) return null;
  return (
    <Section title="Archived projects" description="Of the whole installation, for its admins." flush>
      <ul className="text-table">
        {query.data.map((project) => (
          <li key={project.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-4 py-2 last:border-b-0">
            <span className="font-medium">{project.name}</span>
            <code className="text-label text-muted">{project.slug}</code>
            <span className="min-w-0 flex-1 text-muted">archived {project.archivedAt && <RelativeTime at={project.archivedAt} />} by {project.archivedBy}</span>
            <Button size="sm" pending={restore.isPending && restore.variables?.project === project.slug} onClick={() => restore.mutate({ project: project.slug })}>Restore</Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
