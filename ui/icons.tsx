const paths = {
  user: 'M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-6 6a6 6 0 0 1 12 0Z',
  team: 'M5.5 7a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm-5 6a5 5 0 0 1 10 0Zm10.2-6a2.2 2.2 0 1 0-1-4.2 4 4 0 0 1-.2 3.9c.4.2.8.3 1.2.3Zm1.1 6h3.7a4.6 4.6 0 0 0-5.2-4.5A6.3 6.3 0 0 1 11.8 13Z',
  project:
    'M5.5 4V2.5A1 1 0 0 1 6.5 1.5h3a1 1 0 0 1 1 1V4H14a1 1 0 0 1 1 1v3H1V5a1 1 0 0 1 1-1ZM7 4h2V3H7ZM1 9.5h5.5v1h3v-1H15V13a1 1 0 0 1-1 1H2a1 1 0 0 1-1-1Z',
  regional:
    'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm4.9 4.5h-2a11 11 0 0 0-.9-2.6 5.6 5.6 0 0 1 2.9 2.6ZM8 2.6c.5.6 1 1.6 1.3 2.9H6.7C7 4.2 7.5 3.2 8 2.6ZM2.6 9.2a5.6 5.6 0 0 1 0-2.4h2.3a16 16 0 0 0 0 2.4Zm.5 1.3h2c.2 1 .5 1.9.9 2.6a5.6 5.6 0 0 1-2.9-2.6Zm2-5h-2A5.6 5.6 0 0 1 6 2.9c-.4.7-.7 1.6-.9 2.6ZM8 13.4c-.5-.6-1-1.6-1.3-2.9h2.6c-.3 1.3-.8 2.3-1.3 2.9Zm1.5-4.2h-3a14 14 0 0 1 0-2.4h3a14 14 0 0 1 0 2.4Zm.5 3.9c.4-.7.7-1.6.9-2.6h2a5.6 5.6 0 0 1-2.9 2.6Zm1.1-3.9a16 16 0 0 0 0-2.4h2.3a5.6 5.6 0 0 1 0 2.4Z',
  broadcast:
    'M3.5 14a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4ZM2 6.5v2.2A5.4 5.4 0 0 1 7.3 14h2.2A7.6 7.6 0 0 0 2 6.5ZM2 2v2.2A9.8 9.8 0 0 1 11.8 14H14A12 12 0 0 0 2 2Z',
};

export type TypeIconName = keyof typeof paths;

/** The icon of a hub's type: a person, or the kind of team. */
export function TypeIcon({ name, className }: { name: TypeIconName; className?: string }) {
  return (
    <svg viewBox="0 0 16 16" fill="currentColor" aria-hidden="true" className={className}>
      <path d={paths[name]} />
    </svg>
  );
}

/** The mark of Hubs: one point that many lines meet in. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="8" fill="#1f57a8" />
      <path
        d="M16 16 9 9M16 16l8-5M16 16l-3 8"
        stroke="#fff"
        strokeWidth="2.5"
        strokeLinecap="round"
        fill="none"
      />
      <g fill="#fff">
        <circle cx="16" cy="16" r="4.5" />
        <circle cx="8.5" cy="8.5" r="3" />
        <circle cx="24" cy="11" r="3" />
        <circle cx="13" cy="24" r="3" />
      </g>
    </svg>
  );
}
