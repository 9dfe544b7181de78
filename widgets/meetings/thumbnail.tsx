import { Dot, Line, Thumbnail } from '../../ui/thumbnail.tsx';

export default function MeetingsThumbnail() {
  return (
    <Thumbnail>
      {[0, 1, 2].map((row) => (
        <g key={row}>
          <Dot x={10} y={25 + row * 15} size={9} />
          <Line x={25} y={27 + row * 15} width={48} />
          <Line x={92} y={27 + row * 15} width={18} />
        </g>
      ))}
    </Thumbnail>
  );
}
