import { ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";

export default function JobNotFound() {
  return (
    <EmptyState title="There is no such job in this project" action={<ButtonLink href="../">All jobs</ButtonLink>}>
      The link may be of another project, or cut short.
    </EmptyState>
  );
}
