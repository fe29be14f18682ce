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
  return new Promise((resolve) => {
    // What the form does now: each step of coming in sets it anew.
    let submit = null;
    let other = null;
    const steps = {
      link: () => {
        ask({ title: 'join.title', hint: say('join.hint'), submit: say('join.submit'), other: say('join.other'), about: 'join.shared' });
        submit = () => steps.bring(code);
        other = steps.type;
      },
      type: () => {
        ask({ title: 'sign_in.title', hint: say('sign_in.hint'), submit: say('sign_in.submit'), about: 'sign_in.about', typed: true });
        submit = () => steps.bring(the('door-code').value.trim());
      },
      duty: (given, { text, yes, no }) => {
        ask({ title: 'join.duty', hint: text, submit: yes, other: no, about: 'join.shared' });
        submit = () => steps.bring(given, true);
        other = () => steps.bring(given, false);
      },
      bring: async (given, mine) => {
        if (!given) return;
        const answer = await bring(given, mine);
        if (!answer) return;
        the('door-code').value = '';
        if (answer.duty) return steps.duty(given, answer.duty);
        if (answer.said) return steps.type(), complain(answer.said);
        show(the('door'), false);
        resolve();
      },
    };
    the('door-form').onsubmit = (event) => {
      event.preventDefault();
      submit();
    };
    the('door-other').onclick = () => other();
    the('door-replaces').textContent = signedIn ? say('join.replaces', { name: signedIn }) : '';
    show(the('door-replaces'), Boolean(signedIn));
    if (code) steps.link();
    else steps.type();
    complain(why);
  });
}

function complain(sentence) {
  the('door-error').textContent = sentence;
}

function ask({ title, hint, submit, other = '', about, typed = false }) {
  complain('');
  the('door-title').textContent = say(title);
  the('door-hint').textContent = hint;
  the('door-submit').textContent = submit;
  the('door-other').textContent = other;
  the('door-about').textContent = say(about);
  show(the('door-typed'), typed);
  show(the('door-other'), other !== '');
  // On a phone the focus would throw up the keyboard before anybody has read the page.
  if (!matchMedia('(pointer: coarse)').matches) (typed ? the('door-code') : the('door-submit')).focus();
}

/** Bring the code to the server; its answer, or null when the page says what was wrong. */
async function bring(code, mine) {
  const buttons = [the('door-submit'), the('door-other')];
  const label = buttons[0].textContent;
  for (const button of buttons) button.disabled = true;
  buttons[0].textContent = say('sign_in.working');
  complain('');
  try {
    return await call('POST', '/api/join', { code, mine });
  } catch (error) {
    complain(problem(error));
    return null;
  } finally {
    for (const button of buttons) button.disabled = false;
    buttons[0].textContent = label;
  }
}

function problem(error) {
  if (!(error instanceof Refused)) return say('sign_in.offline');
  if (error.status === 429) return say('sign_in.too_many', { wait: span(error.wait) });
  return error.sentence || say('sign_in.refused');
}
