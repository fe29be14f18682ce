// The input field: grows with the text; it asks for what the open question wants, and is closed
// where a question is answered with buttons only.
import { show, the } from './dom.js';
import { say } from './words.js';
/** @import { Wanted } from './shapes.js' */

// The counter appears near the limit.
const SHOW_COUNT_BELOW = 200;
const touch = matchMedia('(pointer: coarse)');

export class Composer {
  /**
   * @param {number} limit characters
   * @param {object} handlers
   * @param {(text: string) => boolean} handlers.send gets what was written; false if it was not taken
   * @param {() => boolean} handlers.up is called for an arrow up in an empty field; true when it was of use
   * @param {(text: string) => void} handlers.written is called when the text changed
   */
  constructor(limit, { send, up, written }) {
    this.limit = limit;
    this.send = send;
    this.written = written;
    this.field = the('text', HTMLTextAreaElement);
    this.form = the('composer');
    this.button = the('send', HTMLButtonElement);
    this.oneLine = false;
    this.field.addEventListener('input', () => {
      this._changed();
      this.written(this.field.value);
    });
    this.field.addEventListener('keydown', (event) => this._key(event, up));
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this._submit();
    });
    the('shell').addEventListener('mousedown', (event) => this._keepFocus(event));
    this.ask(null);
    this._changed();
  }

  focus() {
    // On a phone the focus would open the on-screen keyboard over the conversation.
    // eslint-disable-next-line page/api -- iOS before 15 ignores it, and there nothing is focused
    if (!touch.matches) this.field.focus({ preventScroll: true });
  }

  /**
   * Ask for what the open question wants; null where nothing in particular is typed.
   * @param {Wanted | null} wanted
   */
  ask(wanted) {
    const closed = wanted?.by === 'taps';
    this.oneLine = wanted?.by === 'figure' || wanted?.by === 'line';
    this.field.placeholder = (!closed && wanted?.hint) || say('composer.placeholder');
    this.field.setAttribute('inputmode', wanted?.by === 'figure' ? 'numeric' : 'text');
    this.field.setAttribute('enterkeyhint', this.oneLine ? 'send' : 'enter');
    the('composer-closed-why').textContent = closed ? wanted.hint : '';
    show(the('composer-closed'), closed);
    show(the('composer-open'), !closed);
    if (closed && this.field.value !== '') this.clear();
  }

  /**
   * Put a half-written text back into an empty field.
   * @param {string} text
   */
  putBack(text) {
    if (text !== '' && this.field.value === '') this._set(text);
  }

  /** @param {string} sentence shown below the field until the text changes */
  complain(sentence) {
    the('composer-count').textContent = sentence;
    this.form.classList.add('over', 'counting');
  }

  clear() {
    this._set('');
  }

  /**
   * @private
   * @param {string} text
   */
  _set(text) {
    this.field.value = text;
    this._changed();
    this.written(text);
  }

  /**
   * While the person types, a press on a button must not close the on-screen keyboard.
   * @private
   * @param {MouseEvent} event
   */
  _keepFocus(event) {
    const pressed = event.target instanceof Element && event.target.closest('.choice, .send');
    if (pressed && document.activeElement === this.field) event.preventDefault();
  }

  /**
   * @private
   * @param {KeyboardEvent} event
   * @param {() => boolean} up
   */
  _key(event, up) {
    // Vietnamese uses an input method: its Enter ends a word, not the message.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey && (this.oneLine || !touch.matches)) {
      event.preventDefault();
      this._submit();
    }
    if (event.key === 'ArrowUp' && this.field.value === '' && up()) event.preventDefault();
  }

  /** @private */
  _submit() {
    const text = this.field.value.trim().normalize('NFC');
    if (text === '' || this._left() < 0) return;
    if (this.send(text)) this.clear();
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
