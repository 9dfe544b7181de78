const paths = {
  grip: 'M5 3h2v2H5Zm4 0h2v2H9ZM5 7h2v2H5Zm4 0h2v2H9Zm-4 4h2v2H5Zm4 0h2v2H9Z',
  up: 'm8 3 5 5-1.2 1.2L8.9 6.3V13H7.1V6.3L4.2 9.2 3 8Z',
  down: 'm8 13-5-5 1.2-1.2 2.9 2.9V3h1.8v6.7l2.9-2.9L13 8Z',
  left: 'm3 8 5-5 1.2 1.2-2.9 2.9H13v1.8H6.3l2.9 2.9L8 13Z',
  right: 'm13 8-5 5-1.2-1.2 2.9-2.9H3V7.1h6.7L6.8 4.2 8 3Z',
  cog: 'M6.9 1h2.2l.3 1.9 1.3.6 1.6-1.1 1.5 1.5-1.1 1.6.6 1.3 1.9.3v2.2l-1.9.3-.6 1.3 1.1 1.6-1.5 1.5-1.6-1.1-1.3.6-.3 1.9H6.9l-.3-1.9-1.3-.6-1.6 1.1-1.5-1.5 1.1-1.6-.6-1.3L.8 9.1V6.9l1.9-.3.6-1.3-1.1-1.6 1.5-1.5 1.6 1.1 1.3-.6ZM8 5.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8Z',
  remove: 'M6 1.5h4l.5 1.5H14v1.5H2V3h3.5ZM3.2 6h9.6l-.7 8.5H3.9Z',
};

export type LayoutIconName = keyof typeof paths;

export function LayoutIcon({ name }: { name: LayoutIconName }) {
  return (
    <svg viewBox="0 0 16 16" fill="currentColor" fillRule="evenodd" aria-hidden="true" className="size-4">
      <path d={paths[name]} />
    </svg>
  );
}
