import { TypeIcon, type TypeIconName } from './icons.tsx';

/** White on each has a contrast of at least 5. */
const colours = [
  '#3c6eb4',
  '#7b4fa3',
  '#a3366f',
  '#b03a2e',
  '#935514',
  '#4d7420',
  '#1f7557',
  '#1b7385',
  '#5a5fa8',
  '#666b73',
];

/** The same name has the same colour everywhere. */
function colourOf(name: string): string {
  let hash = 0;
  for (const character of name.toLowerCase()) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return colours[hash % colours.length] ?? '#666b73';
}

const sizes = {
  small: 'size-6 rounded text-xs',
  medium: 'size-9 rounded-md text-base',
  large: 'size-14 rounded-lg text-2xl',
};

export interface TileProps {
  name: string;
  size?: keyof typeof sizes;
  /** A person's tile is round. */
  round?: boolean;
  icon?: TypeIconName;
}

/** A generated picture: colour and initial. Decoration only; the name stands beside it. */
export function Tile({ name, size = 'medium', round = false, icon }: TileProps) {
  return (
    <span
      aria-hidden="true"
      className={`idle-tile relative grid shrink-0 place-items-center font-semibold text-white uppercase select-none ${sizes[size]} ${round ? 'rounded-full!' : ''}`}
      style={{ backgroundColor: colourOf(name) }}
    >
      {[...name][0] ?? '?'}
      {icon && (
        <span className="absolute -right-1 -bottom-1 grid size-4.5 place-items-center rounded-full border border-line bg-surface text-muted">
          <TypeIcon name={icon} className="size-3" />
        </span>
      )}
    </span>
  );
}
