/** The database of an installation: the embedded one, kept running, or the one that DATABASE_URL names. */
import { type Cluster, startCluster } from "@/server/platform/embedded-postgres/cluster";
import { checkVersion } from "@/server/platform/process/migrate";
import { say } from "./progress";

export type InstallationDatabase = { url: string; stop(): Promise<void> };

type Options = { root: string; folder: string; password: string; log: (line: string) => void };

const retryMs = 500;

export async function openDatabase(given: string | undefined, options: Options): Promise<InstallationDatabase> {
  if (given) {
    await checkVersion(given);
    return { url: given, stop: async () => undefined };
  }
  let cluster = await start(options);
  let isStopping = false;
  const watch = async (): Promise<void> => {
    await cluster.exited;
    while (!isStopping) {
      say("PostgreSQL ended unexpectedly; starting it again.");
      try {
        cluster = await start(options);
        return void watch();
      } catch (error) {
        options.log(`PostgreSQL could not be started: ${String(error)}`);
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  };
  void watch();
  return {
    url: cluster.url,
    stop: async () => {
      isStopping = true;
      await cluster.stop();
    },
  };
}

function start({ root, folder, password, log }: Options): Promise<Cluster> {
  return startCluster({ root, folder, password, onLog: log });
}
