/** The process of the workload boats. */

import { run } from '../../server/index.ts';
import { createTracing } from '../../tracing/tracing.ts';
import boatsService from './boats.v1.BoatsService.ts';
import { settings } from './settings.ts';

run({
  name: 'boats',
  services: [boatsService],
  settings,
  tracing: createTracing(),
});
