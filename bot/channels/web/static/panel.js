// A panel over the page. The dialog element would be simpler, but iOS before 15.4 and Firefox
// before 98 do not have it.
import { all, show, the } from './dom.js';
import { keepInside } from './inside.js';

export class Panel {
  /**
   * @param {string} id of the ground that the panel lies on
   * @param {() => void} [closed] is called after it was closed
   */
  constructor(id, closed = () => undefined) {
    this.ground = the(id);
    this.closed = closed;
    /** @type {(() => void) | null} */
    this.letGo = null;
    for (const button of all('[data-close]', this.ground)) button.addEventListener('click', () => this.close());
    // A press outside the panel closes it, as people expect.
    this.ground.addEventListener('click', (event) => event.target === this.ground && this.close());
    this.ground.addEventListener('keydown', (event) => event.key === 'Escape' && this.close());
  }

  open() {
    if (this.letGo) return;
    show(this.ground, true);
    this.letGo = keepInside(this.ground, this.closer, [the('shell')]);
  }

  close() {
    if (!this.letGo) return;
    show(this.ground, false);
    this.letGo();
    this.letGo = null;
    this.closed();
  }

  /** The button that closes it. */
  get closer() {
    return all('[data-close]', this.ground)[0] ?? this.ground;
  }
}
