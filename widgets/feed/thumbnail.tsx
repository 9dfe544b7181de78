import { Dot, Line, Thumbnail } from '../../ui/thumbnail.tsx';

export default function FeedThumbnail() {
  return (
    <Thumbnail>
      {[25, 41, 57].map((y, row) => (
        <g key={y}>
          <Dot x={10} y={y} size={10} round={row !== 1} />
          <Line x={26} y={y} width={[74, 58, 68][row] ?? 0} />
          <Line x={26} y={y + 6} width={24} />
        </g>
      ))}
    </Thumbnail>
  );
}
