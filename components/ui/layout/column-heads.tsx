import { cn } from "@/components/ui/class-names";

export type ColumnHeadsProps = {
  /** One title a column. */
  titles: readonly string[];
  /** Columns of words beside the first; all others hold numbers and stand right. */
  words?: readonly string[];
  /** Stays in sight while the rows below it scroll. */
  sticky?: boolean;
};

/** The head of a table of numbers: the row's name left, its numbers right. */
export function ColumnHeads({ titles, words = [], sticky }: ColumnHeadsProps) {
  return (
    <thead className={cn("text-label text-muted", sticky && "sticky top-0 bg-panel")}>
      <tr className="border-line border-b">
        {titles.map((title, index) => (
          <th
            key={title}
            scope="col"
            className={cn(
              "whitespace-nowrap px-3 py-1.5 font-medium",
              index === 0 || words.includes(title) ? "text-left" : "text-right",
            )}
          >
            {title}
          </th>
        ))}
      </tr>
    </thead>
  );
}
