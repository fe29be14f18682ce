// What lies over the page keeps the keyboard and screen readers to itself until it is closed.
//
// `inert` does it where it is known (Chrome 102, iOS 15.5, Firefox 112). Older browsers hide the
// rest from screen readers, and a focus that leaves is brought back.

/**
 * Keep the focus inside `element`, of which `first` takes it at once, and `rest` out of reach.
 * @param {HTMLElement} element
 * @param {HTMLElement} first
 * @param {HTMLElement[]} rest
 * @returns {() => void} lets go and gives the focus back to what had it
 */
export function keepInside(element, first, rest) {
  const before = document.activeElement;
  for (const other of rest) {
    other.setAttribute('inert', '');
    other.setAttribute('aria-hidden', 'true');
  }
  const bringBack = (/** @type {FocusEvent} */ event) => {
    if (event.target instanceof Node && !element.contains(event.target)) first.focus();
  };
  document.addEventListener('focusin', bringBack);
  first.focus();
  return () => {
    document.removeEventListener('focusin', bringBack);
    for (const other of rest) {
      other.removeAttribute('inert');
      other.removeAttribute('aria-hidden');
    }
    if (before instanceof HTMLElement) before.focus();
  };
}
