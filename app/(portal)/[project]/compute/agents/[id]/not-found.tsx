import { NothingHere } from "@/components/shell/crumbs/nothing-here";

export default function AgentNotFound() {
  return (
    <NothingHere title="There is no such agent" all={["compute", "All agents"]}>
      It may have been removed; a host that is enrolled anew gets a new page.
    </NothingHere>
  );
}
