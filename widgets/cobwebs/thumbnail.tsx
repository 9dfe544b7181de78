import { Line, Thumbnail } from '../../ui/thumbnail.tsx';

export default function CobwebsThumbnail() {
  return (
    <Thumbnail>
      <path
        d="M10 26v34M10 26l14 30M10 26l26 20M10 26h34M10 38q7-1 12-12M10 50q16-4 24-24"
        fill="none"
        stroke="currentColor"
      />
      <Line x={52} y={34} width={56} />
      <Line x={52} y={44} width={40} />
    </Thumbnail>
  );
}
