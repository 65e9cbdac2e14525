/** What generated code is called: the rules of ts-proto 2.18, which seeded and managed files must name exactly. */
import type { Method, Service } from '../contract/contract.ts';

/** `src/gen/orders/v1/orders.ts`, without `src/gen/`: ts-proto drops the first `.proto` of the path (main.ts, moduleName). */
export function nameGeneratedFile(service: Service): string {
  return `${service.file.replace('.proto', '')}.ts`;
}

/** The export of a service's generic definition (generate-generic-service-definition.ts). */
export function nameDefinition(service: Service): string {
  return `${service.name}Definition`;
}

/** A method's key in its definition: the first letter lower, the rest as declared (case.ts, uncapitalize). */
export function nameMethodKey(method: Method): string {
  return lowerFirst(method.name);
}

/**
 * One identifier for each service of a workload, for the imports of its main file: the declared name with a small
 * first letter where that is free, else the full name with underscores, else that with a number.
 */
export function nameImports(services: readonly Service[], taken: Iterable<string>): string[] {
  const used = new Set([...reserved, ...taken]);
  const short = services.map((service) => lowerFirst(service.name));
  const often = new Set(short.filter((name, index) => short.indexOf(name) !== index));
  return services.map((service, index) => {
    const full = service.fullName.replaceAll('.', '_');
    let name = often.has(short[index]!) || used.has(short[index]!) ? full : short[index]!;
    for (let n = 2; used.has(name); n++) name = `${full}_${n}`;
    used.add(name);
    return name;
  });
}

/** Words that no import of a strict-mode module may be called. */
const reserved = [
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends',
  'false finally for function if implements import in instanceof interface let new null package private protected',
  'public return static super switch this throw true try typeof undefined var void while with yield',
].flatMap((line) => line.split(' '));

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
