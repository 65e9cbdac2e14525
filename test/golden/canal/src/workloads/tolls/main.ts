/** The process of the workload tolls. */

import { run } from '../../server/index.ts';
import { createTracing } from '../../tracing/tracing.ts';
import tollsService from './tolls.v1.TollsService.ts';
import { settings } from './settings.ts';

run({
  name: 'tolls',
  services: [tollsService],
  settings,
  tracing: createTracing(),
});
