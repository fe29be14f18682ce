// The input field: grows with the text; Enter sends if there is a keyboard.
import { the } from './dom.js';
import { say } from './words.js';

// The counter appears near the limit.
const SHOW_COUNT_BELOW = 200;
const touch = matchMedia('(pointer: coarse)');

export class Composer {
  /**
   * @param {number} limit characters
   * @param {object} handlers
   * @param {(text: string) => void} handlers.send gets what was written
   * @param {() => boolean} handlers.up is called for an arrow up in an empty field; true when it was of use
   */
  constructor(limit, { send, up }) {
    this.limit = limit;
    this.send = send;
    this.field = the('text', HTMLTextAreaElement);
    this.form = the('composer');
    this.button = the('send', HTMLButtonElement);
    this.field.addEventListener('input', () => this._changed());
    this.field.addEventListener('keydown', (event) => this._key(event, up));
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this._submit();
    });
    this._changed();
  }

  focus() {
    // On a phone the focus would open the on-screen keyboard over the conversation.
    // eslint-disable-next-line page/api -- iOS before 15 ignores it, and there nothing is focused
    if (!touch.matches) this.field.focus({ preventScroll: true });
  }

  clear() {
    this.field.value = '';
    this._changed();
  }

  /**
   * @private
   * @param {KeyboardEvent} event
   * @param {() => boolean} up
   */
  _key(event, up) {
    // Vietnamese uses an input method: its Enter ends a word, not the message.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey && !touch.matches) {
      event.preventDefault();
      this._submit();
    }
    if (event.key === 'ArrowUp' && this.field.value === '' && up()) event.preventDefault();
  }

  /** @private */
  _submit() {
    const text = this.field.value.trim().normalize('NFC');
    if (text === '' || this._left() < 0) return;
    this.clear();
    this.send(text);
  }

  /**
   * Characters as the server counts them: code points, not UTF-16 units.
   * @private
   */
  _left() {
    return this.limit - [...this.field.value.trim().normalize('NFC')].length;
  }

  /** @private */
  _changed() {
    const left = this._left();
    const count = the('composer-count');
    const n = Math.abs(left);
    if (left < 0) count.textContent = say('composer.over', { n });
    else count.textContent = left < SHOW_COUNT_BELOW ? say('composer.left', { n }) : '';
    this.form.classList.toggle('over', left < 0);
    this.form.classList.toggle('counting', count.textContent !== '');
    this.button.disabled = this.field.value.trim() === '' || left < 0;
    this.field.style.height = 'auto';
    const border = this.field.offsetHeight - this.field.clientHeight;
    this.field.style.height = `${this.field.scrollHeight + border}px`;
  }
}
