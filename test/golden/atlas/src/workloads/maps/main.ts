/** The process of the workload maps. */

import { run } from '../../server/index.ts';
import mapsService from './maps.v1.MapsService.ts';
import { settings } from './settings.ts';

run({
  name: 'maps',
  services: [mapsService],
  settings,
});
