/** A small case of its own in the test's project, made through the API: dataset, suite, a recipe that trains and one that scores. */
import { makeExperiment, unique } from "../experiments/tracked-run";
import { api } from "../instance";
import { putBlob, until, work } from "./api-calls";
import { makeTinyFlights, type Variant } from "./tiny-flights";
import { registerTinyRecipes } from "./tiny-recipes";

export type TinyProject = { word: string; dataset: string; datasetId: string; suite: string; service: string; train: string; score: string; experiment: string };

const features = [{ name: "delay_mean", dtype: "float64", unit: "min" }, { name: "delay_count", dtype: "float64", unit: "flights" }];

async function buildDataset({ word, dataset, service }: TinyProject, flights: Buffer): Promise<string> {
  const [entity, source, view] = [`airport_${word}`, `flights_${word}`, `delays_${word}`];
  const definitions = [
    { definition: { kind: "entity", name: entity, key: "airport" } },
    { definition: { kind: "source", name: source, file: "flights.parquet" } },
    {
      definition: { kind: "feature_view", name: view, entity, source, sql: "view.sql", ttl: "1d", online: { history: "60d" }, features },
      sqlText: `select airport, t - interval 1 minute as event_time, delay_mean, delay_count from ${source}`,
    },
    { definition: { kind: "feature_service", name: service, views: [{ view }], request: [{ name: "hour", dtype: "float64", unit: "h", description: "Local hour." }] } },
    {
      definition: { kind: "dataset", name: dataset, source, sql: "flights.sql", service, id: "flight_id", event_time: "t", label: "late", cluster: "day", splits: { evaluation: { column: "day", from: "2001-04-01", to: "2001-04-30" } } },
      sqlText: `select flight_id, t, day, airport, hour, late from ${source}`,
    },
  ];
  await api("POST", "/catalog/definitions", { definitions });
  await work(`/catalog/sources/${source}/load`, { sha256: await putBlob(flights), format: "parquet" });
  await work(`/catalog/views/${view}/materialize`);
  const { datasetId } = await work(`/datasets/${dataset}/build`);
  await work("/catalog/online/materialize", { views: [view], to: "2001-05-01T00:00:00Z" });
  return String(datasetId);
}

async function applySuite({ suite, dataset }: TinyProject): Promise<void> {
  const floor = { clusters: 10, positives: 30, negatives: 30 };
  const gate = { calibration: { ece: 0.2 }, first: { auc: 0.6, ece: 0.2 }, slices: { rule: "harm", floor }, skew: null };
  const slices = [{ name: "hour", column: "hour", blocks: [{ label: "day", below: 20 }, { label: "night", from: 20 }] }];
  await api("POST", "/suites", { definition: { kind: "suite", name: suite, dataset, split: "evaluation", label: "late", id: "flight_id", cluster: "day", slices, gate } });
}

export async function makeTinyProject(): Promise<TinyProject> {
  const word = unique("tiny").replaceAll("-", "_");
  const tiny: TinyProject = { word, dataset: `rows_${word}`, datasetId: "", suite: `suite-${word}`, service: `service_${word}`, train: `train-${word}`, score: `score-${word}`, experiment: `${word} runs` };
  await makeExperiment(tiny.experiment);
  const { flights, scores } = await makeTinyFlights();
  tiny.datasetId = await buildDataset(tiny, flights);
  await applySuite(tiny);
  await registerTinyRecipes(tiny, scores);
  return tiny;
}

export type Trained = { runId: string; runHex: string; loggedModelId: string };

/** Trains through the recipe, and waits until the model is there. */
export async function train({ train: recipe, datasetId }: TinyProject, variant: Variant | "external"): Promise<Trained> {
  const run = await api<{ runId: string; runHex: string }>("POST", "/runs", { recipe, runName: variant, parameters: { variant }, inputs: { data: datasetId } });
  await until(() => api<{ status: string; failure: string | null }>("GET", `/runs/${run.runId}`), ({ status, failure }) => (failure ? `${status}: ${failure}` : status), "FINISHED");
  const [model] = await api<{ id: string }[]>("GET", `/runs/${run.runId}/models`);
  if (!model) throw new Error("the run logged no model");
  return { ...run, loggedModelId: model.id };
}

/** Evaluates by the verb behind the dialog, and gives the evaluation's id. */
export async function evaluate({ suite, score }: TinyProject, { loggedModelId }: Trained): Promise<string> {
  const { evaluationId } = await api<{ evaluationId: string }>("POST", "/evaluation-requests", { suite, recipe: score, loggedModelId });
  await until(() => api<{ state: string; reason: string | null }>("GET", `/evaluation-requests/${evaluationId}`), ({ state, reason }) => (reason ? `${state}: ${reason}` : state), "done");
  return evaluationId;
}

/** Registers, lets the gate judge, and gives the version's number with the outcome. */
export async function registerJudged(model: string, { loggedModelId }: Trained): Promise<{ version: number; isPassed: boolean }> {
  const { version } = await api<{ version: number }>("POST", `/models/${model}/versions`, { loggedModelId });
  const { passed } = await work(`/models/${model}/versions/${version}/judge`);
  return { version, isPassed: passed === true };
}
