// The start of the page: the sentences first, then the sign-in form or the conversation.
import { call, Refused, SignedOut, Unreachable } from './api.js';
import { Chat } from './chat.js';
import { prepareDevices } from './devices.js';
import { codeFromLink, openDoor } from './door.js';
import { show, the } from './dom.js';
import { forgetAll } from './keeping.js';
import { Menu } from './menu.js';
import { learnTime } from './when.js';
import { loadWords, say } from './words.js';
/** @import { Session } from './shapes.js' */

const AGAIN_MS = 3000;

/** The person who is signed in here, or null. */
async function currentSession() {
  try {
    return await call('GET /api/session');
  } catch (error) {
    if (error instanceof SignedOut) return null;
    throw error;
  }
}

async function start() {
  await loadWords();
  let session = await currentSession();
  if (!session) forgetAll(); // it ended while no page was open
  const code = codeFromLink();
  if (code || !session) {
    await openDoor({ code, signedIn: session?.person.name ?? null });
    await loadWords(); // now in the person's own language
    session = await currentSession();
  }
  if (session) await openChat(session);
  else location.reload(); // the session ended at this moment
}

/** @param {Session} session */
async function openChat(session) {
  describe(session);
  const over = once(async () => {
    chat.close({ forget: true });
    show(the('shell'), false);
    await openDoor({ why: say('sign_in.ended') });
    location.reload(); // no data of one session may stay for the next
  });
  const chat = new Chat(session, { ended: over, answered: () => refresh(session, chat) });
  const menu = new Menu({ command: (text) => chat.say(text), signOut: () => signOut(chat, over) });
  menu.describe({ name: session.person.name, roles: session.roles });
  prepareDevices(over);
  show(the('shell'), true);
  document.body.dataset.view = 'chat';
  await chat.open();
}

/** @param {Session} session */
function describe(session) {
  learnTime(session.now);
  the('heading').textContent = session.heading;
  the('role').textContent = session.role;
}

/**
 * An answer may have changed the language or the post: the page must change too.
 * @param {Session} before
 * @param {Chat} chat
 */
async function refresh(before, chat) {
  const session = await currentSession().catch(() => null);
  if (!session) return; // the stream will find the problem
  if (session.locale === before.locale) {
    describe(session);
    return;
  }
  chat.close({ forget: false });
  location.reload();
}

/**
 * @param {Chat} chat
 * @param {() => void} over
 */
async function signOut(chat, over) {
  try {
    await call('POST /api/sign-out', { body: {} });
  } catch (error) {
    if (error instanceof SignedOut) over();
    else the('connection').textContent = say('sign_in.offline'); // still signed in, and must know it
    return;
  }
  chat.close({ forget: true });
  location.replace('/');
}

/** @param {() => void} action */
function once(action) {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}

/** "Opening" never stays: the page opens, retries, or shows the problem. */
async function startUntilItWorks() {
  const { broken = '', failed = '' } = the('splash').dataset;
  try {
    await start();
  } catch (error) {
    const passes = error instanceof Unreachable || (error instanceof Refused && error.passes);
    the('splash-text').textContent = passes ? broken : failed;
    if (!passes) throw error;
    const wait = error instanceof Refused ? error.wait * 1000 : 0;
    setTimeout(() => location.reload(), Math.max(AGAIN_MS, wait));
  }
}

// old.js found a missing function, and the page shows its sentence.
if (!document.documentElement.hasAttribute('data-old')) {
  document.documentElement.setAttribute('data-started', '');
  startUntilItWorks();
}
