// Calls to the server: JSON in, JSON out, and three kinds of error.
/** @import { Answers } from './shapes.js' */

// Milliseconds. A slower answer on a bad network is lost; the same message is then sent again.
const PATIENCE_MS = 20000;
// A workbook of megabytes takes longer than a message.
const FILE_PATIENCE_MS = 60000;

/** No answer: no network, or timeout. A later retry is right. */
export class Unreachable extends Error {}

/** The server refused. `wait` is in seconds, 0 unless the server gave one. */
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

  /** Whether the server itself may answer differently a little later. */
  get passes() {
    return this.status === 429 || this.status >= 500;
  }
}

/** The session is over: the page must return to the sign-in form. */
export class SignedOut extends Refused {}

/**
 * Call the server and return the JSON of its answer. `address` is a key of `Answers`, `what` has
 * the body, the number for :id, or the query with its question mark. Throws `Unreachable`,
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
 * Send a file under the id `id`; the answer is the same as for a message.
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
  // AbortSignal.timeout would be shorter; Chrome before 103 and iOS before 16 do not have it.
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
  // A proxy's error page while the server restarts is not our server's answer.
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
