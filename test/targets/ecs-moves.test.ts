/** What a change between two targets on ECS, or between their two languages, leaves to do by hand. */
import { describe, expect, test } from 'vitest';
import { sampleContract } from '../../src/contract/sample.ts';
import type { FullSpec } from '../../src/spec/fill-settings.ts';
import { ecsPlatform } from '../../src/targets/ecs-moves.ts';
import { findTarget, targets } from '../../src/targets/targets.ts';
import { ecsAlbSpecs } from './ecs-alb-specs.ts';

const [least, full] = ecsAlbSpecs.map(([, spec]) => spec) as [FullSpec, FullSpec];
const nginx = { target: 'ecs-nlb-nginx', listener: 'tls' } as const;
const stacks = { iac: 'cloudformation' } as const;

function take(spec: FullSpec) {
  const contract = sampleContract(spec.workloads.map(({ name }) => name));
  return { spec, topology: findTarget(spec.target).derive(spec, contract) };
}

function listMoves(before: FullSpec, now: FullSpec) {
  return ecsPlatform.listMoves(take(before), take(now));
}

function say(before: FullSpec, now: FullSpec, when?: 'before' | 'after'): string[] {
  return listMoves(before, now)
    .filter((move) => when === undefined || move.when === when)
    .map(({ message }) => message);
}

test('both targets on ECS have one platform, and the one without a cloud has none', () => {
  expect(targets['ecs-alb'].platform).toBe(ecsPlatform);
  expect(targets['ecs-nlb-nginx'].platform).toBe(ecsPlatform);
  expect(targets.local.platform).toBeUndefined();
});

test('nothing is left where nothing changed, in any target and language', () => {
  for (const spec of [least, full, { ...full, ...nginx }, { ...full, ...stacks }, { ...full, ...nginx, ...stacks }])
    expect(listMoves(spec, spec)).toEqual([]);
});

describe('another target, in Terraform', () => {
  const foundation = [
    'terraform -chdir=infra/bootstrap init -backend-config=backend.hcl -backend-config="bucket=$TF_STATE_BUCKET"',
    'terraform -chdir=infra/bootstrap apply',
  ];

  test('from a load balancer of calls to one of connections', () => {
    expect(listMoves(full, { ...full, ...nginx })).toEqual([
      {
        when: 'before',
        message:
          'A load balancer cannot become one of another kind, and the new one has the name of the old one; the roles of the pipeline know one kind alone. So a person destroys the old one, in each environment, right before the change is merged, and the tasks behind it go with it: nobody answers at dev.grpc.example.com, staging.grpc.example.com, grpc.example.com from then until its deploy is over. Where `deletion_protection` is true, which it is unless infra/environments/*.tfvars say otherwise, apply it as false first, and take it back afterwards. Secrets, zone, network, state, images and the servers’ logs stay.',
        commands: [
          'export ENV=prod',
          'terraform -chdir=infra init -reconfigure -backend-config=environments/$ENV.backend.hcl -backend-config="bucket=$TF_STATE_BUCKET"',
          'terraform -chdir=infra apply -var-file=environments/$ENV.tfvars -var image_tag="$(terraform -chdir=infra output -raw image_tag)"',
          'terraform -chdir=infra destroy -target=aws_lb.this -target=aws_lb_target_group.workload -target=aws_s3_bucket.access_logs -var-file=environments/$ENV.tfvars -var image_tag="$(terraform -chdir=infra output -raw image_tag)"',
        ],
      },
      { when: 'before', message: expect.stringMatching(/^Without a gap: deploy a copy/), commands: [] },
      {
        when: 'after',
        message:
          'The roles of the pipeline are bound to the kind of load balancer. Image repositories are new: shop/edge_nginx, which the workflow fills. Apply the foundation before the workflow runs.',
        commands: foundation,
      },
      {
        when: 'after',
        message:
          'Earlier commits have no image of shop/edge_nginx: rolling back to one of them takes `target` back as well.',
        commands: [],
      },
      {
        when: 'after',
        message:
          'What ECS starts, scales and stops as one was orders (server), payments (server), ledger (server), and is shop (orders, payments, ledger, edge_nginx). `scale` in infra/environments/*.tfvars counts these.',
        commands: [],
      },
      {
        when: 'after',
        message:
          'The load balancer cuts what is silent for 350 seconds, where it was 300; a stream without a message ends after 300.',
        commands: [],
      },
      {
        when: 'after',
        message:
          'Connections are spread over tasks, no longer calls: a client stays with one until its connection is 1800 seconds old.',
        commands: [],
      },
      {
        when: 'after',
        message:
          'A task that is replaced keeps its calls for 120 seconds, where it was 30: rollouts take as much longer or shorter.',
        commands: [],
      },
    ]);
  });

  test('and back: the image of nginx is to be deleted, and no rollback is cut off', () => {
    const moves = listMoves({ ...full, ...nginx }, full);
    expect(moves.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^A load balancer cannot become one of another kind/),
      expect.stringMatching(/^Without a gap/),
      'The roles of the pipeline are bound to the kind of load balancer. Apply the foundation before the workflow runs.',
      'No task has shop/edge_nginx any more. Once every environment is deployed, delete the images; Terraform’s foundation cannot while there are any.',
      expect.stringContaining('was shop (orders, payments, ledger, edge_nginx), and is orders (server), payments'),
      'The load balancer cuts what is silent for 300 seconds, where it was 350; a stream without a message ends after 300.',
      'Calls are spread over tasks, no longer connections: a new task has its share at once.',
      expect.stringContaining('for 30 seconds, where it was 120'),
    ]);
    expect(moves[0]?.commands.at(-1)).toMatch(
      /destroy -target=aws_lb\.this -target=aws_lb_target_group\.workload -var-file/,
    );
    expect(moves.flatMap(({ commands }) => commands)).toContain(
      'aws ecr delete-repository --force --repository-name shop/edge_nginx',
    );
  });

  test('without TLS clients dial another port, whether the target changes or only its listener', () => {
    const said =
      'Clients have to dial dev.grpc.example.com, grpc.example.com at port 80 without TLS; it was at port 443 with TLS.';
    const tcp = { ...least, ...nginx, listener: 'tcp' } as const;
    expect(say(least, tcp)).toContain(said);
    expect(say({ ...least, ...nginx }, tcp)).toEqual([said]);
    expect(say(tcp, { ...least, ...nginx })).toEqual([expect.stringContaining('at port 443 with TLS; it was at port')]);
    expect(say(least, { ...least, ...nginx }).join()).not.toContain('Clients have to dial');
  });

  test('with another name or region as well nothing is replaced: all of it is made anew', () => {
    const said = say(least, { ...least, ...nginx, name: 'sales' });
    expect(said[0]).toMatch(/^Nothing that has the name shop comes along/);
    expect(said.join()).not.toContain('A load balancer cannot become');
    expect(said).toContainEqual(expect.stringMatching(/^Connections are spread over tasks/));
  });
});

describe('another target, in CloudFormation', () => {
  const old = { ...least, ...stacks };

  test('each environment is destroyed first, for a name is in the way', () => {
    const [first, second, ...others] = listMoves(old, { ...old, ...nginx });
    expect(first).toEqual({
      when: 'before',
      message: expect.stringContaining(
        'CloudFormation does not replace. Destroy each environment first, dev, prod, and what stays behind of it (docs/runbook.md, Destroy an environment), and have the workflow make it anew: nobody answers at dev.grpc.example.com, grpc.example.com from then until its deploy is over.',
      ),
      commands: [],
    });
    expect(second?.message).toMatch(/^Without a gap/);
    expect(others[0]).toEqual({
      when: 'after',
      message: expect.stringContaining('Image repositories are new: shop/edge_nginx'),
      commands: [
        'aws cloudformation deploy --stack-name shop-bootstrap --template-file infra/bootstrap.yaml --capabilities CAPABILITY_NAMED_IAM',
        'aws cloudformation deploy --stack-name shop-bootstrap-dev --template-file infra/environments/dev.bootstrap.yaml --capabilities CAPABILITY_NAMED_IAM',
        'aws cloudformation deploy --stack-name shop-bootstrap-prod --template-file infra/environments/prod.bootstrap.yaml --capabilities CAPABILITY_NAMED_IAM',
      ],
    });
    expect(others.map(({ message }) => message).join()).not.toMatch(/`scale`|tfvars|Terraform/);
  });

  test('on the way back the images of nginx stay until somebody deletes them', () => {
    expect(say({ ...old, ...nginx }, old)).toContainEqual(
      'No task has shop/edge_nginx any more. The foundation lets go of the images without deleting them; once every environment is deployed, they can go.',
    );
  });
});

describe('another language', () => {
  test('what one tool made is destroyed with it, and the other begins at step 1', () => {
    expect(listMoves(least, { ...least, ...stacks })).toEqual([
      {
        when: 'before',
        message: expect.stringMatching(
          /^What Terraform made is unknown to CloudFormation, .* the same names, .*: dev, prod, then the foundation, and with it images and the bucket of states\. Nobody answers .* Both tools can import .* Secrets stay\.$/,
        ),
        commands: [],
      },
      { when: 'before', message: expect.stringMatching(/^Without a gap/), commands: [] },
      {
        when: 'after',
        message:
          'What infra/environments/*.tfvars said beyond grpc-aws.json (tasks, ranges, addresses) does not come along: write it into infra/environments/*.json. Some values there are empty, and have to be filled in: step 4.',
        commands: [],
      },
      {
        when: 'after',
        message: expect.stringMatching(/^Begin at step 1 .* TF_STATE_BUCKET is of no use to it any more/),
        commands: ['gh variable delete TF_STATE_BUCKET'],
      },
    ]);
  });

  test('and back', () => {
    const moves = listMoves({ ...least, ...stacks }, least);
    expect(moves.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^What CloudFormation made is unknown to Terraform, .* the bucket of templates\./),
      expect.stringMatching(/^Without a gap/),
      expect.stringMatching(/infra\/environments\/\*\.json said .* write it into infra\/environments\/\*\.tfvars\.$/),
      expect.stringMatching(/TEMPLATES_BUCKET is of no use/),
    ]);
    expect(moves.at(-1)?.commands).toEqual(['gh variable delete TEMPLATES_BUCKET']);
  });

  test('a zone that was made can stay, with its delegation', () => {
    expect(listMoves(full, { ...full, ...stacks })[1]).toEqual({
      when: 'before',
      message:
        'The zone example.com can stay, and its delegation with it: have Terraform forget it before you destroy the foundation, and set `dns` to existing in grpc-aws.json.',
      commands: [
        'terraform -chdir=infra/bootstrap init -backend-config=backend.hcl -backend-config="bucket=$TF_STATE_BUCKET"',
        'terraform -chdir=infra/bootstrap state rm aws_route53_zone.this',
      ],
    });
    expect(say(full, { ...full, ...stacks, dns: 'existing' })[1]).toMatch(/destroy the foundation\.$/);
    expect(say({ ...full, ...stacks }, full)[1]).toContain('step 1 of the new docs/runbook.md imports it');
    expect(say({ ...full, ...stacks }, { ...full, dns: 'existing' })[1]).toMatch(/its delegation with it\.$/);
  });

  test('with another target too, only what clients notice is said of that', () => {
    const said = say(least, { ...least, ...nginx, ...stacks, domain: 'rpc.example.com' });
    expect(said[0]).toMatch(/^What Terraform made/);
    expect(said.join()).not.toMatch(/cannot become|Apply the foundation|`scale`/);
    expect(said).toContainEqual(expect.stringMatching(/^Clients have to dial the new names/));
    expect(said).toContainEqual(expect.stringMatching(/^Connections are spread over tasks/));
  });
});

describe('a changed answer, in CloudFormation', () => {
  const old = { ...least, ...stacks };
  const change = (answers: Partial<FullSpec>, from: FullSpec = old) => listMoves(from, { ...from, ...answers });

  test('no sentence and no command is Terraform’s', () => {
    const changes: Partial<FullSpec>[] = [
      { region: 'us-east-1' },
      { network: 'existing' },
      { internal: true },
      { alarms: true },
      { dns: 'create' },
      { domain: 'grpc.other.io', zone: 'other.io' },
      { environments: ['dev', 'test', 'live'] },
      { workloads: [...least.workloads, { ...least.workloads[0]!, name: 'billing' }] },
      { workloads: [{ ...least.workloads[0]!, name: 'sales' }] },
      { arch: 'arm64' },
    ];
    for (const one of changes) {
      const moves = change(one);
      expect(moves.length).toBeGreaterThan(0);
      const text = JSON.stringify(moves);
      expect(text).not.toMatch(/terraform|tfvars|TF_STATE|vpc_tags|alarm_emails|deletion_protection/i);
    }
  });

  test('an environment more takes its own bootstrap and the account’s', () => {
    expect(change({ environments: ['dev', 'test', 'prod'] })[0]?.commands).toEqual([
      expect.stringContaining('--stack-name shop-bootstrap --template-file infra/bootstrap.yaml'),
      expect.stringContaining(
        '--stack-name shop-bootstrap-test --template-file infra/environments/test.bootstrap.yaml',
      ),
    ]);
  });

  test('a zone that is no longer made is taken by its id, and another one is taken by nobody while stacks stand', () => {
    const made = { ...old, dns: 'create' } as const;
    expect(change({ dns: 'existing' }, made)).toEqual([
      {
        when: 'after',
        message: 'The zone stays, and the foundation takes it by its id.',
        commands: [
          'aws cloudformation deploy --stack-name shop-bootstrap --template-file infra/bootstrap.yaml --capabilities CAPABILITY_NAMED_IAM --parameter-overrides HostedZoneId="$(aws cloudformation describe-stacks --stack-name shop-bootstrap --query \'Stacks[0].Outputs[?OutputKey==`HostedZoneId`].OutputValue\' --output text)"',
        ],
      },
    ]);
    expect(say(old, { ...old, zone: 'other.io', domain: 'grpc.other.io' }, 'before')).toEqual([
      expect.stringMatching(/no other zone while they stand/),
    ]);
    expect(say(old, { ...old, dns: 'create' }, 'after')).toEqual([
      expect.stringMatching(/takes over none that is there/),
    ]);
  });

  test('a workload that left leaves logs and images', () => {
    const two = { ...old, workloads: [...old.workloads, { ...old.workloads[0]!, name: 'billing' }] };
    expect(listMoves(two, old)).toEqual([
      {
        when: 'after',
        message:
          'The next deploy destroys what ran billing. Its logs (/shop/ENVIRONMENT/billing) and its image repository stay until somebody deletes them.',
        commands: ['aws ecr delete-repository --force --repository-name shop/billing'],
      },
    ]);
  });
});
