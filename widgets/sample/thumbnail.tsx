import { Line, Thumbnail } from '../../ui/thumbnail.tsx';

export default function SampleThumbnail() {
  return (
    <Thumbnail>
      <Line y={34} width={60} />
      <Line y={44} width={34} />
    </Thumbnail>
  );
}
