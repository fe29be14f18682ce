// The person's texts and taps on their way to the server: in order, each exactly once.
//
// The queue is in sessionStorage: it survives a reload and a lost network, belongs to this
// window only, and is deleted when the window closes or the person signs out. localStorage
// and IndexedDB would leave an officer's texts on a shared computer.
import { call, Refused, SignedOut, Unreachable } from './api.js';
/** @import { Item, State } from './shapes.js' */

const KEY = 'antt.queue';
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30000;

export class Queue {
  /**
   * @param {number} person the id of who is signed in
   * @param {object} handlers
   * @param {(item: Item) => void} handlers.changed is called at each step of an item
   * @param {() => void} handlers.ended is called when the session is over
   */
  constructor(person, { changed, ended }) {
    this.person = person;
    this.changed = changed;
    this.ended = ended;
    this.items = this._load();
    this.busy = false;
    this.failures = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    window.addEventListener('online', () => this.pump());
  }

  /** @param {Omit<Item, 'state'>} item */
  add(item) {
    this.items.push({ ...item, state: 'queued' });
    this._save();
    this.pump();
  }

  /** @param {string} id */
  retry(id) {
    const item = this.items.find((waiting) => waiting.id === id);
    if (!item) return;
    this._mark(item, 'queued');
    this.pump();
  }

  /** @param {string} id */
  drop(id) {
    this.items = this.items.filter((item) => item.id !== id);
    this._save();
  }

  /** Delete everything: the person signed out. */
  clear() {
    clearTimeout(this.timer);
    this.items = [];
    sessionStorage.removeItem(KEY);
  }

  /** Send all waiting items in order; a failed one does not stop the others. */
  async pump() {
    if (this.busy) return;
    clearTimeout(this.timer);
    this.busy = true;
    try {
      for (let item = this._next(); item; item = this._next()) {
        if (!(await this._send(item))) break;
      }
    } finally {
      this.busy = false;
    }
  }

  /** @private */
  _next() {
    return this.items.find((item) => item.state === 'queued' || item.state === 'sending');
  }

  /**
   * @private
   * @param {Item} item
   * @returns {Promise<boolean>} whether to go on with the next one
   */
  async _send(item) {
    this._mark(item, 'sending');
    const { id, at, said, tap } = item;
    let upto;
    try {
      ({ upto } = await call('POST /api/messages', { body: { id, at, said, tap } }));
    } catch (error) {
      return this._notSent(item, error);
    }
    this.failures = 0;
    this.drop(id);
    this.changed({ ...item, state: 'sent', upto });
    return true;
  }

  /**
   * @private
   * @param {Item} item
   * @param {unknown} error
   */
  _notSent(item, error) {
    if (error instanceof SignedOut) {
      this._mark(item, 'queued');
      this.ended();
      return false;
    }
    if (error instanceof Unreachable || (error instanceof Refused && error.passes)) {
      this._mark(item, 'queued');
      this.failures += 1;
      const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.failures - 1));
      const told = error instanceof Refused ? error.wait * 1000 : 0;
      this.timer = setTimeout(() => this.pump(), Math.max(wait, told));
      return false;
    }
    if (!(error instanceof Refused)) throw error;
    this._mark(Object.assign(item, { problem: error.sentence }), 'failed');
    return true;
  }

  /**
   * @private
   * @param {Item} item
   * @param {State} state
   */
  _mark(item, state) {
    Object.assign(item, { state });
    this._save();
    this.changed(item);
  }

  /** @private */
  _save() {
    sessionStorage.setItem(KEY, JSON.stringify({ person: this.person, items: this.items }));
  }

  /**
   * @private
   * @returns {Item[]}
   */
  _load() {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    // Another person's texts must not be sent in this person's name.
    return kept?.person === this.person ? kept.items : [];
  }
}
