// A file system of a few hundred megabytes, for what happens when it is full. Only root may mount one.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The folder it stands at and what takes it away again, or the sentence that says why there is none. */
export function mountSmallDisk(megabytes) {
  const folder = mkdtempSync(join(tmpdir(), "slipway-small-disk-"));
  // PostgreSQL's own account has to reach its files on it.
  chmodSync(folder, 0o755);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=755`, "slipway-small-disk", folder], { stdio: "pipe" });
  } catch (error) {
    rmdirSync(folder);
    return { folder: null, why: `no small disk could be mounted (${String(error.stderr ?? error.message).trim()}): that needs root` };
  }
  const unmount = () => {
    execFileSync("umount", ["-l", folder]);
    rmdirSync(folder);
  };
  return { folder, unmount };
}
