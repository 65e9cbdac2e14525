/** The flags of the generator: those of the command line, from the same schema. */
import { questions, settings } from 'create-grpc-aws';

/** As Yeoman's `option` takes them. */
export function listOptions() {
  return [
    { name: 'name', type: String, description: 'Name of the project (default: that of the folder)' },
    ...[questions.target, questions.workloads, questions.protos].map(({ flag, help, repeatable }) => ({
      name: flag,
      type: repeatable ? toList : String,
      description: help,
    })),
    ...settings.map(({ name, node, question }) => ({
      name,
      type: node.type === 'boolean' ? Boolean : question.repeatable ? toList : String,
      description: question.help,
    })),
    {
      name: 'config',
      type: String,
      description: 'Answers from a JSON file of the form of grpc-aws.json; flags win over it',
    },
    { name: 'yes', alias: 'y', type: Boolean, description: 'Ask nothing: take the default of everything not given' },
  ];
}

/** Whether it was said once or more often. */
function toList(value) {
  return [value].flat().map(String);
}
