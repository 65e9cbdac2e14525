/** The process of the workload silt. */

import { run } from '../../server/index.ts';
import { createTracing } from '../../tracing/tracing.ts';
import siltService from './silt.v1.SiltService.ts';
import { settings } from './settings.ts';

run({
  name: 'silt',
  services: [siltService],
  settings,
  tracing: createTracing(),
});
