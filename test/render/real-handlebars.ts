/** Renders with Handlebars itself, as strictly as it can be, to hold the interpreter to it. */
import Handlebars from 'handlebars';

/** `sources` as `compileTemplates` takes them; the result is the text of the template at `path` (without `.hbs`). */
export function renderWithHandlebars(sources: ReadonlyMap<string, string>, path: string, view: object): string {
  const handlebars = Handlebars.create();
  const options = { strict: true, noEscape: true, knownHelpersOnly: true };
  for (const [name, text] of sources) {
    if (name.startsWith('partials/')) {
      handlebars.registerPartial(name.slice('partials/'.length, -'.hbs'.length), handlebars.compile(text, options));
    }
  }
  return handlebars.compile(sources.get(`${path}.hbs`), options)(view);
}
