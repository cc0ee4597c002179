import { ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";

export default function AgentNotFound() {
  return (
    <EmptyState title="There is no such agent" action={<ButtonLink href="../">All agents</ButtonLink>}>
      It may have been removed; a host that is enrolled anew gets a new page.
    </EmptyState>
  );
}
