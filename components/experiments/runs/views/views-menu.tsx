"use client";

import { Bookmark, ChevronDown } from "lucide-react";
import dynamic from "next/dynamic";
import { Button } from "@/components/ui/actions/button";
import { Popover } from "@/components/ui/overlays/popover";
import { useSavedViews } from "./use-saved-views";

const ViewsPanel = dynamic(() => import("./views-panel").then((module) => module.ViewsPanel), { ssr: false, loading: () => <div className="h-36" /> });

export type ViewsMenuProps = { project: string; experimentNo: number };

/** Named after the view that the table shows, if it has a name. */
export function ViewsMenu({ project, experimentNo }: ViewsMenuProps) {
  const saved = useSavedViews(project, experimentNo);
  const { current, isEdited } = saved;
  return (
    <Popover
      label="Views"
      align="end"
      className="w-80"
      trigger={
        <Button variant="ghost" icon={<Bookmark />} aria-label={current ? `Views: ${current.name}${isEdited ? ", edited" : ""}` : "Views"}>
          <span className="max-w-36 truncate">{current?.name ?? "Views"}</span>
          {isEdited && <span className="font-normal text-faint text-label">edited</span>}
          <ChevronDown aria-hidden className="text-faint" />
        </Button>
      }
    >
      {(close) => <ViewsPanel project={project} experimentNo={experimentNo} saved={saved} onDone={close} />}
    </Popover>
  );
}
