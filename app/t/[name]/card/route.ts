import { outputRoute } from '../../../outputs/output-route.ts';

export const GET = outputRoute('team', 'card');
