/** What an hour costs: of the whole installation, set by an instance admin. */
import { z } from "zod";
import { instanceMutation, query } from "@/server/platform/mutation";
import { type PricesView, SetPricesInput } from "../../contract/prices";
import { selectAgents } from "../../store/agents";
import { findPrices, writePrices } from "../../store/prices";

export const getPrices = query("compute.getPrices", "viewer", z.object({}), async ({ db }): Promise<PricesView> => {
  const row = await findPrices(db);
  if (!row) return null;
  const models = (await selectAgents(db)).flatMap(({ host }) => host.gpus.map(({ model }) => model));
  return { prices: row.prices, gpuModels: [...new Set(models)].sort(), setBy: row.setBy, setAt: row.setAt };
});

export const setPrices = instanceMutation("compute.setPrices", "admin", SetPricesInput, async ({ tx, ctx, input, subject, publish }) => {
  await writePrices(tx, input.prices, ctx.actor.name);
  subject({ kind: "prices", id: "prices", name: "prices" }, { prices: input.prices });
  publish("prices");
  return { prices: input.prices };
});
