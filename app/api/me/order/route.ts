import { formRoute } from '../../../forms/form-route.ts';
import { orderForm } from '../../../forms/order-form.ts';

/** POST /api/me/order {do: up | down | place | reset, hub, after}: the order of the hubs at the side of one's pages. */
export const POST = formRoute(orderForm);
