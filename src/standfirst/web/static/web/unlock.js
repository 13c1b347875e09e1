// The story goes on in place, or is taken away again, as somebody signs in or out: here, or in another tab.

import { loadBar } from "./bar.js";
import { readyPasswords } from "./passwords.js";
import { announce, isSignedIn, onChange, tellOtherTabs } from "./signed-in.js";

/** Bring this page into agreement with who is signed in, now and whenever another tab or the Back button changes it. */
export function agreeAlways() {
  onChange(agree);
  agree();
}

function isAccountPage() {
  return location.pathname.startsWith("/account/");
}

// The gate leaves one kind of furniture in each page; a page with neither is seen alike by everyone.
function isOutOfDate() {
  const seenAs = document.querySelector("nav.account [data-standfirst]")?.dataset.standfirst;
  return seenAs !== undefined && (seenAs === "reader") !== isSignedIn();
}

function agree() {
  if (isAccountPage() || !isOutOfDate()) return;
  // Without an answer the page stays as it is, and is looked at again when this tab is.
  if (isSignedIn()) goOn({ joined: false, here: false }).catch(() => {});
  else lock();
}

async function fetchPage() {
  const answer = await fetch(location.pathname + location.search, { cache: "no-store", credentials: "same-origin" });
  if (answer.status >= 500) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/**
 * The story goes on: fetch this address again and put in what the wall withheld.
 * `here` is whether it was done in this tab: then the focus moves and others are told.
 */
export async function goOn({ joined = false, here = true } = {}) {
  if (here) tellOtherTabs(true);
  const page = await fetchPage();
  const first = putIn(page);
  if (!first && document.querySelector(".wall")) {
    // Unpublished meanwhile, or moved: what now stands at this address says it best.
    if (here) location.reload();
    return;
  }
  takeFurniture(page);
  if (here && first) {
    first.focus({ preventScroll: true });
    announce("goesOn");
  }
  await loadBar({ joined });
}

// Returns where the story goes on, or null when this page has no wall or the answer is not the whole story.
function putIn(page) {
  const wall = document.querySelector(".wall");
  const body = document.querySelector("[data-standfirst=body]");
  const whole = page.querySelector("[data-standfirst=body]");
  const cut = whole?.querySelector("[data-standfirst=cut]");
  if (!wall || !body || !cut || page.querySelector(".wall")) return null;
  const y = scrollY;
  // A short rest may leave the page shorter than where the reader is; room below keeps them there.
  document.body.style.minHeight = `${y + innerHeight}px`;
  const story = cut.parentElement === whole ? rest(cut) : [...whole.childNodes];
  if (cut.parentElement === whole) body.append(...story);
  else body.replaceChildren(...story);
  wall.remove();
  scrollTo({ top: y, behavior: "instant" });
  const next = cut.parentElement === body ? cut.nextElementSibling : cut;
  const first = next || cut;
  first.tabIndex = -1;
  body.classList.add("has-opened");
  return first;
}

function rest(cut) {
  const nodes = [];
  for (let node = cut; node; node = node.nextSibling) nodes.push(node);
  return nodes;
}

function takeFurniture(page) {
  const nav = page.querySelector("nav.account");
  const old = document.querySelector("nav.account");
  if (nav && old) {
    old.replaceWith(nav);
  }
  const bar = page.getElementById("bar");
  document.getElementById("bar")?.remove();
  if (bar) document.body.append(bar);
}

/** Nobody is signed in any more: what only readers see goes, at once, and the wall comes back. */
export async function lock() {
  if (isAccountPage()) {
    location.replace("/");
    return;
  }
  document.getElementById("bar")?.remove();
  const cut = document.querySelector("[data-standfirst=body] [data-standfirst=cut]");
  if (cut) for (const node of behind(cut)) node.remove();
  const page = await fetchPage().catch(() => null);
  const main = page?.querySelector("main");
  if (!main) return;
  document.querySelector("main").replaceWith(main);
  takeFurniture(page);
  readyPasswords(document);
}

// Everything behind the cut in the body, at every depth.
function behind(cut) {
  const nodes = [];
  for (let at = cut; at && at.dataset.standfirst !== "body"; at = at.parentElement) {
    for (let node = at.nextSibling; node; node = node.nextSibling) nodes.push(node);
  }
  return nodes;
}
