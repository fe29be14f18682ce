// The oldest supported browsers, and a check whether they have a feature.
//
// docs/decisions/0016-javascript-is-checked.md gives the reasons. The sentence "app.too_old" of
// locales/*/web.json names the same numbers; tests/channels/web/test_old_browsers.py compares them.
import { createRequire } from 'node:module';

// Not an `import`: Node 18 and Node 22 spell the import of JSON differently.
export const data = createRequire(import.meta.url)('@mdn/browser-compat-data');

/** Name in MDN's data -> oldest supported version. */
export const OLDEST = { chrome: 80, webview_android: 80, safari_ios: 14, firefox: 90 };

/**
 * The browsers that lack a feature, as words for a message: [] if all have it.
 * `feature` is an entry of MDN's data; a feature without an entry counts as present.
 */
export function withoutIt(feature) {
  const support = feature?.__compat?.support;
  if (!support) return [];
  return Object.entries(OLDEST)
    .filter(([browser, oldest]) => !statements(support[browser]).some((one) => holds(one, oldest)))
    .map(([browser, oldest]) => `${browser} ${oldest}`);
}

const statements = (support) => (Array.isArray(support) ? support : [support ?? { version_added: true }]);

function holds(statement, oldest) {
  if (statement.flags || statement.prefix || statement.alternative_name) return false;
  const removed = version(statement.version_removed);
  return version(statement.version_added) <= oldest && !(removed <= oldest);
}

/** A version as a number; infinity for a feature that a browser never got. */
function version(text) {
  if (text === true) return 0;
  const number = Number.parseFloat(String(text).replace('≤', ''));
  return Number.isNaN(number) ? Infinity : number;
}
