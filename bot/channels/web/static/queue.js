// What the person typed and tapped, on its way to the server: in order, each exactly once.
//
// It waits in sessionStorage: that outlives a reload and a lost network, belongs to this
// window alone, and is gone when the window is closed or the person signs out. localStorage
// and IndexedDB would leave an officer's words on a shared computer.
import { call, Refused, SignedOut, Unreachable } from './api.js';

const KEY = 'antt.queue';
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
const BUSY = new Set([429, 503]);

/**
 * `changed(item)` is called at each step; an item is {id, at, said | tap, text, state},
 * its state one of queued, sending, sent, failed.
 */
export class Queue {
  constructor(person, { changed, ended }) {
    this.person = person;
    this.changed = changed;
    this.ended = ended;
    this.items = this.#load();
    this.busy = false;
    this.failures = 0;
    this.timer = 0;
    addEventListener('online', () => this.pump());
  }

  add(item) {
    this.items.push({ ...item, state: 'queued' });
    this.#save();
    this.pump();
  }

  retry(id) {
    const item = this.items.find((waiting) => waiting.id === id);
    if (!item) return;
    this.#mark(item, 'queued');
    this.pump();
  }

  drop(id) {
    this.items = this.items.filter((item) => item.id !== id);
    this.#save();
  }

  /** Forget everything: the person signed out. */
  clear() {
    clearTimeout(this.timer);
    this.items = [];
    sessionStorage.removeItem(KEY);
  }

  /** Send what waits, one after the other; a failed one does not hold up the rest. */
  async pump() {
    if (this.busy) return;
    clearTimeout(this.timer);
    this.busy = true;
    try {
      for (let item = this.#next(); item; item = this.#next()) {
        if (!(await this.#send(item))) break;
      }
    } finally {
      this.busy = false;
    }
  }

  #next() {
    return this.items.find((item) => item.state === 'queued' || item.state === 'sending');
  }

  /** Whether to go on with the next one. */
  async #send(item) {
    this.#mark(item, 'sending');
    const { id, at, said, tap } = item;
    let upto;
    try {
      ({ upto } = await call('POST', '/api/messages', { id, at, said, tap }));
    } catch (error) {
      return this.#notSent(item, error);
    }
    this.failures = 0;
    this.drop(id);
    this.changed({ ...item, state: 'sent', upto });
    return true;
  }

  #notSent(item, error) {
    if (error instanceof SignedOut) {
      this.#mark(item, 'queued');
      this.ended();
      return false;
    }
    if (error instanceof Unreachable || (error instanceof Refused && (BUSY.has(error.status) || error.status >= 500))) {
      this.#mark(item, 'queued');
      this.failures += 1;
      const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.failures - 1));
      this.timer = setTimeout(() => this.pump(), Math.max(wait, (error.wait ?? 0) * 1000));
      return false;
    }
    if (!(error instanceof Refused)) throw error;
    item.problem = error.sentence;
    this.#mark(item, 'failed');
    return true;
  }

  #mark(item, state) {
    item.state = state;
    this.#save();
    this.changed(item);
  }

  #save() {
    sessionStorage.setItem(KEY, JSON.stringify({ person: this.person, items: this.items }));
  }

  #load() {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    // Another person's words are not sent in this one's name.
    return kept?.person === this.person ? kept.items : [];
  }
}
