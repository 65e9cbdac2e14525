/** The process of the workload billing. */

import { run } from '../../server/index.ts';
import billingService from './billing.v1.BillingService.ts';
import { settings } from './settings.ts';

run({
  name: 'billing',
  services: [billingService],
  settings,
});
