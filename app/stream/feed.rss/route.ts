import { streamOutputRoute } from '../../outputs/output-route.ts';

export const GET = streamOutputRoute('feed.rss');
