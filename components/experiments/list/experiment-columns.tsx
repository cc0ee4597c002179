import type { DataColumn } from "@/components/data-table/data-column";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatCount } from "@/components/ui/format/format-number";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { ExperimentView } from "@/server/domains/experiments/contract/experiment";
import { ExperimentMenu } from "./experiment-menu";

export function experimentColumns(project: string, canWrite: boolean): DataColumn<ExperimentView>[] {
  return [
    { key: "name", header: "Name", width: 360, sortable: true, cell: (row) => row.name, value: (row) => row.name },
    { key: "runs", header: "Runs", width: 90, align: "right", cell: (row) => formatCount(row.runCount), value: (row) => row.runCount },
    {
      key: "running",
      header: "Running",
      width: 110,
      cell: (row) => (row.running > 0 ? <StateBadge state="running" word={`${row.running} running`} /> : <span className="text-faint">–</span>),
      value: (row) => row.running,
    },
    { key: "activity", header: "Last run", width: 120, align: "right", sortable: true, cell: (row) => <RelativeTime at={row.lastRunAt} />, value: (row) => row.lastRunAt },
    { key: "created", header: "Created", width: 120, align: "right", sortable: true, cell: (row) => <RelativeTime at={row.createdAt} />, value: (row) => row.createdAt.toISOString() },
    ...(canWrite
      ? [{ key: "menu", header: "Actions", width: 84, align: "right", cell: (row) => <ExperimentMenu project={project} experiment={row} /> } satisfies DataColumn<ExperimentView>]
      : []),
  ];
}
