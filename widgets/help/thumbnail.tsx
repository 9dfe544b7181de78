import { Dot, Line, Thumbnail } from '../../ui/thumbnail.tsx';

export default function HelpThumbnail() {
  return (
    <Thumbnail>
      {[26, 48].map((y) => (
        <g key={y}>
          <Line y={y} width={84} />
          <Dot x={10} y={y + 8} size={8} round />
          <Line x={22} y={y + 10} width={36} />
          <rect x="92" y={y + 6} width="18" height="10" rx="3" className="fill-accent-soft stroke-accent" />
        </g>
      ))}
    </Thumbnail>
  );
}
