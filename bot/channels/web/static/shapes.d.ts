// Types of the server's answers and of the page's own values. For the type check only: this
// file is never sent. The server's side is bot/channels/web/wire.py and signing.py.

export interface Choice {
  key: string;
  label: string;
  kind: 'answer' | 'action';
  /** The one choice that is filled, where something is decided. */
  primary: boolean;
}

/** A verdict in short. */
export interface Badge {
  sign: string;
  word: string;
  standing: string;
  tone: 'none' | 'good' | 'bad' | 'open';
}

export interface Row {
  label: string;
  value: string;
  badge: Badge | null;
  figures: [string, string | number][];
  nested: boolean;
}

/** `names` is the place of the column that says what a row is about. */
export interface Table {
  head: string[];
  rows: string[][];
  names: number;
}

/** One part of a message: what was decided, or what is asked next. */
export interface Card {
  context: string;
  heading: string;
  badge: Badge | null;
  text: string;
  rows: Row[];
  table: Table | null;
  notes: string[];
}

export interface Attachment {
  name: string;
  picture: boolean;
  alternative: string;
}

/**
 * What is typed at the open question. `hint` names it; for taps it says why nothing is typed.
 * `may_wait`: a line for it may wait on a device of the person's own.
 */
export interface Wanted {
  by: 'figure' | 'line' | 'text' | 'taps';
  hint: string;
  may_wait: boolean;
}

/** One shown message; ids grow in the order of the conversation, moments are ISO 8601. */
export interface Message {
  id: number;
  author: 'us' | 'person';
  text: string;
  /** The parts of `text`; null where it is one plain sentence. */
  cards: Card[] | null;
  menu: string | null;
  choices: Choice[];
  attachment: Attachment | null;
  /** [answered, all] questions of the checklist. */
  progress: [number, number] | null;
  /** Only of the question that is open at the server. */
  wanted: Wanted | null;
  /** The menu of an earlier message that this one replaces. */
  replaces: string | null;
  lane: 'reply' | 'notice';
  at: string;
  seen: boolean;
}

/** The person who is signed in here. `text_limit` is in characters. */
export interface Session {
  person: { id: number; name: string };
  heading: string;
  role: string;
  roles: string[];
  locale: string;
  text_limit: number;
  /** Whether the person said that nobody else uses this device. */
  own_device: boolean;
  now: string;
}

/** One session of the person, on this or another device. */
export interface Device {
  id: number;
  device: string;
  since: string;
  last_used: string;
  this: boolean;
}

/** The duty that an invitation is for, and the words of its two buttons. */
export interface Duty {
  text: string;
  yes: string;
  no: string;
}

/** The answer of each address, by method and the path without its numbers and query. */
export interface Answers {
  'GET /api/words': { lang: string; words: Record<string, string> };
  'GET /api/session': Session;
  'GET /api/history': { messages: Message[]; more: boolean };
  'GET /api/sessions': { sessions: Device[] };
  'POST /api/join': { duty?: Duty; said?: string };
  'POST /api/messages': { id: string; upto: number };
  'POST /api/files': { id: string; upto: number };
  'POST /api/seen': Record<string, never>;
  'POST /api/links': { link: string; code: string; qr: string[]; expires: string };
  'POST /api/sign-out': Record<string, never>;
  'POST /api/sessions/:id/end': Record<string, never>;
}

export type State = 'queued' | 'sending' | 'sent' | 'failed';

/** A message of the person: text, or a press on a button of a menu. */
export interface Content {
  said?: string;
  tap?: { menu: string; choice: string };
  /** The menu of the question on the screen when it was written, '' without one. */
  asked?: string;
  /** How it is shown. */
  text: string;
}

/** A message being sent to the server, or a step of it. */
export interface Item extends Content {
  /** UUID made by the page; sending it again changes nothing. */
  id: string;
  at: string;
  state: State;
  /** Whether it was sent at least once, with whatever result. */
  tried?: boolean;
  /** Whether several lines waited for the same question. */
  repeated?: boolean;
  /** Whether it may wait on a device of the person's own. */
  may_wait?: boolean;
  /** The last message of the turn, once it is sent. */
  upto?: number;
  /** Why it failed, as a sentence. */
  problem?: string;
}

export type Connection = 'online' | 'connecting' | 'offline';

/** A message on the page. */
export interface Shown {
  message: Message;
  element: HTMLElement;
}

export interface Theme {
  get(): string;
  set(value: string): void;
}

declare global {
  interface Window {
    /** Set by theme.js before the page is painted. */
    anttTheme: Theme;
  }
}
