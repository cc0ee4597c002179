import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

export type RadioOption = { value: string; label: ReactNode; help?: ReactNode; disabled?: boolean };

export type RadioGroupProps = {
  name: string;
  legend: string;
  options: readonly RadioOption[];
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
  className?: string;
};

export function RadioGroup({ name, legend, options, value, defaultValue, onValueChange, className }: RadioGroupProps) {
  return (
    <fieldset className={cn("grid gap-1", className)}>
      <legend className="mb-1 font-medium text-label">{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className="flex items-start gap-2 py-0.5 text-table">
          <input
            type="radio"
            name={name}
            value={option.value}
            disabled={option.disabled}
            {...(value === undefined
              ? { defaultChecked: option.value === defaultValue }
              : { checked: option.value === value })}
            onChange={() => onValueChange?.(option.value)}
            className="mt-0.5 size-4 appearance-none rounded-full border border-control bg-panel checked:border-[5px] checked:border-accent disabled:opacity-50"
          />
          <span>
            {option.label}
            {option.help && <span className="block text-label text-muted">{option.help}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
