// The sign-in form: with a typed code, or with a link. A link only opens this page; the person
// must press a button to use the code, so that programs which open links cannot use it up.
import { call, Refused } from './api.js';
import { show, the } from './dom.js';
import { span } from './when.js';
import { say } from './words.js';
/** @import { Duty } from './shapes.js' */

/** The code in this page's URL, or null. It is removed from the address bar at once. */
export function codeFromLink() {
  const path = location.pathname.match(/^\/join\/(.+)$/);
  const code = location.hash.slice(1) || (path ? decodeURIComponent(path[1] ?? '') : '');
  if (location.pathname.startsWith('/join')) history.replaceState(null, '', '/');
  return code || null;
}

/**
 * Show the sign-in form and wait until a person is signed in.
 * @param {object} how
 * @param {string | null} [how.code] the code of a link
 * @param {string | null} [how.signedIn] the name of who is signed in here already
 * @param {string} [how.why] a sentence to begin with
 * @returns {Promise<void>}
 */
export function openDoor({ code = null, signedIn = null, why = '' }) {
  document.body.dataset.view = 'door';
  show(the('shell'), false);
  show(the('door'), true);
  the('door-replaces').textContent = signedIn ? say('join.replaces', { name: signedIn }) : '';
  show(the('door-replaces'), Boolean(signedIn));
  return new Promise((resolve) => {
    const door = new Door(() => {
      show(the('door'), false);
      resolve();
    });
    if (code) door.askForPress(code);
    else door.askForCode();
    complain(why);
  });
}

/** The form and its current action: each step of signing in sets it again. */
class Door {
  /** @param {() => void} open is called when somebody is let in */
  constructor(open) {
    this.open = open;
    /** @type {() => unknown} */
    this.submit = () => undefined;
    /** @type {() => unknown} */
    this.other = () => undefined;
    the('door-form').onsubmit = (event) => {
      event.preventDefault();
      this.submit();
    };
    the('door-other').onclick = () => this.other();
  }

  /** @param {string} code */
  askForPress(code) {
    ask({ title: 'join.title', hint: say('join.hint'), submit: say('join.submit'), other: say('join.other'), about: 'join.shared' });
    this.submit = () => this._bring(code);
    this.other = () => this.askForCode();
  }

  askForCode() {
    ask({ title: 'sign_in.title', hint: say('sign_in.hint'), submit: say('sign_in.submit'), about: 'sign_in.about', typed: true });
    this.submit = () => this._bring(field().value.trim());
  }

  /**
   * @param {string} code
   * @param {Duty} duty
   */
  askForDuty(code, { text, yes, no }) {
    ask({ title: 'join.duty', hint: text, submit: yes, other: no, about: 'join.shared' });
    this.submit = () => this._bring(code, true);
    this.other = () => this._bring(code, false);
  }

  /**
   * @private
   * @param {string} code
   * @param {boolean} [mine] whether the duty of the code is the person's own
   */
  async _bring(code, mine) {
    if (!code) return;
    const answer = await bring(code, mine);
    if (!answer) return;
    field().value = '';
    if (answer.duty) this.askForDuty(code, answer.duty);
    else if (answer.said) {
      this.askForCode();
      complain(answer.said);
    } else this.open();
  }
}

const field = () => the('door-code', HTMLInputElement);

/** @param {string} sentence */
function complain(sentence) {
  the('door-error').textContent = sentence;
}

/** @param {{title: string, hint: string, submit: string, other?: string, about: string, typed?: boolean}} step */
function ask({ title, hint, submit, other = '', about, typed = false }) {
  complain('');
  the('door-title').textContent = say(title);
  the('door-hint').textContent = hint;
  the('door-submit').textContent = submit;
  the('door-other').textContent = other;
  the('door-about').textContent = say(about);
  show(the('door-typed'), typed);
  show(the('door-other'), other !== '');
  // On a phone the focus would open the on-screen keyboard before the person has read the page.
  if (!matchMedia('(pointer: coarse)').matches) (typed ? field() : the('door-submit')).focus();
}

/**
 * Send the code to the server; returns its answer, or null if the page shows an error.
 * @param {string} code
 * @param {boolean} [mine]
 */
async function bring(code, mine) {
  const submit = the('door-submit', HTMLButtonElement);
  const buttons = [submit, the('door-other', HTMLButtonElement)];
  const label = submit.textContent;
  for (const button of buttons) button.disabled = true;
  submit.textContent = say('sign_in.working');
  complain('');
  try {
    return await call('POST /api/join', { body: { code, mine, own_device: the('door-own', HTMLInputElement).checked } });
  } catch (error) {
    complain(problem(error));
    return null;
  } finally {
    for (const button of buttons) button.disabled = false;
    submit.textContent = label;
  }
}

/** @param {unknown} error */
function problem(error) {
  if (!(error instanceof Refused)) return say('sign_in.offline');
  if (error.status === 429) return say('sign_in.too_many', { wait: span(error.wait) });
  return error.sentence || say('sign_in.refused');
}
