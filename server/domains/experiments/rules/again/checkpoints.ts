/** Which of a run's files are checkpoints. Pure. */
import type { Checkpoint } from "../../contract/again/resume-repeat";

export type TimedFile = { path: string; size: number; at: Date };

/** Each file or folder right below a folder `checkpoints` at any depth, and `checkpoint-500` at the root, as Transformers names them. */
const pattern = /^((?:.*\/)?checkpoints)\/[^/]+|^checkpoint-\d+(?=\/)/;

function addTo(found: Map<string, Checkpoint>, path: string, isFolder: boolean, { size, at }: TimedFile): void {
  const known = found.get(path);
  if (!known) found.set(path, { path, isFolder, files: 1, bytes: size, at });
  else found.set(path, { ...known, files: known.files + 1, bytes: known.bytes + size, at: at > known.at ? at : known.at });
}

/** Newest first. Files that lie in one `checkpoints` together may be parts of one: the folder itself is offered too. */
export function checkpointsOf(files: readonly TimedFile[]): Checkpoint[] {
  const found = new Map<string, Checkpoint>();
  const loose = new Map<string, Checkpoint>();
  for (const file of files) {
    const [path, parent] = pattern.exec(file.path) ?? [];
    if (path === undefined) continue;
    const isFolder = path !== file.path;
    addTo(found, path, isFolder, file);
    if (!isFolder && parent !== undefined) addTo(loose, parent, true, file);
  }
  const wholes = [...loose.values()].filter(({ files: count }) => count > 1);
  return [...[...found.values()].sort((a, b) => b.at.getTime() - a.at.getTime() || (a.path < b.path ? 1 : -1)), ...wholes];
}
