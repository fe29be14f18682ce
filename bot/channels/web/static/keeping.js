// What the browser keeps of the person's own words, where, and for how long.
//
// sessionStorage belongs to this tab: it survives a reload and ends with the tab. localStorage is
// used only on a device that its owner called his own at sign-in, only for words at a question
// that may wait there (the server says which), and at most a day. On a shared computer it would
// leave an officer's words to the next person.
/** @import { Item } from './shapes.js' */

const LINES = 'antt.queue';
const DRAFT = 'antt.draft';
const LONGEST_MS = 24 * 3600 * 1000;

/** Delete everything: the person signed out, or the session was ended. */
export function forgetAll() {
  for (const store of [sessionStorage, localStorage]) {
    store.removeItem(LINES);
    store.removeItem(DRAFT);
  }
}

export class Keeping {
  /**
   * @param {object} who
   * @param {number} who.person the id of who is signed in
   * @param {boolean} who.own whether the device is this person's own
   * @param {() => number} who.now the time in milliseconds
   */
  constructor({ person, own, now }) {
    this.person = person;
    this.own = own;
    this.now = now;
    /** @type {Set<string>} */
    this.ours = new Set(); // ids that this tab had; another tab keeps its own in the same place
    // Another person's words must neither be sent nor stay.
    if (read(sessionStorage, LINES)?.person !== person) sessionStorage.removeItem(LINES);
    for (const key of [LINES, DRAFT]) {
      if (!own || read(localStorage, key)?.person !== person) localStorage.removeItem(key);
    }
  }

  /**
   * The lines that wait, the oldest first: those of closed tabs, then those of this tab in their
   * order. Their times do not tell the order, because a device's clock may be set back.
   * @returns {Item[]}
   */
  lines() {
    /** @type {Item[]} */
    const items = read(sessionStorage, LINES)?.items ?? [];
    const known = new Set(items.map((item) => item.id));
    const closed = this._onDevice().filter((item) => !known.has(item.id));
    return [...closed, ...items];
  }

  /** @param {Item[]} items the lines that wait */
  saveLines(items) {
    sessionStorage.setItem(LINES, JSON.stringify({ person: this.person, items }));
    if (!this.own) return;
    for (const item of items) this.ours.add(item.id);
    const others = this._onDevice().filter((item) => !this.ours.has(item.id));
    this._write(LINES, { items: [...others, ...items.filter((item) => this.survives(item))] });
  }

  /**
   * Whether the line is still there after the tab was closed.
   * @param {Item} item
   */
  survives(item) {
    return this.own && Boolean(item.may_wait) && this._isFresh(item.at);
  }

  /**
   * The text that was half written, and the question it was for.
   * @returns {{asked: string, text: string}}
   */
  draft() {
    const kept = this.own ? read(localStorage, DRAFT) : null;
    return kept && this._isFresh(kept.at) ? kept : { asked: '', text: '' };
  }

  /**
   * Keep a half-written text, or delete the one that was kept.
   * @param {string} text
   * @param {{asked: string, may_wait: boolean}} question
   */
  saveDraft(text, { asked, may_wait: mayWait }) {
    if (!this.own || !mayWait || text === '') localStorage.removeItem(DRAFT);
    else this._write(DRAFT, { asked, text, at: new Date(this.now()).toISOString() });
  }

  /**
   * @private
   * @returns {Item[]}
   */
  _onDevice() {
    /** @type {Item[]} */
    const items = (this.own && read(localStorage, LINES)?.items) || [];
    return items.filter((item) => this._isFresh(item.at));
  }

  /**
   * @private
   * @param {string} at
   */
  _isFresh(at) {
    return this.now() - Date.parse(at) < LONGEST_MS;
  }

  /**
   * @private
   * @param {string} key
   * @param {object} value
   */
  _write(key, value) {
    localStorage.setItem(key, JSON.stringify({ person: this.person, ...value }));
  }
}

/**
 * @param {Storage} store
 * @param {string} key
 */
function read(store, key) {
  return JSON.parse(store.getItem(key) ?? 'null');
}
