// The person's texts and taps on their way to the server: in order, each exactly once.
//
// keeping.js decides where they are kept meanwhile. Each has an id that the page makes; the server
// handles an id once, so a line whose receipt was lost is simply sent again.
import { call, Refused, SignedOut, Unreachable } from './api.js';
/** @import { Keeping } from './keeping.js' */
/** @import { Item, State } from './shapes.js' */

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30000;
// The server: this question is answered with buttons only.
const TAPS_ONLY = 409;

// Lines that may wait. Nobody answers so many questions unseen, and the server takes 80 at once.
export const MOST_WAITING = 30;

export class Queue {
  /**
   * @param {Keeping} keeping
   * @param {object} handlers
   * @param {(item: Item) => void} handlers.changed is called at each step of an item
   * @param {() => void} handlers.ended is called when the session is over
   */
  constructor(keeping, { changed, ended }) {
    this.keeping = keeping;
    this.changed = changed;
    this.ended = ended;
    this.items = keeping.lines();
    this.busy = false;
    this.stopped = false;
    this.failures = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    window.addEventListener('online', () => this.pump());
  }

  /**
   * Take an item to send; false if too many wait already.
   * @param {Omit<Item, 'state'>} item
   */
  add(item) {
    if (this.items.length >= MOST_WAITING) return false;
    /** @type {Item} */
    const added = { ...item, state: 'queued', tried: false };
    this.items.push(added);
    this._markRepeated();
    this._save();
    this.changed(added);
    this.pump();
    return true;
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

  /** Send nothing any more. */
  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** Whether something that waits would be lost with this tab. */
  get wouldLose() {
    return !this.stopped && this.items.some((item) => isWaiting(item) && !this.keeping.survives(item));
  }

  /** Send all waiting items in order; a failed one does not stop the others. */
  async pump() {
    if (this.busy || this.stopped) return;
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
    return this.stopped ? undefined : this.items.find(isWaiting);
  }

  /**
   * @private
   * @param {Item} item
   * @returns {Promise<boolean>} whether to go on with the next one
   */
  async _send(item) {
    item.tried = true;
    this._mark(item, 'sending');
    const { id, at, said, tap, asked, repeated } = item;
    let upto;
    try {
      ({ upto } = await call('POST /api/messages', { body: { id, at, said, tap, asked, repeated } }));
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
      this.stop();
      this.ended();
      return false;
    }
    if (error instanceof Unreachable || (error instanceof Refused && error.passes)) {
      this._waitForNetwork(item, error instanceof Refused ? error.wait * 1000 : 0);
      return false;
    }
    if (!(error instanceof Refused)) throw error;
    if (error.status === TAPS_ONLY) {
      // Such words are kept nowhere, also not here.
      this.drop(item.id);
      this.changed({ ...item, said: '', text: '', state: 'failed', problem: error.sentence });
    } else {
      this._mark(Object.assign(item, { problem: error.sentence }), 'failed');
    }
    return true;
  }

  /**
   * @private
   * @param {Item} item
   * @param {number} told milliseconds that the server asked for
   */
  _waitForNetwork(item, told) {
    this.failures += 1;
    Object.assign(item, { state: 'queued' });
    this._markRepeated();
    this._mark(item, 'queued');
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.failures - 1));
    this.timer = setTimeout(() => this.pump(), Math.max(wait, told));
  }

  /**
   * Lines written for one question before a reply was seen: the person may have repeated himself,
   * and nobody can tell which one counts. The server takes none of them.
   * @private
   */
  _markRepeated() {
    const lines = this.items.filter((item) => item.state === 'queued' && item.said !== undefined && item.asked);
    for (const item of lines) {
      if (lines.some((other) => other !== item && other.asked === item.asked)) item.repeated = true;
    }
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
    if (!this.stopped) this.keeping.saveLines(this.items);
  }
}

/** @param {Item} item */
const isWaiting = (item) => item.state === 'queued' || item.state === 'sending';
