/** The process of the workload quarry. */

import { run } from '../../server/index.ts';
import quarryService from './quarry.v1.QuarryService.ts';
import { settings } from './settings.ts';

run({
  name: 'quarry',
  services: [quarryService],
  settings,
});
