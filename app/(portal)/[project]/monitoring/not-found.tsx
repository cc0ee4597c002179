import { NothingHere } from "@/components/shell/crumbs/nothing-here";

export default function NotFound() {
  return (
    <NothingHere title="There is no such monitor or alert in this project" all={["monitoring", "All monitors"]}>
      The link may be of another project, or cut short.
    </NothingHere>
  );
}
