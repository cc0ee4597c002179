import type { ComponentProps } from "react";
import { cn } from "@/components/ui/class-names";

export type SliderProps = Omit<ComponentProps<"input">, "type"> & { shown?: string };

/** A native range field; `shown` is its value in words beside it. */
export function Slider({ shown, className, ...rest }: SliderProps) {
  return (
    <span className={cn("flex h-8 items-center gap-3", className)}>
      <input
        type="range"
        className="h-6 min-w-16 flex-1 cursor-pointer appearance-none bg-transparent [&::-moz-range-thumb]:size-3.5 [&::-moz-range-thumb]:rounded-full [&::-moz-range-thumb]:border-0 [&::-moz-range-thumb]:bg-accent [&::-moz-range-track]:h-1 [&::-moz-range-track]:rounded-full [&::-moz-range-track]:bg-control [&::-webkit-slider-runnable-track]:h-1 [&::-webkit-slider-runnable-track]:rounded-full [&::-webkit-slider-runnable-track]:bg-control [&::-webkit-slider-thumb]:-mt-[5px] [&::-webkit-slider-thumb]:size-3.5 [&::-webkit-slider-thumb]:appearance-none [&::-webkit-slider-thumb]:rounded-full [&::-webkit-slider-thumb]:bg-accent"
        {...rest}
      />
      {shown !== undefined && <output className="min-w-10 text-right text-label text-muted">{shown}</output>}
    </span>
  );
}
