import { Dot, Line, Thumbnail } from '../../ui/thumbnail.tsx';

export default function RequestsThumbnail() {
  return (
    <Thumbnail>
      {[30, 54].map((y) => (
        <g key={y}>
          <Dot x={10} y={y - 3} size={10} round />
          <Line x={26} y={y} width={60} />
          <Line x={92} y={y} width={14} />
        </g>
      ))}
    </Thumbnail>
  );
}
