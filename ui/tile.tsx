import { TypeIcon, type TypeIconName } from './icons.tsx';
import { colourOf, inkOn } from './tile-colour.ts';

const sizes = {
  small: 'size-6 rounded text-xs',
  medium: 'size-9 rounded-md text-base',
  /** As large as a link's picture. */
  picture: 'size-12 rounded-md text-xl',
  large: 'size-14 rounded-lg text-2xl',
};

export interface TileProps {
  name: string;
  size?: keyof typeof sizes;
  /** A person's tile is round. */
  round?: boolean;
  icon?: TypeIconName;
  /** Its owner's choice, such as `#1f57a8`; otherwise one that the name has. */
  colour?: string | null;
  /** The address of a picture that is drawn over it. */
  picture?: string | null;
}

/**
 * A generated picture: colour and initial. Decoration only; the name stands beside it. A picture is drawn as a
 * background, because nothing is drawn for a background that does not come: then the tile shows.
 */
export function Tile({ name, size = 'medium', round = false, icon, colour, picture }: TileProps) {
  const backgroundColor = colour ?? colourOf(name);
  return (
    <span
      aria-hidden="true"
      className={`idle-tile relative grid shrink-0 place-items-center font-semibold uppercase select-none ${sizes[size]} ${round ? 'rounded-full!' : ''}`}
      style={{ backgroundColor, color: inkOn(backgroundColor) }}
    >
      {[...name][0] ?? '?'}
      {picture && (
        <span
          className="absolute inset-0 rounded-[inherit] bg-center bg-cover"
          style={{ backgroundImage: `url(${JSON.stringify(picture)})` }}
        />
      )}
      {icon && (
        <span className="absolute -right-1 -bottom-1 grid size-4.5 place-items-center rounded-full border border-line bg-surface text-muted">
          <TypeIcon name={icon} className="size-3" />
        </span>
      )}
    </span>
  );
}
