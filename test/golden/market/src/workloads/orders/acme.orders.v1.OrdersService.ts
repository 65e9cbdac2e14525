/** acme.orders.v1.OrdersService: a method answers UNIMPLEMENTED until it is written here. */

import { OrdersServiceDefinition } from '../../gen/acme/orders/v1/orders.ts';
import { service, unimplemented } from '../../server/index.ts';

export default service(OrdersServiceDefinition, {
  async placeOrder(request, call) {
    return unimplemented(call);
  },
  async *watchOrder(request, call) {
    yield unimplemented(call);
  },
});
