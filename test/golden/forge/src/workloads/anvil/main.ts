/** The process of the workload anvil. */

import { run } from '../../server/index.ts';
import anvilService from './anvil.v1.AnvilService.ts';
import { settings } from './settings.ts';

run({
  name: 'anvil',
  services: [anvilService],
  settings,
});
