// Talking to the server: JSON in, JSON out, and three ways in which it can go wrong.
/** @import { Answers } from './shapes.js' */

// A phone on a bad network answers within this or not at all; the same message is then sent again.
const PATIENCE_MS = 20000;
// A workbook of megabytes takes longer than a message.
const FILE_PATIENCE_MS = 60000;

/** Nothing came back: no network, or too late. Trying again later is right. */
export class Unreachable extends Error {}

/** The server said no. `wait` is in seconds, 0 unless the server named one. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {string} sentence
   * @param {number} wait
   */
  constructor(status, sentence, wait) {
    super(sentence || `HTTP ${status}`);
    this.status = status;
    this.sentence = sentence;
    this.wait = wait;
  }

  /** Whether the server itself may answer otherwise a little later. */
  get passes() {
    return this.status === 429 || this.status >= 500;
  }
}

/** The session is over: the page has to go back to the door. */
export class SignedOut extends Refused {}

/**
 * Call the server and return the JSON it answers with. `address` is a key of `Answers`, `where`
 * what is put in the place of its :id, or its query with the question mark. Throws `Unreachable`,
 * `Refused` and `SignedOut`.
 * @template {keyof Answers} A
 * @param {A} address
 * @param {{body?: unknown, id?: number, query?: string}} [what]
 * @returns {Promise<Answers[A]>}
 */
export async function call(address, { body, id, query = '' } = {}) {
  const [method = '', path = ''] = address.split(' ');
  const answer = await answerOf(path.replace(':id', String(id)) + query, PATIENCE_MS, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return /** @type {Answers[A]} */ (answer);
}

/**
 * Send a file under the id `id`; answers as a message does.
 * @param {string} id
 * @param {File} file
 * @returns {Promise<Answers['POST /api/files']>}
 */
export async function sendFile(id, file) {
  const answer = await answerOf(`/api/files?${new URLSearchParams({ id, name: file.name })}`, FILE_PATIENCE_MS, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: file,
  });
  return /** @type {Answers['POST /api/files']} */ (answer);
}

/**
 * @param {string} path
 * @param {number} patience milliseconds for the whole answer
 * @param {{method: string, headers: Record<string, string>, body: BodyInit | null}} options
 * @returns {Promise<unknown>}
 */
async function answerOf(path, patience, options) {
  // AbortSignal.timeout would do it in a line; Chrome before 103 and iOS before 16 have none.
  const tooLate = new AbortController();
  const timer = setTimeout(() => tooLate.abort(), patience);
  let response;
  let answer;
  try {
    response = await fetch(path, {
      ...options,
      headers: { 'Accept-Language': document.documentElement.lang, ...options.headers },
      credentials: 'same-origin',
      cache: 'no-store',
      signal: tooLate.signal,
    });
    answer = await response.text();
  } catch (error) {
    throw new Unreachable(String(error));
  } finally {
    clearTimeout(timer);
  }
  const json = parsed(answer);
  if (response.ok && json !== null) return json;
  // What a proxy says while the server restarts is no answer of ours.
  if (json === null) throw new Unreachable(`HTTP ${response.status}`);
  const wait = Number(response.headers.get('Retry-After')) || 0;
  const Kind = response.status === 401 ? SignedOut : Refused;
  throw new Kind(response.status, json.sentence || '', wait);
}

/**
 * @param {string} text
 * @returns {{sentence?: string} | null}
 */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
