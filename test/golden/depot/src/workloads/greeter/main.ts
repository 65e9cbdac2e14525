/** The process of the workload greeter. */

import { run } from '../../server/index.ts';
import { createTracing } from '../../tracing/tracing.ts';
import greeterService from './greeter.v1.GreeterService.ts';
import { settings } from './settings.ts';

run({
  name: 'greeter',
  services: [greeterService],
  settings,
  tracing: createTracing(),
});
