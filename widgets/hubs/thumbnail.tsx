import { Dot, Line, Thumbnail } from '../../ui/thumbnail.tsx';

export default function HubsThumbnail() {
  return (
    <Thumbnail>
      {[26, 41, 56].map((y) => (
        <g key={y}>
          <Dot x={10} y={y} />
          <Line x={26} y={y} width={56} />
          <Line x={26} y={y + 6} width={28} />
        </g>
      ))}
    </Thumbnail>
  );
}
