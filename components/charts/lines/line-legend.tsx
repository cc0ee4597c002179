import { cn } from "@/components/ui/class-names";
import type { SeriesLook } from "../colour-of";
import { LegendMark } from "../frame/legend-mark";
import type { LineSeries } from "./line-series";

export type LineLegendProps = {
  series: readonly LineSeries[];
  looks: ReadonlyMap<string, SeriesLook>;
  last: ReadonlyMap<string, number>;
  format: (value: number) => string;
};

const namedAtMost = 12;

/**
 * Names with the last value; while the crosshair is on a panel of the group, the value under it (`data-at`)
 * instead. Of many lines only the one that is pointed at is named.
 */
export function LineLegend({ series, looks, last, format }: LineLegendProps) {
  if (series.length > namedAtMost)
    return (
      <p className="mt-1.5 flex h-4 gap-2 whitespace-pre text-label">
        <span className="text-muted">{series.length} lines</span>
        <span data-pointed className="min-w-0 truncate font-medium" />
      </p>
    );
  return (
    <ul className="mt-1.5 flex max-h-16 flex-wrap gap-x-4 gap-y-0.5 overflow-y-auto text-label">
      {series.map((each) => {
        const look = looks.get(each.id);
        const value = last.get(each.id);
        return (
          <li key={each.id} className="inline-flex min-w-0 items-center gap-1.5">
            {look && <LegendMark look={look} strong={each.baseline} />}
            <span className={cn("max-w-48 truncate", each.baseline && "font-medium")}>{each.label}</span>
            <span className="text-muted group-data-[pointing]/panel:hidden">
              {value === undefined ? "–" : format(value)}
            </span>
            <span data-at={each.id} className="hidden text-ink group-data-[pointing]/panel:inline" />
          </li>
        );
      })}
    </ul>
  );
}
