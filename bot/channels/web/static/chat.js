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

// The dots do not promise an answer for ever.
const DOTS_MS = 15_000;

export class Chat {
  /**
   * `session` is what the server says of it; `ended()` is called when it is over,
   * `answered()` when the assistant has replied.
   */
  constructor(session, { ended, answered }) {
    this.ended = ended;
    this.answered = answered;
    this.more = true;
    this.dots = 0;
    this.log = new Log({
      choose: (message, choice) => this.#chosen(message, choice),
      retry: (id) => this.files?.retry(id) || this.queue.retry(id),
      drop: (id) => this.#dropped(id),
    });
    this.queue = new Queue(session.person.id, { changed: (item) => this.#onItsWay(item), ended });
    if (session.roles.includes('administrator')) {
      this.files = new Files({ changed: (item) => this.#onItsWay(item), ended });
    }
    this.scroll = new Scroll(() => this.#older());
    this.notices = new Notices(this.log, this.scroll);
    this.composer = new Composer(session.text_limit, {
      send: (text) => this.say(text),
      up: () => focusChoices(this.log.openQuestion()),
    });
  }

  /** Fetch the newest messages and follow the conversation. Throws what `call` throws. */
  async open() {
    const page = await call('GET', '/api/history');
    this.more = page.more;
    this.#take(page.messages, { fresh: false });
    this.log.box.setAttribute('aria-busy', 'false');
    for (const item of this.queue.items) this.log.showPending(item);
    this.scroll.toEnd();
    this.stream = new Stream(this.log.newest?.id ?? 0, {
      messages: (messages) => this.#take(messages, { fresh: true }),
      seen: (ids) => this.#seenElsewhere(ids),
      state: (state) => this.#connected(state),
      ended: this.ended,
    });
    this.queue.pump();
    this.composer.focus();
  }

  /** Say `text` in the person's name. */
  say(text) {
    this.#send({ said: text, text });
  }

  /** End it on this device; nothing of it stays in the browser. */
  close({ forget }) {
    this.stream?.stop();
    this.notices.stop();
    if (forget) this.queue.clear();
  }

  #chosen(message, choice) {
    // A notice owns no menu: its buttons are only words that need not be typed.
    if (message.menu) this.#send({ tap: { menu: message.menu, choice: choice.key }, text: choice.label });
    else this.#send({ said: choice.key, text: choice.key });
  }

  #send(content) {
    this.queue.add({ id: uuid(), at: now(), ...content });
    this.scroll.toEnd();
  }

  #dropped(id) {
    this.queue.drop(id);
    this.files?.drop(id);
    this.log.dropPending(id);
    this.#wait(false);
  }

  #onItsWay(item) {
    this.log.showPending(item);
    this.#showEmpty();
    // The reply may come before the answer to the sending, so "sent" begins no waiting.
    if (item.state === 'sending') this.#wait(true);
    if (item.state === 'failed') this.#wait(false);
    if (item.state === 'queued') {
      this.#wait(false);
      this.log.setWaiting(true);
    }
  }

  #wait(waiting) {
    clearTimeout(this.dots);
    show(the('typing'), waiting);
    this.log.setWaiting(waiting);
    if (waiting) this.dots = setTimeout(() => this.#wait(false), DOTS_MS);
  }

  #take(messages, { fresh }) {
    const added = this.log.add(messages, { fresh });
    if (added.some((message) => message.author === 'us' && message.lane === 'reply')) {
      this.#wait(false);
      if (fresh) this.answered();
    }
    this.notices.watch(added);
    this.#showEmpty();
    this.#showProgress();
    if (added.length > 0 && this.scroll.stuck) this.scroll.toEnd({ smooth: fresh });
  }

  async #older() {
    if (!this.more || !this.log.oldest) return;
    the('edge').textContent = say('log.older');
    try {
      const page = await call('GET', `/api/history?before=${this.log.oldest.id}`);
      this.more = page.more;
      this.scroll.keepPlace(() => this.#take(page.messages, { fresh: false }));
    } catch (error) {
      if (error instanceof SignedOut) this.ended();
    } finally {
      the('edge').textContent = this.more ? '' : say('log.start');
    }
  }

  #seenElsewhere(ids) {
    this.log.markSeen(ids);
    this.notices.count();
  }

  #connected(state) {
    const element = the('connection');
    if (element.dataset.state === state) return;
    element.dataset.state = state;
    element.textContent = say(`connection.${state}`);
    if (state === 'online') this.queue.pump();
  }

  #showEmpty() {
    show(the('empty'), this.log.isEmpty);
  }

  #showProgress() {
    const progress = this.log.progress();
    show(the('progress'), progress !== null);
    if (progress === null) return;
    const [done, all] = progress;
    the('progress-bar').max = Math.max(all, 1);
    the('progress-bar').value = done;
    the('progress-bar').setAttribute('aria-label', say('log.progress', { done, all }));
    the('progress-text').textContent = say('log.progress_short', { done, all });
  }
}
