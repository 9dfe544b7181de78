import { Tile, type TileProps } from './tile.tsx';

/** A person's picture over their tile. */
export const Avatar = ({
  name,
  picture,
  size,
}: Pick<TileProps, 'name' | 'size'> & { picture: string | null }) => (
  <Tile name={name} picture={picture} round {...(size ? { size } : {})} />
);
