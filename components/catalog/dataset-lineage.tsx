import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { KeyValues } from "@/components/ui/layout/key-values";
import { Section } from "@/components/ui/layout/section";

type Named = { key: string; name: string; href: string | null };
type Props = {
  project: string;
  datasetId: string;
  links: readonly { from: { kind: string; id: string }; to: { kind: string; id: string } }[];
  usedBy: Record<"runs" | "monitors", readonly { objectId: string; title: string; path: string }[]>;
};

const mostShown = 12;

/** The server gives a few more than are shown, not how many there are. */
function Names({ names }: { names: readonly Named[] }) {
  if (names.length === 0) return <span className="text-muted">none</span>;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {names.slice(0, mostShown).map(({ key, name, href }) => <li key={key}>{href ? <InlineLink href={href}>{name}</InlineLink> : name}</li>)}
      {names.length > mostShown && <li className="text-muted">and more</li>}
    </ul>
  );
}

/** What it was joined from, and what has read it since: the newest first. */
export function DatasetLineage({ project, datasetId, links, usedBy }: Props) {
  const trpc = useTRPC();
  const { data: judged } = useQuery(trpc.evaluations.listEvaluations.queryOptions({ project, datasetId, limit: mostShown + 1 }));
  const named = (kind: keyof Props["usedBy"]): Named[] => usedBy[kind].map((one) => ({ key: one.objectId, name: one.title, href: `/${project}${one.path}` }));
  const madeFrom = (kind: string): Named[] =>
    links.filter(({ from, to }) => from.id === datasetId && to.kind === kind).map(({ to }) => ({ key: to.id, name: to.id, href: kind === "feature_view" ? `/${project}/catalog/views/${to.id}` : null }));
  const evaluations = (judged?.evaluations ?? []).map((one) => ({ key: one.id, name: one.model.name, href: `/${project}/evaluations/${one.id}` }));
  return (
    <Section title="Lineage">
      <KeyValues
        items={[
          { label: "Feature service", value: <Names names={madeFrom("feature_service")} /> },
          { label: "Feature views", value: <Names names={madeFrom("feature_view")} /> },
          { label: "Runs", value: <Names names={named("runs")} /> },
          { label: "Evaluations", value: <Names names={evaluations} /> },
          { label: "Monitors", value: <Names names={named("monitors")} /> },
        ]}
      />
    </Section>
  );
}
