// One message as an element.
import { choiceGroups } from './choices.js';
import { icon, make } from './dom.js';
import { richText } from './text.js';
import { time } from './when.js';
import { say } from './words.js';

/** A message of the conversation. `choose(message, choice)` is called when a button is pressed. */
export function messageElement(message, choose) {
  const mine = message.author === 'person';
  const notice = message.lane === 'notice' && !mine;
  const kinds = ['message', mine ? 'mine' : 'theirs', notice ? 'notice' : '', notice && !message.seen ? 'unread' : ''];
  const bubble = make(
    'div',
    { class: 'bubble' },
    make('span', { class: 'unseen' }, `${mine ? say('log.person') : say('log.us')}: `),
    notice ? noticeHead() : null,
    message.text ? make('div', { class: 'text' }, ...richText(message.text)) : null,
    message.attachment ? attachment(message) : null,
    meta(message.at),
  );
  const element = make('div', { class: kinds.filter(Boolean).join(' '), 'data-id': message.id }, bubble);
  element.append(...choiceGroups(message, (choice) => choose(message, choice)));
  return element;
}

/** What the person just sent, until the server's own copy of it comes. */
export function pendingElement(item, { retry, drop }) {
  const bubble = make(
    'div',
    { class: 'bubble' },
    make('span', { class: 'unseen' }, `${say('log.person')}: `),
    make('div', { class: 'text' }, item.text),
    meta(item.at, item.state),
  );
  const element = make('div', { class: `message mine ${style(item.state)}`, 'data-pending': item.id }, bubble);
  if (item.state === 'failed') element.append(trouble(item, retry, drop));
  return element;
}

const style = (state) => (state === 'failed' ? 'failed' : state === 'sent' ? '' : 'waiting');

function meta(at, state) {
  const drawing = { queued: 'clock', sending: 'clock', sent: 'check', failed: 'alert' }[state];
  return make(
    'div',
    { class: 'meta' },
    state ? make('span', { class: state === 'queued' ? '' : 'unseen' }, say(`state.${state}`)) : null,
    make('time', { datetime: at }, time(at)),
    drawing ? icon(drawing) : null,
  );
}

function trouble(item, retry, drop) {
  const act = (label, action) => make('button', { type: 'button', on: { click: () => action(item.id) } }, say(label));
  return make(
    'div',
    { class: 'trouble', role: 'alert' },
    make('span', {}, item.problem || say('state.failed')),
    act('state.retry', retry),
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

function attachment(message) {
  const source = `/api/attachments/${message.id}`;
  return message.attachment.picture ? picture(message.attachment, source) : file(message.attachment, source);
}

function picture({ name, alternative }, source) {
  const image = make('img', { src: source, alt: alternative || name, loading: 'lazy', decoding: 'async' });
  const link = make('a', { class: 'picture', href: source, target: '_blank', rel: 'noopener', title: say('file.picture') }, image);
  // A picture that cannot be made must not hide what it says.
  image.addEventListener('error', () => link.replaceWith(make('p', { class: 'text' }, alternative || say('file.missing'))));
  return link;
}

function file({ name }, source) {
  return make(
    'a',
    { class: 'file', href: source, download: name },
    icon('file'),
    make('span', {}, make('strong', {}, name), make('span', { class: 'small' }, say('file.open'))),
  );
}

/** The line between two days. */
export function dayElement(label) {
  return make('div', { class: 'day' }, make('span', {}, label));
}
