// Where the person writes: grows with the text, Enter sends on a keyboard.
import { the } from './dom.js';
import { say } from './words.js';

// The count appears when it begins to matter.
const SHOW_COUNT_BELOW = 200;
const touch = matchMedia('(pointer: coarse)');

/** `send(text)` gets what was written; `up()` is called for an arrow up in an empty field. */
export class Composer {
  constructor(limit, { send, up }) {
    this.limit = limit;
    this.send = send;
    this.field = the('text');
    this.form = the('composer');
    this.field.addEventListener('input', () => this.#changed());
    this.field.addEventListener('keydown', (event) => this.#key(event, up));
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#changed();
  }

  focus() {
    // On a phone the focus would throw up the keyboard over the conversation.
    if (!touch.matches) this.field.focus({ preventScroll: true });
  }

  clear() {
    this.field.value = '';
    this.#changed();
  }

  #key(event, up) {
    // Vietnamese is typed through an input method: its Enter ends a word, not the message.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey && !touch.matches) {
      event.preventDefault();
      this.#submit();
    }
    if (event.key === 'ArrowUp' && this.field.value === '' && up()) event.preventDefault();
  }

  #submit() {
    const text = this.field.value.trim().normalize('NFC');
    if (text === '' || this.#left() < 0) return;
    this.clear();
    this.send(text);
  }

  /** Characters as the server counts them: code points, not UTF-16 units. */
  #left() {
    return this.limit - [...this.field.value.trim().normalize('NFC')].length;
  }

  #changed() {
    const left = this.#left();
    const count = the('composer-count');
    const n = Math.abs(left);
    if (left < 0) count.textContent = say('composer.over', { n });
    else count.textContent = left < SHOW_COUNT_BELOW ? say('composer.left', { n }) : '';
    this.form.classList.toggle('over', left < 0);
    the('send').disabled = this.field.value.trim() === '' || left < 0;
    this.field.style.height = 'auto';
    const border = this.field.offsetHeight - this.field.clientHeight;
    this.field.style.height = `${this.field.scrollHeight + border}px`;
  }
}
