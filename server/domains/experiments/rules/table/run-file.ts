/** The columns of runs in a file, named as MLflow's `search_runs` names them: `run_id`, `start_time`, `metrics.auc`, `params.lr`. */
import type { RunColumns, RunView } from "../../contract/run";
import { fieldValue, type MetricField, metricColumnKey, metricFieldOf } from "./metric-field";

export type FileValue = string | number | null | undefined;
/** `time` is milliseconds since 1970. */
export type FileColumn = { name: string; type: "text" | "number" | "integer" | "time"; value: (run: RunView) => FileValue };

const userTag = "mlflow.user";

type Found = { metrics: Map<string, RunView["metrics"][number]>; params: Map<string, string>; tags: Map<string, string> };

/** A row of thousands of columns would else be looked through thousands of times. */
const foundOf = new WeakMap<RunView, Found>();

function find(run: RunView): Found {
  const known = foundOf.get(run);
  if (known) return known;
  const pairs = (list: RunView["params"]) => new Map(list.map(({ key, value }) => [key, value]));
  const found = { metrics: new Map(run.metrics.map((metric) => [metric.key, metric])), params: pairs(run.params), tags: pairs(run.tags) };
  foundOf.set(run, found);
  return found;
}

function metricValue(run: RunView, field: MetricField): FileValue {
  const metric = find(run).metrics.get(field.key);
  return metric && fieldValue([metric], field);
}

const text = (name: string, value: FileColumn["value"]): FileColumn => ({ name, type: "text", value });

const duration = (run: RunView) => (run.startTime === null || run.endTime === null ? null : run.endTime - run.startTime);

/** By their names in tables. */
const ofRun: Record<string, FileColumn[]> = {
  name: [text("name", (run) => run.name)],
  state: [text("status", (run) => run.status)],
  started: [{ name: "start_time", type: "time", value: (run) => run.startTime }, { name: "end_time", type: "time", value: (run) => run.endTime }],
  duration: [{ name: "duration_ms", type: "integer", value: duration }],
  user: [text("user", (run) => run.userName || find(run).tags.get(userTag))],
};

const always = text("run_id", (run) => run.id.replaceAll("-", ""));

function pairColumn(scope: "params" | "tags", key: string): FileColumn {
  return text(`${scope}.${key}`, (run) => find(run)[scope].get(key));
}

function columnsOf(column: string): FileColumn[] {
  const field = metricFieldOf(column);
  if (field) return [{ name: metricColumnKey(field), type: "number", value: (run) => metricValue(run, field) }];
  const [, scope, key] = /^(params|tags)\.(.+)$/s.exec(column) ?? [];
  if (scope && key) return [pairColumn(scope === "params" ? "params" : "tags", key)];
  return Object.hasOwn(ofRun, column) ? (ofRun[column] ?? []) : [];
}

/** Every column that a table could show of these keys. */
export function allColumns(keys: RunColumns): string[] {
  const named = (scope: string, list: readonly string[]) => list.map((key) => `${scope}.${key}`);
  return [...Object.keys(ofRun), ...named("metrics", keys.metrics), ...named("params", keys.params), ...named("tags", keys.tags)];
}

/** A column that is no run's, such as a small curve, is left out; no name stands twice, in whichever case it is written. */
export function fileColumns(columns: readonly string[]): FileColumn[] {
  const taken = new Map<string, number>();
  return [always, ...columns.flatMap(columnsOf)].flatMap((column) => {
    const place = column.name.toLowerCase();
    const before = taken.get(place) ?? 0;
    taken.set(place, before + 1);
    return [before === 0 ? column : { ...column, name: `${column.name} (${before + 1})` }];
  });
}

/** What must be read of each run for these columns. */
export function neededKeys(columns: readonly string[]): RunColumns {
  const of = (scope: string) => columns.flatMap((column) => (column.startsWith(`${scope}.`) ? [column.slice(scope.length + 1)] : []));
  return { metrics: [...new Set(columns.flatMap((column) => metricFieldOf(column)?.key ?? []))], params: of("params"), tags: [...of("tags"), userTag] };
}
