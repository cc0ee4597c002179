// The rules of docs/architecture.md that no general linter knows: import directions, cycles, sizes, names.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const root = new URL("..", import.meta.url).pathname;
const roots = ["app", "components", "server", "drizzle/schema", "agent", "scripts", "e2e", "bench"];
const faults = [];

function* filesBelow(folder) {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith(".") && !["node_modules", "fixtures"].includes(entry.name)) yield* filesBelow(path);
    else if (/\.(tsx?|mjs)$/.test(entry.name)) yield path;
  }
}

const files = roots.flatMap((folder) => [...filesBelow(join(root, folder))]);
const sources = new Map(files.map((path) => [relative(root, path), readFileSync(path, "utf8")]));

// ---- Sizes and names -------------------------------------------------------------------------------------------------

const bannedNames = /(^|\/)(utils?|helpers?|common|lib|types)(\.tsx?|\/)/;
const perFolder = new Map();
for (const [path, text] of sources) {
  const lines = text.split("\n").length - 1;
  if (lines > 400) faults.push(`${path}: ${lines} lines; no file has more than 400`);
  if (bannedNames.test(path)) faults.push(`${path}: name the concept, not utils, helpers, common, lib or types`);
  if (/\bas unknown as\b/.test(text) && !path.startsWith("scripts/")) faults.push(`${path}: \`as unknown as\` hides a type`);
  if (/@ts-(ignore|nocheck|expect-error)/.test(text) && !path.startsWith("scripts/")) faults.push(`${path}: a silenced type error`);
  if (/(^|\/)page\.tsx$/.test(path) && path.startsWith("app/") && lines > 60) faults.push(`${path}: ${lines} lines; a page routes, it does not do`);
  perFolder.set(dirname(path), (perFolder.get(dirname(path)) ?? 0) + 1);
}
for (const [folder, count] of perFolder) if (count > 15) faults.push(`${folder}: ${count} files; a folder has at most 15`);

// ---- Imports ---------------------------------------------------------------------------------------------------------

const importPattern = /(?:^|\n)\s*(?:import|export)\s[^;"']*?from\s+["']([^"']+)["']|(?:^|\n)\s*import\s+["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/g;
const typeOnly = /^\s*(?:import|export)\s+type\s/;

function resolveImport(from, specifier) {
  if (!specifier.startsWith(".") && !specifier.startsWith("@/")) return null;
  const base = specifier.startsWith("@/") ? specifier.slice(2) : relative(root, resolve(root, dirname(from), specifier));
  return [base, `${base}.ts`, `${base}.tsx`, `${base}.mjs`].find((path) => sources.has(path)) ?? base;
}

function importsOf(path, text) {
  const found = [];
  for (const match of text.matchAll(importPattern)) {
    const specifier = match[1] ?? match[2] ?? match[3];
    const target = resolveImport(path, specifier);
    if (target) found.push({ target, isType: typeOnly.test(match[0].trimStart()) });
  }
  return found;
}

const graph = new Map([...sources].map(([path, text]) => [path, importsOf(path, text)]));

const domains = ["catalog", "compute", "experiments", "evaluations", "models", "monitoring", "workflows", "agents"];
const independent = new Set(["catalog", "compute"]);
const domainOf = (path) => /^server\/domains\/([^/]+)\//.exec(path)?.[1];
const componentOf = (path) => /^components\/([^/]+)\//.exec(path)?.[1];
const sharedComponents = new Set(["ui", "charts", "data-table", "shell", "trpc"]);
const isTest = (path) => /\.(test|spec)\.tsx?$|\/testing\//.test(path);

function checkImport(path, target, isType) {
  const from = domainOf(path);
  const to = domainOf(target);
  if (from && to && from !== to) {
    const isLeft = domains.indexOf(to) < domains.indexOf(from) && !(independent.has(from) && independent.has(to));
    if (!isLeft) return `the domain ${from} may not import ${to}: events point that way`;
    if (/\/store[/.]/.test(target) && !isTest(path)) return `the domain ${from} asks ${to}'s services, not its tables`;
  }
  if (path.startsWith("server/platform/") && to && !isTest(path)) return "the platform knows no domain";
  if (path.startsWith("server/") && /^(app|components)\//.test(target)) return "the server knows no page";
  if (from && target.startsWith("server/gateway/")) return "a domain knows no protocol";
  if (path.startsWith("server/gateway/") && target.startsWith("drizzle/") && !isTest(path)) return "a protocol has no SQL";
  if (/^server\/domains\/[^/]+\/(contract|rules)[/.]/.test(path) && /\/(store|service)[/.]/.test(target)) return "contract and rules are pure";
  if (/^server\/domains\/[^/]+\/store[/.]/.test(path) && /\/service[/.]/.test(target)) return "a store knows no service";
  if (path.startsWith("agent/") && /^(server|app|components|drizzle)\//.test(target) && !/\/(contract|rules)\//.test(target) && !isTest(path)) return "the agent takes contracts and pure rules of the server, nothing else";
  if (path.startsWith("drizzle/") && target.startsWith("server/") && !(isType && target.includes("/contract/"))) return "tables know no code";
  return checkComponent(path, target, isType);
}

function checkComponent(path, target, isType) {
  const component = componentOf(path);
  if (!component) return null;
  const other = componentOf(target);
  if (["ui", "charts", "data-table", "shell"].includes(component) && other && !["ui", "charts", "data-table", "shell"].includes(other)) return `${component} is shared: it knows no domain`;
  if (!sharedComponents.has(component) && other && other !== component && !sharedComponents.has(other) && component !== "portal") return `two domains meet in app/, not in components (${component} → ${other})`;
  const isServer = target.startsWith("server/");
  const isAllowed = /\/contract[/.]|\/rules[/.]|\/events\.ts$/.test(target) || isType;
  if (isServer && !isAllowed && component !== "trpc") return "a component imports contracts and types of the server only";
  return null;
}

for (const [path, imports] of graph) {
  for (const { target, isType } of imports) {
    const fault = checkImport(path, target, isType);
    if (fault) faults.push(`${path} → ${target}: ${fault}`);
  }
}

// A domain's SQL is in its store: elsewhere neither an operator nor a table is at hand.
const sqlSource = /\sfrom\s+["'](drizzle-orm(?:\/[^"']*)?|@\/drizzle\/schema\/[^"']+)["']/;
for (const [path, text] of sources) {
  const source = domainOf(path) && !/\/store[/.]/.test(path) && !isTest(path) ? sqlSource.exec(text)?.[1] : undefined;
  if (source) faults.push(`${path} → ${source}: a domain's SQL is in its store`);
}

// ---- Cycles (of values, not of types) --------------------------------------------------------------------------------

const state = new Map();
function visit(path, trail) {
  state.set(path, "open");
  for (const { target, isType } of graph.get(path) ?? []) {
    if (isType || !graph.has(target)) continue;
    if (state.get(target) === "open") faults.push(`a cycle: ${[...trail.slice(trail.indexOf(target)), path, target].join(" → ")}`);
    else if (!state.has(target)) visit(target, [...trail, path]);
  }
  state.set(path, "done");
}
for (const path of graph.keys()) if (!state.has(path)) visit(path, []);

if (faults.length > 0) {
  process.stderr.write(`${faults.length} breaks of the architecture's rules:\n${faults.map((fault) => `  ${fault}`).join("\n")}\n`);
  process.exit(1);
}
process.stdout.write(`architecture: ${sources.size} files keep the rules\n`);
