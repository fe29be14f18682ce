// Rule `page/syntax`: the file uses only the language that every oldest browser can parse.
//
// The typed parser accepts newer syntax without an error, so the file is parsed
// again by ESLint's own parser, which has a version limit. One unknown word
// prevents the start of the whole page in an old browser.
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
