/** The process of the workload harbor. */

import { run } from '../../server/index.ts';
import harborService from './harbor.v1.HarborService.ts';
import { settings } from './settings.ts';

run({
  name: 'harbor',
  services: [harborService],
  settings,
});
