/** What a process that serves models starts and ends. */
import { flushInferenceLog } from "./log/inference-log";
import { flushTraffic } from "./log/traffic";
import { stopInferenceThread } from "./runtime/runtime";
import { followModels } from "./served-versions";

/** Gives the function that ends it: what was answered is logged before the process goes. */
export function startServing(): () => Promise<void> {
  const unfollow = followModels();
  return async () => {
    unfollow();
    await flushInferenceLog();
    await flushTraffic();
    await stopInferenceThread();
  };
}
