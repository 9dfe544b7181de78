import { Dot, Line, Thumbnail } from '../../ui/thumbnail.tsx';

export default function RulesThumbnail() {
  return (
    <Thumbnail>
      <Line y={26} width={70} />
      {[0, 1].map((column) => (
        <g key={column}>
          <Dot x={10 + column * 52} y={36} size={9} round />
          <Line x={23 + column * 52} y={39} width={26} />
        </g>
      ))}
      <Line y={52} width={96} />
      <Line y={60} width={48} />
    </Thumbnail>
  );
}
