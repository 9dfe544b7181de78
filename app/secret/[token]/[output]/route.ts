import { readBySecret } from '../../../outputs/output-route.ts';
import { getStores } from '../../../stores.ts';

/** GET /secret/<word>/feed.atom: an output of the hub that the secret link opens. */
export const GET = async (
  request: Request,
  { params }: { params: Promise<{ token: string; output: string }> },
): Promise<Response> => readBySecret(getStores(), request, await params);
