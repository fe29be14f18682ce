// Receives new messages. A visible page keeps a stream open; a page in the
// background asks once a minute instead, because a browser opens six connections to one
// host, and a seventh window would block all of them.
import { call, SignedOut } from './api.js';
/** @import { Connection, Message } from './shapes.js' */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30000;
// Milliseconds. The server sends at least every 15 s; after this time the connection is dead.
const SILENCE_MS = 40000;
const BACKGROUND_MS = 60000;
const GRACE_MS = 20000;

/**
 * @typedef {object} Handlers
 * @property {(messages: Message[]) => void} messages
 * @property {(ids: number[]) => void} seen
 * @property {(state: Connection) => void} state
 * @property {() => void} ended
 */

/** Follows the conversation from a given message on. */
export class Stream {
  /**
   * @param {number} last the id of the last message that the page has
   * @param {Handlers} handlers
   */
  constructor(last, handlers) {
    this.last = last;
    this.handlers = handlers;
    /** @type {EventSource | null} */
    this.source = null;
    /** @type {Map<string, ReturnType<typeof setTimeout>>} */
    this.timers = new Map();
    this.failures = 0;
    this.stopped = false;
    /** @type {(() => void)[]} */
    this.forget = []; // an AbortSignal would do it; Chrome before 88 and iOS before 15 ignore it
    this._listen(document, 'visibilitychange', () => this._looked());
    this._listen(window, 'online', () => this._open());
    this._listen(window, 'offline', () => this._lost());
    // A page that the browser restores from its cache has a dead stream.
    this._listen(window, 'pageshow', (event) => event instanceof PageTransitionEvent && event.persisted && this._open());
    this._open();
  }

  stop() {
    this.stopped = true;
    for (const forget of this.forget) forget();
    this._close();
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  /**
   * @private
   * @param {EventTarget} target
   * @param {string} event
   * @param {(event: Event) => void} action
   */
  _listen(target, event, action) {
    target.addEventListener(event, action);
    this.forget.push(() => target.removeEventListener(event, action));
  }

  /** @private */
  _open() {
    if (this.stopped) return;
    this._close();
    this._cancel('retry');
    this.handlers.state(navigator.onLine ? 'connecting' : 'offline');
    const source = new EventSource(`/api/events?after=${this.last}`);
    this.source = source;
    this._listenForSilence();
    source.addEventListener('open', () => {
      this.failures = 0;
      this.handlers.state('online');
    });
    source.addEventListener('message', (event) => this._received([JSON.parse(event.data)]));
    source.addEventListener('seen', (event) => this.handlers.seen(JSON.parse(event.data).ids));
    source.addEventListener('beat', () => this._listenForSilence());
    source.addEventListener('ended', () => this.handlers.ended());
    source.addEventListener('error', () => this._lost());
  }

  /** @private */
  _close() {
    this.source?.close();
    this.source = null;
    this._cancel('silence');
  }

  /**
   * @private
   * @param {Message[]} messages
   */
  _received(messages) {
    if (this.source) this._listenForSilence();
    for (const message of messages) this.last = Math.max(this.last, message.id);
    if (messages.length > 0) this.handlers.messages(messages);
  }

  /** @private */
  async _lost() {
    if (this.stopped) return;
    this._close();
    this.handlers.state('offline');
    this.failures += 1;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.failures - 1));
    // Half fixed, half random: after a restart the province's phones must not all connect at once.
    this._after('retry', wait / 2 + (Math.random() * wait) / 2, () => this._open());
    // The stream does not say why it ended; the page must check whether the session is over.
    await this._ask(() => call('GET /api/session'));
  }

  /** @private */
  _looked() {
    if (document.visibilityState === 'visible') {
      this._cancel('leave');
      this._cancel('background');
      if (this.source === null || this.source.readyState === EventSource.CLOSED) this._open();
      return;
    }
    this._after('leave', GRACE_MS, () => {
      this._close();
      this._cancel('retry');
      this._inBackground();
    });
  }

  /** @private */
  _inBackground() {
    this._after('background', BACKGROUND_MS, async () => {
      const page = await this._ask(() => call('GET /api/history', { query: `?after=${this.last}` }));
      if (page) this._received(page.messages);
      if (document.visibilityState !== 'visible') this._inBackground();
    });
  }

  /**
   * @private
   * @template T
   * @param {() => Promise<T>} question
   * @returns {Promise<T | null>} null where there was no answer
   */
  async _ask(question) {
    try {
      return await question();
    } catch (error) {
      if (error instanceof SignedOut && !this.stopped) this.handlers.ended();
      return null;
    }
  }

  /** @private */
  _listenForSilence() {
    this._after('silence', SILENCE_MS, () => this._lost());
  }

  /**
   * @private
   * @param {string} name
   * @param {number} milliseconds
   * @param {() => unknown} action
   */
  _after(name, milliseconds, action) {
    this._cancel(name);
    this.timers.set(name, setTimeout(() => !this.stopped && action(), milliseconds));
  }

  /**
   * @private
   * @param {string} name
   */
  _cancel(name) {
    clearTimeout(this.timers.get(name));
  }
}
