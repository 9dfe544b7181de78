'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

/** The sections as links, the present one marked. */
export function SectionLinks({ sections }: { sections: { path: string; name: string }[] }) {
  const path = usePathname();
  return (
    <nav aria-label="Settings" className="border-line border-b">
      <ul className="flex flex-wrap gap-x-6">
        {sections.map((section) => (
          <li key={section.path}>
            <Link
              href={section.path}
              prefetch={false}
              aria-current={path === section.path ? 'page' : undefined}
              className="-mb-px block whitespace-nowrap border-transparent border-b-2 py-2 text-muted hover:text-text hover:no-underline aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-text"
            >
              {section.name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
