// A file is sent to the server at once or not at all, because a browser cannot store it.
import { Refused, sendFile, SignedOut } from './api.js';
import { the } from './dom.js';
import { uuid } from './uuid.js';
import { now } from './when.js';
import { say } from './words.js';
/** @import { Item } from './shapes.js' */

const MOST_BYTES = 5 * 1024 * 1024;

/** @typedef {Omit<Item, 'state'> & {file: File}} Waiting */

export class Files {
  /**
   * @param {object} handlers
   * @param {(item: Item) => void} handlers.changed is called at each step, as by the queue
   * @param {() => void} handlers.ended is called when the session is over
   */
  constructor({ changed, ended }) {
    this.changed = changed;
    this.ended = ended;
    /** @type {Map<string, Waiting>} */
    this.waiting = new Map();
    this.field = the('file', HTMLInputElement);
    the('attach').hidden = false;
    the('attach').addEventListener('click', () => this.field.click());
    this.field.addEventListener('change', () => this._chosen());
  }

  /**
   * Whether `id` is one of our files, which can be sent again.
   * @param {string} id
   */
  retry(id) {
    const item = this.waiting.get(id);
    if (item) this._send(item);
    return item !== undefined;
  }

  /** @param {string} id */
  drop(id) {
    this.waiting.delete(id);
  }

  /** @private */
  _chosen() {
    const file = this.field.files?.[0];
    this.field.value = '';
    if (!file) return;
    const item = { id: uuid(), at: now(), text: `📎 ${file.name}`, file };
    this.waiting.set(item.id, item);
    if (file.size > MOST_BYTES) this._fail(item, say('error.file_too_large'));
    else this._send(item);
  }

  /**
   * @private
   * @param {Waiting} item
   */
  async _send(item) {
    this.changed({ ...item, state: 'sending' });
    try {
      const { upto } = await sendFile(item.id, item.file);
      this.waiting.delete(item.id);
      this.changed({ ...item, state: 'sent', upto });
    } catch (error) {
      if (error instanceof SignedOut) this.ended();
      else this._fail(item, error instanceof Refused ? error.sentence : say('app.broken'));
    }
  }

  /**
   * @private
   * @param {Waiting} item
   * @param {string} problem
   */
  _fail(item, problem) {
    this.changed({ ...item, state: 'failed', problem });
  }
}
