import { InlineLink } from "@/components/ui/layout/inline-link";
import { KeyValues } from "@/components/ui/layout/key-values";
import { Section } from "@/components/ui/layout/section";

type LinkEnd = { kind: string; id: string };
type Edge = { from: LinkEnd; to: LinkEnd; relation: string };
type Props = { project: string; kind: string; name: string; links: readonly Edge[]; datasets: readonly { id: string; name: string; version: number }[]; champions: readonly string[] };

function hrefOf(project: string, { kind, id }: LinkEnd): string | null {
  if (kind === "source") return `/${project}/catalog/sources/${id}`;
  if (kind === "feature_view") return `/${project}/catalog/views/${id}`;
  return kind === "dataset" && id.includes("-") ? `/${project}/catalog/datasets/${id}` : null;
}

function Ends({ project, ends, datasets }: { project: string; ends: readonly LinkEnd[]; datasets: Props["datasets"] }) {
  if (ends.length === 0) return <span className="text-muted">nothing</span>;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {ends.map((end) => {
        const dataset = datasets.find((one) => one.id === end.id);
        const name = dataset ? `${dataset.name} v${dataset.version}` : end.id;
        const href = hrefOf(project, end);
        return <li key={`${end.kind} ${end.id}`}><span className="text-muted">{end.kind.replace("_", " ")}</span> {href ? <InlineLink href={href}>{name}</InlineLink> : name}</li>;
      })}
    </ul>
  );
}

/** What it is made from, and what relies on it, each a step away. */
export function Lineage({ project, kind, name, links, datasets, champions }: Props) {
  const isThis = (end: LinkEnd) => end.kind === kind && end.id === name;
  const below = links.filter((link) => isThis(link.from)).map((link) => link.to);
  const above = links.filter((link) => isThis(link.to)).map((link) => link.from);
  const of = (wanted: (end: LinkEnd) => boolean) => <Ends project={project} ends={above.filter(wanted)} datasets={datasets} />;
  const items = [
    { label: "Made from", value: <Ends project={project} ends={below} datasets={datasets} /> },
    { label: "Used by", value: of((end) => end.kind !== "dataset") },
    { label: "Datasets", value: of((end) => end.kind === "dataset") },
    ...(kind === "feature_view" ? [{ label: "Champions", value: champions.length === 0 ? <span className="text-muted">none</span> : champions.map((model) => <InlineLink key={model} href={`/${project}/models/${model}`}>{model}</InlineLink>) }] : []),
  ];
  return <Section title="Lineage"><KeyValues items={items} /></Section>;
}
