// The menu next to the conversation: a drawer on a phone, always visible on a wide screen.
import { all, fill, icon, make, the } from './dom.js';
import { keepInside } from './inside.js';
import { say } from './words.js';

const wide = matchMedia('(min-width: 60rem)');

// The commands of each role; the words are in the locale, and the server executes them.
const ALL = ['officer', 'head', 'reviewer', 'supervisor', 'administrator', 'council'];
const ANSWERING = ['officer', 'head'];
const OVERSEEING = ['reviewer', 'supervisor', 'administrator', 'council'];
const COMMANDS = [
  { name: 'next', roles: ANSWERING },
  { name: 'result', roles: ANSWERING },
  { name: 'status', roles: OVERSEEING },
  { name: 'missing', roles: OVERSEEING },
  { name: 'dates', roles: ALL },
  { name: 'home', roles: ALL },
  { name: 'help', roles: ALL },
  { name: 'language', roles: ALL },
];

export class Menu {
  /**
   * @param {object} actions
   * @param {(text: string) => void} actions.command says a command in the person's name
   * @param {() => void} actions.signOut ends this session
   */
  constructor({ command, signOut }) {
    this.side = the('side');
    this.command = command;
    /** @type {(() => void) | null} */
    this.letGo = null;
    the('menu').addEventListener('click', () => this.open());
    the('side-close').addEventListener('click', () => this.close());
    the('veil').addEventListener('click', () => this.close());
    // A panel opens over the conversation and later gives the focus back to an existing element.
    for (const opener of ['open-devices', 'open-link']) the(opener).addEventListener('click', () => this.close());
    the('sign-out').addEventListener('click', signOut);
    this.side.addEventListener('keydown', (event) => event.key === 'Escape' && this.close());
    wide.addEventListener('change', () => this.close());
    prepareTheme();
  }

  /**
   * Show the signed-in person and the person's commands.
   * @param {{name: string, roles: string[]}} person
   */
  describe({ name, roles }) {
    the('side-name').textContent = name;
    const offered = COMMANDS.filter((command) => command.roles.some((role) => roles.includes(role)));
    fill(the('commands'), ...offered.map((command) => this._entry(command.name)));
  }

  open() {
    if (wide.matches || this.letGo) return;
    this.side.classList.add('open');
    the('menu').setAttribute('aria-expanded', 'true');
    this.letGo = keepInside(this.side, the('side-close'), [the('chat')]);
  }

  close() {
    if (!this.letGo) return;
    this.side.classList.remove('open');
    the('menu').setAttribute('aria-expanded', 'false');
    this.letGo();
    this.letGo = null;
    the('menu').focus();
  }

  /**
   * @private
   * @param {string} command
   */
  _entry(command) {
    const press = () => {
      this.close();
      this.command(say(`command.${command}.say`));
    };
    const button = make('button', { class: 'row', type: 'button', on: { click: press } }, icon(command), make('span', {}, say(`command.${command}`)));
    return make('li', {}, button);
  }
}

function prepareTheme() {
  for (const radio of all('input', the('theme'))) {
    if (!(radio instanceof HTMLInputElement)) continue;
    radio.checked = radio.value === window.anttTheme.get();
    radio.addEventListener('change', () => window.anttTheme.set(radio.value));
  }
}
