// The buttons under a question. Each group has one Tab stop: arrow keys move inside it, a digit
// moves to the answer with that number, Enter or Space chooses.
//
// A digit only moves the focus, and only inside a group: in the composer it may be the answer to
// a question that expects a number, and a mistyped key must not answer anything.
import { all, icon, make } from './dom.js';
import { say } from './words.js';
/** @import { Choice, Message } from './shapes.js' */

/** @typedef {(choice: Choice) => void} Choose */

// Letters: shorter labels fit two to a line on the smallest phone.
const SHORT = 12;

/**
 * The groups of buttons of one message, answers first.
 * @param {Message} message
 * @param {Choose} choose is called on a press
 */
export function choiceGroups(message, choose) {
  const answers = message.choices.filter((choice) => choice.kind === 'answer');
  const actions = message.choices.filter((choice) => choice.kind === 'action');
  const groups = [];
  if (answers.length > 0) groups.push(group(answers, isShort(answers) ? 'choices even' : 'choices', say('log.choices'), choose));
  if (actions.length > 0) groups.push(group(actions, 'choices actions', say('log.actions'), choose));
  return groups;
}

/** @param {Choice[]} choices */
const isShort = (choices) => choices.every((choice) => choice.label.length <= SHORT);

/**
 * @param {Choice[]} choices
 * @param {string} style
 * @param {string} label
 * @param {Choose} choose
 */
function group(choices, style, label, choose) {
  const buttons = choices.map((choice, index) => button(choice, index === 0, choose));
  const box = make('div', { class: style, role: 'group', 'aria-label': label }, ...buttons);
  box.addEventListener('keydown', (event) => move(event, buttons));
  return box;
}

/**
 * @param {Choice} choice
 * @param {boolean} first
 * @param {Choose} choose
 */
function button(choice, first, choose) {
  const made = make(
    'button',
    { class: 'choice', type: 'button', tabindex: first ? '0' : '-1', 'data-key': choice.key, 'data-label': choice.label },
    /^\d+$/.test(choice.key) ? make('span', { class: 'key', 'aria-hidden': 'true' }, choice.key) : null,
    icon('check'), // shown on the chosen one
    make('span', {}, choice.label),
  );
  made.addEventListener('click', () => made.getAttribute('aria-disabled') === 'true' || choose(choice));
  return made;
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement[]} buttons
 */
function move(event, buttons) {
  const here = buttons.findIndex((one) => one === document.activeElement);
  const target = destination(event.key, here, buttons);
  if (!target || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  for (const other of buttons) other.tabIndex = other === target ? 0 : -1;
  target.focus();
}

/**
 * @param {string} key
 * @param {number} here
 * @param {HTMLElement[]} buttons
 */
function destination(key, here, buttons) {
  const last = buttons.length - 1;
  if (key === 'ArrowDown' || key === 'ArrowRight') return buttons[here === last ? 0 : here + 1];
  if (key === 'ArrowUp' || key === 'ArrowLeft') return buttons[here === 0 ? last : here - 1];
  if (key === 'Home') return buttons[0];
  if (key === 'End') return buttons[last];
  return buttons.find((candidate) => /^\d$/.test(key) && candidate.dataset.key === key);
}

/**
 * Put the focus on the first choice inside `element`; false if there is none.
 * @param {HTMLElement | undefined} element
 */
export function focusChoices(element) {
  const [first] = element ? all('.choice[tabindex="0"]', element) : [];
  first?.focus();
  return Boolean(first);
}
