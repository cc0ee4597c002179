/** Which version answers while models load: how long that takes is the world's. */
import { afterEach, expect, it, vi } from "vitest";
import { testProject } from "@/server/platform/testing/project";
import { resolveServed } from "./served-versions";
import { addVersion, makeChampion, makeModel } from "./testing/serve-fixture";

const world = vi.hoisted(() => ({ loads: new Map<string, Promise<void>>() }));
vi.mock("./runtime/runtime", () => ({ loadModel: async ({ sha256 }: { sha256: string }) => world.loads.get(sha256) }));

afterEach(() => vi.useRealTimers());

/** An alias is looked up again after a second. */
const later = () => vi.setSystemTime(Date.now() + 2_000);

it("a version that loads slowly does not take the place of the one that was rolled back to meanwhile", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const { ctx, project } = await testProject();
  const modelId = await makeModel(ctx, "delay");
  const [first, second] = [await addVersion(ctx, modelId, "first"), await addVersion(ctx, modelId, "second")];
  const answering = async () => {
    later();
    return (await resolveServed(project.id, "delay", null)).version;
  };
  await makeChampion(ctx, "delay", first);
  expect(await answering()).toBe(1);
  let loaded = () => {};
  world.loads.set(second.onnxSha256 ?? "", new Promise<void>((resolve) => {
    loaded = resolve;
  }));
  await makeChampion(ctx, "delay", second);
  expect(await answering()).toBe(1);
  await makeChampion(ctx, "delay", first);
  expect(await answering()).toBe(1);
  loaded();
  await new Promise(setImmediate);
  expect((await resolveServed(project.id, "delay", null)).version).toBe(1);
  // Promoted again, it answers at once: it is loaded by now.
  await makeChampion(ctx, "delay", second);
  expect(await answering()).toBe(2);
});
