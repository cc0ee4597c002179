import { NothingHere } from "@/components/shell/crumbs/nothing-here";

export default function NotFound() {
  return (
    <NothingHere title="There is no such feature view, source or dataset in this project" all={["catalog", "The catalog"]}>
      The link may be of another project, or cut short.
    </NothingHere>
  );
}
