// The start of the page: words, then the door or the conversation.
import { call, SignedOut, Unreachable } from './api.js';
import { Chat } from './chat.js';
import { prepareDevices } from './devices.js';
import { codeFromLink, openDoor } from './door.js';
import { show, the } from './dom.js';
import { Menu } from './menu.js';
import { learnTime } from './when.js';
import { loadWords, say } from './words.js';

const AGAIN_MS = 3_000;

/** Who is signed in here, or null. */
async function currentSession() {
  try {
    return await call('GET', '/api/session');
  } catch (error) {
    if (error instanceof SignedOut) return null;
    throw error;
  }
}

async function start() {
  await loadWords();
  let session = await currentSession();
  const code = codeFromLink();
  if (code || !session) {
    await openDoor({ code, signedIn: session?.person.name ?? null });
    await loadWords(); // now in the person's own language
    session = await currentSession();
  }
  await openChat(session);
}

async function openChat(session) {
  describe(session);
  const over = once(async () => {
    chat.close({ forget: false });
    show(the('shell'), false);
    await openDoor({ why: say('sign_in.ended') });
    location.reload(); // nothing of one session is left for the next
  });
  const chat = new Chat(session, { ended: over, answered: () => refresh(session) });
  const menu = new Menu({ command: (text) => chat.say(text), signOut: () => signOut(chat, over) });
  menu.describe({ name: session.person.name, roles: session.roles });
  prepareDevices(over);
  show(the('shell'), true);
  document.body.dataset.view = 'chat';
  await chat.open();
}

function describe(session) {
  learnTime(session.now);
  the('heading').textContent = session.heading;
  the('role').textContent = session.role;
}

/** An answer may have changed the language or the post: the page follows. */
async function refresh(before) {
  const session = await currentSession().catch(() => null);
  if (!session) return; // the stream finds out what is wrong
  if (session.locale !== before.locale) location.reload();
  else describe(session);
}

async function signOut(chat, over) {
  try {
    await call('POST', '/api/sign-out', {});
  } catch (error) {
    if (error instanceof SignedOut) over();
    else the('connection').textContent = say('sign_in.offline'); // still signed in, and must know it
    return;
  }
  chat.close({ forget: true });
  location.replace('/');
}

function once(action) {
  let done = false;
  return (...values) => {
    if (done) return undefined;
    done = true;
    return action(...values);
  };
}

async function startUntilItWorks() {
  try {
    await start();
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    the('splash-text').textContent = the('splash').dataset.broken;
    setTimeout(() => location.reload(), AGAIN_MS);
  }
}

startUntilItWorks();
