import { Tile, type TileProps } from './tile.tsx';

/**
 * A person's picture over their tile. It is drawn as a background, because nothing is drawn for a background that does
 * not come: then the tile shows.
 */
export function Avatar({
  name,
  picture,
  size = 'medium',
}: Pick<TileProps, 'name' | 'size'> & { picture: string | null }) {
  return (
    <span className="relative inline-block shrink-0 overflow-hidden rounded-full">
      <Tile name={name} size={size} round />
      {picture && (
        <span
          aria-hidden="true"
          className="absolute inset-0 bg-center bg-cover"
          style={{ backgroundImage: `url(${JSON.stringify(picture)})` }}
        />
      )}
    </span>
  );
}
