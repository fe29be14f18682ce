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

/** Call the server and return the JSON it answers with. */
export async function call(method, path, body) {
  let response;
  let answer;
  try {
    response = await fetch(path, {
      method,
      headers: {
        'Accept-Language': document.documentElement.lang,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE_MS),
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
