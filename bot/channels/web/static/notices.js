// Reports to the server which messages were visible; the title counts the others.
import { call } from './api.js';
import { show, the } from './dom.js';
import { say } from './words.js';
/** @import { Log } from './log.js' */
/** @import { Scroll } from './scroll.js' */
/** @import { Message } from './shapes.js' */

// Milliseconds: one request for all messages that became visible together.
const COLLECT_MS = 400;
// Milliseconds: the mark stays long enough to be noticed.
const KEEP_MARK_MS = 3000;
const MOST_IDS = 200;

export class Notices {
  /**
   * @param {Log} log
   * @param {Scroll} scroll
   */
  constructor(log, scroll) {
    this.log = log;
    this.scroll = scroll;
    /** @type {Map<Element, number>} */
    this.visible = new Map(); // element -> id, visible and not yet reported
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.stopped = false;
    this.watcher = new IntersectionObserver((entries) => this._moved(entries), { root: the('scroll'), threshold: 0.5 });
    document.addEventListener('visibilitychange', () => this._tellSoon());
    window.addEventListener('online', () => this._tellSoon());
    the('bell').addEventListener('click', () => this._toFirst());
  }

  /**
   * Watch messages that were just added to the page.
   * @param {Message[]} messages
   */
  watch(messages) {
    for (const { message, element } of this.log.messages) {
      if (messages.includes(message) && message.author === 'us' && !message.seen) this.watcher.observe(element);
    }
    this.count();
  }

  count() {
    const n = this.log.unreadNotices().length;
    show(the('badge'), n > 0);
    the('badge').textContent = n > 99 ? '99+' : String(n);
    the('bell').setAttribute('aria-label', n > 0 ? say('menu.notices', { n }) : say('menu.no_notices'));
    this.scroll.setUnread(n);
    document.title = n > 0 ? `(${n}) ${say('app.title')}` : say('app.title');
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    this.watcher.disconnect();
  }

  /** @private */
  _toFirst() {
    const first = this.log.unreadNotices()[0];
    if (first) first.element.scrollIntoView({ block: 'center' });
    else this.scroll.toEnd({ smooth: true });
  }

  /**
   * @private
   * @param {IntersectionObserverEntry[]} entries
   */
  _moved(entries) {
    for (const { target, isIntersecting, intersectionRect, rootBounds } of entries) {
      // Half of it is visible, or, if it is taller than the window, it fills the window.
      const filled = intersectionRect.height >= (rootBounds?.height ?? Infinity) * 0.5;
      if (isIntersecting || filled) this.visible.set(target, Number(target.getAttribute('data-id')));
      else this.visible.delete(target);
    }
    this._tellSoon();
  }

  /** @private */
  _tellSoon() {
    clearTimeout(this.timer);
    if (this.stopped || document.visibilityState !== 'visible' || this.visible.size === 0) return;
    this.timer = setTimeout(() => this._tell(), COLLECT_MS);
  }

  /** @private */
  async _tell() {
    const told = [...this.visible].slice(0, MOST_IDS);
    const ids = told.map(([, id]) => id);
    try {
      await call('POST /api/seen', { body: { ids } });
    } catch {
      return; // reported again when the network is back, or at the next visible message
    }
    for (const [element] of told) {
      this.visible.delete(element);
      this.watcher.unobserve(element);
    }
    for (const { message } of this.log.messages) if (ids.includes(message.id)) message.seen = true;
    this.count();
    setTimeout(() => this.log.markSeen(ids), KEEP_MARK_MS);
    this._tellSoon();
  }
}
