export type SectionNavProps = { sections: readonly { id: string; label: string }[] };

/** Where a long page leads: links to its sections, in their order. */
export function SectionNav({ sections }: SectionNavProps) {
  return (
    <nav aria-label="On this page" className="quiet-scroll -mx-1 overflow-x-auto border-line border-b px-1">
      <ul className="flex gap-5">
        {sections.map(({ id, label }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="flex h-9 items-center whitespace-nowrap text-muted text-table -outline-offset-2 hover:text-ink"
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
