/** Imported first: a setting that does not parse ends the start with its sentence, before anything else reads it. */
import { env, misspelt } from "@/server/platform/env";

try {
  env();
  for (const sentence of misspelt()) process.stderr.write(`\n  ! ${sentence}\n`);
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
