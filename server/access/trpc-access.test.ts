/** Every tRPC procedure that the code has, called by each kind of person over HTTP, against the access table. */
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import superjson from "superjson";
import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { roles } from "@/server/platform/context";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { requestContext } from "@/server/platform/trpc/request-context";
import { appRouter } from "@/server/root";
import { type Access, procedures } from "./access-table";
import { type Answer, answerFor, cookieFor, type Person, people } from "./identities";

// At run time one flat record of functions, though its type nests.
const Procedure = z.custom<{ _def: { type: string } }>((value) => typeof value === "function" && "_def" in value);
const kinds = new Map(
  Object.entries<unknown>(appRouter._def.procedures).map(([name, value]) => [name, Procedure.parse(value)._def.type]),
);

const table = new Map<string, Access>();
for (const [access, routers] of Object.entries(procedures)) {
  for (const [router, names] of Object.entries(routers)) {
    for (const name of names.split(" ")) table.set(`${router}.${name}`, access as Access);
  }
}

const outsideProjects = (access: Access) => access === "user" || access === "admin";

function expected(person: Person, access: Access): Answer {
  if (["nobody", "forged", "expired", "revoked", "disabled"].includes(person)) return 401;
  if (person === "admin") return "in";
  if (person === "stranger") return outsideProjects(access) ? answerFor("owner", access) : 404;
  return answerFor(roles.find((role) => role === person) ?? "viewer", access);
}

let project: TestProject;
beforeEach(async () => {
  project = await testProject();
});

async function call(name: string, cookie: string | null): Promise<number> {
  const input = superjson.serialize({ project: project.project.slug });
  const isQuery = kinds.get(name) === "query";
  const query = isQuery ? `?input=${encodeURIComponent(JSON.stringify(input))}` : "";
  const headers: Record<string, string> = { "content-type": "application/json", ...(cookie ? { cookie } : {}) };
  const url = `http://localhost/api/trpc/${name}${query}`;
  const req = new Request(url, isQuery ? { headers } : { method: "POST", headers, body: JSON.stringify(input) });
  const createContext = () => requestContext(req.headers);
  const response = await fetchRequestHandler({ endpoint: "/api/trpc", req, router: appRouter, createContext });
  return response.status;
}

it("the table names each procedure once, and none that is not there", () => {
  expect([...table.keys()].sort()).toEqual([...kinds.keys()].sort());
});

describe("each procedure answers to whom it should", () => {
  it.each([...table])("%s (%s)", async (name, access) => {
    const answers: Record<string, unknown> = {};
    const wanted: Record<string, unknown> = {};
    for (const person of people) {
      const status = await call(name, await cookieFor(person, project));
      const isRefusal = status === 401 || status === 403 || (status === 404 && person === "stranger");
      answers[person] = isRefusal ? status : "in";
      wanted[person] = expected(person, access);
      if (status >= 500) answers[person] = status;
    }
    expect(answers).toEqual(wanted);
  });
});
