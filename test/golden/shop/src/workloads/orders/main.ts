/** The process of the workload orders. */

import { run } from '../../server/index.ts';
import ordersService from './orders.v1.OrdersService.ts';
import { settings } from './settings.ts';

run({
  name: 'orders',
  services: [ordersService],
  settings,
});
