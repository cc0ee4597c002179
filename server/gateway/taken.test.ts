import { expect, it, vi } from "vitest";
import { projects } from "@/drizzle/schema/identity";
import { database } from "@/server/platform/db";
import { asServiceError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { testProject } from "@/server/platform/testing/project";

it("what a unique index alone refused is a Conflict, and is logged", async () => {
  const { project } = await testProject();
  const warn = vi.fn();
  const error = await database().insert(projects).values({ id: newId(), slug: project.slug, name: "again" }).catch((thrown: unknown) => thrown);
  expect(asServiceError(error, warn)).toMatchObject({ code: "Conflict", status: 409, message: expect.stringContaining("at this moment") });
  expect(warn).toHaveBeenCalledOnce();
});
