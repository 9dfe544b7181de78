import { Dot, Line, Thumbnail } from '../../ui/thumbnail.tsx';

export default function DiscussionThumbnail() {
  return (
    <Thumbnail>
      {[27, 50].map((y) => (
        <g key={y}>
          <Line y={y} width={86} />
          {[10, 17, 24].map((x) => (
            <Dot key={x} x={x} y={y + 7} size={8} round />
          ))}
          <Line x={38} y={y + 9} width={30} />
        </g>
      ))}
    </Thumbnail>
  );
}
