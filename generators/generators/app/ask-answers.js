/** From what was given to answers that the core takes; what is open is asked, each answer checked by the core. */
import { checkAnswers, listOfferedTargets, questions, settingsOf, UserError } from 'create-grpc-aws';

/**
 * `given`: name, target, settings, the workloads of a config file, and workloads and protos as they were typed. `prompt` is Yeoman's; undefined:
 * nobody is asked. Returns what `renderRepo` takes.
 */
export async function askAnswers(given, prompt) {
  const { name } = given;
  checkAnswers({ name });
  const target = given.target ?? (await askTarget(prompt));
  const settings = { ...given.settings, ...(await askSettings({ name, target, ...given.settings }, prompt)) };
  const { target: checked = target, ...rest } = checkAnswers({ name, target, ...settings });
  const isOpen = [given.configured, given.workloads, given.protos].every((said) => said.length === 0);
  const protos = isOpen ? await askProtos(prompt) : given.protos;
  const { name: _, workloads: __, ...kept } = rest;
  return { name, target: checked, settings: kept, workloads: listWorkloads(name, given, protos) };
}

async function askTarget(prompt) {
  const choices = listOfferedTargets().map(({ id, summary }) => ({ value: id, name: `${id}: ${summary}` }));
  // A choice of one is no question.
  if (choices.length === 1 || prompt === undefined) return choices[0].value;
  return (await prompt([{ type: 'select', name: 'target', message: questions.target.prompt, choices }])).target;
}

async function askSettings(said, prompt) {
  if (prompt === undefined) return {};
  const open = settingsOf(said.target).filter(({ name }) => said[name] === undefined);
  const asked = open.filter(({ question }) => question.prompt !== undefined);
  const options = open.filter(({ question }) => question.option !== undefined);
  const answers = await prompt([
    ...asked.map(({ name, node, question }) => ({
      ...(node.enum && node.enum.length <= 8 ? { type: 'select', choices: node.enum } : { type: 'input' }),
      name,
      message: question.prompt,
      validate: (answer) => explainRefusal({ ...said, [name]: answer }),
    })),
    // What every target takes is no reason to ask of a target that has no options of its own.
    ...(options.every(({ node }) => node.targets === undefined)
      ? []
      : [
          {
            type: 'checkbox',
            name: 'options',
            message: 'Which options? None is needed.',
            choices: options.map(({ name, question }) => ({ value: name, name: question.option })),
          },
        ]),
  ]);
  const { options: chosen = [], ...answered } = answers;
  const switched = options.filter(({ name }) => chosen.includes(name));
  const choosable = switched.filter(({ node }) => listOthers(node).length > 1);
  const chosenValues = await prompt(
    choosable.map(({ name, node, question }) => {
      return { type: 'select', name, message: `${question.option}: which?`, choices: listOthers(node) };
    }),
  );
  const others = switched.map(({ name, node }) => [name, chosenValues[name] ?? listOthers(node)[0]]);
  return { ...answered, ...Object.fromEntries(others) };
}

/** The values of an option that are not the default. */
function listOthers(node) {
  if (node.type === 'boolean') return [!node.default];
  return node.enum.filter((value) => value !== (node.default ?? node.enum[0]));
}

async function askProtos(prompt) {
  if (prompt === undefined) return [];
  const message = `${questions.protos.prompt} None: a sample.`;
  const { protos } = await prompt([{ type: 'input', name: 'protos', message }]);
  return (protos ?? '')
    .split(',')
    .map((path) => path.trim())
    .filter((path) => path !== '');
}

/** Typed are `NAME` or `NAME=PROTO` each, and win over those of a config file; without any there is one, named as the project. */
function listWorkloads(name, { configured, workloads: typed }, protos) {
  if (typed.length === 0 && configured.length > 0) return configured;
  if (typed.length === 0) return [{ name, protos }];
  const split = typed.map((word) => word.split('='));
  const names = [...new Set(split.map(([one]) => one))];
  return names.map((one) => {
    const sources = split.flatMap(([other, ...path]) => (other === one && path.length > 0 ? [path.join('=')] : []));
    const settings = configured.find((workload) => workload.name === one)?.settings;
    return { name: one, protos: names.length === 1 ? [...sources, ...protos] : sources, ...(settings && { settings }) };
  });
}

/** True, or what is wrong in words: as Yeoman's prompts want it. */
function explainRefusal(answers) {
  try {
    checkAnswers(answers);
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.faults.map(({ message, hint }) => (hint ? `${message}. ${hint}` : message)).join('\n');
  }
}
