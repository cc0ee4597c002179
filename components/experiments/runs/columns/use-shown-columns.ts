"use client";

import { useMemo } from "react";
import type { RunView } from "@/server/domains/experiments/contract/run";
import type { RunsTable } from "../use-runs-table";
import { curveColumn, type RunColumn } from "./curve-column";
import { runColumns } from "./run-columns";
import { useTableRoom } from "./use-table-room";

type Shown = { table: RunsTable; rows: readonly RunView[]; curves: ReadonlyMap<string, readonly number[]> };

/** All columns of the table; made anew only when what they show has changed, for there may be thousands. */
export function useShownColumns({ table, rows, curves }: Shown): RunColumn[] {
  const { keys, metric, baseline, state, onPin } = table;
  const picked = state.columns;
  const room = useTableRoom();
  return useMemo(() => {
    const curve = metric ? curveColumn({ metric, rows, baseline, curves, onPin }) : null;
    return runColumns({ keys, rows, room, baseline, picked, focus: { metric, curve } });
  }, [keys, rows, room, baseline, picked, metric, curves, onPin]);
}
