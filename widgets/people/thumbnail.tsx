import { Dot, Line, Thumbnail } from '../../ui/thumbnail.tsx';

export default function PeopleThumbnail() {
  return (
    <Thumbnail>
      {[26, 48].map((y) =>
        [10, 64].map((x) => (
          <g key={x}>
            <Dot x={x} y={y} size={14} round />
            <Line x={x + 19} y={y + 5} width={27} />
          </g>
        )),
      )}
    </Thumbnail>
  );
}
