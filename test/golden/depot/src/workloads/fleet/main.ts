/** The process of the workload fleet. */

import { run } from '../../server/index.ts';
import { createTracing } from '../../tracing/tracing.ts';
import empty from './billing.Empty.ts';
import invoices from './billing.Invoices.ts';
import payments from './billing.Payments.ts';
import vehicleService from './fleet.v1.VehicleService.ts';
import wheelService from './fleet.v1.parts.WheelService.ts';
import partsService from './parts.PartsService.ts';
import { settings } from './settings.ts';

run({
  name: 'fleet',
  services: [empty, invoices, payments, vehicleService, wheelService, partsService],
  settings,
  tracing: createTracing(),
});
