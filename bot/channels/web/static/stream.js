// The messages as they come. A page that is looked at holds a stream; a page in the
// background asks once a minute instead, because a browser opens six connections to one
// host and a seventh window would otherwise stop all of them.
import { call, SignedOut } from './api.js';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
// The server says something every 15 s; after this the connection is dead, whatever the browser thinks.
const SILENCE_MS = 40_000;
const BACKGROUND_MS = 60_000;
const GRACE_MS = 20_000;

/**
 * Follow the conversation from `last` (a message id). `handlers`: messages([...]),
 * seen([ids]), state('online' | 'connecting' | 'offline'), ended().
 */
export class Stream {
  constructor(last, handlers) {
    this.last = last;
    this.handlers = handlers;
    this.source = null;
    this.timers = new Map();
    this.failures = 0;
    this.stopped = false;
    this.listeners = new AbortController();
    const { signal } = this.listeners;
    document.addEventListener('visibilitychange', () => this.#looked(), { signal });
    addEventListener('online', () => this.#open(), { signal });
    addEventListener('offline', () => this.#lost(), { signal });
    // A page that comes back from the browser's memory has a dead stream.
    addEventListener('pageshow', (event) => event.persisted && this.#open(), { signal });
    this.#open();
  }

  stop() {
    this.stopped = true;
    this.listeners.abort();
    this.#close();
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  #open() {
    if (this.stopped) return;
    this.#close();
    this.#cancel('retry');
    this.handlers.state(navigator.onLine ? 'connecting' : 'offline');
    const source = new EventSource(`/api/events?after=${this.last}`);
    this.source = source;
    this.#listenForSilence();
    source.addEventListener('open', () => {
      this.failures = 0;
      this.handlers.state('online');
    });
    source.addEventListener('message', (event) => this.#received([JSON.parse(event.data)]));
    source.addEventListener('seen', (event) => this.handlers.seen(JSON.parse(event.data).ids));
    source.addEventListener('beat', () => this.#listenForSilence());
    source.addEventListener('ended', () => this.handlers.ended());
    source.addEventListener('error', () => this.#lost());
  }

  #close() {
    this.source?.close();
    this.source = null;
    this.#cancel('silence');
  }

  #received(messages) {
    if (this.source) this.#listenForSilence();
    for (const message of messages) this.last = Math.max(this.last, message.id);
    if (messages.length > 0) this.handlers.messages(messages);
  }

  async #lost() {
    if (this.stopped) return;
    this.#close();
    this.handlers.state('offline');
    this.failures += 1;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.failures - 1));
    // Half fixed, half chance: after a restart not every phone in the province comes at once.
    this.#after('retry', wait / 2 + (Math.random() * wait) / 2, () => this.#open());
    // The stream does not say why it ended; a closed session has to be found out.
    await this.#ask(() => call('GET', '/api/session'));
  }

  #looked() {
    if (document.visibilityState === 'visible') {
      this.#cancel('leave');
      this.#cancel('background');
      if (this.source === null || this.source.readyState === EventSource.CLOSED) this.#open();
      return;
    }
    this.#after('leave', GRACE_MS, () => {
      this.#close();
      this.#cancel('retry');
      this.#inBackground();
    });
  }

  #inBackground() {
    this.#after('background', BACKGROUND_MS, async () => {
      const page = await this.#ask(() => call('GET', `/api/history?after=${this.last}`));
      if (page) this.#received(page.messages);
      if (document.visibilityState !== 'visible') this.#inBackground();
    });
  }

  async #ask(question) {
    try {
      return await question();
    } catch (error) {
      if (error instanceof SignedOut && !this.stopped) this.handlers.ended();
      return null;
    }
  }

  #listenForSilence() {
    this.#after('silence', SILENCE_MS, () => this.#lost());
  }

  #after(name, milliseconds, action) {
    this.#cancel(name);
    this.timers.set(name, setTimeout(() => !this.stopped && action(), milliseconds));
  }

  #cancel(name) {
    clearTimeout(this.timers.get(name));
  }
}
