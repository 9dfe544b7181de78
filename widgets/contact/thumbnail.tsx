import { Dot, Line, Thumbnail } from '../../ui/thumbnail.tsx';

export default function ContactThumbnail() {
  return (
    <Thumbnail>
      {[27, 38, 49, 60].map((y, index) => (
        <g key={y}>
          <Dot x={10} y={y - 1} size={6} round />
          <Line x={24} y={y} width={[60, 44, 76, 30][index] ?? 40} />
        </g>
      ))}
    </Thumbnail>
  );
}
