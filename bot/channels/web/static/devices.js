// The two panels about sessions: the list, and the link for one more device.
import { call, Refused, SignedOut } from './api.js';
import { fill, icon, make, qrCode, the } from './dom.js';
import { Panel } from './panel.js';
import { moment, time } from './when.js';
import { say } from './words.js';
/** @import { Device } from './shapes.js' */

/**
 * Wraps a call to the server: an error becomes a sentence.
 * @callback Guarded
 * @param {() => Promise<void>} action
 * @param {HTMLElement} problem where the sentence is shown
 * @returns {() => Promise<void>}
 */

/** @param {() => void} ended is called when this very session turns out to be over */
export function prepareDevices(ended) {
  /** @type {Guarded} */
  const guarded = (action, problem) => async () => {
    problem.textContent = '';
    try {
      await action();
    } catch (error) {
      if (error instanceof SignedOut) ended();
      else problem.textContent = (error instanceof Refused && error.sentence) || say('sign_in.offline');
    }
  };
  const devices = new Panel('devices');
  // A code must not stay on the screen after the panel closes.
  const link = new Panel('link', forgetLink);
  const said = the('devices-said');
  the('open-devices').addEventListener('click', guarded(() => openDevices(devices, guarded), said));
  the('open-link').addEventListener('click', guarded(() => openLink(link), the('link-problem')));
  the('link-copy').addEventListener('click', copyLink);
}

/**
 * @param {Panel} panel
 * @param {Guarded} guarded
 */
async function openDevices(panel, guarded) {
  panel.open();
  await fillDevices(panel, guarded);
}

/**
 * @param {Panel} panel
 * @param {Guarded} guarded
 */
async function fillDevices(panel, guarded) {
  const { sessions } = await call('GET /api/sessions');
  fill(the('device-list'), ...sessions.map((session) => entry(session, panel, guarded)));
}

/**
 * @param {Device} session
 * @param {Panel} panel
 * @param {Guarded} guarded
 */
function entry(session, panel, guarded) {
  const device = session.device || say('devices.unknown');
  const end = guarded(async () => {
    await call('POST /api/sessions/:id/end', { id: session.id, body: {} });
    await fillDevices(panel, guarded);
    the('devices-said').textContent = say('devices.ended', { device });
    panel.closer.focus();
  }, the('devices-said'));
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

/** @param {Panel} panel */
async function openLink(panel) {
  forgetLink();
  panel.open();
  const { link, code, qr, expires } = await call('POST /api/links', { body: {} });
  the('link-hint').textContent = say('link.hint', { time: time(expires) });
  fill(the('qr'), qrCode(qr, say('link.qr')));
  the('link-code').textContent = code;
  the('link-copy').dataset.link = link;
}

async function copyLink() {
  await navigator.clipboard.writeText(the('link-copy').dataset.link ?? '');
  the('link-copy').textContent = say('link.copied');
}

function forgetLink() {
  fill(the('qr'));
  the('link-code').textContent = '';
  the('link-copy').textContent = say('link.copy');
  delete the('link-copy').dataset.link;
}
