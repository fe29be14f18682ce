// One signed-in conversation, from its first message on the page to its last.
import { call, SignedOut } from './api.js';
import { focusChoices } from './choices.js';
import { Composer } from './composer.js';
import { show, the } from './dom.js';
import { Files } from './files.js';
import { forgetAll, Keeping } from './keeping.js';
import { Log } from './log.js';
import { Notices } from './notices.js';
import { MOST_WAITING, Queue } from './queue.js';
import { Scroll } from './scroll.js';
import { Stream } from './stream.js';
import { uuid } from './uuid.js';
import { milliseconds, now } from './when.js';
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
    this.keeping = new Keeping({ person: session.person.id, own: session.own_device, now: milliseconds });
    this.queue = new Queue(this.keeping, { changed: (item) => this._onItsWay(item), ended });
    if (session.roles.includes('administrator')) {
      this.files = new Files({ changed: (item) => this._onItsWay(item), ended });
    }
    this.scroll = new Scroll(() => this._older());
    this.notices = new Notices(this.log, this.scroll);
    this.composer = new Composer(session.text_limit, {
      send: (text) => this.say(text),
      up: () => focusChoices(this.log.openQuestion()),
      written: (text) => this.keeping.saveDraft(text, this._question()),
    });
    for (const name of ['home', 'result']) the(`composer-${name}`).addEventListener('click', () => this.say(say(`command.${name}.say`)));
    this.warn = (/** @type {BeforeUnloadEvent} */ event) => this._leaving(event);
    window.addEventListener('beforeunload', this.warn);
  }

  /** Fetch the newest messages and follow the conversation. Throws what `call` throws. */
  async open() {
    const page = await call('GET /api/history');
    this.more = page.more;
    const draft = this.keeping.draft();
    this._take(page.messages, { fresh: false });
    if (draft.asked === this.log.asked && this.log.wanted?.may_wait) this.composer.putBack(draft.text);
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
   * Send `text` as a message of the person; false if too many wait already.
   * @param {string} text
   */
  say(text) {
    return this._send({ said: text, text, asked: this.log.asked });
  }

  /**
   * End it on this page; with `forget` no data of it stays in the browser.
   * @param {{forget: boolean}} how
   */
  close({ forget }) {
    this.stream?.stop();
    this.notices.stop();
    this.queue.stop();
    window.removeEventListener('beforeunload', this.warn);
    if (forget) {
      this.composer.clear();
      forgetAll();
    }
  }

  /**
   * @private
   * @param {Message} message
   * @param {Choice} choice
   */
  _chosen(message, choice) {
    // A notice has no menu: its buttons are only words that need not be typed.
    if (message.menu) this._send({ tap: { menu: message.menu, choice: choice.key }, text: choice.label });
    else this.say(choice.key);
  }

  /**
   * @private
   * @param {Content} content
   */
  _send(content) {
    const taken = this.queue.add({ id: uuid(), at: now(), may_wait: this._question().may_wait, ...content });
    if (!taken) this.composer.complain(say('composer.full', { n: MOST_WAITING }));
    this.scroll.toEnd();
    return taken;
  }

  /** @private */
  _question() {
    return { asked: this.log.asked, may_wait: this.log.wanted?.may_wait ?? false };
  }

  /**
   * The browser asks the person first; the words are its own.
   * @private
   * @param {BeforeUnloadEvent} event
   */
  _leaving(event) {
    if (!this.queue.wouldLose) return;
    event.preventDefault();
    event.returnValue = ''; // Chrome before 119 needs it
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
    this._showWaiting();
    // The reply may arrive before the answer to the request, so "sent" starts no waiting.
    if (item.state === 'sending') this._wait(true);
    if (item.state === 'failed') this._wait(false);
    if (item.state === 'queued') {
      // The dots stay while an earlier one is being sent.
      if (this.queue.items[0]?.id === item.id) this._wait(false);
      this.log.setWaiting(true);
      this.scroll.toEnd();
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
    if (added.some((message) => message.menu)) this._ask();
    this.notices.watch(added);
    this._showEmpty();
    this._showProgress();
    if (added.length > 0 && this.scroll.stuck) this.scroll.toEnd({ smooth: fresh });
  }

  /** @private */
  _ask() {
    this.composer.ask(this.log.wanted);
    this.keeping.saveDraft(this.composer.field.value, this._question());
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

  /**
   * iOS does not ask before a tab is closed, so the page itself says what would be lost.
   * @private
   */
  _showWaiting() {
    the('waiting').textContent = this.queue.wouldLose && this.queue.failures > 0 ? say('composer.keep_open') : '';
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
