import { NothingHere } from "@/components/shell/crumbs/nothing-here";

export default function EvaluationNotFound() {
  return (
    <NothingHere title="There is no such evaluation in this project" all={["evaluations", "All evaluations"]}>
      The link may be of another project, or cut short.
    </NothingHere>
  );
}
