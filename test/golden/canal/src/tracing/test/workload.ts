/** The workload that lifecycle.test.ts runs. */

import { run } from '../../server/index.ts';
import { echo } from '../../server/test/echo.ts';
import { createTracing } from '../tracing.ts';

run({ name: 'test', services: [echo()], tracing: createTracing() });
