/** The process of the workload tiles. */

import { run } from '../../server/index.ts';
import tilesService from './tiles.v1.TilesService.ts';
import { settings } from './settings.ts';

run({
  name: 'tiles',
  services: [tilesService],
  settings,
});
