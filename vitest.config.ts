import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "");

export default defineConfig({
  resolve: { alias: { "@": root } },
  test: {
    include: ["{app,server,agent,components,drizzle,scripts,examples,sdk}/**/*.test.{ts,tsx}"],
    globalSetup: ["server/platform/testing/global-setup.ts"],
    setupFiles: ["server/platform/testing/setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
