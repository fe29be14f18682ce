// An element over the page keeps keyboard focus and screen readers inside it until it closes.
//
// `inert` does it in browsers that have it (Chrome 102, iOS 15.5, Firefox 112). In older browsers
// the rest is hidden from screen readers, and a focus that leaves is moved back.

/**
 * Keep the focus inside `element`, with `first` focused at once, and make `rest` unreachable.
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
