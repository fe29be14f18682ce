// The conversation on the page: the server's messages in order, then what is on its way.
import { focusChoices } from './choices.js';
import { the } from './dom.js';
import { dayElement, messageElement, pendingElement } from './message.js';
import { date, day } from './when.js';

// Two messages of one side within this time stand close together.
const GROUP_MS = 180_000;

export class Log {
  /** `choose(message, choice)`, `retry(id)` and `drop(id)` are what its buttons do. */
  constructor(actions) {
    this.actions = actions;
    this.box = the('log');
    this.messages = []; // {message, element}, by position
    this.pending = new Map(); // uuid of the client -> {item, element}
    this.settled = new Set(); // uuids whose copy from the server is shown
    this.days = new Map(); // dd/mm/yyyy -> element
  }

  /** Take in messages of the server, in any order and any number of times. Returns the new ones. */
  add(messages, { fresh = false } = {}) {
    const known = new Set(this.messages.map(({ message }) => message.id));
    const added = messages.filter((message) => !known.has(message.id));
    const hadFocus = this.#focusIsInChoices();
    for (const message of added) {
      const element = messageElement(message, this.actions.choose);
      const own = message.author === 'person' && this.#takePlaceOfPending(message);
      element.classList.toggle('fresh', fresh && !own);
      this.messages.push({ message, element });
    }
    this.#forgetUpTo(Math.max(0, ...added.map((message) => message.id)));
    this.messages.sort((one, other) => one.message.id - other.message.id);
    this.#arrange();
    // Who answers with the keyboard goes on with the keyboard.
    if (hadFocus && added.some((message) => message.author === 'us')) focusChoices(this.openQuestion());
    return added;
  }

  /** Show what the person sent, in its present state. */
  showPending(item) {
    const before = this.pending.get(item.id)?.element;
    if (this.settled.has(item.id)) return; // the server's copy was faster than its answer
    const element = pendingElement(item, this.actions);
    this.pending.set(item.id, { item: { ...item }, element });
    if (item.state === 'sent' && item.upto <= (this.newest?.id ?? 0)) this.#forget(item.id);
    else if (before) before.replaceWith(element);
    else this.box.append(element);
    this.#arrange();
  }

  dropPending(id) {
    this.#forget(id);
    this.#arrange();
  }

  /** Other devices saw these, or this one did. */
  markSeen(ids) {
    const seen = new Set(ids);
    for (const { message, element } of this.messages) {
      if (!seen.has(message.id)) continue;
      message.seen = true;
      element.classList.remove('unread');
    }
  }

  /** While an answer is on its way a second press would only meet a closed question. */
  setWaiting(waiting) {
    for (const button of this.box.querySelectorAll('.choice')) {
      if (waiting) button.setAttribute('aria-disabled', 'true');
      else button.removeAttribute('aria-disabled');
    }
  }

  get oldest() {
    return this.messages[0]?.message ?? null;
  }

  get newest() {
    return this.messages.at(-1)?.message ?? null;
  }

  get isEmpty() {
    return this.messages.length === 0 && this.pending.size === 0;
  }

  unreadNotices() {
    return this.messages.filter(({ message }) => isNotice(message) && !message.seen);
  }

  /** [answered, all] of the last message that said it, or null. */
  progress() {
    return this.messages.findLast(({ message }) => message.progress)?.message.progress ?? null;
  }

  /** The element of the question that is open now, or undefined. */
  openQuestion() {
    return this.messages.find(({ message }) => message === this.#open())?.element;
  }

  #open() {
    const asked = this.messages.filter(({ message }) => message.author === 'us' && message.menu && !isNotice(message));
    const last = asked.at(-1)?.message;
    const replaced = this.messages.some(({ message }) => message.replaces && message.replaces === last?.menu && message.id > last.id);
    return replaced ? undefined : last;
  }

  #forget(id) {
    this.pending.get(id)?.element.remove();
    this.pending.delete(id);
  }

  /** The server's copy of what was sent: the first pending one with these words. */
  #takePlaceOfPending(message) {
    const match = [...this.pending.values()].find(({ item }) => item.text === message.text && item.state !== 'failed');
    if (!match) return false;
    this.settled.add(match.item.id);
    this.#forget(match.item.id);
    return true;
  }

  /** What was handled up to here is among the messages, or was refused and is kept nowhere. */
  #forgetUpTo(position) {
    for (const { item } of this.pending.values()) {
      if (item.state === 'sent' && item.upto <= position) this.#forget(item.id);
    }
  }

  #focusIsInChoices() {
    const focused = document.activeElement;
    return Boolean(focused?.classList.contains('choice') && this.box.contains(focused));
  }

  /** Put every element in its place, with the lines between days, and mark what is over. */
  #arrange() {
    const open = this.#open();
    const wanted = [];
    let before = null;
    for (const { message, element } of this.messages) {
      if (!before || date(before.at) !== date(message.at)) wanted.push(this.#day(message.at));
      element.classList.toggle('follows', follows(before, message));
      if (message.menu) {
        element.classList.toggle('spent', message !== open && !isNotice(message));
        this.#markChosen(message, element);
      }
      wanted.push(element);
      before = message;
    }
    for (const { element } of this.pending.values()) wanted.push(element);
    placeInOrder(this.box, wanted);
  }

  #day(at) {
    const key = date(at);
    const element = this.days.get(key) ?? dayElement(day(at));
    element.firstChild.textContent = day(at); // "Hôm nay" becomes "Hôm qua" under an open page
    this.days.set(key, element);
    return element;
  }

  #markChosen(message, element) {
    const after = this.messages.find(({ message: other }) => other.author === 'person' && other.id > message.id);
    const next = this.messages.find(({ message: other }) => other.menu && other.author === 'us' && other.id > message.id);
    const answer = after && (!next || after.message.id < next.message.id) ? after.message.text.trim() : null;
    for (const button of element.querySelectorAll('.choice')) {
      const chosen = answer !== null && (button.dataset.label === answer || button.dataset.key === answer);
      button.classList.toggle('chosen', chosen);
      button.setAttribute('aria-pressed', String(chosen));
      if (!chosen) button.removeAttribute('aria-pressed');
    }
  }
}

const isNotice = (message) => message.lane === 'notice' && message.author === 'us';

function follows(before, message) {
  if (!before || before.author !== message.author || isNotice(before) || isNotice(message)) return false;
  if (before.choices.length > 0) return false;
  return Date.parse(message.at) - Date.parse(before.at) < GROUP_MS && date(before.at) === date(message.at);
}

/** Make `wanted` the children of `box`, moving only what is out of place: a moved element
 *  loses its focus and is read out again. */
function placeInOrder(box, wanted) {
  const keep = new Set(wanted);
  for (const child of [...box.children]) if (!keep.has(child)) child.remove();
  let place = box.firstElementChild;
  for (const element of wanted) {
    if (element === place) place = place.nextElementSibling;
    else box.insertBefore(element, place);
  }
}
