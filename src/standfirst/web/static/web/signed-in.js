// Whether somebody is signed in in this browser, and how tabs and screen readers hear of it.

const KEY = "standfirst.signed-in";

/** Whether this browser has a reader signed in. The cookie opens nothing; the pass, which scripts cannot see, does. */
export function isSignedIn() {
  return /(?:^|; )(?:__Host-)?standfirst_reader=1/.test(document.cookie);
}

/** Say something to screen readers, in the words the page carries. */
export function announce(name) {
  const announcer = document.getElementById("announcer");
  if (announcer) announcer.textContent = announcer.dataset[name] || "";
}

/** Let other tabs of the title know. */
export function tellOtherTabs(signedIn) {
  try {
    localStorage.setItem(KEY, signedIn ? "1" : "0");
  } catch {
    // Storage may be switched off; other tabs then notice when they are looked at.
  }
}

/** Call `agree` whenever another tab, or a sign-in with a page load, may have changed who is signed in. */
export function onChange(agree) {
  try {
    if ((localStorage.getItem(KEY) === "1") !== isSignedIn()) tellOtherTabs(isSignedIn());
  } catch {
    // See above.
  }
  addEventListener("storage", (event) => event.key === KEY && agree());
  addEventListener("pageshow", (event) => event.persisted && agree());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && agree());
}
