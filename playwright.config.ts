import { defineConfig } from "@playwright/test";

const chromium = process.env.SLIPWAY_E2E_CHROMIUM ?? "/usr/bin/chromium";

export default defineConfig({
  testDir: "e2e",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  outputDir: "test-results",
  use: {
    baseURL: process.env.SLIPWAY_E2E_URL,
    viewport: { width: 1440, height: 900 },
    actionTimeout: 20_000,
    // Without a film of each page: newer Chromiums spend a third of both cores on its frames.
    trace: { mode: "retain-on-failure", screenshots: false },
    launchOptions: {
      executablePath: chromium,
      args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
    },
  },
  projects: [
    { name: "setup", testMatch: "setup.ts" },
    { name: "main", testMatch: "**/*.spec.ts", testIgnore: ["peers/**", "chaos/**", "sweep-kills/**", "faults/**", "journey/**"], dependencies: ["setup"] },
    { name: "chaos", testMatch: "chaos/*.spec.ts" },
    { name: "sweep-kills", testMatch: "sweep-kills/*.spec.ts", dependencies: ["setup"] },
    { name: "faults", testMatch: "faults/*.spec.ts" },
    // What the example tells is read before the journey adds to it.
    { name: "story", testMatch: ["journey/story.spec.ts", "journey/populated.spec.ts"], dependencies: ["setup"] },
    { name: "journey", testMatch: "journey/journey.spec.ts", dependencies: ["story"] },
    { name: "peers", testMatch: "peers/*.spec.ts", dependencies: ["setup"] },
  ],
});
