import type { ReactNode } from 'react';

/** A widget in small, for the library: its box and title bar around what makes it recognisable (120 × 72). */
export function Thumbnail({ children }: { children: ReactNode }) {
  return (
    <svg viewBox="0 0 120 72" aria-hidden="true" className="block w-full text-line-strong">
      <rect
        x="1"
        y="1"
        width="118"
        height="70"
        rx="6"
        className="fill-surface stroke-line"
        strokeWidth="1.5"
      />
      <rect x="10" y="9" width="36" height="4" rx="2" className="fill-muted" />
      <path d="M1 19h118" className="stroke-line" />
      {children}
    </svg>
  );
}

/** A line of text in small. */
export const Line = ({ x = 10, y, width }: { x?: number; y: number; width: number }) => (
  <rect x={x} y={y} width={width} height="4" rx="2" fill="currentColor" />
);

/** A picture in small; round for people. */
export const Dot = ({
  x,
  y,
  size = 10,
  round = false,
}: {
  x: number;
  y: number;
  size?: number;
  round?: boolean;
}) => <rect x={x} y={y} width={size} height={size} rx={round ? size / 2 : 2} className="fill-accent" />;
