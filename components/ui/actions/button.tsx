import { cva, type VariantProps } from "class-variance-authority";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { Spinner } from "@/components/ui/feedback/spinner";

const buttonClass = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-55 [&_svg]:size-3.5 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "border-transparent bg-accent text-on-accent hover:not-disabled:bg-accent-strong",
        secondary: "border-line bg-panel text-ink hover:not-disabled:bg-well",
        ghost: "border-transparent text-muted hover:not-disabled:bg-well hover:not-disabled:text-ink",
        danger: "border-line bg-panel text-failed hover:not-disabled:border-failed hover:not-disabled:bg-failed/8",
      },
      size: { sm: "h-7 px-2 text-label", md: "h-8 px-3 text-table", lg: "h-9 px-4 text-body" },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

type Looks = VariantProps<typeof buttonClass> & { icon?: ReactNode };

export type ButtonProps = ComponentProps<"button"> & Looks & { pending?: boolean };

/** While `pending` it keeps its width and its focus, and ignores presses. */
export function Button({ variant, size, icon, pending, className, children, type, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type={type ?? "button"}
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      onClick={pending ? undefined : onClick}
      className={cn(buttonClass({ variant, size }), "relative", pending && "cursor-progress", className)}
      {...rest}
    >
      <span className={cn("inline-flex items-center gap-1.5", pending && "opacity-0")}>
        {icon}
        {children}
      </span>
      {pending && (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner />
        </span>
      )}
    </button>
  );
}

export type ButtonLinkProps = ComponentProps<typeof Link> & Looks;

export function ButtonLink({ variant, size, icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link className={cn(buttonClass({ variant, size }), className)} {...rest}>
      {icon}
      {children}
    </Link>
  );
}
