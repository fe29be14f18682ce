// How the page's JavaScript and CSS are checked: `make check` runs this and tsc.
// docs/decisions/0016-javascript-is-checked.md says why these tools and these browsers.
import { fileURLToPath } from 'node:url';

import css from '@eslint/css';
import js from '@eslint/js';
import globals from 'globals';
import noUnsanitized from 'eslint-plugin-no-unsanitized';
import { parser } from 'typescript-eslint';

import { apiRule } from './tools/page/api_rule.js';
import { cssRule } from './tools/page/css_rule.js';
import { syntaxRule } from './tools/page/syntax_rule.js';

const PAGE = 'bot/channels/web/static';
// They run before the page's modules: theme.js at once, old.js even where there are no modules.
const THEME = `${PAGE}/theme.js`;
const OLD = `${PAGE}/old.js`;

const page = { rules: { api: apiRule, css: cssRule, syntax: syntaxRule } };

const STRICT = {
  'array-callback-return': 'error',
  'consistent-return': 'error',
  'default-case-last': 'error',
  eqeqeq: 'error',
  'no-alert': 'error',
  'no-console': 'error',
  'no-else-return': 'error',
  'no-eval': 'error',
  'no-extend-native': 'error',
  'no-implicit-globals': 'error',
  'no-implied-eval': 'error',
  'no-new-func': 'error',
  'no-param-reassign': 'error',
  'no-return-assign': 'error',
  'no-script-url': 'error',
  'no-self-compare': 'error',
  'no-sequences': 'error',
  'no-shadow': 'error',
  'no-throw-literal': 'error',
  'no-unused-expressions': 'error',
  'no-unused-vars': 'error',
  'no-use-before-define': ['error', { functions: false, classes: false, variables: false }],
  'no-useless-return': 'error',
  'prefer-promise-reject-errors': 'error',
};
const MODERN = { 'no-var': 'error', 'object-shorthand': 'error', 'prefer-const': 'error', 'prefer-template': 'error' };

// In ES2020 and yet missing in iOS 14: the parser cannot know.
const NOT_IN_IOS_14 = [
  { selector: 'Literal[regex.pattern=/\\(\\?<[=!]/]', message: 'iOS before 16.4 does not know lookbehind.' },
  { selector: 'ExportAllDeclaration[exported]', message: 'iOS before 14.5 does not know `export * as`.' },
];

/** The newest language that a file may be written in. */
function language(ecmaVersion, sourceType) {
  return { 'page/syntax': ['error', { ecmaVersion, sourceType }] };
}

// Missing in an oldest browser, and nothing is lost without it.
const DECORATION = {
  'color-scheme': 'form controls and scroll bars stay light; every text has a colour of its own',
  'scrollbar-color': 'the scroll bar keeps the colours of the system',
  'scrollbar-width': 'the scroll bar keeps its own width',
  'overscroll-behavior': 'the page bounces at the end of the conversation',
  'scroll-behavior': 'set only to switch off what such a browser does not do',
  'text-wrap': 'lines of a heading break unevenly',
  ':focus-visible': 'the browser draws its own ring around what has the focus',
  'font-family': 'the next of the faces is taken',
  cursor: 'a phone has no pointer',
  resize: 'a phone has no handle to resize with',
};

export default [
  { ignores: ['.venv/', 'node_modules/', 'var/', 'build/', 'dist/', 'docs/', 'htmlcov/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { files: ['**/*.js'], ...js.configs.recommended },
  { files: ['**/*.js'], rules: { ...STRICT, ...MODERN } },
  {
    files: [`${PAGE}/*.js`],
    plugins: { page, 'no-unsanitized': noUnsanitized },
    languageOptions: {
      parser,
      globals: globals.browser,
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: fileURLToPath(new URL('.', import.meta.url)) },
    },
    rules: {
      'page/api': 'error',
      'no-unsanitized/method': 'error',
      'no-unsanitized/property': 'error',
      'no-restricted-syntax': ['error', ...NOT_IN_IOS_14],
    },
  },
  { files: [`${PAGE}/*.js`], ignores: [THEME, OLD], rules: language(2020, 'module') },
  { files: [THEME], languageOptions: { sourceType: 'script' }, rules: language(2020, 'script') },
  {
    // Read by browsers of any age: it is what tells them that they are too old.
    files: [OLD],
    languageOptions: { sourceType: 'script' },
    rules: { ...language(5, 'script'), 'no-var': 'off', 'prefer-template': 'off', 'object-shorthand': 'off' },
  },
  { files: ['*.js', 'tools/**/*.js'], languageOptions: { globals: globals.node } },
  {
    files: [`${PAGE}/*.css`],
    plugins: { css, page },
    language: 'css/css',
    rules: {
      ...css.configs.recommended.rules,
      'css/use-baseline': 'off', // whole years instead of browsers; page/css asks for ours
      'css/no-invalid-properties': ['error', { allowUnknownVariables: true }],
      'page/css': ['error', { dispensable: DECORATION }],
    },
  },
];
