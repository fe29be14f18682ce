// Coming in: with a code that is typed, or with a link. A link only opens this page; the
// person's own press uses the code up, so that programs which look at links cannot.
import { call, Refused } from './api.js';
import { show, the } from './dom.js';
import { span } from './when.js';
import { say } from './words.js';

/** The code that this page was opened with, or null. It leaves the address bar at once. */
export function codeFromLink() {
  const path = location.pathname.match(/^\/join\/(.+)$/);
  const code = location.hash.slice(1) || (path ? decodeURIComponent(path[1]) : '');
  if (location.pathname.startsWith('/join')) history.replaceState(null, '', '/');
  return code || null;
}

/**
 * Show the door and wait until somebody is let in. `code` comes from a link or is null,
 * `signedIn` is the name of who is signed in here already, `why` a sentence to begin with.
 */
export function openDoor({ code = null, signedIn = null, why = '' }) {
  document.body.dataset.view = 'door';
  show(the('shell'), false);
  show(the('door'), true);
  the('door-error').textContent = why;
  return new Promise((resolve) => {
    ask(code, signedIn);
    the('door-other').onclick = () => ask(null, signedIn);
    the('door-form').onsubmit = async (event) => {
      event.preventDefault();
      const given = code && the('door-typed').hidden ? code : the('door-code').value.trim();
      if (given && (await enter(given))) {
        the('door-code').value = '';
        show(the('door'), false);
        resolve();
      }
    };
  });
}

function ask(code, signedIn) {
  the('door-title').textContent = say(code ? 'join.title' : 'sign_in.title');
  the('door-hint').textContent = say(code ? 'join.hint' : 'sign_in.hint');
  the('door-submit').textContent = say(code ? 'join.submit' : 'sign_in.submit');
  the('door-about').textContent = say(code ? 'join.shared' : 'sign_in.about');
  the('door-replaces').textContent = signedIn ? say('join.replaces', { name: signedIn }) : '';
  show(the('door-replaces'), Boolean(signedIn));
  show(the('door-typed'), !code);
  show(the('door-other'), Boolean(code));
  // On a phone the focus would throw up the keyboard before anybody has read the page.
  if (!matchMedia('(pointer: coarse)').matches) (code ? the('door-submit') : the('door-code')).focus();
}

/** Whether the code opened the door; if not, the page says why. */
async function enter(code) {
  const submit = the('door-submit');
  const label = submit.textContent;
  submit.disabled = true;
  submit.textContent = say('sign_in.working');
  the('door-error').textContent = '';
  try {
    await call('POST', '/api/join', { code });
    return true;
  } catch (error) {
    the('door-error').textContent = problem(error);
    return false;
  } finally {
    submit.disabled = false;
    submit.textContent = label;
  }
}

function problem(error) {
  if (!(error instanceof Refused)) return say('sign_in.offline');
  if (error.status === 429) return say('sign_in.too_many', { wait: span(error.wait) });
  return error.sentence || say('sign_in.refused');
}
