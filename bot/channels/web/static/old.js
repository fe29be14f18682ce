// Tells the person that this browser is too old for the page, instead of "opening" without end.
//
// It is not a module and uses the oldest JavaScript, so that every browser can parse it. It checks
// for functions that came with the oldest supported browsers, or that the page uses. If a browser
// has them but cannot parse the modules, the page has loaded and nothing has started.
(function () {
  var AGAIN_MS = 3000;
  var root = document.documentElement;
  var lost = false;

  function hasWhatThePageUses() {
    return (
      'noModule' in document.createElement('script') &&
      typeof BigInt === 'function' &&
      typeof Promise.allSettled === 'function' &&
      typeof AbortController === 'function' &&
      typeof EventSource === 'function' &&
      typeof IntersectionObserver === 'function' &&
      typeof ResizeObserver === 'function' &&
      'addEventListener' in window.matchMedia('all') &&
      window.CSS.supports('width', 'max(1px, 2px)')
    );
  }

  function isTooOld() {
    try {
      return !hasWhatThePageUses();
    } catch (error) {
      return Boolean(error); // so old that even the check fails
    }
  }

  /** @param {string} name of the sentence, which the page has in an attribute */
  function say(name) {
    var splash = document.getElementById('splash');
    var text = document.getElementById('splash-text');
    if (splash && text) text.textContent = splash.getAttribute(name);
  }

  // If it is set, app.js does not start.
  if (isTooOld()) root.setAttribute('data-old', '');

  // A missing file does not mean an old browser. These errors do not bubble: they are caught here.
  window.addEventListener(
    'error',
    /** @param {Event} event */
    function (event) {
      if (event.target instanceof Element && event.target.tagName === 'SCRIPT') lost = true;
    },
    true
  );

  // In browsers that know modules, these have run before this.
  window.addEventListener('load', function () {
    if (root.hasAttribute('data-started')) return;
    if (!lost || root.hasAttribute('data-old')) {
      say('data-old');
      return;
    }
    say('data-broken');
    setTimeout(function () {
      location.reload();
    }, AGAIN_MS);
  });
})();
