import { Dot, Line, Thumbnail } from '../../ui/thumbnail.tsx';

export default function LibraryThumbnail() {
  return (
    <Thumbnail>
      {[25, 48].map((y) => (
        <g key={y}>
          <Dot x={10} y={y} size={16} />
          <Line x={32} y={y} width={60} />
          <Line x={32} y={y + 6} width={76} />
          <Line x={32} y={y + 12} width={40} />
        </g>
      ))}
    </Thumbnail>
  );
}
