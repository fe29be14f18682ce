// Rule `page/api`: no interface, function, member or option that an oldest browser lacks.
//
// It asks TypeScript for the type of an object, because the same name is old on one object and
// new on another (`remove`, `at`). Language features after ES2020 never get here: the
// parser and the type check know only ES2020.
import { ESLintUtils } from '@typescript-eslint/utils';
import ts from 'typescript';

import { data, withoutIt } from './oldest.js';

/** @type {import('eslint').Rule.RuleModule} */
export const apiRule = {
  meta: { type: 'problem', schema: [], messages: { old: '{{name}} is missing in {{browsers}}' } },
  create(context) {
    const services = ESLintUtils.getParserServices(context);
    const checker = services.program.getTypeChecker();
    const report = (node, name, feature) => {
      const browsers = withoutIt(feature).join(', ');
      if (browsers) context.report({ node, messageId: 'old', data: { name, browsers } });
    };
    const featureOf = (node) => {
      if (node.type === 'Identifier') return globalFeature(node.name);
      if (node.type !== 'MemberExpression' || node.computed) return undefined;
      const type = checker.getNonNullableType(services.getTypeAtLocation(node.object));
      return memberFeature(checker, type, node.property.name);
    };
    return {
      MemberExpression: (node) => report(node.property, context.sourceCode.getText(node), featureOf(node)),
      CallExpression: (node) => {
        const feature = featureOf(node.callee);
        for (const { key } of node.arguments.flatMap((argument) => argument.properties ?? [])) {
          report(key, `option ${key?.name}`, option(feature, key?.name));
        }
      },
      'Program:exit': () => {
        for (const { identifier, resolved } of context.sourceCode.scopeManager.scopes.flatMap((scope) => scope.references)) {
          // Names that a file declares or imports itself are not the browser's.
          if (!resolved?.defs.length) report(identifier, identifier.name, globalFeature(identifier.name));
        }
      },
    };
  },
};

const own = (object, name) => (object && Object.hasOwn(object, name) ? object[name] : undefined);

function globalFeature(name) {
  return own(data.api, name) ?? own(data.api.Window, name) ?? own(data.javascript.builtins, name);
}

/** MDN's entry for the member `name` of a type: of the interface that has it, or of one that inherits it. */
function memberFeature(checker, type, name) {
  for (const part of type.isUnion() ? type.types : [type]) {
    for (const owner of owners(checker.getApparentType(part), name)) {
      const interfaces = [own(data.api, owner), own(data.javascript.builtins, owner)];
      const feature = interfaces.map((entry) => own(entry, name) ?? own(entry, `${name}_static`)).find(Boolean);
      if (feature) return feature;
    }
  }
  return undefined;
}

/** Names of the interfaces that may define `name` of `type`, the nearest first. */
function owners(type, name) {
  const declared = (type.getProperty(name)?.declarations ?? []).flatMap((declaration) => enclosing(declaration));
  // Mixins such as ParentNode have no entry: MDN lists their members with each interface that has them.
  const inherited = [];
  for (const queue = [type]; queue.length > 0; ) {
    const next = queue.shift();
    if (next.symbol) inherited.push(next.symbol.name);
    queue.push(...(next.isClassOrInterface() ? (next.getBaseTypes?.() ?? next.resolvedBaseTypes ?? []) : []));
    queue.push(...(next.isIntersection() ? next.types : []));
  }
  return [...declared, ...inherited].map((owner) => owner.replace(/^Readonly|Constructor$/g, ''));
}

function enclosing(declaration) {
  for (let node = declaration.parent; node; node = node.parent) {
    if (ts.isInterfaceDeclaration(node) || ts.isVariableDeclaration(node)) return [node.name.text];
  }
  return ['Window']; // a global variable or function
}

/** MDN's entry for an option: "options_signal_parameter" below the function's own entry. */
function option(feature, name) {
  if (!feature || !name) return undefined;
  for (const [key, value] of Object.entries(feature)) {
    if (key.endsWith(`_${name}_parameter`)) return value;
    const deeper = key === '__compat' ? undefined : option(value, name);
    if (deeper) return deeper;
  }
  return undefined;
}
