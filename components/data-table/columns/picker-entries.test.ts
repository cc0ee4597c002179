import { expect, test } from "vitest";
import { pickerEntries } from "./picker-entries";

const column = (header: string, group?: string) => ({ key: header, header, group });
const all = [column("Run"), column("auc", "Metrics"), column("loss", "Metrics"), column("lr", "Params"), column("Started")];
const list = (typed: string) => pickerEntries(all, [column("Run"), column("auc", "Metrics")], typed).map((entry) => (entry.kind === "heading" ? `# ${entry.text}` : entry.column.header)).join(", ");

test.each([
  ["", "# Shown, Run, auc, # Metrics, loss, # Params, lr, # Of the row, Started"],
  [" L", "# Metrics, loss, # Params, lr"],
  ["AUC", "# Shown, auc"],
  ["x", ""],
])("finding %j lists %j", (typed, wanted) => expect(list(typed)).toBe(wanted));
