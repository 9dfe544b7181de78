import { Line, Thumbnail } from '../../ui/thumbnail.tsx';

export default function AboutThumbnail() {
  return (
    <Thumbnail>
      <Line y={28} width={96} />
      <Line y={37} width={88} />
      <Line y={46} width={100} />
      <Line y={55} width={50} />
    </Thumbnail>
  );
}
