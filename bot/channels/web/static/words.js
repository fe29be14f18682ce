// Every sentence on the page comes from the server, in the reader's language.
import { call } from './api.js';
import { all } from './dom.js';

/** @type {Record<string, string>} */
let words = {};

/** Fetch the sentences and write them into the page. Throws what `call` throws. */
export async function loadWords() {
  const { lang, words: loaded } = await call('GET /api/words');
  words = loaded;
  document.documentElement.lang = lang;
  for (const element of all('[data-word]')) element.textContent = say(element.dataset.word);
  for (const element of all('[data-word-label]')) element.setAttribute('aria-label', say(element.dataset.wordLabel));
  for (const element of all('[data-word-placeholder]')) {
    element.setAttribute('placeholder', say(element.dataset.wordPlaceholder));
  }
}

/**
 * The sentence with this key, with its {names} filled in. For a missing one, the key itself.
 * @param {string} [key]
 * @param {Record<string, string | number>} [values]
 */
export function say(key = '', values = {}) {
  const sentence = words[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
