import { Tile, type TileProps } from './tile.tsx';

/**
 * A person's picture over their tile. A picture that does not come leaves the tile: browsers draw nothing for a broken
 * picture whose text is empty.
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
        // biome-ignore lint/performance/noImgElement: it lies with another service; Hubs does not fetch it for the reader
        <img
          src={picture}
          alt=""
          loading="lazy"
          referrerPolicy="no-referrer"
          className="absolute inset-0 size-full object-cover"
        />
      )}
    </span>
  );
}
