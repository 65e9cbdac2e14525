/** The process of the workload hostile. */

import { run } from '../../server/index.ts';
import client from './hostile.constructor.Client.ts';
import object_ from './hostile.constructor.Object_.ts';
import service from './hostile.constructor.Service.ts';
import constructor_ from './hostile.constructor.constructor_.ts';
import { settings } from './settings.ts';

run({
  name: 'hostile',
  services: [client, object_, service, constructor_],
  settings,
});
