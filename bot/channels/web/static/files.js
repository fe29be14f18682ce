// A file on its way to the server: at once or not at all, for a browser cannot keep it.
import { Refused, sendFile, SignedOut } from './api.js';
import { the } from './dom.js';
import { uuid } from './uuid.js';
import { now } from './when.js';
import { say } from './words.js';

const MOST_BYTES = 5 * 1024 * 1024;

/** `changed(item)` is called at each step, as by the queue; `ended()` when the session is over. */
export class Files {
  constructor({ changed, ended }) {
    this.changed = changed;
    this.ended = ended;
    this.waiting = new Map();
    this.field = the('file');
    the('attach').hidden = false;
    the('attach').addEventListener('click', () => this.field.click());
    this.field.addEventListener('change', () => this.#chosen());
  }

  /** Whether `id` is one of ours, to be sent again. */
  retry(id) {
    const item = this.waiting.get(id);
    if (item) this.#send(item);
    return item !== undefined;
  }

  drop(id) {
    this.waiting.delete(id);
  }

  #chosen() {
    const [file] = this.field.files;
    this.field.value = '';
    if (!file) return;
    const item = { id: uuid(), at: now(), text: `📎 ${file.name}`, file };
    this.waiting.set(item.id, item);
    if (file.size > MOST_BYTES) this.#fail(item, say('error.file_too_large'));
    else this.#send(item);
  }

  async #send(item) {
    this.changed({ ...item, state: 'sending' });
    try {
      const { upto } = await sendFile(item.id, item.file);
      this.waiting.delete(item.id);
      this.changed({ ...item, state: 'sent', upto });
    } catch (error) {
      if (error instanceof SignedOut) this.ended();
      else this.#fail(item, error instanceof Refused ? error.sentence : say('app.broken'));
    }
  }

  #fail(item, problem) {
    this.changed({ ...item, state: 'failed', problem });
  }
}
