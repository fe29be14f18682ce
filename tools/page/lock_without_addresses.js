// Removes host names from package-lock.json. npm writes the addresses of sponsors into it
// and has no setting against that; installing does not need them.
import { readFileSync, writeFileSync } from 'node:fs';

const LOCK = new URL('../../package-lock.json', import.meta.url);

const lock = JSON.parse(readFileSync(LOCK, 'utf-8'));
for (const entry of Object.values(lock.packages)) {
  delete entry.funding;
  delete entry.resolved;
}
writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
