/** Which rows a new monitor begins with: of what its champion was trained on, those of a time before the traffic that is watched. */
import { z } from "zod";
import { listDatasetChoices } from "@/server/domains/catalog/service/read-catalog";
import { getSuite } from "@/server/domains/evaluations/service/suites";
import { requireModel } from "@/server/domains/models/service/models";
import { championOf } from "@/server/domains/models/serving/endpoints";
import type { ProjectContext } from "@/server/platform/context";
import { query } from "@/server/platform/mutation";
import { MonitorDefinition } from "../../contract/definition";
import type { ProposedReference } from "../../contract/monitor";
import { liveFrom } from "../../store/received";

/** Null where there is no champion, where it is not known what it was trained on, or where that was purged. */
async function trainedOnOf(ctx: ProjectContext, champion: { datasetId: string | null; version: number } | null): Promise<ProposedReference["trainedOn"]> {
  if (!champion?.datasetId) return null;
  const choices = await listDatasetChoices(ctx, { versionsOfEach: 1, also: [champion.datasetId] });
  const trainedOn = choices.find(({ id }) => id === champion.datasetId);
  if (!trainedOn) return null;
  const { name: dataset, version: datasetVersion } = trainedOn;
  const newestVersion = Math.max(...choices.filter(({ name }) => name === dataset).map(({ version }) => version));
  return { dataset, datasetVersion, newestVersion, version: champion.version };
}

export const proposeReference = query("monitoring.proposeReference", "viewer", z.object({ model: MonitorDefinition.shape.model }), async ({ db, ctx, input }): Promise<ProposedReference> => {
  const model = await requireModel(db, ctx.project.id, input.model);
  const suite = model.suite ? await getSuite(ctx, { name: model.suite }).catch(() => null) : null;
  return { trainedOn: await trainedOnOf(ctx, await championOf(db, model.id)), liveFrom: await liveFrom(db, model.id), judgedOn: suite?.definition.split ?? null };
});
