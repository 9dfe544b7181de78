import { Line, Thumbnail } from '../../ui/thumbnail.tsx';

export default function StatsThumbnail() {
  return (
    <Thumbnail>
      {[12, 47, 82].map((x) => (
        <g key={x}>
          <rect x={x} y="32" width="20" height="12" rx="2" className="fill-accent" />
          <Line x={x} y={50} width={26} />
        </g>
      ))}
    </Thumbnail>
  );
}
