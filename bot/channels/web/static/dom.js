// Helpers for building elements. They never make markup from text.
const SVG = 'http://www.w3.org/2000/svg';

/**
 * The element with this id, which the page always has. Throws an Error if there is no element
 * of this `kind` (the class of the element, by default any HTML element).
 * @template {HTMLElement} [E=HTMLElement]
 * @param {string} id
 * @param {new () => E} [kind]
 * @returns {E}
 */
export function the(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof (kind || HTMLElement))) throw new Error(`the page has no such element: ${id}`);
  return /** @type {E} */ (element);
}

/**
 * The elements inside `root` that match a CSS selector; all of the page's are HTML elements.
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {HTMLElement[]}
 */
export const all = (selector, root = document) => [...root.querySelectorAll(selector)].map(asHtml);

/** @param {Element} element */
const asHtml = (element) => /** @type {HTMLElement} */ (element);

/**
 * @typedef {string | number | boolean | null | undefined} Value
 * @typedef {{on?: Record<string, (event: Event) => void>} & Record<string, Value | Record<string, (event: Event) => void>>} Attributes
 */

/**
 * Make an element. `attributes` are set as attributes, except `on` (an object of
 * listeners) and values that are null, undefined or false, which are skipped.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {(Node | string | null | undefined)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, { on = {}, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  append(element, children);
  return element;
}

/**
 * Replace all children of `element` by `children`.
 * @param {Element} element
 * @param {Node[]} children
 */
export function fill(element, ...children) {
  element.textContent = '';
  append(element, children);
}

/**
 * @param {Element} element
 * @param {(Node | string | null | undefined)[]} children
 */
function append(element, children) {
  for (const child of children) if (child !== null && child !== undefined) element.append(child);
}

/**
 * One of the icons that the page defines as symbols.
 * @param {string} name
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}

/**
 * A QR code from its rows of '0' and '1', one unit to a module.
 * @param {string[]} rows
 * @param {string} label
 */
export function qrCode(rows, label) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${rows.length} ${rows.length}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  svg.setAttribute('shape-rendering', 'crispEdges');
  const path = document.createElementNS(SVG, 'path');
  const squares = rows.flatMap((row, y) => [...row].map((dark, x) => (dark === '1' ? `M${x} ${y}h1v1h-1z` : '')));
  path.setAttribute('d', squares.join(''));
  svg.append(path);
  return svg;
}

/**
 * Show or hide an element by its `hidden` attribute.
 * @param {HTMLElement} element
 * @param {boolean} visible
 */
export function show(element, visible) {
  element.hidden = !visible;
}
