/** The process of the workload bellows. */

import { run } from '../../server/index.ts';
import bellowsService from './bellows.v1.BellowsService.ts';
import { settings } from './settings.ts';

run({
  name: 'bellows',
  services: [bellowsService],
  settings,
});
