/** The mark: a hull on its slipway. */
export function Wordmark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className="size-6 shrink-0">
      <rect width="24" height="24" rx="6" className="fill-accent" />
      <path d="M5 10.2h12.6l-2.2 4.6a1.6 1.6 0 0 1-1.45.9H8.3a1.6 1.6 0 0 1-1.5-1.05Z" className="fill-on-accent" />
      <path d="m5 19 14-3" className="stroke-on-accent" strokeWidth="1.6" strokeLinecap="round" />
      <path d="M11.2 10V5.4l3.4 4.6" className="fill-on-accent" />
    </svg>
  );
}
