// One signed-in conversation, from its first message on the page to its last.
import { call, SignedOut } from './api.js';
import { focusChoices } from './choices.js';
import { Composer } from './composer.js';
import { show, the } from './dom.js';
import { Files } from './files.js';
import { Log } from './log.js';
import { Notices } from './notices.js';
import { Queue } from './queue.js';
import { Scroll } from './scroll.js';
import { Stream } from './stream.js';
import { uuid } from './uuid.js';
import { now } from './when.js';
import { say } from './words.js';
/** @import { Choice, Connection, Content, Item, Message, Session } from './shapes.js' */

// Milliseconds. The waiting dots must not promise an answer without end.
const DOTS_MS = 15000;

export class Chat {
  /**
   * @param {Session} session the session as the server describes it
   * @param {object} handlers
   * @param {() => void} handlers.ended is called when it is over
   * @param {() => void} handlers.answered is called when the assistant has replied
   */
  constructor(session, { ended, answered }) {
    this.ended = ended;
    this.answered = answered;
    this.more = true;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.dots = undefined;
    /** @type {Files | null} */
    this.files = null;
    /** @type {Stream | null} */
    this.stream = null;
    this.log = new Log({
      choose: (message, choice) => this._chosen(message, choice),
      retry: (id) => this.files?.retry(id) || this.queue.retry(id),
      drop: (id) => this._dropped(id),
    });
    this.queue = new Queue(session.person.id, { changed: (item) => this._onItsWay(item), ended });
    if (session.roles.includes('administrator')) {
      this.files = new Files({ changed: (item) => this._onItsWay(item), ended });
    }
    this.scroll = new Scroll(() => this._older());
    this.notices = new Notices(this.log, this.scroll);
    this.composer = new Composer(session.text_limit, {
      send: (text) => this.say(text),
      up: () => focusChoices(this.log.openQuestion()),
    });
  }

  /** Fetch the newest messages and follow the conversation. Throws what `call` throws. */
  async open() {
    const page = await call('GET /api/history');
    this.more = page.more;
    this._take(page.messages, { fresh: false });
    this.log.box.setAttribute('aria-busy', 'false');
    for (const item of this.queue.items) this.log.showPending(item);
    this.scroll.toEnd();
    this.stream = new Stream(this.log.newest?.id ?? 0, {
      messages: (messages) => this._take(messages, { fresh: true }),
      seen: (ids) => this._seenElsewhere(ids),
      state: (state) => this._connected(state),
      ended: this.ended,
    });
    this.queue.pump();
    this.composer.focus();
  }

  /**
   * Send `text` as a message of the person.
   * @param {string} text
   */
  say(text) {
    this._send({ said: text, text });
  }

  /**
   * End it on this device; with `forget` no data of it stays in the browser.
   * @param {{forget: boolean}} how
   */
  close({ forget }) {
    this.stream?.stop();
    this.notices.stop();
    if (forget) this.queue.clear();
  }

  /**
   * @private
   * @param {Message} message
   * @param {Choice} choice
   */
  _chosen(message, choice) {
    // A notice has no menu: its buttons are only words that need not be typed.
    if (message.menu) this._send({ tap: { menu: message.menu, choice: choice.key }, text: choice.label });
    else this._send({ said: choice.key, text: choice.key });
  }

  /**
   * @private
   * @param {Content} content
   */
  _send(content) {
    this.queue.add({ id: uuid(), at: now(), ...content });
    this.scroll.toEnd();
  }

  /**
   * @private
   * @param {string} id
   */
  _dropped(id) {
    this.queue.drop(id);
    this.files?.drop(id);
    this.log.dropPending(id);
    this._wait(false);
  }

  /**
   * @private
   * @param {Item} item
   */
  _onItsWay(item) {
    this.log.showPending(item);
    this._showEmpty();
    // The reply may arrive before the answer to the request, so "sent" starts no waiting.
    if (item.state === 'sending') this._wait(true);
    if (item.state === 'failed') this._wait(false);
    if (item.state === 'queued') {
      this._wait(false);
      this.log.setWaiting(true);
    }
  }

  /**
   * @private
   * @param {boolean} waiting
   */
  _wait(waiting) {
    clearTimeout(this.dots);
    show(the('typing'), waiting);
    this.log.setWaiting(waiting);
    if (waiting) this.dots = setTimeout(() => this._wait(false), DOTS_MS);
  }

  /**
   * @private
   * @param {Message[]} messages
   * @param {{fresh: boolean}} how
   */
  _take(messages, { fresh }) {
    const added = this.log.add(messages, { fresh });
    if (added.some((message) => message.author === 'us' && message.lane === 'reply')) {
      this._wait(false);
      if (fresh) this.answered();
    }
    this.notices.watch(added);
    this._showEmpty();
    this._showProgress();
    if (added.length > 0 && this.scroll.stuck) this.scroll.toEnd({ smooth: fresh });
  }

  /** @private */
  async _older() {
    if (!this.more || !this.log.oldest) return;
    the('edge').textContent = say('log.older');
    try {
      const page = await call('GET /api/history', { query: `?before=${this.log.oldest.id}` });
      this.more = page.more;
      this.scroll.keepPlace(() => this._take(page.messages, { fresh: false }));
    } catch (error) {
      if (error instanceof SignedOut) this.ended();
    } finally {
      the('edge').textContent = this.more ? '' : say('log.start');
    }
  }

  /**
   * @private
   * @param {number[]} ids
   */
  _seenElsewhere(ids) {
    this.log.markSeen(ids);
    this.notices.count();
  }

  /**
   * @private
   * @param {Connection} state
   */
  _connected(state) {
    const element = the('connection');
    if (element.dataset.state === state) return;
    element.dataset.state = state;
    element.textContent = say(`connection.${state}`);
    the('shell').dataset.connection = state;
    if (state === 'online') this.queue.pump();
  }

  /** @private */
  _showEmpty() {
    show(the('empty'), this.log.isEmpty);
  }

  /** @private */
  _showProgress() {
    const progress = this.log.progress();
    show(the('progress'), progress !== null);
    if (progress === null) return;
    const [done, all] = progress;
    const bar = the('progress-bar', HTMLProgressElement);
    bar.max = Math.max(all, 1);
    bar.value = done;
    bar.setAttribute('aria-label', say('log.progress', { done, all }));
    the('progress-text').textContent = say('log.progress_short', { done, all });
  }
}
