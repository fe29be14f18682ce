// Typography for the assistant's texts. The characters stay unchanged: copied, searched
// or read-aloud text is the message itself.
import { icon, make } from './dom.js';

// The position in the checklist: "Câu 2/51 · I.1.b".
const PLACE = /^(?:Câu|Question) \d+\/\d+.*$/;
// The signs of verdicts and reminders: sign -> style and icon. Our own icons look the same on
// every phone, also on old ones.
/** @type {Map<string, [string, string]>} */
const MARKS = new Map([
  ['✅', ['met', 'check']],
  ['❌', ['not-met', 'close']],
  ['➖', ['not-applicable', 'dash']],
  ['⏳', ['incomplete', 'hands']],
  ['⚖️', ['needs-review', 'scales']],
  ['⚠️', ['warning', 'alert']],
  ['🔔', ['reminder', 'bell']],
]);
const MARK = new RegExp(`(${[...MARKS.keys()].join('|')})`);

/**
 * The parts of a message's text, to be put into an element that keeps line breaks.
 * @param {string} text
 * @returns {(string | HTMLElement)[]}
 */
export function richText(text) {
  return text.split(/(\n)/).flatMap((line) => (PLACE.test(line) ? [make('span', { class: 'place' }, line)] : marked(line)));
}

/** @param {string} line */
function marked(line) {
  return line
    .split(MARK)
    .filter((part) => part !== '')
    .map(mark);
}

/** @param {string} part */
function mark(part) {
  const known = MARKS.get(part);
  if (!known) return part;
  const [style, drawing] = known;
  return make('span', { class: `mark ${style}` }, icon(drawing), make('span', { class: 'unseen' }, part));
}
