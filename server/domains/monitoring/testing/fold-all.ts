/** Reads a monitor's log to its end. */
import type { ProjectContext } from "@/server/platform/context";
import { foldMonitors } from "../service/fold-inferences";
import { getMonitor } from "../service/read-monitors";

/** Rounds are bounded in time: on a slow machine it takes more of them. */
export async function foldToEnd(ctx: ProjectContext, name: string): Promise<void> {
  const seen = async () => {
    const { rules, rowsFolded } = await getMonitor(ctx, { name });
    return JSON.stringify([rules.map(({ judgedTo }) => judgedTo), rowsFolded]);
  };
  for (let before = ""; before !== (await seen()); ) {
    before = await seen();
    for (let i = 0; i < 3; i += 1) await foldMonitors();
  }
}
