/** Room on the disk: too little is a sentence at start, not PostgreSQL's last words. */
import { statfsSync } from "node:fs";

const needed = 256 * 1024 ** 2;
const mebibytes = (bytes: number) => Math.floor(bytes / 1024 ** 2);

export function requireRoom(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= needed) return;
  throw new Error(
    `The disk under ${folder} is full: ${mebibytes(free)} MiB are free, ${mebibytes(needed)} MiB are needed to start. Free some, or set SLIPWAY_DATA to a folder on another disk.`,
  );
}
