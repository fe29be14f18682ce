// The conversation on the page: the server's messages in order, then the messages being sent.
import { focusChoices } from './choices.js';
import { all, the } from './dom.js';
import { dayElement, messageElement, pendingElement } from './message.js';
import { date, day } from './when.js';
/** @import { Choice, Item, Message, Shown } from './shapes.js' */

// Milliseconds. Two messages of one side within this time are shown close together.
const GROUP_MS = 180000;

export class Log {
  /**
   * @param {object} actions what its buttons do
   * @param {(message: Message, choice: Choice) => void} actions.choose
   * @param {(id: string) => void} actions.retry
   * @param {(id: string) => void} actions.drop
   */
  constructor(actions) {
    this.actions = actions;
    this.box = the('log');
    /** @type {Shown[]} */
    this.messages = []; // by position
    /** @type {Map<string, {item: Item, element: HTMLElement}>} */
    this.pending = new Map(); // by the uuid of the client
    /** @type {Set<string>} */
    this.settled = new Set(); // uuids whose message from the server is shown
    /** @type {Map<string, HTMLElement>} */
    this.days = new Map(); // by dd/mm/yyyy
  }

  /**
   * Add messages from the server, in any order and repeatedly. Returns the new ones.
   * @param {Message[]} messages
   */
  add(messages, { fresh = false } = {}) {
    const known = new Set(this.messages.map(({ message }) => message.id));
    const added = messages.filter((message) => !known.has(message.id));
    const hadFocus = this._focusIsInChoices();
    for (const message of added) {
      const element = messageElement(message, this.actions.choose);
      const own = message.author === 'person' && this._takePlaceOfPending(message);
      element.classList.toggle('fresh', fresh && !own);
      this.messages.push({ message, element });
    }
    this._forgetUpTo(Math.max(0, ...added.map((message) => message.id)));
    this.messages.sort((one, other) => one.message.id - other.message.id);
    this._arrange();
    // A person who answers with the keyboard keeps the focus.
    if (hadFocus && added.some((message) => message.author === 'us')) focusChoices(this.openQuestion());
    return added;
  }

  /**
   * Show a message that the person sent, in its current state.
   * @param {Item} item
   */
  showPending(item) {
    const before = this.pending.get(item.id)?.element;
    if (this.settled.has(item.id)) return; // the server's message arrived first
    const element = pendingElement(item, this.actions);
    this.pending.set(item.id, { item: { ...item }, element });
    if (item.state === 'sent' && isAmong(item, this.newest?.id ?? 0)) this._forget(item.id);
    else if (before) before.replaceWith(element);
    else this.box.append(element);
    this._arrange();
  }

  /** @param {string} id */
  dropPending(id) {
    this._forget(id);
    this._arrange();
  }

  /**
   * Other devices, or this one, have shown these messages.
   * @param {number[]} ids
   */
  markSeen(ids) {
    const seen = new Set(ids);
    for (const { message, element } of this.messages) {
      if (!seen.has(message.id)) continue;
      message.seen = true;
      element.classList.remove('unread');
    }
  }

  /**
   * While an answer is being sent, a second press would find the question closed.
   * @param {boolean} waiting
   */
  setWaiting(waiting) {
    for (const button of all('.choice', this.box)) {
      if (waiting) button.setAttribute('aria-disabled', 'true');
      else button.removeAttribute('aria-disabled');
    }
  }

  get oldest() {
    return this.messages[0]?.message ?? null;
  }

  get newest() {
    return last(this.messages)?.message ?? null;
  }

  get isEmpty() {
    return this.messages.length === 0 && this.pending.size === 0;
  }

  unreadNotices() {
    return this.messages.filter(({ message }) => isNotice(message) && !message.seen);
  }

  /** [answered, all] of the last message that has it, or null. */
  progress() {
    return last(this.messages.filter(({ message }) => message.progress))?.message.progress ?? null;
  }

  /** The menu of the question that is open now, '' if the page has shown none. */
  get asked() {
    return this._open()?.menu ?? '';
  }

  /** What is typed at that question, or null. */
  get wanted() {
    return this._open()?.wanted ?? null;
  }

  /** The element of the question that is open now, or undefined. */
  openQuestion() {
    return this.messages.find(({ message }) => message === this._open())?.element;
  }

  /** @private */
  _open() {
    const asked = this.messages.filter(({ message }) => message.author === 'us' && message.menu && !isNotice(message));
    const open = last(asked)?.message;
    if (!open) return undefined;
    const replaced = this.messages.some(({ message }) => message.replaces === open.menu && message.id > open.id);
    return replaced ? undefined : open;
  }

  /**
   * @private
   * @param {string} id
   */
  _forget(id) {
    this.pending.get(id)?.element.remove();
    this.pending.delete(id);
  }

  /**
   * The server's version of a sent message: the first pending one with this text that was sent.
   * @private
   * @param {Message} message
   */
  _takePlaceOfPending(message) {
    const match = [...this.pending.values()].find(({ item }) => item.tried !== false && item.text === message.text && item.state !== 'failed');
    if (!match) return false;
    this.settled.add(match.item.id);
    this._forget(match.item.id);
    return true;
  }

  /**
   * A message handled up to here is shown, or it was refused and is not stored.
   * @private
   * @param {number} position
   */
  _forgetUpTo(position) {
    for (const { item } of this.pending.values()) {
      if (item.state === 'sent' && isAmong(item, position)) this._forget(item.id);
    }
  }

  /** @private */
  _focusIsInChoices() {
    const focused = document.activeElement;
    return Boolean(focused?.classList.contains('choice') && this.box.contains(focused));
  }

  /**
   * Move every element to its position, with the lines between days, and mark closed questions.
   * @private
   */
  _arrange() {
    const open = this._open();
    /** @type {HTMLElement[]} */
    const wanted = [];
    /** @type {Message | null} */
    let before = null;
    for (const { message, element } of this.messages) {
      if (!before || date(before.at) !== date(message.at)) wanted.push(this._day(message.at));
      element.classList.toggle('follows', follows(before, message));
      if (message.menu) {
        element.classList.toggle('spent', message !== open && !isNotice(message));
        this._markChosen(message, element);
      }
      wanted.push(element);
      before = message;
    }
    for (const { element } of this.pending.values()) wanted.push(element);
    placeInOrder(this.box, wanted);
  }

  /**
   * @private
   * @param {string} at
   */
  _day(at) {
    const key = date(at);
    const element = this.days.get(key) ?? dayElement(day(at));
    if (element.firstChild) element.firstChild.textContent = day(at); // "Hôm nay" becomes "Hôm qua" at midnight
    this.days.set(key, element);
    return element;
  }

  /**
   * @private
   * @param {Message} message
   * @param {HTMLElement} element
   */
  _markChosen(message, element) {
    const after = this.messages.find(({ message: other }) => other.author === 'person' && other.id > message.id);
    const next = this.messages.find(({ message: other }) => other.menu && other.author === 'us' && other.id > message.id);
    const answer = after && (!next || after.message.id < next.message.id) ? after.message.text.trim() : null;
    for (const button of all('.choice', element)) {
      const chosen = answer !== null && (button.dataset.label === answer || button.dataset.key === answer);
      button.classList.toggle('chosen', chosen);
      button.setAttribute('aria-pressed', String(chosen));
      if (!chosen) button.removeAttribute('aria-pressed');
    }
  }
}

/**
 * @template T
 * @param {T[]} list
 * @returns {T | undefined}
 */
const last = (list) => list[list.length - 1];

/**
 * Whether the messages up to `position` contain all replies to the sent message.
 * @param {Item} item
 * @param {number} position
 */
const isAmong = (item, position) => item.upto !== undefined && item.upto <= position;

/** @param {Message} message */
const isNotice = (message) => message.lane === 'notice' && message.author === 'us';

/**
 * Whether `message` is shown close to the one before it.
 * @param {Message | null} before
 * @param {Message} message
 */
function follows(before, message) {
  if (!before || before.author !== message.author || isNotice(before) || isNotice(message)) return false;
  if (before.choices.length > 0) return false;
  return Date.parse(message.at) - Date.parse(before.at) < GROUP_MS && date(before.at) === date(message.at);
}

/**
 * Make `wanted` the children of `box`, moving only elements at a wrong position: a moved element
 * loses its focus, and a screen reader reads it again.
 * @param {HTMLElement} box
 * @param {Element[]} wanted
 */
function placeInOrder(box, wanted) {
  const keep = new Set(wanted);
  for (const child of [...box.children]) if (!keep.has(child)) child.remove();
  let place = box.firstElementChild;
  for (const element of wanted) {
    if (element === place) place = place.nextElementSibling;
    else box.insertBefore(element, place);
  }
}
