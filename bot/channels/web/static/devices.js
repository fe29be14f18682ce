// The two dialogs about sessions: which there are, and one more.
import { call, Refused, SignedOut } from './api.js';
import { icon, make, qrCode, the } from './dom.js';
import { moment, time } from './when.js';
import { say } from './words.js';

/** `ended()` is called when this very session turns out to be over. */
export function prepareDevices(ended) {
  const guarded = (action, problem) => async () => {
    problem.textContent = '';
    try {
      await action();
    } catch (error) {
      if (error instanceof SignedOut) ended();
      else problem.textContent = (error instanceof Refused && error.sentence) || say('sign_in.offline');
    }
  };
  const said = the('devices-said');
  the('open-devices').addEventListener('click', guarded(() => openDevices(guarded, said), said));
  the('open-link').addEventListener('click', guarded(openLink, the('link-problem')));
  the('link-copy').addEventListener('click', copyLink);
  for (const dialog of document.querySelectorAll('dialog')) {
    dialog.querySelector('[data-close]').addEventListener('click', () => dialog.close());
    // A press beside the panel closes it, as people expect.
    dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  }
  // A code is not left lying on the screen's other side.
  the('link').addEventListener('close', () => forgetLink());
}

async function openDevices(guarded, said) {
  the('devices').showModal();
  await fillDevices(guarded, said);
}

async function fillDevices(guarded, said) {
  const { sessions } = await call('GET', '/api/sessions');
  the('device-list').replaceChildren(...sessions.map((session) => entry(session, guarded, said)));
}

function entry(session, guarded, said) {
  const device = session.device || say('devices.unknown');
  const end = guarded(async () => {
    await call('POST', `/api/sessions/${session.id}/end`, {});
    await fillDevices(guarded, said);
    said.textContent = say('devices.ended', { device });
    the('devices').querySelector('[data-close]').focus();
  }, said);
  const label = say('devices.end_label', { device });
  return make(
    'li',
    { class: 'device' },
    icon('device'),
    make(
      'div',
      {},
      make('strong', {}, device),
      make('span', { class: 'small' }, say('devices.last', { when: moment(session.last_used) })),
    ),
    session.this
      ? make('span', { class: 'here' }, say('devices.this'))
      : make('button', { class: 'quiet', type: 'button', 'aria-label': label, on: { click: end } }, say('devices.end')),
  );
}

async function openLink() {
  forgetLink();
  the('link').showModal();
  const { link, code, qr, expires } = await call('POST', '/api/links', {});
  the('link-hint').textContent = say('link.hint', { time: time(expires) });
  the('qr').replaceChildren(qrCode(qr, say('link.qr')));
  the('link-code').textContent = code;
  the('link-copy').dataset.link = link;
}

async function copyLink() {
  await navigator.clipboard.writeText(the('link-copy').dataset.link);
  the('link-copy').textContent = say('link.copied');
}

function forgetLink() {
  the('qr').replaceChildren();
  the('link-code').textContent = '';
  the('link-copy').textContent = say('link.copy');
  delete the('link-copy').dataset.link;
}
