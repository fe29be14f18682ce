// The reader's position in the conversation: at the end, or further up.
import { show, the } from './dom.js';
import { say } from './words.js';

// Pixels: nearer to the end than this counts as the end.
const NEAR_PX = 120;
// Pixels: older messages are fetched this far before the reader reaches the top.
const AHEAD_PX = 400;

export class Scroll {
  /** @param {() => Promise<void>} older is called (and awaited) when the reader comes near the top */
  constructor(older) {
    this.box = the('scroll');
    this.older = older;
    this.loading = false;
    this.stuck = true;
    this.box.addEventListener('scroll', () => this._moved(), { passive: true });
    the('latest').addEventListener('click', () => this.toEnd({ smooth: true }));
    // Pictures, keyboards and rotated phones change the height while a person reads.
    const resized = new ResizeObserver(() => this.stuck && this.toEnd());
    for (const element of [this.box, the('log'), the('typing')]) resized.observe(element);
    followHeight();
  }

  toEnd({ smooth = false } = {}) {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.stuck = true;
    this.box.scrollTo({ top: this.box.scrollHeight, behavior: smooth && !calm ? 'smooth' : 'auto' });
  }

  /**
   * Run `change` (which adds elements above) without moving the visible text.
   * @param {() => void} change
   */
  keepPlace(change) {
    const fromEnd = this.box.scrollHeight - this.box.scrollTop;
    change();
    this.box.scrollTop = this.box.scrollHeight - fromEnd;
  }

  /**
   * Show on the scroll-down button how many notices are below.
   * @param {number} n
   */
  setUnread(n) {
    the('latest').setAttribute('aria-label', n > 0 ? say('log.latest_count', { n }) : say('log.latest'));
    the('latest-badge').textContent = n > 0 ? String(n) : '';
    show(the('latest-badge'), n > 0);
  }

  /** @private */
  async _moved() {
    const fromEnd = this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight;
    this.stuck = fromEnd < NEAR_PX;
    show(the('latest'), !this.stuck);
    if (this.box.scrollTop > AHEAD_PX || this.loading) return;
    this.loading = true;
    try {
      await this.older();
    } finally {
      this.loading = false;
    }
  }
}

/* eslint-disable page/api -- Firefox before 91 has no visual viewport. It needs none: its keyboard
   makes the page itself smaller. */
/**
 * Keep the conversation as high as the visible part of the page. The style sheet does it if the
 * browser knows `dvh` (Chrome 108, iOS 15.4, Firefox 101); in older ones 100vh reaches below the
 * address bar. And iOS draws its keyboard over the page and changes only the visual viewport.
 */
function followHeight() {
  const view = window.visualViewport;
  const styled = CSS.supports('height', '100dvh');
  const { style } = document.documentElement;
  const fit = () => {
    const covered = view !== null && window.innerHeight - view.height > 1 && view.scale === 1;
    if (covered) style.setProperty('--height', `${view.height}px`);
    else if (styled) style.removeProperty('--height');
    else style.setProperty('--height', `${window.innerHeight}px`);
    if (covered) window.scrollTo(0, 0);
  };
  window.addEventListener('resize', fit);
  view?.addEventListener('resize', fit);
  fit();
}
/* eslint-enable page/api */
