/** The process of the workload reeds. */

import { run } from '../../server/index.ts';
import { createTracing } from '../../tracing/tracing.ts';
import reedsService from './reeds.v1.ReedsService.ts';
import { settings } from './settings.ts';

run({
  name: 'reeds',
  services: [reedsService],
  settings,
  tracing: createTracing(),
});
