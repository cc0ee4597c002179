/** Which dataset a new monitor begins with: the splits that a champion's dataset kept apart from its training are rows of its own kind. */
import { z } from "zod";
import { listDatasetChoices } from "@/server/domains/catalog/service/read-catalog";
import { requireModel } from "@/server/domains/models/service/models";
import { championOf } from "@/server/domains/models/serving/endpoints";
import { query } from "@/server/platform/mutation";
import { MonitorDefinition } from "../../contract/definition";
import type { ProposedReference } from "../../contract/monitor";

/** Null where there is no champion, where it is not known what it was trained on, or where that was purged. */
export const proposeReference = query("monitoring.proposeReference", "viewer", z.object({ model: MonitorDefinition.shape.model }), async ({ db, ctx, input }): Promise<ProposedReference> => {
  const champion = await championOf(db, (await requireModel(db, ctx.project.id, input.model)).id);
  if (!champion?.datasetId) return null;
  const choices = await listDatasetChoices(ctx, { versionsOfEach: 1, also: [champion.datasetId] });
  const trainedOn = choices.find(({ id }) => id === champion.datasetId);
  if (!trainedOn) return null;
  const { name: dataset, version: datasetVersion } = trainedOn;
  const newestVersion = Math.max(...choices.filter(({ name }) => name === dataset).map(({ version }) => version));
  return { dataset, datasetVersion, newestVersion, version: champion.version };
});
