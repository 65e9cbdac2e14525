/** What another target on ECS asks of an AWS account whose repo had one there: its load balancer, its tasks, its clients. */
import { nameHost } from '../spec/domain-names.ts';
import type { FullSpec } from '../spec/fill-settings.ts';
import type { Topology } from '../topology/model.ts';
import { applyCommand, initCommand, moveWords } from './ecs-move-words.ts';
import type { Move } from './move.ts';

export interface EcsStand {
  spec: FullSpec;
  topology: Topology;
}

type Rule = (before: EcsStand, now: EcsStand) => readonly Move[];

/** Of a change of target within one language; what has another name or region is made anew, which is said elsewhere. */
export const listEdgeMoves: Rule = (before, now) => {
  const [old, next] = [before.spec, now.spec];
  if (old.target === next.target || old.name !== next.name || old.region !== next.region) return [];
  return edgeRules.flatMap((rule) => rule(before, now));
};

/** Whatever else changed: what clients have to do, or notice. */
export const listWhatClientsSee: Rule = (before, now) => clientRules.flatMap((rule) => rule(before, now));

/** A copy has names of its own, so both can stand in one account. */
export const deployBeside: Move = {
  when: 'before',
  message:
    'Without a gap: deploy a copy of this repo beside it, with another `name` and `domain` in grpc-aws.json, have clients dial that one, and destroy this one then.',
  commands: [],
};

const replaceBalancer: Rule = (before, { spec }) => {
  const fact = 'A load balancer cannot become one of another kind, and the new one has the name of the old one';
  const gap = `nobody answers at ${listHosts(spec)} from then until its deploy is over`;
  if (spec.iac === 'terraform')
    return [
      {
        when: 'before',
        message: `${fact}; the roles of the pipeline know one kind alone. So a person destroys the old one, in each environment, right before the change is merged, and the tasks behind it go with it: ${gap}. Where \`deletion_protection\` is true, which it is unless infra/environments/*.tfvars say otherwise, apply it as false first, and take it back afterwards. Secrets, zone, network, state, images and the servers’ logs stay.`,
        commands: [`export ENV=${spec.environments.at(-1)}`, initCommand, applyCommand, destroyBalancer(before)],
      },
      deployBeside,
    ];
  return [
    {
      when: 'before',
      message: `${fact}, which CloudFormation does not replace. Destroy each environment first, ${spec.environments.join(', ')}, and what stays behind of it (docs/runbook.md, Destroy an environment), and have the workflow make it anew: ${gap}. Secrets, zone and images stay; a network that the environment made goes with it.`,
      commands: [],
    },
    deployBeside,
  ];
};

/**
 * Its target groups too: one of gRPC has a matcher, which Terraform would carry over into one of connections and then refuse.
 * One that balances calls writes its log into a bucket, which the other one's roles may not touch either.
 */
function destroyBalancer(stand: EcsStand): string {
  const bucket = spreadsConnections(stand) ? '' : ' -target=aws_s3_bucket.access_logs';
  return `terraform -chdir=infra destroy -target=aws_lb.this -target=aws_lb_target_group.workload${bucket} -var-file=environments/$ENV.tfvars -var image_tag="$(terraform -chdir=infra output -raw image_tag)"`;
}

/** Roles are bound to a kind of load balancer, and what is new in a task has an image of its own. */
const applyFoundation: Rule = (before, now) => {
  const added = listCompanions(now).filter((image) => !listCompanions(before).includes(image));
  const images =
    added.length === 0 ? '' : ` Image repositories are new: ${added.join(', ')}, which the workflow fills.`;
  const message = `The roles of the pipeline are bound to the kind of load balancer.${images} Apply the foundation before the workflow runs.`;
  return [{ when: 'after', message, commands: moveWords[now.spec.iac].applyFoundation(now.spec) }];
};

const rollBackNoFurther: Rule = (before, now) => {
  const added = listCompanions(now).filter((image) => !listCompanions(before).includes(image));
  if (added.length === 0) return [];
  const message = `Earlier commits have no image of ${added.join(', ')}: rolling back to one of them takes \`target\` back as well.`;
  return [{ when: 'after', message, commands: [] }];
};

/** Terraform destroys no repository that has images, and CloudFormation none at all. */
const leaveImages: Rule = (before, now) => {
  const gone = listCompanions(before).filter((image) => !listCompanions(now).includes(image));
  if (gone.length === 0) return [];
  const commands = gone.map((image) => `aws ecr delete-repository --force --repository-name ${image}`);
  const message = `No task has ${gone.join(', ')} any more. Once every environment is deployed, delete the images; Terraform’s foundation cannot while there are any.`;
  const kept = `No task has ${gone.join(', ')} any more. The foundation lets go of the images without deleting them; once every environment is deployed, they can go.`;
  return [{ when: 'after', message: now.spec.iac === 'terraform' ? message : kept, commands }];
};

const regroupTasks: Rule = (before, now) => {
  const [old, next] = [describeTasks(before), describeTasks(now)];
  if (old === next) return [];
  const { bounds, values } = moveWords[now.spec.iac];
  const message = `What ECS starts, scales and stops as one was ${old}, and is ${next}. ${bounds} in ${values} counts these.`;
  return [{ when: 'after', message, commands: [] }];
};

const changeDoor: Rule = (before, now) => {
  const [old, next] = [describeDoor(before), describeDoor(now)];
  if (old === next) return [];
  const message = `Clients have to dial ${listHosts(now.spec)} ${next}; it was ${old}.`;
  return [{ when: 'after', message, commands: [] }];
};

const changePatience: Rule = (before, now) => {
  const [old, next] = [edgeOf(before).listeners[0]!.idle, edgeOf(now).listeners[0]!.idle];
  if (old === next) return [];
  const message = `The load balancer cuts what is silent for ${next} seconds, where it was ${old}; a stream without a message ends after ${findPatience(now)}.`;
  return [{ when: 'after', message, commands: [] }];
};

const changeSpreading: Rule = (before, now) => {
  if (spreadsConnections(before) === spreadsConnections(now)) return [];
  const age = Math.min(...listInner(now).map(({ connection }) => connection.maxAge));
  const message = spreadsConnections(now)
    ? `Connections are spread over tasks, no longer calls: a client stays with one until its connection is ${age} seconds old.`
    : 'Calls are spread over tasks, no longer connections: a new task has its share at once.';
  return [{ when: 'after', message, commands: [] }];
};

const changeLeaving: Rule = (before, now) => {
  const delay = (stand: EcsStand) => edgeOf(stand).backends[0]?.deregistration;
  if (delay(before) === delay(now)) return [];
  const message = `A task that is replaced keeps its calls for ${delay(now)} seconds, where it was ${delay(before)}: rollouts take as much longer or shorter.`;
  return [{ when: 'after', message, commands: [] }];
};

const edgeRules: readonly Rule[] = [replaceBalancer, applyFoundation, rollBackNoFurther, leaveImages, regroupTasks];
const clientRules: readonly Rule[] = [changeDoor, changePatience, changeSpreading, changeLeaving];

function edgeOf({ topology }: EcsStand): Topology['edges'][number] {
  return topology.edges[0]!;
}

function spreadsConnections(stand: EcsStand): boolean {
  return edgeOf(stand).backends.some(({ balancing }) => balancing === 'flow');
}

function listHosts({ environments, domain }: FullSpec): string {
  return environments.map((name) => nameHost(name, environments, domain)).join(', ');
}

function describeDoor(stand: EcsStand): string {
  const { port, tls } = edgeOf(stand).listeners[0]!;
  return `at port ${port} ${tls === undefined ? 'without TLS' : 'with TLS'}`;
}

/** Images of containers that are no servers. */
function listCompanions({ topology }: EcsStand): string[] {
  const containers = topology.workloads.flatMap((workload) => workload.containers);
  return containers.filter(({ runs }) => runs.kind !== 'server').map(({ image }) => image);
}

function describeTasks({ topology }: EcsStand): string {
  return topology.workloads
    .map(({ name, containers }) => `${name} (${containers.map((container) => container.name).join(', ')})`)
    .join(', ');
}

/** Behind the edge. */
function listInner({ topology }: EcsStand) {
  const containers = topology.workloads.flatMap((workload) => workload.containers);
  return containers.map(({ runs }) => (runs.kind === 'server' ? runs : runs.listeners[0]!));
}

/** The edge's, or that of a proxy behind it, whichever is over first. */
function findPatience(stand: EcsStand): number {
  const inner = listInner(stand).flatMap((listener) => ('idle' in listener ? [listener.idle] : []));
  return Math.min(edgeOf(stand).listeners[0]!.idle, ...inner);
}
