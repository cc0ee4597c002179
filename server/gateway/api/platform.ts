/** Routes of the platform itself: projects, tokens, operations, audit. */
import { exportAudit, listAudit, verifyAuditChain } from "@/server/platform/audit/service";
import { getExample, reportExampleStep } from "@/server/platform/example/service";
import { createProject, getViewer, listArchivedProjects, listProjects, restoreProject, updateProject } from "@/server/platform/identity/service/projects";
import { createProjectToken, createToken, listTokens, revokeToken } from "@/server/platform/identity/service/tokens";
import { cancelOperation, getOperation, listOperations } from "@/server/platform/operations";
import { searchObjects } from "@/server/platform/search";
import { type ApiRoute, instanceRoute, projectRoute } from "./route";

export const platformRoutes: ApiRoute[] = [
  instanceRoute("get", "/projects", listProjects, "projects", "List projects"),
  instanceRoute("post", "/projects", createProject, "projects", "Make a project (admin token)", { status: 201 }),
  instanceRoute("get", "/projects/archived", listArchivedProjects, "projects", "List archived projects (admin token)"),
  instanceRoute("post", "/projects/{project}/restore", restoreProject, "projects", "Bring an archived project back (admin token)"),
  projectRoute("patch", "/project", updateProject, "projects", "Change the project's name and description (an owner, signed in)"),
  instanceRoute("post", "/projects/{project}/tokens", createProjectToken, "projects", "Make a project's token (admin token)", { status: 201 }),
  projectRoute("get", "/viewer", getViewer, "projects", "Who am I, and what may I do?"),
  projectRoute("get", "/tokens", listTokens, "tokens", "List tokens"),
  projectRoute("post", "/tokens", createToken, "tokens", "Make a token; it is shown once", { status: 201 }),
  projectRoute("delete", "/tokens/{tokenId}", revokeToken, "tokens", "Revoke a token"),
  projectRoute("get", "/operations", listOperations, "operations", "List long-running operations"),
  projectRoute("get", "/operations/{operationId}", getOperation, "operations", "One operation: state, stage, progress, result"),
  projectRoute("post", "/operations/{operationId}/cancel", cancelOperation, "operations", "Cancel an operation"),
  projectRoute("get", "/example", getExample, "example", "The example's steps and state"),
  projectRoute("put", "/example/steps/{name}", reportExampleStep, "example", "Report a step of the example (its pipeline does)"),
  projectRoute("get", "/search", searchObjects, "search", "Find objects by name"),
  projectRoute("get", "/audit", listAudit, "audit", "Read the audit log"),
  projectRoute("get", "/audit.csv", exportAudit, "audit", "All entries of a filter as CSV", { file: { type: "text/csv; charset=utf-8", name: "audit.csv" } }),
  projectRoute("get", "/audit/verify", verifyAuditChain, "audit", "Verify the audit chain"),
];
