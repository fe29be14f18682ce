// The buttons under a question. One Tab stop for each group: arrows move inside it, a digit
// goes to the answer of that number, Enter or Space chooses.
//
// A digit only moves the focus and only inside a group: typed in the composer it may be the
// answer to a question that expects a number, and a slip must not answer anything.
import { icon, make } from './dom.js';
import { say } from './words.js';

// Labels of so many letters stand two to a line on the smallest phone.
const SHORT = 12;

/** The groups of buttons of one message, answers first. `choose(choice)` is called on a press. */
export function choiceGroups(message, choose) {
  const answers = message.choices.filter((choice) => choice.kind === 'answer');
  const actions = message.choices.filter((choice) => choice.kind === 'action');
  return [
    answers.length > 0 ? group(answers, isShort(answers) ? 'choices even' : 'choices', say('log.choices'), choose) : null,
    actions.length > 0 ? group(actions, 'choices actions', say('log.actions'), choose) : null,
  ].filter(Boolean);
}

const isShort = (choices) => choices.every((choice) => choice.label.length <= SHORT);

function group(choices, style, label, choose) {
  const buttons = choices.map((choice, index) => button(choice, index === 0, choose));
  const box = make('div', { class: style, role: 'group', 'aria-label': label }, ...buttons);
  box.addEventListener('keydown', (event) => move(event, buttons));
  return box;
}

function button(choice, first, choose) {
  const made = make(
    'button',
    { class: 'choice', type: 'button', tabindex: first ? '0' : '-1', 'data-key': choice.key, 'data-label': choice.label },
    /^\d+$/.test(choice.key) ? make('span', { class: 'key', 'aria-hidden': 'true' }, choice.key) : null,
    icon('check'), // shown on the one that was chosen
    make('span', {}, choice.label),
  );
  made.addEventListener('click', () => made.getAttribute('aria-disabled') === 'true' || choose(choice));
  return made;
}

function move(event, buttons) {
  const here = buttons.indexOf(document.activeElement);
  const target = destination(event.key, here, buttons);
  if (!target || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  focusIn(buttons, target);
}

function destination(key, here, buttons) {
  const last = buttons.length - 1;
  if (key === 'ArrowDown' || key === 'ArrowRight') return buttons[here === last ? 0 : here + 1];
  if (key === 'ArrowUp' || key === 'ArrowLeft') return buttons[here === 0 ? last : here - 1];
  if (key === 'Home') return buttons[0];
  if (key === 'End') return buttons[last];
  return buttons.find((candidate) => /^\d$/.test(key) && candidate.dataset.key === key);
}

function focusIn(buttons, target) {
  for (const other of buttons) other.tabIndex = other === target ? 0 : -1;
  target.focus();
}

/** Put the focus on the first choice inside `element`; false where there is none. */
export function focusChoices(element) {
  const first = element?.querySelector('.choice[tabindex="0"]');
  first?.focus();
  return Boolean(first);
}
