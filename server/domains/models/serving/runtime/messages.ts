/** What the server and its inference thread say to each other. */
import type { Tensor } from "../contract";

export type ModelFile = { sha256: string; path: string };

export type ThreadRequest =
  | { id: number; kind: "load"; file: ModelFile }
  | { id: number; kind: "run"; file: ModelFile; inputs: Tensor[]; outputs: string[] };

/** Asks the thread to end once no native call runs. */
export const endThread = "end";
export type ThreadMessage = ThreadRequest[] | typeof endThread;

/** `refused` is the input's fault, `failed` the model's or the runtime's, `missing` says that there is no runtime here. */
export type ThreadAnswer =
  | { id: number; kind: "loaded"; loadNs: number }
  | { id: number; kind: "ran"; outputs: Tensor[]; inferNs: number }
  | { id: number; kind: "refused" | "failed" | "missing"; message: string };
