'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

export function TabNav({ tabs }: { tabs: [path: string, label: string][] }) {
  const here = usePathname();
  return (
    <nav aria-label="Settings" className="mb-5">
      <ul className="flex flex-wrap gap-1 md:grid">
        {tabs.map(([path, label]) => (
          <li key={path}>
            <Link
              href={path}
              prefetch={false}
              aria-current={here === path ? 'page' : undefined}
              className="block rounded-md px-3 py-1.5 text-sm text-text hover:bg-sunken hover:no-underline aria-[current]:bg-accent aria-[current]:text-surface"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
