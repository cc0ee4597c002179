"use client";

import { Check, ChevronsUpDown, Plus } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { cn } from "@/components/ui/class-names";
import { Input } from "@/components/ui/forms/input";
import { Popover } from "@/components/ui/overlays/popover";
import type { ShellProject } from "./shell-data";
import { Wordmark } from "./wordmark";

export type ProjectSwitcherProps = { project: ShellProject; projects: readonly ShellProject[]; onNewProject?: () => void };

function ProjectList({ project, projects, onNewProject, close }: ProjectSwitcherProps & { close: () => void }) {
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLowerCase();
  const shown = projects.filter((each) => `${each.name} ${each.slug}`.toLowerCase().includes(wanted));
  return (
    <div className="w-60">
      {projects.length > 6 && (
        <Input
          aria-label="Find a project"
          placeholder="Find a project"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="mb-1.5"
        />
      )}
      <ul className="quiet-scroll max-h-72 overflow-y-auto">
        {shown.map((each) => (
          <li key={each.slug}>
            <Link
              href={`/${encodeURIComponent(each.slug)}`}
              onClick={close}
              aria-current={each.slug === project.slug || undefined}
              className="flex min-h-8 items-center gap-2 rounded-sm px-2 text-table -outline-offset-2 hover:bg-well"
            >
              <Check aria-hidden className={cn("size-3.5", each.slug !== project.slug && "invisible")} />
              <span className="min-w-0 flex-1 truncate">{each.name}</span>
            </Link>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className="px-2 py-1.5 text-muted text-table">No project by that name.</p>}
      {onNewProject && (
        <button
          type="button"
          onClick={() => {
            close();
            onNewProject();
          }}
          className="mt-1 flex min-h-8 w-full items-center gap-2 rounded-sm border-line border-t px-2 text-left text-table -outline-offset-2 hover:bg-well"
        >
          <Plus aria-hidden className="size-3.5" />
          New project…
        </button>
      )}
    </div>
  );
}

export function ProjectSwitcher({ project, projects, onNewProject }: ProjectSwitcherProps) {
  return (
    <Popover
      label="Projects"
      className="p-1.5"
      trigger={
        <button
          type="button"
          aria-label={`Project ${project.name}; switch project`}
          className="flex h-9 w-full min-w-0 items-center gap-2 rounded-md px-1.5 text-left hover:bg-well aria-expanded:bg-well"
        >
          <Wordmark />
          <span className="min-w-0 flex-1 rail-narrow:md:hidden">
            <span className="block truncate font-semibold text-table leading-tight">{project.name}</span>
          </span>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-faint rail-narrow:md:hidden" />
        </button>
      }
    >
      {(close) => <ProjectList project={project} projects={projects} onNewProject={onNewProject} close={close} />}
    </Popover>
  );
}
