/** Facts about tasks whose servers share what stands beside them: who logs where, who is measured, who is watched. */
import { parse } from 'yaml';
import { readContainers, readVariables } from '../facts/tasks.ts';
import { findEntry, listPlaces, listServers } from '../places.ts';
import { compareSets, valueAt } from '../plan.ts';
import type { OwnFact } from './own-facts.ts';

export const ownTaskFacts: readonly OwnFact[] = [
  {
    id: 'own/logs-apart',
    fact: 'Each container of this repo logs to a group of its own, and a sidecar to that of the container that calls enter by',
    check: (proof) =>
      readContainers(proof).flatMap(({ address, index: task, values }) => {
        const name = String(valueAt(values, 'name'));
        const own = listPlaces(proof).find((place) => place.task.name === task && place.container.name === name);
        const wanted = `/${proof.spec.name}/${proof.environment}/${(own ?? findEntry(proof, task)).image}`;
        const options = valueAt(values, 'logConfiguration.options');
        const found = valueAt(options, 'log_group_name') ?? valueAt(options, 'awslogs-group');
        return found === wanted ? [] : [`${address} logs to ${found}`];
      }),
  },
  {
    id: 'own/scraped',
    fact: 'The collector of a task asks each of its servers for metrics, where that server serves them',
    check: (proof) =>
      proof.topology.workloads.flatMap(({ name: task }) => {
        const collector = readContainers(proof).find(({ address }) => address === `${task} collector`);
        if (collector === undefined) return proof.spec.telemetry ? [`${task} has no collector`] : [];
        const told = (valueAt(collector.values, 'environment') ?? []) as { name: string; value: string }[];
        const variable = (wanted: string) => told.find(({ name }) => name === wanted)?.value;
        const configuration: unknown = parse(variable('AOT_CONFIG_CONTENT') ?? '');
        const jobs = (valueAt(configuration, 'receivers.prometheus.config.scrape_configs') ?? []) as unknown[];
        return compareSets(
          `what the collector of ${task} asks`,
          jobs.map((job) => {
            const name =
              valueAt(job, 'job_name') === '${env:WORKLOAD}' ? variable('WORKLOAD') : valueAt(job, 'job_name');
            return `${name} ${valueAt(job, 'static_configs.0.targets.0')}`;
          }),
          listServers(proof)
            .filter((place) => place.task.name === task)
            .map(({ image }) => `${image} 127.0.0.1:${readVariables(proof, image).METRICS_PORT ?? '9464'}`),
        );
      }),
  },
  {
    id: 'own/watched',
    fact: 'A rollout watches the faults of every server of its task',
    check: (proof) =>
      proof.plan.of('aws_ecs_service').flatMap(({ address, index: task, values }) =>
        compareSets(
          `what ${address} watches`,
          (valueAt(values, 'alarms.0.alarm_names') ?? []) as string[],
          listServers(proof)
            .filter((place) => proof.spec.alarms && place.task.name === task)
            .map(({ image }) => `${proof.name}-${image}-faults`),
        ),
      ),
  },
];
