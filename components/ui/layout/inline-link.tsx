import Link from "next/link";
import type { ComponentProps } from "react";
import { cn } from "@/components/ui/class-names";

/** A link in running text or a table cell. */
export function InlineLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return <Link className={cn("rounded-sm text-accent-text underline-offset-2 hover:underline", className)} {...rest} />;
}
