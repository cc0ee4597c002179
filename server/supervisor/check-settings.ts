/** Imported first: a setting that does not parse ends the start with its sentence, before anything else reads it. */
import { env } from "@/server/platform/env";

try {
  env();
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
