import { ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";

export default function SweepNotFound() {
  return (
    <EmptyState title="There is no such sweep in this project" action={<ButtonLink href="../">All experiments</ButtonLink>}>
      The link may be of another project, or cut short.
    </EmptyState>
  );
}
