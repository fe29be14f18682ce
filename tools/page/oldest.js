// The oldest browsers that the page serves, and whether they know a feature.
//
// docs/decisions/0016-javascript-is-checked.md says why these. The sentence "app.too_old" of
// locales/*/web.json names the same numbers; tests/channels/web/test_old_browsers.py compares them.
import { createRequire } from 'node:module';

// Not an `import`: Node 18 and Node 22 spell the import of JSON differently.
export const data = createRequire(import.meta.url)('@mdn/browser-compat-data');

/** Name in MDN's data -> oldest version served. */
export const OLDEST = { chrome: 80, webview_android: 80, safari_ios: 14, firefox: 90 };

/**
 * The browsers that do not know a feature, as words for a message: [] where all do.
 * `feature` is an entry of MDN's data; what has no entry counts as known.
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

/** A version as a number; what never came is infinitely far away. */
function version(text) {
  if (text === true) return 0;
  const number = Number.parseFloat(String(text).replace('≤', ''));
  return Number.isNaN(number) ? Infinity : number;
}
