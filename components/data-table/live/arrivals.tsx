import { ArrowUp } from "lucide-react";
import { Button } from "@/components/ui/actions/button";
import { formatCount } from "@/components/ui/format/format-number";

export type ArrivalsProps = {
  /** One of them, and several: "run", "runs". */
  noun: readonly [string, string];
  arrived: number;
  hasMoved: boolean;
  onShow: () => void;
};

/** Says what came while someone was reading, over the head of the table, and shows it when pressed. */
export function Arrivals({ noun, arrived, hasMoved, onShow }: ArrivalsProps) {
  const text = arrived > 0 ? `${formatCount(arrived)} new ${noun[arrived === 1 ? 0 : 1]}` : hasMoved ? "The order has changed" : "";
  return (
    <div role="status" className="pointer-events-none absolute inset-x-0 top-10 z-20 flex justify-center">
      {text && (
        <Button size="sm" variant="primary" icon={<ArrowUp />} onClick={onShow} className="pointer-events-auto animate-enter rounded-full shadow-float">
          {text}
        </Button>
      )}
    </div>
  );
}
