/** The process of the workload locks. */

import { run } from '../../server/index.ts';
import { createTracing } from '../../tracing/tracing.ts';
import locksService from './locks.v1.LocksService.ts';
import { settings } from './settings.ts';

run({
  name: 'locks',
  services: [locksService],
  settings,
  tracing: createTracing(),
});
