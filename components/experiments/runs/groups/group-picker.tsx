"use client";

import { ChevronDown, Layers } from "lucide-react";
import dynamic from "next/dynamic";
import { Button } from "@/components/ui/actions/button";
import { Popover } from "@/components/ui/overlays/popover";
import type { RunKeys } from "@/server/domains/experiments/contract/run";
import { groupFieldOf, groupName } from "./group-field";

const GroupChoices = dynamic(() => import("./group-choices").then((module) => module.GroupChoices), { ssr: false, loading: () => <div className="h-64" /> });

export type GroupPickerProps = { keys: RunKeys; group: string | null; onPick: (group: string | null) => void };

export function GroupPicker({ keys, group, onPick }: GroupPickerProps) {
  const field = groupFieldOf(group);
  return (
    <Popover
      label="Group"
      align="end"
      className="w-72"
      trigger={
        <Button variant="ghost" icon={<Layers />} aria-label={field ? `Grouped by ${groupName(field)}` : "Group"}>
          <span className="max-w-36 truncate">{field ? `By ${groupName(field)}` : "Group"}</span>
          <ChevronDown aria-hidden className="text-faint" />
        </Button>
      }
    >
      {(close) => (
        <GroupChoices
          keys={keys}
          group={group}
          onPick={(next) => {
            onPick(next);
            close();
          }}
        />
      )}
    </Popover>
  );
}
