// The quiet bar at the foot: thanks after joining, then the code from the mail, until it is confirmed or put off.

import { send } from "./sending.js";
import { isSignedIn } from "./signed-in.js";

const LATER = "standfirst.bar-later";
const THANKS_MILLISECONDS = 6000;

/** Fetch the bar for the reader who is signed in; the only part of a page that is theirs alone. */
export async function loadBar({ joined = false } = {}) {
  const place = document.getElementById("bar");
  // The account page asks for the code itself.
  if (!place || !isSignedIn() || location.pathname === "/account/") return;
  if (joined) sessionStorage.removeItem(LATER);
  else if (sessionStorage.getItem(LATER)) return;
  try {
    const answer = await fetch(`/account/bar/${joined ? "?joined=1" : ""}`, { cache: "no-store", credentials: "same-origin" });
    if (answer.ok) show(place, await answer.text());
  } catch {
    // The story matters more; the bar comes with the next page.
  }
}

function show(place, html) {
  place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  place.querySelector("[data-bar-dismiss]")?.addEventListener("click", () => {
    sessionStorage.setItem(LATER, "1");
    place.replaceChildren();
  });
  place.querySelector("form")?.addEventListener("submit", (event) => confirm(event, place));
  const thanks = place.querySelector("[data-bar=thanks]");
  if (thanks) offerTheWayBack(thanks);
  if (thanks) setTimeout(() => giveWay(place, thanks), THANKS_MILLISECONDS);
}

// The page stays where it was, so on a small screen the story may go on above it.
function offerTheWayBack(thanks) {
  const place = document.getElementById("goes-on");
  const link = thanks.querySelector("[data-bar-back]");
  if (!place || !link) return;
  const top = place.getBoundingClientRect().top;
  link.hidden = top >= 0 && top < innerHeight;
}

function giveWay(place, thanks) {
  thanks.remove();
  const form = place.querySelector("[data-bar=confirm]");
  if (form) form.hidden = false;
  else place.replaceChildren();
}

async function confirm(event, place) {
  event.preventDefault();
  const form = event.target;
  const answer = await send(form, event.submitter).catch(() => null);
  if (answer?.redirected) location.assign(answer.url); // signed out meanwhile, elsewhere
  else if (answer?.ok || answer?.status === 422) {
    show(place, await answer.text());
    (place.querySelector("[aria-invalid=true]") || place.querySelector("[data-bar=notice]"))?.focus();
  } else sayTrouble(form);
}

// What was typed stays; the line says to try again.
function sayTrouble(form) {
  form.querySelector("[data-trouble]")?.remove();
  const line = Object.assign(document.createElement("p"), { className: "field-error", textContent: document.body.dataset.noAnswer });
  line.dataset.trouble = "";
  line.setAttribute("role", "alert");
  form.append(line);
}
