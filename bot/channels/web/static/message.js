// One message as an element.
import { choiceGroups } from './choices.js';
import { icon, make } from './dom.js';
import { richText } from './text.js';
import { time } from './when.js';
import { say } from './words.js';
/** @import { Attachment, Choice, Item, Message, State } from './shapes.js' */

/**
 * A message of the conversation.
 * @param {Message} message
 * @param {(message: Message, choice: Choice) => void} choose is called when a button is pressed
 */
export function messageElement(message, choose) {
  const mine = message.author === 'person';
  const notice = message.lane === 'notice' && !mine;
  const kinds = ['message', mine ? 'mine' : 'theirs', notice ? 'notice' : '', notice && !message.seen ? 'unread' : ''];
  const bubble = make(
    'div',
    { class: message.attachment ? 'bubble full' : 'bubble' },
    make('span', { class: 'unseen' }, `${mine ? say('log.person') : say('log.us')}: `),
    notice ? noticeHead() : null,
    message.text ? make('div', { class: 'text' }, ...richText(message.text)) : null,
    message.attachment ? attachment(message.attachment, `/api/attachments/${message.id}`) : null,
    meta(message.at),
  );
  const element = make('div', { class: kinds.filter(Boolean).join(' '), 'data-id': message.id }, bubble);
  element.append(...choiceGroups(message, (choice) => choose(message, choice)));
  return element;
}

/**
 * A message that the person just sent, until the server's version of it arrives.
 * @param {Item} item
 * @param {{retry: (id: string) => void, drop: (id: string) => void}} actions
 */
export function pendingElement(item, { retry, drop }) {
  const bubble = make(
    'div',
    { class: 'bubble' },
    make('span', { class: 'unseen' }, `${say('log.person')}: `),
    make('div', { class: 'text' }, item.text || '…'),
    meta(item.at, item.state),
  );
  const element = make('div', { class: `message mine ${STYLES[item.state]}`, 'data-pending': item.id }, bubble);
  if (item.state === 'failed') element.append(trouble(item, retry, drop));
  return element;
}

/** @type {Record<State, string>} */
const STYLES = { queued: 'waiting', sending: 'waiting', sent: '', failed: 'failed' };
/** @type {Record<State, string>} */
const DRAWINGS = { queued: 'clock', sending: 'clock', sent: 'check', failed: 'alert' };

/**
 * @param {string} at
 * @param {State} [state]
 */
function meta(at, state) {
  return make(
    'div',
    { class: 'meta' },
    state ? make('span', { class: state === 'queued' ? '' : 'unseen' }, say(`state.${state}`)) : null,
    make('time', { datetime: at }, time(at)),
    state ? icon(DRAWINGS[state]) : null,
  );
}

/**
 * @param {Item} item
 * @param {(id: string) => void} retry
 * @param {(id: string) => void} drop
 */
function trouble(item, retry, drop) {
  /** @type {(label: string, action: (id: string) => void) => HTMLElement} */
  const act = (label, action) => make('button', { type: 'button', on: { click: () => action(item.id) } }, say(label));
  return make(
    'div',
    { class: 'trouble', role: 'alert' },
    make('span', {}, item.problem || say('state.failed')),
    item.text === '' ? null : act('state.retry', retry),
    act('state.drop', drop),
  );
}

function noticeHead() {
  return make(
    'div',
    { class: 'notice-head' },
    icon('bell'),
    make('span', {}, say('log.notice')),
    make('span', { class: 'pill' }, say('log.unread')),
  );
}

/**
 * @param {Attachment} made
 * @param {string} source
 */
function attachment(made, source) {
  return made.picture ? picture(made, source) : file(made, source);
}

/**
 * @param {Attachment} made
 * @param {string} source
 */
function picture({ name, alternative }, source) {
  const image = make('img', { src: source, alt: alternative || name, loading: 'lazy', decoding: 'async' });
  const link = make('a', { class: 'picture', href: source, target: '_blank', rel: 'noopener', title: say('file.picture') }, image);
  // A picture that cannot be made must still show its text.
  image.addEventListener('error', () => link.replaceWith(make('p', { class: 'text' }, alternative || say('file.missing'))));
  return link;
}

/**
 * @param {Attachment} made
 * @param {string} source
 */
function file({ name }, source) {
  return make(
    'a',
    { class: 'file', href: source, download: name },
    icon('file'),
    make('span', {}, make('strong', {}, name), make('span', { class: 'small' }, say('file.open'))),
  );
}

/**
 * The line between two days.
 * @param {string} label
 */
export function dayElement(label) {
  return make('div', { class: 'day' }, make('span', {}, label));
}
