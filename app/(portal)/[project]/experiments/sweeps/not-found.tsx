import { NothingHere } from "@/components/shell/crumbs/nothing-here";

export default function SweepNotFound() {
  return (
    <NothingHere title="There is no such sweep in this project" all={["experiments", "All experiments"]}>
      The link may be of another project, or cut short.
    </NothingHere>
  );
}
