// Runs before the first paint, so that a dark theme never starts with a white flash.
// The choice of colours is the only data of this site that stays in the browser permanently.
(() => {
  const KEY = 'antt.theme';
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const read = () => {
    try {
      return localStorage.getItem(KEY) ?? 'system';
    } catch {
      return 'system'; // storage is disabled
    }
  };
  /** @param {string} chosen */
  const show = (chosen) => {
    const bySystem = dark.matches ? 'dark' : 'light';
    document.documentElement.dataset.theme = chosen === 'system' ? bySystem : chosen;
  };
  dark.addEventListener('change', () => show(read()));
  window.anttTheme = {
    get: read,
    set(value) {
      try {
        localStorage.setItem(KEY, value);
      } catch {
        // storage is disabled: the choice lasts until the page closes
      }
      show(value);
    },
  };
  show(read());
})();
