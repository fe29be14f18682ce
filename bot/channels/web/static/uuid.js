// Ids for the person's messages (idempotency keys): sending a message again changes nothing.

/** A random UUID; crypto.randomUUID itself is missing on plain HTTP and in old browsers. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte, place) => marked(byte, place).toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * The byte with the version and variant bits of a random UUID (version 4).
 * @param {number} byte
 * @param {number} place
 */
function marked(byte, place) {
  if (place === 6) return (byte & 0x0f) | 0x40;
  if (place === 8) return (byte & 0x3f) | 0x80;
  return byte;
}
