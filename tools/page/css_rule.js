// Rule `page/css`: no property, value, unit, function, selector or at-rule that an oldest browser
// lacks, unless an older declaration comes before it or `@supports` encloses it.
import { data, withoutIt } from './oldest.js';

const DYNAMIC = /^(?:[\d.]+)?d(?:vh|vw|vmin|vmax|vi|vb)$/;
const OTHER_NEW_UNITS = /^(?:[\d.]+)?(?:s|l)(?:vh|vw|vmin|vmax|vi|vb)$/;
const CONTAINER = /^(?:[\d.]+)?cq(?:w|h|i|b|min|max)$/;
// A feature for one engine is not required of the others.
const PREFIX = /^-(?:webkit|moz|ms)-/;
const GAP = /^(?:row-|column-)?gap$/;

/** Options: {dispensable: {name: reason}}, what may be missing because nothing is lost without it.
 *  @type {import('eslint').Rule.RuleModule} */
export const cssRule = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object', properties: { dispensable: { type: 'object' } } }],
    messages: { old: '{{name}} is missing in {{browsers}}' },
  },
  create(context) {
    const dispensable = context.options[0]?.dispensable ?? {};
    const supports = [];
    const report = (node, name, feature) => {
      const browsers = withoutIt(feature).join(', ');
      if (!browsers || supports.length > 0 || Object.hasOwn(dispensable, name)) return;
      context.report({ loc: node.loc, messageId: 'old', data: { name, browsers } });
    };
    return {
      Atrule(node) {
        report(node, `@${node.name}`, data.css['at-rules'][node.name]);
        if (node.name === 'supports') supports.push(node);
      },
      'Atrule:exit'(node) {
        if (supports[supports.length - 1] === node) supports.pop();
      },
      Feature: (node) => report(node, node.name, data.css['at-rules'].media[node.name]),
      PseudoClassSelector: (node) => report(node, `:${node.name}`, data.css.selectors[node.name]),
      PseudoElementSelector: (node) =>
        PREFIX.test(node.name) || report(node, `::${node.name}`, data.css.selectors[node.name]),
      Block(block) {
        const before = new Set();
        for (const declaration of block.children.filter(({ type }) => type === 'Declaration')) {
          const { property } = declaration;
          const missing = features(declaration, block).filter(([, feature]) => withoutIt(feature).length > 0);
          const prefixed = PREFIX.test(property);
          if (prefixed || missing.length === 0) before.add(property.replace(PREFIX, ''));
          else if (Object.hasOwn(dispensable, property)) continue;
          // A variable has no fallback: every value is accepted, and fails where it is used.
          else if (property.startsWith('--') || !before.has(property)) {
            for (const [name, feature] of missing) report(declaration, name, feature);
          }
        }
      },
    };
  },
};

/** [name, MDN's entry] of everything that a declaration needs. */
function features(declaration, block) {
  const { property, value } = declaration;
  const entry = data.css.properties[property];
  const found = [[property, entry]];
  const grid = isGrid(block);
  if (GAP.test(property) && !grid) found.push([`${property} outside a grid`, entry.flex_context]);
  for (const { word, kind } of words(value)) {
    if (kind === 'Identifier') found.push([`${property}: ${word}`, entry?.[word]]);
    if (kind === 'Function') found.push([`${word}()`, inTypes(word)]);
    const { length } = data.css.types;
    if (DYNAMIC.test(word)) found.push([word, length.viewport_percentage_units_dynamic]);
    if (OTHER_NEW_UNITS.test(word)) found.push([word, length.viewport_percentage_units_small]);
    if (CONTAINER.test(word)) found.push([word, length.container_query_length_units]);
  }
  return found;
}

function isGrid(block) {
  const display = block.children.find(({ property }) => property === 'display');
  return Boolean(display && words(display.value).some(({ word }) => word.endsWith('grid')));
}

/** Identifiers, functions and units of a value; of a variable's value, which is not parsed, by their spelling. */
function words(value) {
  if (value.type === 'Raw') {
    const functions = [...value.value.matchAll(/([a-z-]+)\(/g)].map(([, word]) => ({ word, kind: 'Function' }));
    return [...functions, ...[...value.value.matchAll(/[\w.%-]+/g)].map(([word]) => ({ word, kind: 'Raw' }))];
  }
  const found = [];
  for (const nodes = [value]; nodes.length > 0; ) {
    const node = nodes.pop();
    const word = node.type === 'Dimension' ? node.unit : node.name;
    // A function's argument is not a value of the property itself.
    if (word) found.push({ word, kind: node.type });
    nodes.push(...(node.children ?? []));
  }
  return found;
}

function inTypes(name) {
  const { types } = data.css;
  return types[name] ?? Object.values(types).find((type) => Object.hasOwn(type, name))?.[name];
}
