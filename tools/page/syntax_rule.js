// Rule `page/syntax`: the file is of the language that every oldest browser reads.
//
// The parser that knows types reads newer language than that without a word, so the file is read
// once more by ESLint's own parser, which can be told where to stop. One word that a browser does
// not know keeps the whole page from starting in it.
import { parse } from 'espree';

/** Option: {ecmaVersion, sourceType} as ESLint has them.
 *  @type {import('eslint').Rule.RuleModule} */
export const syntaxRule = {
  meta: { type: 'problem', schema: [{ type: 'object' }], messages: { newer: 'newer than ES{{version}}: {{problem}}' } },
  create(context) {
    const [options] = context.options;
    return {
      Program() {
        try {
          parse(context.sourceCode.text, options);
        } catch (error) {
          const loc = { line: error.lineNumber, column: Math.max(0, error.column - 1) };
          context.report({ loc, messageId: 'newer', data: { version: options.ecmaVersion, problem: error.message } });
        }
      },
    };
  },
};
