import { ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";

export default function ExperimentNotFound() {
  return (
    <EmptyState title="There is no such experiment in this project" action={<ButtonLink href="./">All experiments</ButtonLink>}>
      The link may be of another project. A deleted experiment keeps its page, and can be restored from the list.
    </EmptyState>
  );
}
