import { TypeIcon, type TypeIconName } from './icons.tsx';
import { colourOf } from './tile-colour.ts';

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
