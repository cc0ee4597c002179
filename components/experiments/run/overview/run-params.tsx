"use client";

import { Search } from "lucide-react";
import { useState } from "react";
import { CopyButton } from "@/components/ui/actions/copy-button";
import { Input } from "@/components/ui/forms/input";
import { Section } from "@/components/ui/layout/section";
import type { RunDetail } from "@/server/domains/experiments/contract/run";

const searchedFrom = 12;

export function RunParams({ run }: { run: RunDetail }) {
  const [find, setFind] = useState("");
  const wanted = find.trim().toLowerCase();
  const shown = run.params.filter(({ key, value }) => `${key} ${value}`.toLowerCase().includes(wanted));
  return (
    <Section
      title="Params"
      flush
      actions={
        <>
          {run.params.length > searchedFrom && (
            <Input aria-label="Find a param" placeholder="Find" prefix={<Search aria-hidden />} value={find} onChange={(event) => setFind(event.target.value)} className="max-w-44" />
          )}
          {run.params.length > 0 && (
            <CopyButton size="md" label="Copy the params as JSON" text={() => JSON.stringify(Object.fromEntries(run.params.map(({ key, value }) => [key, value])), null, 2)} />
          )}
        </>
      }
    >
      {run.params.length === 0 ? (
        <p className="px-4 py-3 text-muted text-table">
          {run.launch ? "Its script has logged none so far; what it was launched with stands in its command." : <>No params were logged: mlflow.log_params({"{…}"}) adds them.</>}
        </p>
      ) : (
        <table aria-label="Params" className="w-full table-fixed text-table">
          <tbody>
            {shown.map(({ key, value }) => (
              <tr key={key} className="border-line border-b last:border-b-0">
                <th scope="row" className="w-2/5 break-words px-4 py-1.5 text-left align-top font-normal text-muted">
                  {key}
                </th>
                <td className="break-words px-4 py-1.5 font-mono text-label leading-5">
                  {value}
                  {run.promises?.units[key] && <span className="ml-1 font-sans text-muted">{run.promises.units[key]}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
