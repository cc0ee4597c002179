import { ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";

export default function EvaluationNotFound() {
  return (
    <EmptyState title="There is no such evaluation in this project" action={<ButtonLink href="../evaluations">All evaluations</ButtonLink>}>
      The link may be of another project, or cut short.
    </EmptyState>
  );
}
