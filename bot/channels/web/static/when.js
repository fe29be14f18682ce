// Dates and times as the units write them, in Vietnam's time, not in the device's time zone.
import { say } from './words.js';

const ZONE = 'Asia/Ho_Chi_Minh';
const DAY_MS = 86400000;
const clock = new Intl.DateTimeFormat('vi-VN', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const calendar = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, day: '2-digit', month: '2-digit', year: 'numeric' });

// The server's clock minus ours: phones can be wrong by hours, and a date must be right.
let ahead = 0;

/**
 * Take the server's time (ISO) from an answer that just arrived.
 * @param {string} iso
 */
export function learnTime(iso) {
  ahead = Date.parse(iso) - Date.now();
}

/** Now by the server's clock, in milliseconds. */
export const milliseconds = () => Date.now() + ahead;

/** Now by the server's clock, as ISO time. */
export const now = () => new Date(milliseconds()).toISOString();

/**
 * "07:30"
 * @param {string} iso
 */
export const time = (iso) => clock.format(new Date(iso));

/**
 * "22/11/2026"
 * @param {string} iso
 */
export const date = (iso) => calendar.format(new Date(iso));

/**
 * "Hôm nay", "Hôm qua" or "22/11/2026"
 * @param {string} iso
 */
export function day(iso) {
  const today = Date.now() + ahead;
  if (date(iso) === calendar.format(today)) return say('log.today');
  if (date(iso) === calendar.format(today - DAY_MS)) return say('log.yesterday');
  return date(iso);
}

/**
 * "07:30, Hôm nay"
 * @param {string} iso
 */
export const moment = (iso) => `${time(iso)}, ${day(iso)}`;

/**
 * "40 giây", "5 phút"
 * @param {number} seconds
 */
export function span(seconds) {
  return seconds < 90 ? say('wait.seconds', { n: seconds }) : say('wait.minutes', { n: Math.ceil(seconds / 60) });
}
