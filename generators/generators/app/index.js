/**
 * The Yeoman door: asks what the core's schema asks, has the core render the repo, and writes it through Yeoman's own
 * file system, whose rules hold for what stands in the way.
 */
import { basename } from 'node:path';
import { openProtoDisk, renderRepo, settings, toolVersion } from 'create-grpc-aws';
import templates from 'create-grpc-aws/templates.json' with { type: 'json' };
import Generator from 'yeoman-generator';
import { askAnswers } from './ask-answers.js';
import { listOptions } from './list-options.js';
import { readConfig } from './read-config.js';
import { showHints } from './show-hints.js';

export default class GrpcAwsGenerator extends Generator {
  constructor(args, options, features) {
    super(args, options, features);
    for (const { name, ...described } of listOptions()) this.option(name, described);
  }

  async prompting() {
    this.answers = await showHints(() => this.#gatherAnswers());
  }

  async #gatherAnswers() {
    const { config, workload = [], proto = [], yes = false } = this.options;
    const { workloads: configured, ...answers } = readConfig(config, this.destinationRoot());
    const names = settings.map(({ name }) => name);
    const said = { ...answers, ...pick(['name', 'target', ...names], this.options) };
    const given = {
      name: basename(this.destinationRoot()),
      ...pick(['name', 'target'], said),
      settings: pick(names, said),
      configured,
      workloads: workload,
      protos: proto,
    };
    return askAnswers(given, yes ? undefined : (questions) => this.prompt(questions));
  }

  async writing() {
    // A generator comes with the core of its own version from one registry; what is said goes as on the command line.
    const packageReference = process.env.GRPC_AWS_PACKAGE || toolVersion;
    const request = { ...this.answers, packageReference };
    const ports = { protoDisk: openProtoDisk(this.destinationRoot()), templates, toolVersion };
    const { tree } = await showHints(() => renderRepo(request, ports));
    for (const [path, { text, executable }] of tree) {
      this.fs.write(this.destinationPath(path), text, { stat: { mode: executable ? 0o100755 : 0o100644 } });
    }
  }
}

/** Those that were said. */
function pick(names, answers) {
  return Object.fromEntries(names.filter((name) => answers[name] !== undefined).map((name) => [name, answers[name]]));
}
