"use client";

import { useMutation } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useId, useState } from "react";
import { useTRPCClient } from "@/components/trpc/client";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Select } from "@/components/ui/forms/select";
import { Dialog } from "@/components/ui/overlays/dialog";
import { CodeBlock } from "@/components/ui/text/code-block";
import { RelativeTime } from "@/components/ui/text/relative-time";
import { messageOf } from "../failure";
import { agentSnippets } from "../snippets";

const terms = [
  { value: "3600", label: "1 hour" },
  { value: "86400", label: "1 day" },
  { value: "604800", label: "7 days" },
];

export type AddAgentProps = { project: string; serverUrl: string };

/** Lets a host in: a token that works once, in the command that uses it. For instance admins. */
export function AddAgent({ project, serverUrl }: AddAgentProps) {
  const isAdmin = useMay(project, "admin");
  const client = useTRPCClient();
  const form = useId();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState("");
  const [term, setTerm] = useState("3600");
  const make = useMutation({ mutationFn: () => client.compute.createEnrolmentToken.mutate({ note, expiresInSeconds: Number(term) }) });
  if (!isAdmin) return null;

  function change(next: boolean) {
    setOpen(next);
    if (!next) {
      make.reset();
      setNote("");
    }
  }

  const [snippet] = make.data ? agentSnippets(serverUrl, make.data.token) : [];
  return (
    <>
      <Button icon={<Plus />} onClick={() => setOpen(true)}>
        Add an agent
      </Button>
      <Dialog
        open={open}
        onOpenChange={change}
        title="Add an agent"
        description="An agent is a host that runs jobs of every project on this server. It reports its CPUs, memory and GPUs by itself."
        footer={
          make.data ? (
            <Button variant="primary" onClick={() => change(false)}>
              Done
            </Button>
          ) : (
            <>
              <Button onClick={() => change(false)}>Cancel</Button>
              <Button type="submit" form={form} variant="primary" pending={make.isPending}>
                Make the token
              </Button>
            </>
          )
        }
      >
        {make.data && snippet ? (
          <div className="grid gap-3">
            <CodeBlock title="Run this on the host" code={snippet.code} wrap />
            <Notice tone="warning">
              The token is shown only now, works once, and expires <RelativeTime at={make.data.expiresAt} />.
            </Notice>
          </div>
        ) : (
          <form
            id={form}
            className="grid gap-3"
            onSubmit={(event) => {
              event.preventDefault();
              if (!make.isPending) make.mutate();
            }}
          >
            <Field label="Which host" optional help="A note for the audit log." error={make.error ? messageOf(make.error) : undefined}>
              {(control) => <Input {...control} maxLength={200} placeholder="gpu-07, rack 3" value={note} onChange={(event) => setNote(event.target.value)} />}
            </Field>
            <Field label="The token expires in">{(control) => <Select {...control} options={terms} value={term} onChange={(event) => setTerm(event.target.value)} />}</Field>
          </form>
        )}
      </Dialog>
    </>
  );
}
