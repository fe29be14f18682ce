// Talking to the server: JSON in, JSON out, and three ways in which it can go wrong.

// A phone on a bad network answers within this or not at all; the same message is then sent again.
const PATIENCE_MS = 20_000;

/** Nothing came back: no network, or too late. Trying again later is right. */
export class Unreachable extends Error {}

/** The server said no. `wait` is in seconds, 0 unless the server named one. */
export class Refused extends Error {
  constructor(status, sentence, wait) {
    super(sentence || `HTTP ${status}`);
    this.status = status;
    this.sentence = sentence;
    this.wait = wait;
  }
}

/** The session is over: the page has to go back to the door. */
export class SignedOut extends Refused {}

// A workbook of megabytes takes longer than a message.
const FILE_PATIENCE_MS = 60_000;

/** Call the server and return the JSON it answers with. */
export function call(method, path, body) {
  const json = body === undefined ? {} : { 'Content-Type': 'application/json' };
  return answerOf(path, {
    method,
    headers: json,
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
}

/** Send a file under the id `id`; answers as a message does. */
export function sendFile(id, file) {
  const path = `/api/files?${new URLSearchParams({ id, name: file.name })}`;
  return answerOf(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: file,
    signal: AbortSignal.timeout(FILE_PATIENCE_MS),
  });
}

async function answerOf(path, options) {
  let response;
  let answer;
  try {
    response = await fetch(path, {
      ...options,
      headers: { 'Accept-Language': document.documentElement.lang, ...options.headers },
      credentials: 'same-origin',
      cache: 'no-store',
    });
    answer = await response.text();
  } catch (error) {
    throw new Unreachable(String(error));
  }
  const json = parsed(answer);
  if (response.ok && json !== null) return json;
  // What a proxy says while the server restarts is no answer of ours.
  if (json === null) throw new Unreachable(`HTTP ${response.status}`);
  const wait = Number(response.headers.get('Retry-After')) || 0;
  const Kind = response.status === 401 ? SignedOut : Refused;
  throw new Kind(response.status, json.sentence, wait);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
