// Send the forms at the wall without leaving the story, and show again what is to be put right.

import { readyPasswords } from "./passwords.js";
import { send } from "./sending.js";
import { announce, tellOtherTabs } from "./signed-in.js";
import { goOn, lock } from "./unlock.js";

/** Take over the wall's forms and every sign-out, those put into the page later too. */
export function takeOverForms() {
  document.addEventListener("submit", (event) => {
    if (event.target.matches(".wall form")) sendFromWall(event);
    else if (event.target.matches("form[data-sign-out]")) signOut(event);
  });
}

async function sendFromWall(event) {
  const form = event.target;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  setBusy(form, true);
  try {
    const answer = await send(form, event.submitter);
    if (answer.status === 204) await goOn({ joined: form.id === "join" });
    else if (answer.status === 422) showAgain(form, await answer.text());
    else if (answer.status === 429) showTrouble(form, document.body.dataset.tooMany);
    else showTrouble(form, document.body.dataset.noAnswer);
  } catch {
    showTrouble(form, document.body.dataset.noAnswer);
  } finally {
    setBusy(form, false);
  }
}

function setBusy(form, busy) {
  form.setAttribute("aria-busy", String(busy));
}

// The answer is the form again, or the whole section when it asks for something else (a known address).
function showAgain(form, html) {
  const piece = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
  const old = piece.matches("section") ? form.closest(".wall") : form;
  const password = form.querySelector("input[name=password]")?.value;
  old.replaceWith(piece);
  const field = piece.querySelector("#join-password");
  if (field && password) field.value = password;
  readyPasswords(piece);
  const first = piece.querySelector("[data-error-summary]") || piece.querySelector("h2");
  first?.focus();
}

// Nothing typed is lost: the form stays as it is, with a line above it.
function showTrouble(form, message) {
  form.querySelector("[data-trouble]")?.remove();
  const box = document.createElement("div");
  box.className = "error-summary";
  box.dataset.trouble = "";
  box.setAttribute("role", "alert");
  box.tabIndex = -1;
  box.append(Object.assign(document.createElement("p"), { textContent: message }));
  form.prepend(box);
  box.focus();
}

async function signOut(event) {
  event.preventDefault();
  const form = event.target;
  try {
    const answer = await send(form);
    if (!answer.ok) throw new Error(String(answer.status));
  } catch {
    form.submit();
    return;
  }
  tellOtherTabs(false);
  await lock();
  announce("signedOut");
}
