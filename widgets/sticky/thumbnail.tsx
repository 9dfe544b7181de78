import { Line, Thumbnail } from '../../ui/thumbnail.tsx';

export default function StickyThumbnail() {
  return (
    <Thumbnail>
      <rect x="8" y="25" width="104" height="38" rx="3" className="fill-accent-soft" />
      <rect x="8" y="25" width="3" height="38" className="fill-accent" />
      <Line x={18} y={32} width={84} />
      <Line x={18} y={41} width={76} />
      <Line x={18} y={50} width={40} />
    </Thumbnail>
  );
}
